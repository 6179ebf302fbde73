"""The table of variables: found, ordered, marked when they change, acted on by key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from vitrail.shell.docks.placing import WIDTH
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.pane import VariablesPane
from vitrail_widgets.variables.variable import Column, Freshness, Listing, Snapshot, Variable

Role = Qt.ItemDataRole
Key = Qt.Key
ROWS = (
    Variable("x10", "instance", "int", "", 28, "10", 1),
    Variable("x2", "instance", "ndarray[float64]", "3 x 4", 96, "[0.0, 1.0]", 2),
    Variable("np", "module", "module", "", None, "2.1", 3),
    Variable("area", "function", "function", "", None, "(w, h)", 4),
)
FRESH = Snapshot(ROWS, Freshness.FRESH, frozenset({"x2"}), 3, 0.7)


@pytest.fixture
def pane(qtbot: QtBot) -> VariablesPane:
    pane = VariablesPane()
    qtbot.addWidget(pane)
    pane.apply_theme(Theme.load("light"), code_font())
    pane.resize(480, 320)
    pane.show()
    return pane


def names(pane: VariablesPane) -> list[str]:
    return [pane.model.row(row).name for row in range(pane.model.rowCount())]


def cell(pane: VariablesPane, row: int, column: Column, role: Role = Role.DisplayRole) -> object:
    return pane.model.data(pane.model.index(row, column), role)


def test_data_is_shown_by_name_and_modules_and_code_are_left_out(pane: VariablesPane) -> None:
    pane.show_snapshot(FRESH)
    assert names(pane) == ["x2", "x10"]
    assert [cell(pane, 0, column) for column in Column] == [
        *("x2", "ndarray[float64]", "3 × 4", "96 B", "[0.0, 1.0]")
    ]
    assert pane.foot.text() == "2 of 4 · as of In [3] · 0.7 ms of the kernel's time"


def test_the_value_has_room_where_the_dock_is_as_wide_as_at_first(pane: VariablesPane) -> None:
    pane.resize(WIDTH, 320)
    pane.show_snapshot(FRESH)
    assert pane.table.columnWidth(Column.VALUE) >= 120
    last = pane.table.visualRect(pane.model.index(0, Column.VALUE))
    assert last.right() <= pane.table.viewport().width()


def test_what_changed_is_marked_for_a_moment(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    assert cell(pane, 0, Column.NAME, Role.BackgroundRole) is not None
    assert cell(pane, 1, Column.NAME, Role.BackgroundRole) is None
    qtbot.waitUntil(lambda: cell(pane, 0, Column.NAME, Role.BackgroundRole) is None)


def test_a_list_that_cannot_be_renewed_stays_and_says_so(pane: VariablesPane) -> None:
    pane.show_snapshot(FRESH)
    normal = cell(pane, 0, Column.NAME, Role.ForegroundRole)
    pane.show_snapshot(Snapshot(ROWS, Freshness.STALE, count=3))
    assert names(pane) == ["x2", "x10"]
    assert cell(pane, 0, Column.NAME, Role.ForegroundRole) != normal
    assert pane.foot.text().endswith("as of In [3] · the kernel cannot tell now")


@pytest.mark.parametrize(
    ("freshness", "said"),
    [
        (Freshness.UNASKED, "No kernel has told its variables yet."),
        (Freshness.UNABLE, "This kernel cannot tell its variables."),
        (Freshness.FRESH, "There are no variables yet."),
    ],
)
def test_an_empty_list_says_why(pane: VariablesPane, freshness: Freshness, said: str) -> None:
    pane.show_snapshot(Snapshot(freshness=freshness))
    assert pane.empty.isVisible()
    assert pane.empty.text() == said


def test_rows_are_found_while_one_types(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    qtbot.keyClicks(pane.field, "nd")
    assert names(pane) == ["x2"]
    qtbot.keyClicks(pane.field, "zz")
    assert pane.empty.text() == "No variable is like that."


def test_enter_goes_from_the_field_to_the_rows_and_inspects(
    pane: VariablesPane, qtbot: QtBot
) -> None:
    pane.show_snapshot(FRESH)
    qtbot.keyClick(pane.field, Key.Key_Down)
    assert pane.table.hasFocus()
    qtbot.keyClick(pane.table, Key.Key_Down)
    with qtbot.waitSignal(pane.inspect_wanted) as heard:
        qtbot.keyClick(pane.table, Key.Key_Return)
    assert heard.args == ["x10"]


def test_a_double_click_inspects_a_variable(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    place = pane.table.visualRect(pane.model.index(0, Column.NAME)).center()
    qtbot.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(pane.inspect_wanted) as heard:
        qtbot.mouseDClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["x2"]


def test_names_of_several_rows_are_inserted_copied_and_deleted_by_key(
    pane: VariablesPane, qtbot: QtBot
) -> None:
    pane.show_snapshot(FRESH)
    qtbot.keyClick(pane.field, Key.Key_Down)
    qtbot.keyClick(pane.table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(pane.inserted) as heard:
        qtbot.keyClick(pane.table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == ["x2, x10"]
    qtbot.keyClick(pane.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x2, x10"
    with qtbot.waitSignal(pane.delete_wanted) as heard:
        qtbot.keyClick(pane.table, Key.Key_Delete)
    assert heard.args == [["x2", "x10"]]


def typed(pane: VariablesPane, qtbot: QtBot, row: int, column: Column, text: str) -> None:
    pane.table.setFocus()
    pane.table.setCurrentIndex(pane.model.index(row, column))
    qtbot.keyClick(pane.table, Key.Key_F2)
    editor = pane.table.findChildren(QLineEdit)[-1]
    editor.setText(text)
    qtbot.keyClick(editor, Key.Key_Return)


def test_names_and_simple_values_are_typed_in_place(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    with qtbot.waitSignal(pane.edited) as heard:
        typed(pane, qtbot, 1, Column.NAME, "ten")
    assert heard.args == ["x10", Column.NAME, "ten"]
    with qtbot.waitSignal(pane.edited) as heard:
        typed(pane, qtbot, 1, Column.VALUE, "11")
    assert heard.args == ["x10", Column.VALUE, "11"]
    assert names(pane) == ["x2", "x10"]
    array = pane.model.flags(pane.model.index(0, Column.VALUE))
    assert not array & Qt.ItemFlag.ItemIsEditable


def test_what_is_typed_and_the_same_asks_for_nothing(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    with qtbot.assertNotEmitted(pane.edited):
        typed(pane, qtbot, 1, Column.NAME, "x10")


def test_variables_stand_in_groups_when_they_are_wanted_so(
    pane: VariablesPane, qtbot: QtBot
) -> None:
    pane.show_snapshot(FRESH)
    pane.list_as(Listing(functions=True, grouped=True))
    shown = [str(pane.model.index(row, 0).data()) for row in range(pane.model.rowCount())]
    assert shown == [
        *("Arrays and tables   1", "x2", "Numbers and text   1", "x10"),
        *("Functions   1", "area"),
    ]
    assert pane.model.headings == [0, 2, 4]
    assert pane.foot.text().startswith("3 of 4")
    qtbot.keyClick(pane.field, Key.Key_Down)
    assert pane.table.chosen == ["x2"]


def test_rows_that_were_told_in_brief_ask_for_the_rest_when_they_are_seen(
    pane: VariablesPane, qtbot: QtBot
) -> None:
    rows = tuple(
        Variable(f"v{i:03}", "instance", "int", "", None, "", i, is_brief=True) for i in range(500)
    )
    with qtbot.waitSignal(pane.lacked) as heard:
        pane.show_snapshot(Snapshot(rows, Freshness.FRESH))
    assert "v000" in heard.args[0]
    assert "v499" not in heard.args[0]


def test_the_chosen_variable_stays_chosen_when_the_list_is_renewed(
    pane: VariablesPane, qtbot: QtBot
) -> None:
    pane.show_snapshot(FRESH)
    qtbot.keyClick(pane.field, Key.Key_Down)
    qtbot.keyClick(pane.table, Key.Key_Down)
    more = (Variable("a", "instance", "int", "", 28, "1", 9), *ROWS)
    pane.show_snapshot(Snapshot(more, Freshness.FRESH, frozenset({"a"}), 4))
    assert names(pane) == ["a", "x2", "x10"]
    assert pane.table.chosen == ["x10"]
    pane.show_snapshot(Snapshot(ROWS[1:], Freshness.FRESH, count=5))
    assert "x10" not in pane.table.chosen


def test_a_click_on_a_heading_orders_by_it(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    header = pane.table.horizontalHeader()
    at = header.sectionViewportPosition(Column.MEMORY) + 20
    place = header.rect().center()
    place.setX(at)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(pane) == ["x10", "x2"]


def test_what_is_listed_is_chosen_in_a_menu(pane: VariablesPane, qtbot: QtBot) -> None:
    menu = pane.more.menu()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if "modules" in each.text())
    assert isinstance(action, QAction)
    with qtbot.waitSignal(pane.listing_changed) as heard:
        action.trigger()
    assert heard.args == [Listing(modules=True)]


def test_a_context_menu_offers_what_can_be_done(pane: VariablesPane, qtbot: QtBot) -> None:
    pane.show_snapshot(FRESH)
    actions = [action for action in pane.context_menu(["x2"]).actions() if action.text()]
    assert [action.text() for action in actions] == [
        *("I&nspect", "&Insert into the console", "&Copy name"),
        *("&Rename", "Change &value", "Du&plicate", "&Delete…"),
    ]
    assert not actions[4].isEnabled()
    with qtbot.waitSignals([pane.inserted, pane.delete_wanted, pane.duplicate_wanted]):
        for at in (1, 5, 6):
            actions[at].trigger()
    actions[2].trigger()
    assert QGuiApplication.clipboard().text() == "x2"
    several = [action.text() for action in pane.context_menu(["x2", "x10"]).actions()]
    assert several == ["&Insert into the console", "&Copy names", "", "&Delete 2 variables…"]


def test_ten_thousand_variables_are_sifted_and_ordered(pane: VariablesPane) -> None:
    rows = tuple(Variable(f"v{i}", "instance", "int", "", 28, str(i), i) for i in range(10_000))
    pane.show_snapshot(Snapshot(rows, Freshness.FRESH))
    assert names(pane)[:3] == ["v0", "v1", "v2"]
    pane.field.setText("v9999")
    assert names(pane) == ["v9999"]
