"""What one does with a grid by key and pointer: sort, sift, resize, pin, hide, copy."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from support.grids import CountedSource
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition, Key
from vitrail_widgets.objects.grid.copying import MOST_CELLS
from vitrail_widgets.objects.grid.formats import Format
from vitrail_widgets.objects.grid.table import Plane
from vitrail_widgets.objects.scales import Scale
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def source() -> CountedSource:
    return CountedSource(1000, 5)


@pytest.fixture
def pane(qtbot: QtBot, source: CountedSource) -> GridPane:
    pane = GridPane()
    qtbot.addWidget(pane)
    pane.apply_theme(Theme.load("dark"), code_font())
    pane.resize(700, 400)
    source.retold = lambda: pane.show_source(source)
    pane.show_source(source)
    pane.show()
    return pane


def order(source: CountedSource) -> Arrangement:
    assert source.snapshot.about is not None
    return source.snapshot.about.arrangement


def name_at(pane: GridPane, place: int) -> QPoint:
    return QPoint(pane.view.scene.x_of(place) + 30, 12)


def edge_of(pane: GridPane, place: int) -> QPoint:
    scene = pane.view.scene
    return QPoint(scene.x_of(place) + scene.columns.width_of(scene.columns.shown[place]) - 1, 12)


def action(menu: QMenu, text: str) -> QAction:
    return next(each for each in menu.actions() if each.text().replace("&", "") == text)


def click(qtbot: QtBot, pane: GridPane, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    qtbot.mouseClick(pane.view.viewport(), LEFT, keys, pos=at)


def test_a_click_on_a_name_sorts_and_shift_adds_a_column(
    pane: GridPane, source: CountedSource, qtbot: QtBot
) -> None:
    click(qtbot, pane, name_at(pane, 1))
    assert order(source).sort == (Key(1),)
    click(qtbot, pane, name_at(pane, 1))
    click(qtbot, pane, name_at(pane, 0), SHIFT)
    assert order(source).sort == (Key(1, descends=True), Key(0))


def test_an_edge_is_drawn_and_a_double_click_fits_the_column(
    pane: GridPane, source: CountedSource, qtbot: QtBot
) -> None:
    viewport, columns = pane.view.viewport(), pane.view.scene.columns
    start, before = edge_of(pane, 0), columns.width_of(0)
    qtbot.mousePress(viewport, LEFT, pos=start)
    qtbot.mouseMove(viewport, start + QPoint(40, 0))
    qtbot.mouseRelease(viewport, LEFT, pos=start + QPoint(40, 0))
    assert columns.width_of(0) == before + 40
    assert order(source).sort == ()
    qtbot.mouseDClick(viewport, LEFT, pos=edge_of(pane, 0))
    assert columns.width_of(0) == before


def test_a_filter_is_typed_shown_as_a_chip_changed_and_dropped(
    pane: GridPane, source: CountedSource, qtbot: QtBot
) -> None:
    qtbot.mouseClick(pane.filters.add, LEFT)
    editor = pane.filters.editor
    assert editor.isVisible()
    editor.column.setCurrentIndex(2)
    editor.what.setCurrentIndex(editor.what.findData(">"))
    qtbot.keyClicks(editor.value, "500")
    qtbot.keyClick(editor.value, Qt.Key.Key_Return)
    assert order(source).filters == (Condition(2, ">", ("500",)),)
    assert [chip.text() for chip in pane.filters.chips] == ["c2 > 500"]
    assert not editor.isVisible()
    assert "1\u202f000 of them shown" in pane.foot.text()
    qtbot.mouseClick(pane.filters.chips[0], LEFT)
    assert (editor.column.currentIndex(), editor.value.text()) == (2, "500")
    qtbot.keyClicks(editor.value, "7")
    qtbot.keyClick(editor.value, Qt.Key.Key_Return)
    assert [chip.text() for chip in pane.filters.chips] == ["c2 > 7"]
    qtbot.mouseClick(pane.filters.removers[0], LEFT)
    assert order(source).filters == ()
    assert pane.filters.chips == []


def test_escape_gives_a_filter_up(pane: GridPane, source: CountedSource, qtbot: QtBot) -> None:
    pane.filters.begin(1)
    qtbot.keyClick(pane.filters.editor.value, Qt.Key.Key_Escape)
    assert not pane.filters.editor.isVisible()
    assert order(source) == Arrangement()


def test_a_condition_without_a_value_is_not_asked(
    pane: GridPane, source: CountedSource, qtbot: QtBot
) -> None:
    pane.filters.begin(1)
    qtbot.keyClick(pane.filters.editor.value, Qt.Key.Key_Return)
    assert order(source) == Arrangement()
    pane.filters.editor.what.setCurrentIndex(pane.filters.editor.what.findData("missing"))
    assert not pane.filters.editor.value.isEnabled()
    qtbot.keyClick(pane.filters.editor, Qt.Key.Key_Return)
    assert order(source).filters == (Condition(1, "missing"),)


def test_a_pinned_column_stays_and_a_hidden_one_goes(pane: GridPane) -> None:
    columns = pane.view.scene.columns
    action(pane.menus.of_column(3), "Pin").trigger()
    assert columns.shown == [3, 0, 1, 2, 4]
    action(pane.menus.of_column(3), "Unpin").trigger()
    action(pane.menus.of_column(1), "Hide").trigger()
    assert columns.shown == [0, 2, 3, 4]
    action(pane.menus.of_table(), "Show hidden columns").trigger()
    assert columns.shown == [0, 1, 2, 3, 4]


def test_the_menu_of_a_column_sorts_filters_and_formats(
    pane: GridPane, source: CountedSource
) -> None:
    action(pane.menus.of_column(2), "Sort downwards").trigger()
    assert order(source).sort == (Key(2, descends=True),)
    action(pane.menus.of_column(2), "Do not sort").trigger()
    assert order(source).sort == ()
    formats = action(pane.menus.of_column(2), "Number format").menu()
    assert isinstance(formats, QMenu)
    action(formats, "Part thousands").trigger()
    assert pane.view.scene.format(2) == Format(groups=True)
    colours = action(pane.menus.of_column(2), "Colour by value").menu()
    assert isinstance(colours, QMenu)
    action(colours, "Around zero").trigger()
    assert pane.view.scene.heated == {2: Scale.DIVERGING}
    assert 2 in source.summaries


def test_the_menu_of_a_cell_asks_for_its_value(pane: GridPane, source: CountedSource) -> None:
    action(pane.menus.of_cell(4, 1), "Show only rows with this value").trigger()
    action(pane.menus.of_cell(5, 2), "Leave out rows with this value").trigger()
    assert order(source).filters == (
        Condition(1, "=", ("4001",)),
        Condition(2, "!=", ("5002",)),
    )


def test_selected_cells_are_copied(pane: GridPane, qtbot: QtBot) -> None:
    pane.view.move_to(1, 0)
    qtbot.keyClick(pane.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1000"
    pane.view.move_to(2, 1, extends=True)
    qtbot.keyClick(pane.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "c0\tc1\n1000\t1001\n2000\t2001"
    action(pane.menus.of_cell(1, 0), "Copy as code").trigger()
    assert QGuiApplication.clipboard().text().startswith("pd.DataFrame({\n    'c0': [1000, 2000],")
    assert pane.foot.text() == "Copied 4 cells"


def test_more_cells_than_can_be_copied_are_refused_in_words(pane: GridPane, qtbot: QtBot) -> None:
    source = CountedSource(10_000_000, 2)
    pane.show_source(source)
    qtbot.keyClick(pane.view, Qt.Key.Key_End, CTRL | SHIFT)
    pane.copy()
    assert pane.foot.text() == f"Select no more than {MOST_CELLS} cells to copy them."


@pytest.mark.parametrize(
    ("typed", "row"), [("500", 500), ("-1", 999), ("99 999", 999), ("x", 0), ("1_0", 10)]
)
def test_a_row_is_gone_to_by_its_number(pane: GridPane, qtbot: QtBot, typed: str, row: int) -> None:
    qtbot.keyClick(pane.view, Qt.Key.Key_G, CTRL)
    qtbot.keyClicks(pane.row_field.field, typed)
    qtbot.keyClick(pane.row_field.field, Qt.Key.Key_Return)
    assert pane.view.scene.selection.row == row
    qtbot.keyClick(pane.row_field.field, Qt.Key.Key_Escape)
    assert not pane.row_field.isVisible()


def test_summaries_stand_below_the_names_and_on_a_card(
    pane: GridPane, source: CountedSource, qtbot: QtBot
) -> None:
    before = pane.view.scene.look.header
    action(pane.menus.of_table(), "Summaries below the names").trigger()
    assert pane.view.scene.look.header > before
    assert set(source.summaries) == {0, 1, 2, 3, 4}
    pane.show_summary(1)
    assert pane.card.isVisible()
    assert pane.card.said()[:2] == ["Missing 2 (10.0%)", "Distinct 9"]
    assert not pane.card.grab().toImage().isNull()
    pane.activateWindow()
    qtbot.waitUntil(pane.card.hasFocus)
    qtbot.keyClick(pane.card, Qt.Key.Key_Escape)
    assert not pane.card.isVisible()
    assert pane.view.hasFocus()


def test_the_arrangement_is_written_into_the_console(pane: GridPane, qtbot: QtBot) -> None:
    insert = action(pane.menus.of_table(), "Write sort and filter into the console")
    assert not insert.isEnabled()
    pane.arrange(Arrangement((Key(1),), (Condition(0, ">", ("5",)),)))
    with qtbot.waitSignal(pane.insert_wanted) as heard:
        action(pane.menus.of_table(), "Write sort and filter into the console").trigger()
    assert heard.args == ["df[df['c0'] > 5].sort_values('c1', kind=\"stable\")"]


def test_a_text_is_found_in_the_column_of_the_cursor(pane: GridPane, qtbot: QtBot) -> None:
    pane.view.move_to(3, 2)
    qtbot.keyClick(pane.view, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(pane.find_field.field, "7002")
    qtbot.keyClick(pane.find_field.field, Qt.Key.Key_Return)
    assert pane.view.scene.selection.row == 7
    qtbot.keyClick(pane.find_field.field, Qt.Key.Key_Return)
    assert pane.view.scene.selection.row == 17
    qtbot.keyClick(pane.find_field.field, Qt.Key.Key_Return, SHIFT)
    assert pane.view.scene.selection.row == 7
    qtbot.keyClick(pane.find_field.field, Qt.Key.Key_Return, SHIFT)
    assert pane.find_field.said == "Not found further on"
    qtbot.keyClick(pane.find_field.field, Qt.Key.Key_Escape)
    assert not pane.find_field.isVisible()
    assert pane.view.scene.selection.row == 7


def test_the_plane_of_an_array_is_chosen_by_sliders(
    qtbot: QtBot, pane: GridPane, source: CountedSource
) -> None:
    assert pane.plane.isHidden()
    table = source.snapshot.about
    assert table is not None
    cube = replace(table, kind="array", plane=Plane((4, 1000, 5), (1, 2), (0, 0, 0)))
    source.snapshot = replace(source.snapshot, about=cube)
    pane.show_source(source)
    assert pane.plane.isVisible()
    qtbot.keyClick(pane.plane.sliders[0], Qt.Key.Key_Right)
    assert pane.menus.plane_code() == "df[1, :, :]"
    with qtbot.waitSignal(pane.insert_wanted, timeout=60_000) as told:
        action(pane.menus.of_table(), "Write df[1, :, :] into the console").trigger()
    assert told.args == ["df[1, :, :]"]
    pane.plane.right.setCurrentIndex(1)
    pane.plane.right.activated.emit(1)
    assert pane.menus.plane_code() == "df[1, :, :].T"
    pane.copy("code")
    assert QGuiApplication.clipboard().text().startswith("# df[1, :, :].T\n")


def test_keys_of_the_grid_can_be_others(qtbot: QtBot, pane: GridPane) -> None:
    live = LiveKeymap()
    pane.commands.follow(live)
    live.override({"grid.down": ["J"], "grid.select_end": ["Shift+J"], "grid.go_to_row": ["G"]})
    qtbot.keyClick(pane.view, Qt.Key.Key_J)
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.view.scene.selection.row == 1, "the old key moves no more"
    qtbot.keyClick(pane.view, Qt.Key.Key_J, SHIFT)
    assert pane.view.scene.selection.rows == range(1, 1000)
    qtbot.keyClick(pane.view, Qt.Key.Key_G)
    assert pane.row_field.isVisible()
