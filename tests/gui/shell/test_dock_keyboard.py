"""A dock that is left gives the keyboard back to the console; a new one gets its share of room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from support.patience import until
from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.dock_title import DockTitle
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail.shell.main_window import MainWindow

EACH = pytest.mark.parametrize("command", ["view.inspector", "view.variables"])


@asynccontextmanager
async def shown() -> AsyncIterator[MainWindow]:
    """Show a window with two tabs, whose bar would take the keyboard; they have no kernel."""
    QGuiApplication.setQuitOnLastWindowClosed(False)
    desk = Desk(Appearance("light", SettingsStore()))
    window = MainWindow(desk)
    window.tabs.add(desk.new_tab())
    window.resize(1100, 800)
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    try:
        yield window
    finally:
        desk.close_unasked()
        await desk.end()


async def open_dock(window: MainWindow, command: str) -> QDockWidget:
    """Show a dock, and give it the keyboard as Tab does: to a button of its title."""
    window.actions_by_id[command].trigger()
    (dock,) = window.findChildren(InspectorDock if command == "view.inspector" else VariablesDock)
    title = dock.titleBarWidget()
    assert isinstance(title, DockTitle)
    await until(title.take_off.isVisible)
    title.take_off.setFocus()
    await until(title.take_off.hasFocus)
    return dock


def keyboard() -> QWidget:
    """Return who has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@EACH
async def test_a_dock_that_is_hidden_gives_the_keyboard_back(qt_loop: object, command: str) -> None:
    async with shown() as window:
        dock = await open_dock(window, command)
        window.actions_by_id[command].trigger()
        assert not dock.isVisible()
        assert keyboard() is window.tab.view.input


@EACH
async def test_esc_leads_from_a_dock_to_the_console(qt_loop: object, command: str) -> None:
    async with shown() as window:
        dock = await open_dock(window, command)
        QTest.keyClick(keyboard(), Qt.Key.Key_Escape)
        assert keyboard() is window.tab.view.input
        assert dock.isVisible()


async def test_a_dock_that_is_hidden_without_the_keyboard_leaves_it_where_it_is(
    qt_loop: object,
) -> None:
    async with shown() as window:
        await open_dock(window, "view.variables")
        inspector = await open_dock(window, "view.inspector")
        window.actions_by_id["view.variables"].trigger()
        assert inspector.isAncestorOf(keyboard())


async def test_docks_one_below_the_other_share_the_height(qt_loop: object) -> None:
    async with shown() as window:
        variables = await open_dock(window, "view.variables")
        inspector = await open_dock(window, "view.inspector")
        await until(lambda: inspector.y() > variables.y())
        await until(lambda: abs(inspector.height() - variables.height()) < variables.height() / 5)
