import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from support.input_pilot import Pilot
from vitrail_widgets.console.input_area import MAX_ROWS, InputArea
from vitrail_widgets.editing.completeness import Completeness
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme


def test_enter_submits_what_is_complete_and_leaves_an_empty_input(pilot: Pilot) -> None:
    pilot.type("x = 1\n")
    assert pilot.submitted == ["x = 1"]
    assert pilot.text == "|"


def test_enter_goes_on_with_what_is_incomplete(pilot: Pilot) -> None:
    pilot.type("for i in x:\nif i:\nbreak\n")
    assert pilot.submitted == []
    assert pilot.text == "for i in x:\n    if i:\n        break\n    |"


def test_a_blank_line_ends_a_block_and_is_not_submitted(pilot: Pilot) -> None:
    pilot.type("for i in x:\nprint(i)\n\n")
    assert pilot.submitted == ["for i in x:\n    print(i)"]


def test_invalid_code_is_submitted_for_the_kernel_to_show(pilot: Pilot) -> None:
    pilot.type("1 +\n")
    assert pilot.submitted == ["1 +"]


def test_a_blank_input_is_not_submitted(pilot: Pilot) -> None:
    pilot.type("   \n")
    assert pilot.submitted == []
    assert pilot.text == "|"


def test_enter_within_a_single_line_submits_it(pilot: Pilot) -> None:
    pilot.show("f(|1)")
    pilot.press("Enter")
    assert pilot.submitted == ["f(1)"]


def test_enter_within_several_lines_breaks_the_line(pilot: Pilot) -> None:
    pilot.show("if x:\n    a = 1| + 2\n    b")
    pilot.press("Enter")
    assert pilot.submitted == []
    assert pilot.text == "if x:\n    a = 1\n    |+ 2\n    b"


def test_enter_within_an_incomplete_single_line_goes_on_at_its_end(pilot: Pilot) -> None:
    pilot.show("for i in |x:")
    pilot.press("Enter")
    assert pilot.text == "for i in x:\n    |"


def test_shift_enter_submits_anything_from_anywhere(pilot: Pilot) -> None:
    pilot.show("for| i in x:\n  (")
    pilot.press("Shift+Enter")
    assert pilot.submitted == ["for i in x:\n  ("]


def test_ctrl_enter_always_breaks_the_line(pilot: Pilot) -> None:
    pilot.show("if x:| y")
    pilot.press("Ctrl+Enter")
    assert pilot.submitted == []
    assert pilot.text == "if x:\n    |y"


def test_ctrl_enter_replaces_a_selection(pilot: Pilot) -> None:
    pilot.show("abcd|")
    pilot.select(1, 3)
    pilot.press("Ctrl+Enter")
    assert pilot.text == "a\n|d"


def test_undo_brings_back_what_was_submitted(pilot: Pilot) -> None:
    pilot.type("x = 1\n")
    pilot.type("y")
    pilot.press("Ctrl+Z", "Ctrl+Z")
    assert pilot.area.text() == "x = 1"
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == ""


def test_undo_takes_a_broken_line_back_in_one_step(pilot: Pilot) -> None:
    pilot.show("if x:|")
    pilot.press("Enter", "Ctrl+Z")
    assert pilot.area.text() == "if x:"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("|", "Tab", "    |"),
        ("ab|", "Tab", "ab  |"),
        ("      x|", "Backtab", "    x|"),
        ("    x|", "Backtab", "x|"),
        ("        |x", "Backspace", "    |x"),
        ("      |x", "Backspace", "    |x"),
        ("    x|", "Backspace", "    |"),
        ("a\n|b", "Backspace", "a|b"),
        ("    x|", "Home", "    |x"),
        ("    |x", "Home", "|    x"),
        ("|    x", "Home", "    |x"),
    ],
)
def test_a_key_within_a_line(pilot: Pilot, before: str, key: str, after: str) -> None:
    pilot.show(before)
    pilot.press(key)
    assert pilot.text == after


def test_tab_indents_and_backtab_outdents_the_selected_lines(pilot: Pilot) -> None:
    pilot.show("a\n  b\n\nc|")
    pilot.select(0, 6)
    pilot.press("Tab")
    assert pilot.area.text() == "    a\n      b\n\nc"
    pilot.press("Backtab", "Backtab")
    assert pilot.area.text() == "a\nb\n\nc"
    pilot.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert pilot.area.text() == "a\n  b\n\nc"


def test_shift_home_selects_to_the_first_letter(pilot: Pilot) -> None:
    pilot.show("  ab|")
    pilot.press("Shift+Home")
    assert pilot.area.textCursor().selectedText() == "ab"


def test_home_in_a_wrapped_row_goes_to_that_rows_start(pilot: Pilot) -> None:
    pilot.show("    " + "x " * 100 + "|")
    pilot.press("Home")
    assert 20 < pilot.area.textCursor().position() < 204


def test_pasted_line_ends_become_newlines(pilot: Pilot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a\r\nb\rc\u2028d\u2029e\u00a0f")
    pilot.press("Ctrl+V")
    assert pilot.area.text() == "a\nb\nc\nd\ne\u00a0f"
    assert pilot.area.document().blockCount() == 5


def test_rich_text_is_pasted_plain_and_a_picture_not_at_all(pilot: Pilot) -> None:
    rich = QMimeData()
    rich.setHtml("<b>x</b>")
    rich.setText("x")
    picture = QMimeData()
    picture.setData("image/png", b"\x89PNG")
    pilot.area.insertFromMimeData(rich)
    pilot.area.insertFromMimeData(picture)
    assert pilot.area.canInsertFromMimeData(rich)
    assert not pilot.area.canInsertFromMimeData(picture)
    assert pilot.area.text() == "x"


def test_text_from_an_input_method_is_inserted(pilot: Pilot) -> None:
    composing = QInputMethodEvent("にほ", [])
    QApplication.sendEvent(pilot.area, composing)
    assert pilot.area.text() == ""
    done = QInputMethodEvent()
    done.setCommitString("日本🙂")
    QApplication.sendEvent(pilot.area, done)
    assert pilot.area.text() == "日本🙂"
    pilot.press("Shift+Enter")
    assert pilot.submitted == ["日本🙂"]


def test_ctrl_c_is_the_windows_unless_something_is_selected(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    area = InputArea()
    area.setParent(window)
    interrupts: list[bool] = []
    shortcut = QShortcut("Ctrl+C", window)
    shortcut.activated.connect(lambda: interrupts.append(True))
    window.show()
    window.activateWindow()
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    area.set_text("abc")
    qtbot.keyClick(area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert interrupts == [True]
    area.selectAll()
    qtbot.keyClick(area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert interrupts == [True]
    assert QGuiApplication.clipboard().text() == "abc"


def test_the_accessible_name_is_input(pilot: Pilot) -> None:
    assert pilot.area.accessibleName() == "Input"


# -- the kernel decides --------------------------------------------------------------------------


def test_without_a_judge_the_kernel_is_asked(pilot: Pilot) -> None:
    pilot.area.completeness = None
    pilot.show("x <- c(|")
    pilot.press("Enter")
    assert pilot.wanted == ["x <- c("]
    assert pilot.submitted == []
    pilot.area.apply_completeness("x <- c(", Completeness.INCOMPLETE, "  ")
    assert pilot.text == "x <- c(\n  |"


def test_what_the_judge_does_not_know_the_kernel_is_asked(pilot: Pilot) -> None:
    pilot.area.completeness = lambda source: (Completeness.UNKNOWN, "")
    pilot.type("type X = int\n")
    pilot.area.apply_completeness("type X = int", Completeness.UNKNOWN, "")
    assert pilot.submitted == ["type X = int"]


def test_without_an_answer_in_time_it_is_submitted(pilot: Pilot) -> None:
    pilot.area.completeness = None
    with pilot.qtbot.waitSignal(pilot.area.submitted, timeout=5_000) as blocker:
        pilot.type("x\n")
    assert blocker.args == ["x"]
    pilot.area.apply_completeness("x", Completeness.INCOMPLETE, "")
    assert pilot.text == "|"


def test_an_open_string_goes_on_where_the_kernel_does_not_know(pilot: Pilot) -> None:
    """bash's kernel never knows, and waits for ever for the rest of what it was sent."""
    pilot.area.completeness = None
    pilot.area.set_lexer("bash")
    pilot.show("echo 'a|")
    pilot.press("Enter")
    pilot.area.apply_completeness("echo 'a", Completeness.UNKNOWN, "")
    assert pilot.text == "echo 'a\n|"
    with pilot.qtbot.waitSignal(pilot.area.submitted, timeout=5_000):
        pilot.type("b'\n")
    assert pilot.submitted == ["echo 'a\nb'"]


def test_a_blank_line_ends_what_looks_like_an_open_string(pilot: Pilot) -> None:
    pilot.area.completeness = None
    pilot.area.set_lexer("bash")
    pilot.show("echo 'a\n|")
    pilot.press("Enter")
    pilot.area.apply_completeness("echo 'a\n", Completeness.UNKNOWN, "")
    assert pilot.submitted == ["echo 'a"]


def test_keys_typed_while_the_kernel_is_asked_come_after_its_answer(pilot: Pilot) -> None:
    pilot.area.completeness = None
    pilot.type("x\ny\nz")
    assert pilot.wanted == ["x"]
    pilot.area.apply_completeness("x", Completeness.COMPLETE, "")
    assert pilot.wanted == ["x", "y"]
    pilot.area.apply_completeness("y", Completeness.COMPLETE, "")
    assert pilot.submitted == ["x", "y"]
    assert pilot.text == "z|"


def test_an_answer_for_another_text_changes_nothing(pilot: Pilot) -> None:
    pilot.area.completeness = None
    pilot.type("x\n")
    pilot.area.apply_completeness("y", Completeness.INCOMPLETE, "")
    assert pilot.area.text() == "x"
    pilot.area.set_text("other")
    pilot.area.apply_completeness("x", Completeness.COMPLETE, "")
    assert pilot.submitted == []
    assert pilot.area.text() == "other"


# -- history -------------------------------------------------------------------------------------


def test_up_and_down_walk_through_what_was_submitted(pilot: Pilot) -> None:
    pilot.type("one\ntwo\ndraft")
    pilot.press("Home", "Up")
    assert pilot.text == "two|"
    pilot.press("Up", "Up")
    assert pilot.text == "one|"
    pilot.press("Down", "Down")
    assert pilot.text == "draft|"


def test_up_finds_what_starts_like_the_text_left_of_the_caret(pilot: Pilot) -> None:
    pilot.area.history.load(["import a", "x", "import b", "y"])
    pilot.type("imp")
    pilot.press("Up")
    assert pilot.text == "import b|"
    pilot.press("Up")
    assert pilot.text == "import a|"
    pilot.press("Down", "Down")
    assert pilot.text == "imp|"


def test_up_within_several_lines_moves_the_caret_first(pilot: Pilot) -> None:
    pilot.area.history.load(["past"])
    pilot.show("a\nb|")
    pilot.press("Up")
    assert pilot.text == "a|\nb"
    pilot.press("Home", "Up")
    assert pilot.text == "past|"
    pilot.press("Down")
    assert pilot.text == "a\nb|"


def test_up_walks_over_entries_of_several_lines(pilot: Pilot) -> None:
    pilot.area.history.load(["one", "if x:\n    y", "two"])
    pilot.press("Up", "Up")
    assert pilot.text == "if x:|\n    y"
    pilot.press("Up")
    assert pilot.text == "one|"
    pilot.press("Down")
    assert pilot.text == "if x:\n    y|"
    pilot.press("Down")
    assert pilot.text == "two|"


def test_an_edited_entry_is_there_again_until_something_is_submitted(pilot: Pilot) -> None:
    pilot.area.history.load(["one", "two"])
    pilot.press("Up")
    pilot.type("!")
    pilot.press("Up", "Down")
    assert pilot.text == "two!|"
    pilot.press("Shift+Enter", "Up", "Up")
    assert pilot.text == "two|"


def test_in_a_wrapped_line_up_moves_a_row_first(pilot: Pilot) -> None:
    pilot.area.history.load(["past"])
    pilot.show("x " * 60 + "|")
    pilot.press("Up")
    assert pilot.area.text() == "x " * 60
    pilot.press("Home", "Up")
    assert pilot.area.text() == "past"


# -- size ----------------------------------------------------------------------------------------


def test_its_height_is_that_of_its_rows(pilot: Pilot) -> None:
    row = pilot.area.ideal_height(600)
    pilot.type("for i in x:\n1\n")
    assert pilot.area.height() == pilot.area.ideal_height(600) == 3 * row
    assert pilot.area.verticalScrollBar().maximum() == 0
    assert pilot.area.cursorRect().bottom() < 3 * row
    pilot.press("Shift+Enter")
    assert pilot.area.height() == row


def test_nothing_scrolls_within_in_whatever_font(pilot: Pilot) -> None:
    families = [one for one in QFontDatabase.families() if QFontDatabase.isFixedPitch(one)]
    for family in families[:20]:
        pilot.area.apply_theme(Theme.load("light"), code_font(family))
        pilot.area.set_text("a\nb\nc")
        assert pilot.area.verticalScrollBar().maximum() == 0, family


def test_a_wrapped_line_takes_the_rows_that_qt_gives_it(pilot: Pilot) -> None:
    pilot.area.set_text("word " * 60 + "日本" * 40 + "\t\tx")
    pilot.area.grab()
    row = pilot.area.ideal_height(600) // pilot.area.document().firstBlock().layout().lineCount()
    pilot.area.set_text("")
    assert pilot.area.ideal_height(600) == row
    assert pilot.area.height() == row


def test_a_narrower_width_needs_more_rows(pilot: Pilot) -> None:
    pilot.area.set_text("word " * 60)
    assert pilot.area.ideal_height(300) > pilot.area.ideal_height(600)


def test_height_changed_is_said_only_when_it_does(pilot: Pilot) -> None:
    changes: list[int] = []
    pilot.area.height_changed.connect(lambda: changes.append(pilot.area.ideal_height(600)))
    pilot.type("abc")
    assert changes == []
    pilot.press("Ctrl+Enter")
    assert changes == [pilot.area.height()]


def test_beyond_the_maximum_it_scrolls(pilot: Pilot) -> None:
    row = pilot.area.ideal_height(600)
    pilot.area.set_max_height(3 * row)
    pilot.area.set_text("\n" * 9)
    assert pilot.area.height() == 3 * row
    assert pilot.area.verticalScrollBar().maximum() == 7
    pilot.area.set_text("x")
    assert pilot.area.height() == row
    assert pilot.area.verticalScrollBar().maximum() == 0


def wheel(area: InputArea, angle: int) -> bool:
    """Turn the wheel over an input; return whether it took the event."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(area.viewport(), event)
    return event.isAccepted()


def test_the_wheel_is_the_views_while_there_is_nothing_to_scroll(pilot: Pilot) -> None:
    assert not wheel(pilot.area, 120)
    pilot.area.set_max_height(2 * pilot.area.ideal_height(600))
    pilot.area.set_text("\n" * 9)
    assert wheel(pilot.area, 120)
    assert pilot.area.verticalScrollBar().value() < pilot.area.verticalScrollBar().maximum()


def test_an_enormous_line_is_laid_out_at_once_and_words_wrap_again_without_it(pilot: Pilot) -> None:
    words = pilot.area.wordWrapMode()
    pilot.area.set_max_height(300)
    pilot.area.set_text("a" * 300_000)  # 15 s if it were broken at words
    assert pilot.area.height() == 300
    assert pilot.area.wordWrapMode() != words
    pilot.area.set_text("x")
    assert pilot.area.wordWrapMode() == words


def test_a_key_event_without_text_is_left_to_the_parent(pilot: Pilot) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    event.accept()
    pilot.area.keyPressEvent(event)
    assert not event.isAccepted()


def test_by_itself_it_grows_up_to_a_screenful(pilot: Pilot) -> None:
    row = pilot.area.ideal_height(600)
    pilot.area.set_text("\n" * 500)
    assert pilot.area.ideal_height(600) == pilot.area.max_height == MAX_ROWS * row
