"""The page Members: opened, found, run and copied by key and by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from vitrail_widgets.inspector.members.page import MembersPage
from vitrail_widgets.inspector.tree.model import ORIGIN, VALUE
from vitrail_widgets.inspector.tree.nodes import Node
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import (
    Group,
    Inside,
    Mark,
    Member,
    Members,
    Run,
    RunState,
)
from vitrail_widgets.objects.target import Step, Target
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

Key = Qt.Key
THING = Target("thing")


def member(
    name: str, preview: str = "1", *, mark: Mark = Mark.KNOWN, expands: bool = False
) -> Member:
    step = Step("attribute", name, f".{name}")
    kind = "property" if mark is Mark.RUN else "instance"
    return Member(step, name, kind, "int", "", preview, "Thing", mark, expands)


GROUPS = (
    Group("data", 2, (member("apple", expands=True), member("pear"))),
    Group("property", 1, (member("area", "How large.", mark=Mark.RUN),)),
    Group("dunder", 30),
)


def known(
    runs: dict[Target, Run] | None = None,
    freshness: Freshness = Freshness.FRESH,
    inside: dict[Target, Inside] | None = None,
) -> Known[Members]:
    told = {THING: Inside(GROUPS, "Thing")} if inside is None else inside
    return Known(THING, Members(THING, told, runs or {}), freshness, 3)


KNOWN = known()


@pytest.fixture
def page(qtbot: QtBot) -> MembersPage:
    page = MembersPage()
    qtbot.addWidget(page)
    page.apply_theme(Theme.load("light"), code_font())
    page.resize(460, 480)
    page.show()
    return page


def seen(page: MembersPage) -> list[str]:
    """Return the names of the rows that are not folded away, as one reads them."""
    found = []
    index = page.model.index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = page.tree.indexBelow(index)
    return found


def node(page: MembersPage, name: str) -> Node:
    nodes = [each for top in page.model.tops for each in top.walk()]
    return next(
        each for each in nodes if (each.member and each.member.name == name) or each.text == name
    )


def choose(page: MembersPage, name: str) -> None:
    page.tree.setFocus()
    page.tree.setCurrentIndex(page.model.index_of(node(page, name)))


def value(page: MembersPage, name: str) -> str:
    index = page.model.index_of(node(page, name))
    return str(index.siblingAtColumn(VALUE).data(Qt.ItemDataRole.AccessibleTextRole))


def place(page: MembersPage, name: str, column: int) -> QPoint:
    index = page.model.index_of(node(page, name)).siblingAtColumn(column)
    return page.tree.visualRect(index).center()


def test_groups_are_open_but_those_one_seldom_wants(page: MembersPage) -> None:
    page.show_known(KNOWN)
    assert seen(page) == ["Data   2", "apple", "pear", "Properties   1", "area", "Special   30"]


def test_opening_asks_for_what_is_not_known(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(KNOWN)
    choose(page, "apple")
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.tree, Key.Key_Right)
    assert heard.args == [THING.attribute("apple")]
    assert seen(page)[2] == "…"
    choose(page, "Special")
    with qtbot.waitSignal(page.group_opened) as heard:
        qtbot.keyClick(page.tree, Key.Key_Return)
    assert heard.args == [THING, "dunder"]


def test_what_was_opened_stays_open_when_it_is_renewed(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(KNOWN)
    choose(page, "apple")
    qtbot.keyClick(page.tree, Key.Key_Right)
    below = Inside((Group("item", 1, (member("[0]"),)),))
    page.show_known(known(inside={THING: Inside(GROUPS), THING.attribute("apple"): below}))
    assert seen(page)[:4] == ["Data   2", "apple", "[0]", "pear"]
    assert page.tree.chosen is node(page, "apple")


def test_a_property_runs_when_it_is_clicked_and_not_before(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(KNOWN)
    assert value(page, "area").startswith("▷ run")
    asked: list[Target] = []
    page.run_wanted.connect(asked.append)
    qtbot.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=place(page, "area", 0))
    assert asked == []
    qtbot.mouseClick(
        page.tree.viewport(), Qt.MouseButton.LeftButton, pos=place(page, "area", VALUE)
    )
    assert asked == [THING.attribute("area")]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (Run(RunState.WAITING), "waits for the cell"),
        (Run(RunState.RUNNING), "Esc interrupts it"),
        (Run(RunState.LOST), "no answer"),
        (Run(RunState.RAISED, None, ("ValueError", "bad", "line 2 in area")), "ValueError: bad"),
        (Run(RunState.DONE, member("", "7"), took_ms=1.5, count=3), "7   1.5 ms"),
        (Run(RunState.DONE, member("", "7"), took_ms=1.5, count=2), "as of In [2]"),
    ],
)
def test_what_came_of_a_run_is_shown_in_its_row(page: MembersPage, run: Run, said: str) -> None:
    runs = {THING.attribute("area"): run}
    page.show_known(known(runs))
    assert said in value(page, "area")


def test_esc_stops_what_runs(page: MembersPage, qtbot: QtBot) -> None:
    runs = {THING.attribute("area"): Run(RunState.RUNNING)}
    page.show_known(known(runs))
    choose(page, "area")
    with qtbot.waitSignal(page.stop_wanted) as heard:
        qtbot.keyClick(page.tree, Key.Key_Escape)
    assert heard.args == [THING.attribute("area")]


def test_enter_inspects_a_member(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(KNOWN)
    choose(page, "pear")
    with qtbot.waitSignal(page.target_wanted) as heard:
        qtbot.keyClick(page.tree, Key.Key_Return)
    assert heard.args == [THING.attribute("pear")]


def test_names_are_found_while_one_types(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(KNOWN)
    with qtbot.waitSignal(page.found) as heard:
        qtbot.keyClicks(page.field, "pe")
    assert heard.args == ["pe"]
    assert seen(page)[:2] == ["Data   1", "pear"]
    qtbot.keyClick(page.field, Key.Key_Down)
    assert page.tree.hasFocus()


def test_a_member_is_copied_inserted_and_inspected_from_its_menu(
    page: MembersPage, qtbot: QtBot
) -> None:
    page.show_known(KNOWN)
    choose(page, "pear")
    qtbot.keyClick(page.tree, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "thing.pear"
    actions = {each.text(): each for each in page.acts.menu(node(page, "pear")).actions()}
    with qtbot.waitSignals([page.insert_wanted, page.target_wanted]):
        actions["Insert into the &console"].trigger()
        actions["&Inspect"].trigger()
    actions = {each.text(): each for each in page.acts.menu(node(page, "area")).actions()}
    assert "&Inspect" not in actions
    with qtbot.waitSignal(page.run_wanted):
        actions["&Run"].trigger()


def test_an_empty_page_says_why(page: MembersPage, qtbot: QtBot) -> None:
    page.show_known(known(inside={THING: Inside()}))
    assert page.empty.text() == "It holds nothing."
    qtbot.keyClicks(page.field, "x")
    assert page.empty.text() == "No member is called so."


def test_a_class_that_makes_up_names_is_told(page: MembersPage) -> None:
    page.show_known(KNOWN)
    assert not page.foot.isVisible()
    page.show_known(known(inside={THING: Inside(GROUPS, "Thing", makes_up=True)}))
    assert page.foot.isVisible()


def test_where_members_come_from_is_shown_where_there_is_room(page: MembersPage) -> None:
    page.show_known(KNOWN)
    assert page.tree.isColumnHidden(ORIGIN)
    page.resize(900, 480)
    assert not page.tree.isColumnHidden(ORIGIN)


def test_what_cannot_be_renewed_stays_and_is_greyed(page: MembersPage) -> None:
    page.show_known(KNOWN)
    index = page.model.index_of(node(page, "pear"))
    before = index.data(Qt.ItemDataRole.ForegroundRole)
    page.show_known(known(freshness=Freshness.STALE))
    assert "pear" in seen(page)
    assert index.data(Qt.ItemDataRole.ForegroundRole) != before
