"""Ctrl+L: a screen for what comes next."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.transcript.cells import CellStatus

CTRL = Qt.KeyboardModifier.ControlModifier


def clear(console: Console, qtbot: QtBot) -> None:
    console.view.input.setFocus()
    qtbot.keyClick(console.view.input, Qt.Key.Key_L, CTRL)


def test_the_input_comes_to_the_upper_edge(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    console.stream("a", "one\ntwo\n")
    console.view.input.set_text("half")
    clear(console, qtbot)
    assert console.view.input.y() < 2 * MARGIN_Y
    assert console.view.input.text() == "half"
    assert console.view.scroller.following


def test_what_was_before_is_there_to_scroll_to(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    clear(console, qtbot)
    console.view.scroller.to_start()
    assert console.view.viewport_y("a") == MARGIN_Y
    console.view.scroll_to_end()
    assert console.view.viewport_y("a") < 0


def test_new_cells_stand_at_the_upper_edge_until_the_screen_is_full(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a")
    console.finish("a")
    clear(console, qtbot)
    console.cell("b")
    console.stream("b", "one\n")
    assert console.view.viewport_y("b") == MARGIN_Y
    console.stream("b", "line\n" * 100)
    assert console.view.viewport_y("b") < 0
    bottom = console.view.input.geometry().bottom()
    assert console.view.viewport().height() - bottom < 3 * MARGIN_Y


def test_with_nothing_above_nothing_moves(console: Console, qtbot: QtBot) -> None:
    before = console.view.input.y()
    clear(console, qtbot)
    assert console.view.input.y() == before
    assert console.view.verticalScrollBar().maximum() == 0


def test_a_screen_below_a_cell_that_is_taken_back_ends(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    waiting = CellStatus.QUEUED
    console.apply(console.transcript.append_cell("b", "x", count=2, status=waiting, at=1.0))
    clear(console, qtbot)
    console.apply(console.transcript.remove_cell("b"))
    assert console.view.viewport_y("a") == MARGIN_Y
