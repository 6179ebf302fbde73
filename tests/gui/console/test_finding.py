"""The find bar, driven by key and mouse."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.find.bar import FindBar
from vitrail_widgets.console.find.finder import Finder
from vitrail_widgets.console.selection import Position
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.mime import MimeBundle

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NARROW = "\u202f"


class Search:
    """Finds as a user does."""

    def __init__(self, console: Console, qtbot: QtBot) -> None:
        self.console, self.qtbot = console, qtbot

    @property
    def finder(self) -> Finder:
        return self.console.view.finder

    @property
    def bar(self) -> FindBar:
        return self.finder.bar

    def open(self) -> None:
        self.console.view.input.setFocus()
        QTest.keyClick(self.console.view.input, Key.Key_F, CTRL)
        self.wait()

    def type(self, text: str) -> None:
        self.bar.field.clear()
        QTest.keyClicks(self.bar.field, text)
        self.wait()

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.bar.field, key, held)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.finder.is_searching, timeout=20_000)

    @property
    def found(self) -> str:
        """What is marked as the current match, with its line."""
        match = self.finder.marks.current
        if match is None:
            return ""
        block = self.console.view.document.flow[match.entry].block(match.block)
        line = block.line(match.line)
        return f"{line[: match.start]}<{line[match.start : match.end]}>{line[match.end :]}"


@pytest.fixture
def search(console: Console, qtbot: QtBot) -> Iterator[Search]:
    console.cell("a", "value = 1")
    console.stream("a", "first Value\nvalues and valuable\n")
    console.cell("b", "print(value)")
    console.stream("b", "\x1b[31mvalue\x1b[0m 42\n")
    made = Search(console, qtbot)
    yield made
    made.finder.close()


def test_ctrl_f_opens_the_bar_and_marks_what_is_typed(search: Search) -> None:
    search.open()
    assert search.bar.isVisible()
    assert search.bar.field.hasFocus()
    search.type("value")
    assert search.bar.report == "1 of 5"
    assert search.found == "<value> = 1"


def test_enter_f3_and_shift_lead_from_match_to_match_and_around(search: Search) -> None:
    search.open()
    search.type("value")
    seen = []
    for _ in range(5):
        search.press(Key.Key_Return)
        seen.append((search.bar.report, search.found))
    assert seen == [
        ("2 of 5", "first <Value>"),
        ("3 of 5", "<value>s and valuable"),
        ("4 of 5", "print(<value>)"),
        ("5 of 5", "<value> 42"),
        ("1 of 5", "<value> = 1"),
    ]
    search.press(Key.Key_F3, SHIFT)
    assert search.bar.report == "5 of 5"
    search.press(Key.Key_Return, SHIFT)
    assert search.bar.report == "4 of 5"
    search.press(Key.Key_F3)
    assert search.bar.report == "5 of 5"


def test_case_word_and_regex_are_switched_by_key_and_by_mouse(search: Search, qtbot: QtBot) -> None:
    search.open()
    search.type("value")
    search.press(Key.Key_C, ALT)
    assert search.bar.case.isChecked()
    assert search.bar.report == "1 of 4"
    search.press(Key.Key_W, ALT)
    assert search.bar.report == "1 of 3"
    qtbot.mouseClick(search.bar.case, Qt.MouseButton.LeftButton)
    search.wait()
    assert search.bar.report == "1 of 4"
    search.press(Key.Key_W, ALT)
    search.press(Key.Key_R, ALT)
    search.type(r"val\w+$")
    assert search.bar.report == "1 of 2"
    assert search.found == "first <Value>"


def test_what_is_not_there_is_said(search: Search) -> None:
    search.open()
    search.type("nowhere")
    assert search.bar.report == "No results"
    assert not search.bar.next.isEnabled()
    assert search.found == ""


def test_a_bad_expression_is_said_in_words_and_mended_by_typing_on(search: Search) -> None:
    search.open()
    search.press(Key.Key_R, ALT)
    search.type("(val")
    assert search.bar.report.startswith("Not a regular expression: missing )")
    QTest.keyClicks(search.bar.field, ")")
    search.wait()
    assert search.bar.report == "1 of 6"


def test_an_expression_that_takes_for_ever_is_given_up_and_said(
    console: Console, search: Search
) -> None:
    console.stream("b", ("x" * 60 + "y\n") * 100)
    search.open()
    search.press(Key.Key_R, ALT)
    search.type("(x|xx)+$")
    assert "takes too long" in search.bar.report


def test_a_slow_search_is_ended_at_once_by_escape_and_by_typing_on(
    console: Console, search: Search
) -> None:
    console.cell("x")
    console.stream("x", ("t" * 40 + "\n") * 20_000)
    search.open()
    QTest.keyClick(search.bar.field, Key.Key_R, ALT)
    search.bar.field.setText("(t|tt)+x$")
    was_searching = search.finder.is_searching
    search.bar.field.setText("t$")
    search.wait()
    assert was_searching
    assert search.finder.index.total == 20_000
    search.bar.field.setText("(t|tt)+x$")
    QTest.keyClick(search.bar.field, Key.Key_Escape)
    assert not search.finder.is_searching
    assert not search.finder.is_open


def test_what_is_not_visible_is_scrolled_to_but_not_below_the_bar(
    console: Console, search: Search
) -> None:
    console.stream("b", "".join(f"line {number}\n" for number in range(3000)))
    search.open()
    search.type("line 77")
    while search.found != "<line 77>":
        search.press(Key.Key_Return)
    match = search.finder.marks.current
    assert match is not None
    rect = console.view.document.rect_of(Position(*match[:4]), match.end)
    y = rect.top() + console.view.arrangement.top
    assert search.bar.geometry().bottom() < y < console.view.viewport().height()


def test_output_that_comes_is_found_too(console: Console, search: Search) -> None:
    search.open()
    search.type("value 42")
    assert search.bar.report == "1 of 1"
    console.stream("b", "value 42 again\n")
    search.wait()
    assert search.bar.report == "1 of 2"
    console.cell("c", "value 42")
    search.wait()
    assert search.bar.report == "1 of 3"
    console.apply(console.transcript.clear_outputs("b", wait=False))
    search.wait()
    assert search.bar.report == "1"


def test_a_match_keeps_its_place_when_a_cell_comes_in_above(
    console: Console, search: Search
) -> None:
    console.apply(console.transcript.append_cell("q", "value queued", at=1.0))
    search.open()
    search.type("queued")
    console.cell("between", "x = 1", origin="somebody")
    search.wait()
    assert console.transcript.position("q") == 3
    assert search.found == "value <queued>"


def test_escape_closes_the_bar_and_leaves_the_match_selected(
    console: Console, search: Search
) -> None:
    search.open()
    search.type("valuable")
    search.press(Key.Key_Escape)
    assert not search.bar.isVisible()
    assert console.view.selected.text() == "valuable"
    QTest.keyClick(console.view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "valuable"
    QTest.keyClick(console.view, Key.Key_Escape)
    assert console.view.input.hasFocus()


def test_what_is_selected_is_what_is_found(console: Console, search: Search) -> None:
    search.open()
    search.type("valuable")
    search.press(Key.Key_Escape)
    QTest.keyClick(console.view, Key.Key_F, CTRL)
    search.wait()
    assert search.bar.field.text() == "valuable"
    assert search.bar.report == "1 of 1"


def test_all_matches_are_marked_in_the_text_and_beside_the_scroll_bar(
    console: Console, search: Search
) -> None:
    console.stream("b", "filler\n" * 500 + "needle\n" + "filler\n" * 500)
    search.open()
    before = console.view.grab().toImage()
    search.type("needle")
    bar = console.view.finder.scroll_bar
    assert len(bar.marks) == 1
    ((where, _),) = bar.marks
    assert 0.4 < where < 0.6
    assert console.view.grab().toImage() != before
    pixel = round(where * (bar.height() - 2)) + 1
    ticked = bar.grab().toImage().pixelColor(bar.width() // 2, pixel)
    assert ticked == Theme.load("light").accent
    search.press(Key.Key_Escape)
    assert bar.marks == []


def test_a_million_lines_are_counted_in_slices(console: Console, search: Search) -> None:
    console.stream("b", "a plain line\n" * 1_000_000)
    search.open()
    search.type("plain")
    assert search.bar.report.endswith(f" of 1{NARROW}000{NARROW}000")
    search.press(Key.Key_Return)
    assert search.found == "a <plain> line"


def test_a_row_of_a_table_is_found_and_marked_as_a_whole(console: Console, search: Search) -> None:
    rows = "".join(f"<tr><th>{n}</th><td>cell {n}</td></tr>" for n in range(8))
    table = f"<table><thead><tr><th></th><th>name</th></tr></thead><tbody>{rows}</tbody></table>"
    console.apply(console.transcript.append_rich("b", MimeBundle({"text/html": table})))
    search.qtbot.waitUntil(lambda: console.view.document.flow[1].block(2).line_count > 8)
    search.open()
    search.type("cell 5")
    assert search.bar.report == "1 of 1"
    assert search.found == "5\t<cell 5>"
    match = search.finder.marks.current
    assert match is not None
    rect = console.view.document.rect_of(Position(*match[:4]), match.end)
    assert rect.width() > 400
    assert rect.height() < 3 * console.view.metrics.line_height


def test_an_empty_console_finds_nothing(qtbot: QtBot) -> None:
    console = Console()
    qtbot.addWidget(console.view)
    console.view.show()
    search = Search(console, qtbot)
    search.open()
    search.type("x")
    assert search.bar.report == "No results"
    search.press(Key.Key_F3)
    search.press(Key.Key_Escape)
    assert console.view.input.hasFocus()


def test_the_bar_grows_with_the_font(console: Console) -> None:
    view = console.view
    view.show()
    view.finder.open()
    before, button = view.finder.bar.height(), view.finder.bar.next.height()
    view.zoom.by(12)
    assert view.finder.bar.height() > before
    assert view.finder.bar.next.height() > button
    needed = QFontMetrics(view.finder.bar.field.font()).height()
    assert view.finder.bar.field.height() >= needed + 8
    view.resize(560, 400)
    view.finder.place()
    assert view.viewport().rect().contains(view.finder.bar.geometry())


@pytest.mark.parametrize(("width", "point_size"), [(500, 20.0), (380, 20.0), (900, 20.0)])
def test_a_narrow_bar_has_two_rows_in_which_nothing_overlaps(
    console: Console, qtbot: QtBot, width: int, point_size: float
) -> None:
    console.view.resize(width, 600)
    console.view.set_code_font(code_font(None, point_size))
    console.cell("a", "e" * 40)
    bar = console.view.finder.bar
    console.view.finder.open()
    qtbot.keyClicks(bar.field, "e")
    qtbot.waitUntil(lambda: " of 40" in bar.report)
    parts = (bar.field, *bar.findChildren(QToolButton), bar._report)
    rects = [QRect(part.mapTo(bar, QPoint(0, 0)), part.size()) for part in parts]
    assert all(bar.rect().contains(rect) for rect in rects)
    crossing = [(a, b) for a, b in combinations(rects, 2) if a.intersects(b)]
    assert crossing == []
    assert bar.field.width() >= 150
    if width > 380:
        assert bar._report.seen == bar.report
    assert console.view.viewport().rect().contains(bar.geometry())


def test_what_is_found_is_not_shown_under_a_bar_of_two_rows(console: Console, qtbot: QtBot) -> None:
    console.view.resize(500, 600)
    console.view.set_code_font(code_font(None, 20))
    console.cell("a", "c")
    console.stream("a", "needle\n" * 60)
    finder = console.view.finder
    finder.open()
    qtbot.keyClicks(finder.bar.field, "needle")
    qtbot.waitUntil(lambda: " of 60" in finder.bar.report)
    for _ in range(60):
        finder.go_on()
        found = finder.marks.current
        assert found is not None
        place = Position(found.entry, found.block, found.line, found.start)
        rect = console.view.document.rect_of(place, found.end)
        top = rect.translated(0, console.view.arrangement.top).top()
        is_first = console.view.scroller.top == 0  # there is nothing above to scroll to
        assert is_first or top > finder.bar.geometry().bottom()


def test_to_go_on_finding_needs_something_that_was_looked_for(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a", "code")
    commands, finder = console.view.input.commands, console.view.finder
    assert not commands.run("find.next")
    assert not finder.is_open
    finder.open()
    qtbot.keyClicks(finder.bar.field, "nowhere")
    qtbot.waitUntil(lambda: finder.bar.report == "No results")
    assert not commands.run("find.previous")
    finder.bar.field.setText("code")
    qtbot.waitUntil(lambda: finder.bar.report == "1 of 1")
    finder.close()
    assert commands.run("find.next")
    assert finder.is_open
