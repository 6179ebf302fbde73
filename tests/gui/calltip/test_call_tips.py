from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.qt import text_pane
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.inspection import signature_of_completion
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.tip import Tip


def signature(name: str, parameters: str, summary: str = "") -> Signature:
    made = signature_of_completion({"text": name, "signature": parameters})
    assert made is not None
    return Signature(made.name, made.parameters, made.returns, summary)


FIT = signature("fit", "(data, /, model='linear', *, tolerance=1e-6, **options)", "Fit a model.")


class Desk:
    """An input with call tips, and an answer for whatever they ask."""

    def __init__(self, qtbot: QtBot, top: int = 200) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(700, 400)
        self.editor = InputArea(self.window)
        self.editor.setGeometry(20, top, 660, 60)
        self.editor.apply_theme(Theme.load("light"), code_font())
        self.tips = CallTips(self.editor, self.window)
        self.tips.apply_theme(Theme.load("light"), code_font())
        self.asked: list[tuple[str, int]] = []
        self.tips.wanted.connect(lambda code, end: self.asked.append((code, end)))

    @property
    def label(self) -> str:
        return self.tips.label.text if self.tips.label.isVisible() else ""

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)
        self.follow()

    def follow(self) -> None:
        """Wait until the tip has followed the caret."""
        self.qtbot.waitUntil(lambda: not self.tips._timer.isActive())

    def answer(self, made: Signature | None, times: int = 1, text: str = "") -> None:
        self.qtbot.waitUntil(lambda: len(self.asked) >= times)
        self.tips.offer(*self.asked[-1], made, text)

    def request(self) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.qtbot.keyClick(self.editor, Qt.Key.Key_Space, both)

    def go(self, position: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(position)
        self.editor.setTextCursor(cursor)
        self.follow()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk(qtbot)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def test_an_opened_call_asks_about_its_callee(desk: Desk) -> None:
    desk.type("x = a.fit(")
    desk.answer(FIT)
    assert desk.asked == [("x = a.fit()", 9)]
    assert desk.label.startswith("fit(data, /")
    assert desk.label.endswith("Fit a model.")


def test_the_parameter_at_the_caret_is_pointed_out(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    seen = [desk.tips.label.pointed_out]
    for text in ("x, ", "tolerance=", "2, ", "other="):
        desk.type(text)
        seen.append(desk.tips.label.pointed_out)
    first_free = "model='linear'"
    assert seen == ["data", first_free, "tolerance=1e-6", first_free, "**options"]
    desk.go(5)
    assert desk.tips.label.pointed_out == "data"
    assert len(desk.asked) == 1


def test_a_key_is_read_once_and_shows_the_tip_anew_only_where_it_is_another_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    read, shown = list[str](), list[str]()
    current, show = desk.tips._here, desk.tips.label.show_tip

    def here_and_note() -> tuple[str, int]:
        found = current()
        read.append(found[0])
        return found

    def show_and_note(tip: Tip, summary: str, line: QRect) -> None:
        shown.append(tip.text[tip.start : tip.end])
        show(tip, summary, line)

    monkeypatch.setattr(desk.tips, "_here", here_and_note)
    monkeypatch.setattr(desk.tips.label, "show_tip", show_and_note)
    for letter in "abc":
        desk.type(letter)
    assert (read, shown) == (["fit(a)", "fit(ab)", "fit(abc)"], [])
    desk.type(",")
    assert (len(read), shown) == (4, ["model='linear'"])


def test_the_tip_moves_with_the_line_when_the_input_grows(qtbot: QtBot) -> None:
    console = Console()
    view = console.view
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.input.setFocus()
    qtbot.waitUntil(view.input.hasFocus)
    console.cell("1")
    console.stream("1", "line\n" * 100)
    console.finish("1")
    asked: list[tuple[str, int]] = []
    view.call_tips.wanted.connect(lambda code, end: asked.append((code, end)))
    qtbot.keyClicks(view.input, "fit(")
    qtbot.waitUntil(lambda: bool(asked))
    view.call_tips.offer(*asked[-1], FIT)
    gap = view.input.y() - view.call_tips.label.geometry().bottom()
    before = view.input.y()
    qtbot.keyClick(view.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.input.y() < before
    qtbot.waitUntil(lambda: not view.call_tips._timer.isActive())
    row = view.metrics.line_height
    assert view.input.y() - view.call_tips.label.geometry().bottom() == gap - row


def test_a_nested_call_has_its_own_tip_and_the_outer_one_comes_back(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    desk.type("len(")
    desk.answer(signature("len", "(obj, /)"), times=2)
    assert desk.label == "len(obj, /)"
    desk.type("x)")
    desk.answer(FIT, times=3)
    assert desk.label.startswith("fit(")


def test_outside_of_calls_there_is_no_tip(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    desk.type("x)")
    assert desk.label == ""
    desk.type("; y = 1")
    assert len(desk.asked) == 1


def test_what_is_not_known_shows_nothing_and_is_not_asked_again(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(None)
    desk.type("a, b")
    assert desk.label == ""
    assert len(desk.asked) == 1


def test_a_stale_answer_is_dropped(desk: Desk) -> None:
    desk.type("fit(")
    desk.qtbot.waitUntil(lambda: bool(desk.asked))
    desk.tips.offer("other(", 5, FIT)
    assert desk.label == ""


def test_it_stays_away_once_it_was_dismissed(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    assert desk.tips.dismiss()
    assert not desk.tips.dismiss()
    desk.type("x, ")
    assert desk.label == ""


def test_losing_the_focus_hides_it(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    desk.editor.clearFocus()
    desk.editor.insertPlainText("x")
    desk.follow()
    assert desk.label == ""


@pytest.mark.parametrize("top", [2, 330])
def test_it_is_never_over_the_line_that_is_typed_on(desk: Desk, top: int) -> None:
    desk.editor.setGeometry(20, top, 660, 60)
    desk.type("fit(")
    desk.answer(FIT)
    line = desk.editor.cursorRect().translated(desk.editor.pos())
    assert not desk.tips.label.geometry().intersects(line)
    assert desk.window.rect().contains(desk.tips.label.geometry())


@pytest.mark.parametrize("top", [10, 200, 330])
def test_it_covers_no_row_of_a_wrapped_line(desk: Desk, top: int) -> None:
    desk.editor.setGeometry(20, top, 660, 60)
    desk.editor.set_text("x" * 100)
    desk.type("; fit(")
    desk.answer(FIT)
    rows = desk.editor.geometry()
    first = desk.editor.cursorRect(QTextCursor(desk.editor.document()))
    rows.setTop(rows.top() + first.top())
    rows.setBottom(rows.top() + desk.editor.cursorRect().bottom() - first.top())
    assert desk.editor.cursorRect().top() > first.top()
    assert desk.label
    assert not desk.tips.label.geometry().intersects(rows)


def test_a_long_signature_is_wrapped(desk: Desk) -> None:
    names = ", ".join(f"parameter_{number}=None" for number in range(12))
    desk.type("many(")
    desk.answer(signature("many", f"({names})"))
    lines = desk.label.split("\n")
    assert len(lines) > 2
    assert max(map(len, lines)) <= desk.tips.label.columns


def test_it_is_drawn_with_the_parameter_in_the_accent(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    image = desk.tips.label.grab().toImage()
    accent = Theme.load("light").accent
    pixels = {
        image.pixelColor(x, y).rgb() for x in range(image.width()) for y in range(image.height())
    }
    assert accent.rgb() in pixels


def test_it_does_not_take_the_keyboard(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    assert desk.tips.label.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert desk.editor.hasFocus()


MANUAL = "Fit a model.\n\n" + "\n".join(f"line {number}" for number in range(200))


def test_a_request_shows_the_tip_where_it_does_not_come_by_itself(desk: Desk) -> None:
    desk.tips.automatic = False
    desk.type("fit(")
    assert not desk.tips._timer.isActive()
    desk.request()
    desk.answer(FIT)
    assert desk.label.startswith("fit(")
    desk.type("x, ")
    assert desk.tips.label.pointed_out == "model='linear'"


def test_a_request_brings_a_dismissed_tip_back(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert desk.label == ""
    desk.request()
    assert desk.label.startswith("fit(")


def test_a_second_request_shows_all_there_is_and_a_third_hides_it(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT, text=MANUAL)
    desk.request()
    pane = desk.tips.pane
    assert pane.isVisible()
    assert pane.text == MANUAL
    assert desk.label.startswith("fit(")
    desk.request()
    assert not pane.isVisible()
    assert desk.label.startswith("fit(")


def test_all_there_is_scrolls_by_key_and_stays_while_one_types(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT, text=MANUAL)
    desk.request()
    pane = desk.tips.pane
    assert pane.scrolled == 0
    desk.qtbot.waitUntil(lambda: not pane._timer.isActive())  # written, and given its room
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_PageDown)
    scrolled = pane.scrolled
    assert scrolled > 3
    desk.type("x, ")
    assert (pane.isVisible(), pane.scrolled) == (True, scrolled)
    assert desk.tips.label.pointed_out == "model='linear'"
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_PageUp)
    assert pane.scrolled == 0
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert desk.label == ""


def test_what_is_written_in_slices_gets_the_room_of_all_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_pane, "SLICE_MS", 0)
    desk.type("fit(")
    desk.answer(FIT, text=MANUAL)
    desk.request()
    pane = desk.tips.pane
    first = pane.height()
    desk.qtbot.waitUntil(lambda: pane.height() > first)
    assert MANUAL.split()[-1] in pane.shown


def test_all_there_is_goes_with_its_call(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT, text=MANUAL)
    desk.request()
    desk.type(")")
    assert not desk.tips.pane.isVisible()


def test_without_a_signature_a_request_shows_the_documentation(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(None, text=MANUAL)
    assert not desk.tips.pane.isVisible()
    desk.request()
    assert desk.tips.pane.isVisible()
    assert desk.label == ""


def test_outside_of_a_call_a_request_is_no_request(desk: Desk) -> None:
    desk.type("fit")
    desk.request()
    assert desk.asked == []
    assert desk.label == ""


@pytest.mark.parametrize("top", [2, 60, 200, 330])
def test_all_there_is_is_never_over_the_line_nor_the_tip(desk: Desk, top: int) -> None:
    desk.editor.setGeometry(20, top, 660, 60)
    desk.type("fit(")
    desk.answer(FIT, text=MANUAL)
    desk.request()
    pane = desk.tips.pane.geometry()
    line = desk.editor.cursorRect().translated(desk.editor.pos())
    assert not (pane.top() <= line.bottom() and pane.bottom() >= line.top())
    assert not pane.intersects(desk.tips.label.geometry())
    assert desk.window.rect().contains(pane)


def test_a_long_line_of_documentation_is_cut_with_a_sign(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(replace(FIT, summary="word " * 60))
    last = desk.label.split("\n")[-1]
    assert last.endswith("…")
    assert len(last) <= desk.tips.label.columns
    assert desk.tips.label.width() <= desk.window.width()


def test_a_tip_that_closes_by_itself_leaves_esc_nothing_to_clear(desk: Desk) -> None:
    desk.type("fit(")
    desk.answer(FIT)
    assert desk.label
    desk.type(")")
    desk.qtbot.waitUntil(lambda: not desk.label)
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert desk.editor.text() == "fit()"
