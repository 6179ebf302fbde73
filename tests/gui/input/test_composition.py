"""Input methods: what is composed is shown, and is text only once it is done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget

from support.input_pilot import Pilot
from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.console.input_painting import caret_rect
from vitrail_widgets.editing.completeness import Completeness
from vitrail_widgets.editing.completions import Completion, CompletionList


def compose(pilot: Pilot, text: str, caret: int | None = None) -> None:
    """Show what is being composed, with the caret in it."""
    kind = QInputMethodEvent.AttributeType
    line = QTextCharFormat()
    line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    place = len(text) if caret is None else caret
    attributes = [
        QInputMethodEvent.Attribute(kind.TextFormat, 0, len(text), line),
        QInputMethodEvent.Attribute(kind.Cursor, place, 1, None),
    ]
    QApplication.sendEvent(pilot.area, QInputMethodEvent(text, attributes))


def commit(pilot: Pilot, text: str, start: int = 0, length: int = 0) -> None:
    """End the composition with a text, in place of some that stands beside the caret."""
    done = QInputMethodEvent()
    done.setCommitString(text, start, length)
    QApplication.sendEvent(pilot.area, done)


def composed(pilot: Pilot) -> str:
    return pilot.area.textCursor().block().layout().preeditAreaText()


def test_what_is_composed_is_shown_at_the_caret_and_is_no_text_yet(pilot: Pilot) -> None:
    pilot.show("x = |1")
    before = caret_rect(pilot.area).left()
    compose(pilot, "にほ")
    assert composed(pilot) == "にほ"
    assert pilot.area.text() == "x = 1"
    assert caret_rect(pilot.area).left() > before
    compose(pilot, "にほ", caret=0)
    assert caret_rect(pilot.area).left() == before


def test_what_is_done_is_one_step_of_undo(pilot: Pilot) -> None:
    pilot.show("x = |")
    for part in ("n", "に", "にほ"):
        compose(pilot, part)
    commit(pilot, "日本")
    assert (composed(pilot), pilot.text) == ("", "x = 日本|")
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "x = "


def test_a_composition_that_is_given_up_leaves_nothing(pilot: Pilot) -> None:
    compose(pilot, "にほ")
    compose(pilot, "")
    assert (composed(pilot), pilot.text) == ("", "|")


def test_an_input_method_may_replace_what_stands_before(pilot: Pilot) -> None:
    pilot.show("x = ab|")
    commit(pilot, "阿部", -2, 2)
    assert pilot.text == "x = 阿部|"


def test_the_input_grows_for_a_long_composition(pilot: Pilot) -> None:
    row = pilot.area.height()
    compose(pilot, "漢字" * 60)
    assert pilot.area.height() > row
    commit(pilot, "")
    compose(pilot, "")
    assert pilot.area.height() == row


def test_a_bracket_or_colon_that_was_composed_brings_nothing(pilot: Pilot) -> None:
    pilot.show("if a:\n    b\n    else|")
    commit(pilot, ":")
    assert pilot.text == "if a:\n    b\n    else:|"
    commit(pilot, "(")
    assert pilot.text == "if a:\n    b\n    else:(|"


def test_the_selection_is_replaced_by_what_is_composed(pilot: Pilot) -> None:
    pilot.show("abc|")
    pilot.select(0, 3)
    compose(pilot, "に")
    commit(pilot, "日")
    assert pilot.text == "日|"


def test_what_is_done_while_the_kernel_is_asked_comes_after_its_answer(pilot: Pilot) -> None:
    pilot.area.completeness = None
    pilot.type("x\n")
    commit(pilot, "日本")
    assert pilot.area.text() == "x"
    pilot.area.apply_completeness("x", Completeness.COMPLETE, "")
    assert pilot.submitted == ["x"]
    assert pilot.text == "日本|"


def test_the_list_of_completions_goes_when_a_composition_begins(pilot: Pilot) -> None:
    ground = QWidget()
    pilot.qtbot.addWidget(ground)
    pilot.area.setParent(ground)
    ground.resize(600, 400)
    pilot.area.show()
    ground.show()
    ground.activateWindow()
    pilot.area.setFocus()
    pilot.qtbot.waitUntil(pilot.area.hasFocus)
    completer = Completer(pilot.area, ground)
    wanted: list[tuple[str, int]] = []
    completer.wanted.connect(lambda code, cursor: wanted.append((code, cursor)))
    pilot.type("pri")
    pilot.qtbot.waitUntil(lambda: wanted == [("pri", 3)])
    items = tuple(Completion(text) for text in ("print", "private"))
    completer.offer(CompletionList(items, "pri", 0, 3, 3))
    assert completer.popup.isVisible()
    compose(pilot, "に")
    assert not completer.popup.isVisible()
    pilot.press("Enter")  # an input method lets through what is not its own
    assert pilot.submitted == ["pri"]


def test_the_input_tells_an_input_method_where_it_is_and_what_surrounds_it(pilot: Pilot) -> None:
    pilot.show("x = 1\ny = |2")
    ask = Qt.InputMethodQuery
    assert pilot.area.inputMethodQuery(ask.ImSurroundingText) == "y = 2"
    assert pilot.area.inputMethodQuery(ask.ImCursorPosition) == 4
    assert pilot.area.inputMethodQuery(ask.ImCursorRectangle) is not None
    assert pilot.area.inputMethodQuery(ask.ImEnabled)
