"""A grid shows and fetches what is seen; keys and the pointer move the cursor."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from support.grids import CountedSource, counted_table, known
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.pages import ROWS
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MILLIONS = 10_000_000


@pytest.fixture
def pane(qtbot: QtBot) -> GridPane:
    pane = GridPane()
    qtbot.addWidget(pane)
    pane.apply_theme(Theme.load("light"), code_font())
    pane.resize(600, 400)
    pane.show()
    return pane


def cursor(pane: GridPane) -> tuple[int, int]:
    return pane.view.scene.selection.row, pane.view.scene.selection.place


def centre(pane: GridPane, row: int, place: int) -> QPoint:
    scene = pane.view.scene
    return QPoint(scene.x_of(place) + 10, scene.y_of(row) + scene.look.row // 2)


def seen(pane: GridPane) -> range:
    return pane.view.scene.heights.seen(pane.view.scene.y)


def retell(pane: GridPane, source: CountedSource, told: Known[Table]) -> None:
    """Let a source know something else."""
    source.snapshot = told
    source.pages.clear()
    pane.show_source(source)


def picture(pane: GridPane) -> QImage:
    return pane.view.viewport().grab().toImage()


def test_only_what_is_seen_is_looked_at(pane: GridPane) -> None:
    source = CountedSource(MILLIONS, 20)
    pane.show_source(source)
    rows, columns = source.looked[-1]
    assert rows.start == 0
    assert 8 < len(rows) < 30
    assert 0 < len(columns) < 20
    assert len(source.pages) == 1


def test_the_last_of_ten_million_rows_is_reached_and_back(pane: GridPane, qtbot: QtBot) -> None:
    pane.show_source(CountedSource(MILLIONS, 20))
    qtbot.keyClick(pane.view, Key.Key_End, CTRL)
    assert cursor(pane) == (MILLIONS - 1, 19)
    assert seen(pane).stop == MILLIONS
    assert pane.view.scene.pages.cell(MILLIONS - 1, 19) is not None
    qtbot.keyClick(pane.view, Key.Key_Home, CTRL)
    assert cursor(pane) == (0, 0)
    assert seen(pane).start == 0


def test_rows_beyond_what_qt_can_count_are_reached(pane: GridPane, qtbot: QtBot) -> None:
    pane.show_source(CountedSource(10**11, 2))
    qtbot.keyClick(pane.view, Key.Key_End, CTRL)
    assert seen(pane).stop == 10**11
    qtbot.keyClick(pane.view, Key.Key_Up)
    assert cursor(pane)[0] == 10**11 - 2
    assert pane.view.verticalScrollBar().value() == pane.view.verticalScrollBar().maximum()


def test_the_scroll_bar_moves_the_rows(pane: GridPane) -> None:
    source = CountedSource(MILLIONS, 20)
    pane.show_source(source)
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert abs(seen(pane).start - MILLIONS // 2) < 30
    assert source.looked[-1][0] == seen(pane)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([Key.Key_Down, Key.Key_Right, Key.Key_Right], (1, 2)),
        ([Key.Key_Down, Key.Key_Up, Key.Key_Up], (0, 0)),
        ([Key.Key_End], (0, 4)),
        ([Key.Key_End, Key.Key_Home], (0, 0)),
        ([Key.Key_Right] * 9, (0, 4)),
    ],
)
def test_keys_move_the_cursor(
    pane: GridPane, qtbot: QtBot, keys: list[Key], expected: tuple[int, int]
) -> None:
    pane.show_source(CountedSource())
    for key in keys:
        qtbot.keyClick(pane.view, key)
    assert cursor(pane) == expected


def test_a_page_down_shows_the_rows_after_those_that_were_seen(
    pane: GridPane, qtbot: QtBot
) -> None:
    pane.show_source(CountedSource())
    whole = pane.view.scene.heights.room // pane.view.scene.look.row
    qtbot.keyClick(pane.view, Key.Key_PageDown)
    qtbot.keyClick(pane.view, Key.Key_PageDown)
    assert cursor(pane)[0] == 2 * (whole - 1)
    assert cursor(pane)[0] in seen(pane)


def test_shift_and_the_pointer_select_a_rectangle(pane: GridPane, qtbot: QtBot) -> None:
    pane.show_source(CountedSource())
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=centre(pane, 2, 1))
    assert cursor(pane) == (2, 1)
    qtbot.keyClick(pane.view, Key.Key_Down, SHIFT)
    chosen = pane.view.scene.selection
    assert (chosen.rows, chosen.places) == (range(2, 4), range(1, 2))
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=centre(pane, 5, 3))
    chosen = pane.view.scene.selection
    assert (chosen.rows, chosen.places) == (range(2, 6), range(1, 4))


def test_cells_that_are_not_there_yet_are_drawn_as_bars_and_then_as_texts(
    pane: GridPane,
) -> None:
    source = CountedSource(is_slow=True)
    pane.show_source(source)
    waiting = picture(pane)
    source.deliver()
    assert picture(pane) != waiting


def test_a_renewed_table_keeps_the_place_and_the_widths(pane: GridPane, qtbot: QtBot) -> None:
    source = CountedSource(ROWS * 4, 5)
    pane.show_source(source)
    pane.view.scene.columns.resize(0, 123)
    qtbot.keyClick(pane.view, Key.Key_Down, CTRL)
    before = seen(pane)
    pane.show_source(source)
    assert (seen(pane), pane.view.scene.columns.width_of(0)) == (before, 123)
    retell(pane, source, known(counted_table(ROWS, 5)))
    assert seen(pane).stop == ROWS
    assert cursor(pane)[0] == ROWS - 1
    assert pane.view.scene.columns.width_of(0) == 123
    retell(pane, source, known(counted_table(ROWS, 6)))
    assert cursor(pane) == (0, 0)
    assert pane.view.scene.columns.width_of(0) != 123


def test_the_foot_says_how_much_there_is_and_what_it_cost(pane: GridPane) -> None:
    source = CountedSource(MILLIONS, 1)
    pane.show_source(source)
    size = "10\u202f000\u202f000 rows × 1 column"
    assert pane.foot.text() == f"{size} · 1.2 ms of the kernel's time"
    table = source.snapshot.about
    retell(pane, source, known(table, Freshness.STALE))
    assert pane.foot.text() == f"{size} · The kernel cannot tell now"
    retell(pane, source, known(table, Freshness.STALE, "There is no df now."))
    assert pane.foot.text() == f"{size} · There is no df now."
    assert pane.view.isVisible()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (known(None, Freshness.UNABLE, "It is one value."), "It is one value."),
        (known(counted_table(3, 0)), "It has no columns."),
    ],
)
def test_where_there_are_no_cells_it_says_why(
    pane: GridPane, told: Known[Table], said: str
) -> None:
    source = CountedSource()
    pane.show_source(source)
    retell(pane, source, told)
    assert pane.empty.isVisible()
    assert pane.empty.text() == said


def test_ten_thousand_columns_are_scrolled(pane: GridPane, qtbot: QtBot) -> None:
    source = CountedSource(100, 10_000)
    pane.show_source(source)
    qtbot.keyClick(pane.view, Key.Key_End)
    assert cursor(pane) == (0, 9_999)
    assert source.looked[-1][1][-1] == 9_999
    starts = [pane.view.scene.x_of(place) for place in pane.view.scene.seen_places()]
    assert all(left < right for left, right in pairwise(starts))


def test_columns_that_are_seen_stay_where_they_are_when_cells_come(pane: GridPane) -> None:
    source = CountedSource(100, 200, is_slow=True)
    pane.show_source(source)
    scene, bar = pane.view.scene, pane.view.horizontalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first = scene.seen_places()[0]
    before = scene.x_of(first)
    source.deliver()
    assert scene.x_of(first) == before
    assert set(scene.formats) >= {first}
