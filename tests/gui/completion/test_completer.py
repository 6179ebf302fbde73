from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completions import Completion, CompletionList
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

Key = Qt.Key
NAMES = ("alpha", "alphabet", "beta", "gamma_ray")


class Desk:
    """An input with a completer, and an answer for whatever it asks."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(600, 400)
        self.editor = InputArea(self.window)
        self.editor.setGeometry(20, 20, 560, 60)
        self.editor.apply_theme(Theme.load("light"), code_font())
        self.completer = Completer(self.editor, self.window)
        self.completer.apply_theme(Theme.load("light"), code_font())
        self.asked: list[tuple[str, int]] = []
        self.completer.wanted.connect(lambda code, cursor: self.asked.append((code, cursor)))

    @property
    def popup(self) -> QWidget:
        return self.completer.popup

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.editor, key)

    def until_asked(self, times: int = 1) -> tuple[str, int]:
        self.qtbot.waitUntil(lambda: len(self.asked) >= times)
        return self.asked[-1]

    def answer(self, *names: str, start: int, end: int | None = None) -> None:
        code, cursor = self.asked[-1]
        items = tuple(map(Completion, names))
        at = cursor if end is None else end
        self.completer.offer(CompletionList(items, code, start, at, cursor))

    def offered(self) -> list[str]:
        rows = self.completer.popup
        model = rows._rows
        return [model.item(row).text for row in range(rows.count)]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk(qtbot)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def test_typing_a_name_asks_and_the_answer_is_offered(desk: Desk) -> None:
    desk.type("x = al")
    assert desk.until_asked() == ("x = al", 6)
    desk.answer(*NAMES[:2], start=4)
    assert desk.popup.isVisible()
    assert desk.offered() == ["alpha", "alphabet"]


def test_typing_on_sifts_without_asking_again(desk: Desk) -> None:
    desk.type("g")
    desk.until_asked()
    desk.answer(*NAMES, start=0)
    desk.type("r")
    assert desk.offered() == ["gamma_ray"]
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Backspace)
    assert not desk.popup.isVisible()
    assert len(desk.asked) == 1


def test_tab_takes_the_chosen_name(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bet", start=0)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "bet"
    assert not desk.popup.isVisible()


def test_enter_takes_the_chosen_name_and_does_not_submit(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    with desk.qtbot.assertNotEmitted(desk.editor.submitted):
        desk.press(Key.Key_Return)
    assert desk.editor.text() == "beta"


def test_enter_on_a_name_that_is_written_out_submits(desk: Desk) -> None:
    desk.editor.completeness = None
    desk.type("bet")
    desk.until_asked()
    desk.answer("bet", "beta", start=0)
    with desk.qtbot.waitSignal(desk.editor.submitted):
        desk.press(Key.Key_Return)


def test_the_kernels_stretch_is_replaced(desk: Desk) -> None:
    desk.editor.set_text("open('da")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    desk.until_asked()
    desk.answer("data/", start=6)
    assert desk.editor.text() == "open('data/"


def test_code_after_the_cursor_stays(desk: Desk) -> None:
    desk.editor.set_text("f(al, 1)")
    cursor = desk.editor.textCursor()
    cursor.setPosition(4)
    desk.editor.setTextCursor(cursor)
    desk.press(Key.Key_Tab)
    assert desk.until_asked() == ("f(al, 1)", 4)
    desk.answer("alpha", "alto", start=2)
    desk.press(Key.Key_Tab)
    assert desk.editor.text() == "f(alpha, 1)"


def test_positions_after_an_emoji_are_code_points(desk: Desk) -> None:
    desk.editor.set_text("'👩' + al")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    assert desk.until_asked() == ("'👩' + al", 8)
    desk.answer("alpha", start=6)
    assert desk.editor.text() == "'👩' + alpha"


def test_tab_inserts_what_all_have_in_common_first(desk: Desk) -> None:
    desk.editor.set_text("al")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.press(Key.Key_Tab)
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    assert desk.editor.text() == "alpha"
    assert desk.popup.isVisible()


def test_tab_at_the_beginning_of_a_line_indents(desk: Desk) -> None:
    desk.press(Key.Key_Tab)
    assert desk.asked == []
    assert desk.editor.text() == "    "


def test_a_stale_answer_is_dropped(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    code, cursor = desk.asked[-1]
    desk.editor.set_text("other")
    desk.completer.offer(CompletionList((Completion("alpha"),), code, 0, 2, cursor))
    assert not desk.popup.isVisible()


def test_an_answer_nobody_asked_for_is_dropped(desk: Desk) -> None:
    desk.completer.offer(CompletionList((Completion("alpha"),), "al", 0, 2, 2))
    assert not desk.popup.isVisible()


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_Left, Key.Key_Space])
def test_what_ends_a_name_closes_the_popup(desk: Desk, leave: Qt.Key) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    if leave is Key.Key_Left:
        desk.press(leave)
        desk.press(leave)
    desk.press(leave)
    assert not desk.popup.isVisible()


def test_losing_the_focus_closes_the_popup(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    desk.editor.clearFocus()
    assert not desk.popup.isVisible()


def test_a_click_takes_a_name(desk: Desk) -> None:
    desk.type("al")
    desk.until_asked()
    desk.answer(*NAMES[:2], start=0)
    row = desk.completer.popup._painter.row_height
    view = desk.completer.popup._list.viewport()
    desk.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(30, row + row // 2))
    assert desk.editor.text() == "alphabet"


def test_one_completion_is_one_undo(desk: Desk) -> None:
    desk.type("be")
    desk.until_asked()
    desk.answer("beta", "bets", start=0)
    desk.press(Key.Key_Tab)
    desk.editor.undo()
    assert desk.editor.text() in ("be", "")


def test_typing_asks_nothing_when_it_is_switched_off(desk: Desk) -> None:
    desk.completer.as_you_type = False
    desk.type("alp")
    desk.press(Key.Key_Tab)
    desk.until_asked()
    assert len(desk.asked) == 1


def test_the_popup_is_never_over_the_line_that_is_typed_on(desk: Desk) -> None:
    for top in (20, 330):
        desk.editor.setGeometry(20, top, 560, 60)
        desk.editor.set_text("")
        desk.type("a")
        desk.until_asked(len(desk.asked) + 1)
        desk.answer(*[f"a{number}" for number in range(30)], start=0)
        line = desk.editor.cursorRect().translated(desk.editor.pos())
        assert desk.popup.isVisible()
        assert not desk.popup.geometry().intersects(line)
        assert desk.window.rect().contains(desk.popup.geometry())
        desk.press(Key.Key_Escape)


def test_the_arrows_go_round_and_pages_stop_at_the_ends(desk: Desk) -> None:
    desk.type("a")
    desk.until_asked()
    desk.answer(*[f"a{number:02}" for number in range(30)], start=0)
    chosen: Callable[[], str] = lambda: desk.completer.popup.current.text  # type: ignore[union-attr]  # noqa: E731
    desk.press(Key.Key_Up)
    assert chosen() == "a29"
    desk.press(Key.Key_Down)
    assert chosen() == "a00"
    desk.press(Key.Key_PageDown)
    assert chosen() == "a09"
    desk.press(Key.Key_PageUp)
    desk.press(Key.Key_PageUp)
    assert chosen() == "a00"


def test_ten_thousand_names_are_drawn_as_few(desk: Desk) -> None:
    desk.type("n")
    desk.until_asked()
    desk.answer(*[f"n{number}" for number in range(10_000)], start=0)
    assert desk.completer.popup.count == 10_000
    desk.window.grab()
