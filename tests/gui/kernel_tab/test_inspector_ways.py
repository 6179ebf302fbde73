"""The ways into the inspector: the caret, keys, clicks, `name?`; and staying with an object."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea

from support.window import WindowSession, in_window
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.inspector_pages import PAGES
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail_widgets.inspector.help.page import HelpPage
from vitrail_widgets.objects.target import Target

pytestmark = pytest.mark.qasync

Key = Qt.Key


def docks(session: WindowSession) -> list[InspectorDock]:
    found = session.window.findChildren(InspectorDock)
    return sorted(found, key=lambda each: each.objectName())


def looked_at(session: WindowSession, number: int = 0) -> str:
    return docks(session)[number].pane.header.field.text()


def visited(session: WindowSession) -> list[str]:
    inspector = docks(session)[0].inspector
    return [] if inspector is None else [each.text for each in inspector.trail.visited]


def show(session: WindowSession) -> None:
    session.window.actions_by_id["view.inspector"].trigger()


async def prepared(session: WindowSession, code: str) -> None:
    await session.run(code)
    probe = session.tab.presenter.probe
    assert probe is not None
    await session.until(lambda: probe.is_there)


@in_window
async def test_it_follows_the_caret_to_names_that_are_there(session: WindowSession) -> None:
    await prepared(session, "apple = 1; pear = 2")
    show(session)
    session.type("apple", enter=False)
    await session.until(lambda: looked_at(session) == "apple")
    session.type(" + nothing", enter=False)
    session.type(" + pear", enter=False)
    await session.until(lambda: looked_at(session) == "pear")
    assert visited(session) == ["pear"]


@in_window
async def test_it_does_not_follow_if_that_is_not_wanted(session: WindowSession) -> None:
    await prepared(session, "apple = 1; pear = 2")
    show(session)
    QTest.mouseClick(docks(session)[0].pane.header.follow, Qt.MouseButton.LeftButton)
    assert not session.settings.now.inspector.follow
    session.type("apple", enter=False)
    session.view.input.set_text("")
    QTest.mouseClick(docks(session)[0].pane.header.follow, Qt.MouseButton.LeftButton)
    session.type("pear", enter=False)
    await session.until(lambda: looked_at(session) == "pear")
    assert visited(session) == ["pear"]


@in_window
async def test_a_double_click_in_the_transcript_names_an_object(session: WindowSession) -> None:
    await prepared(session, "apple = 1")
    show(session)
    view = session.view
    session.tab.presenter.flush()
    entry = len(view.document.flow) - 1
    for x in range(view.across.text_x + 4, view.across.text_x + 40, 4):
        for y in range(0, view.viewport().height(), 6):
            position = view.position_at(QPoint(x, y))
            if position.entry == entry and position.offset == 2:
                QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
                await session.until(lambda: looked_at(session) == "apple")
                return
    raise AssertionError("the code was not found")


@in_window
async def test_the_chosen_completion_is_looked_at(session: WindowSession) -> None:
    await prepared(session, "class Basket:\n    apple = 1\n    pear = 2\nbasket = Basket()")
    session.type("basket.", enter=False)
    await session.until(lambda: session.view.completer.chosen_name == "basket.apple")
    QTest.keyClick(session.view.input, Key.Key_Down)
    QTest.keyClick(session.view.input, Key.Key_F1)
    assert looked_at(session) == "basket.pear"


@in_window
async def test_a_variable_is_looked_at_by_a_double_click(session: WindowSession) -> None:
    await session.run("apple = 1")
    session.window.actions_by_id["view.variables"].trigger()
    dock = session.window.findChild(VariablesDock)
    assert isinstance(dock, VariablesDock)
    await session.until(lambda: dock.pane.model.rowCount() == 1)
    place = dock.pane.table.visualRect(dock.pane.model.index(0, 0)).center()
    QTest.mouseClick(dock.pane.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(dock.pane.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert looked_at(session) == "apple"
    assert docks(session)[0].isVisible()


@in_window
async def test_help_that_was_typed_for_is_shown_where_one_looks(session: WindowSession) -> None:
    await prepared(session, "def area(width):\n    'Tell the area.'\n    return width\n")
    await session.run("area?")
    await session.until(session.tab.pager.pane.isVisible)
    session.tab.pager.pane.close_pager()
    show(session)
    await session.run("area??")
    await session.until(lambda: looked_at(session) == "area")
    assert docks(session)[0].pane.tabs.currentIndex() == 1
    assert session.tab.pager.pane.isHidden()
    await session.run("apple = 1")
    await session.run("apple?")
    await session.until(lambda: docks(session)[0].pane.tabs.currentIndex() == 0)
    page = docks(session)[0].pane.page(0)
    assert page is not None
    await session.until(lambda: "String form" in page.toPlainText())  # type: ignore[attr-defined]  # a HelpPage


@in_window
async def test_help_stays_in_the_pager_where_the_settings_say_so(session: WindowSession) -> None:
    session.settings.change("inspector", "takes_help", "never")
    await prepared(session, "apple = 1")
    show(session)
    await session.run("apple?")
    await session.until(session.tab.pager.pane.isVisible)


@in_window
async def test_a_name_can_be_written_into_the_header(session: WindowSession) -> None:
    await prepared(session, "apple = 1")
    show(session)
    field = docks(session)[0].pane.header.field
    field.setFocus()
    QTest.keyClicks(field, "apple")
    QTest.keyClick(field, Key.Key_Return)
    assert visited(session) == ["apple"]
    field.setText("a + b")
    QTest.keyClick(field, Key.Key_Return)
    assert visited(session) == ["apple"]


@in_window
async def test_a_pinned_inspector_stays_and_another_one_goes_on(session: WindowSession) -> None:
    await prepared(session, "apple = 1; pear = 2")
    session.view.input.set_text("apple")
    QTest.keyClick(session.view.input, Key.Key_F1)
    QTest.mouseClick(docks(session)[0].pane.header.pin, Qt.MouseButton.LeftButton)
    assert docks(session)[0].windowTitle() == "Inspector · apple"
    session.view.input.set_text("pear")
    QTest.keyClick(session.view.input, Key.Key_F1)
    assert (looked_at(session, 0), looked_at(session, 1)) == ("apple", "pear")
    session.window.actions_by_id["tab.new"].trigger()
    await session.ready()
    assert (looked_at(session, 0), looked_at(session, 1)) == ("apple", "")
    docks(session)[1].close()
    assert docks(session)[0].isVisible()
    session.view.input.set_text("apple")
    QTest.keyClick(session.view.input, Key.Key_F1)
    assert looked_at(session, 0) == "apple"


@in_window
async def test_the_history_menu_leads_to_all_that_was_looked_at(session: WindowSession) -> None:
    await prepared(session, "apple = 1; pear = 2; fig = 3")
    show(session)
    dock = docks(session)[0]
    for name in ("apple", "pear", "fig"):
        dock.inspect(Target(name))
    menu = dock.pane.header.history
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["fig", "pear", "apple"]
    menu.actions()[2].trigger()
    assert looked_at(session) == "apple"
    assert visited(session) == ["apple", "pear", "fig"]


@in_window
async def test_text_is_made_larger_and_what_did_not_change_is_not_drawn_again(
    session: WindowSession,
) -> None:
    await prepared(session, "apple = 1")
    session.view.input.set_text("apple")
    QTest.keyClick(session.view.input, Key.Key_F1)
    session.view.input.set_text("")
    dock = docks(session)[0]
    page = dock.pane.page(0)
    assert isinstance(page, HelpPage)
    await session.until(lambda: dock.pane.foot.text() == "as of In [1]" and page.is_written)
    document = page.document()
    revision = document.revision()
    await session.run("2")
    await session.until(lambda: dock.pane.foot.text() == "as of In [2]")
    assert document.revision() == revision
    before = document.defaultFont().pointSizeF()
    dock.pane.header.zoom_wanted.emit(1)
    assert document.defaultFont().pointSizeF() == before + 1


@in_window
async def test_keys_lead_back_and_forward_from_wherever_the_focus_is(
    session: WindowSession,
) -> None:
    await prepared(session, "apple, pear = [[1]], {2: [3]}")
    for name in ("apple", "pear"):
        session.view.input.set_text(name)
        QTest.keyClick(session.view.input, Key.Key_F1)
    session.view.input.set_text("")
    assert (visited(session), looked_at(session)) == (["apple", "pear"], "pear")
    session.window.activateWindow()
    dock, alt = docks(session)[0], Qt.KeyboardModifier.AltModifier

    def area() -> QAbstractScrollArea | None:
        """Return what takes the arrows for its own on the page that is seen."""
        page = dock.pane.page(dock.pane.tabs.currentIndex())
        if page is None or isinstance(page, QAbstractScrollArea):
            return page if page is not None and page.isVisible() else None
        found = page.findChildren(QAbstractScrollArea)
        return next((each for each in found if each.isVisible()), None)

    for title in ("Help", "Members", "Value", "Data"):
        dock.pane.tabs.setCurrentIndex([page.title for page in PAGES].index(title))
        for key, name in ((Key.Key_Left, "apple"), (Key.Key_Right, "pear")):
            await session.until(area)
            focused = area()
            assert focused is not None
            focused.setFocus()
            QTest.keyClick(session.window, key, alt)
            assert looked_at(session) == name, title
    session.desk.keys.live.override({"inspector.back": ["Ctrl+Alt+B"]})
    dock.pane.header.field.setFocus()
    QTest.keyClick(session.window, Key.Key_B, Qt.KeyboardModifier.ControlModifier | alt)
    assert looked_at(session) == "apple"
    session.view.input.setFocus()
    QTest.keyClick(session.window, Key.Key_Right, alt)
    assert looked_at(session) == "apple", "the keys are the inspector's own"
