"""The title bar of a dock says what it is, takes it off, puts it back and closes it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.docks.dock_title import DockTitle

OFFSCREEN = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(600, 300)
    return window


@pytest.fixture
def dock(window: QMainWindow) -> QDockWidget:
    dock = QDockWidget("Figures", window)
    dock.setWidget(QLabel("inside", dock))
    dock.setTitleBarWidget(DockTitle(dock, Appearance("dark", SettingsStore())))
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.show()
    return dock


def _title(dock: QDockWidget) -> DockTitle:
    title = dock.titleBarWidget()
    assert isinstance(title, DockTitle)
    return title


def test_it_says_the_title_of_the_dock_as_it_is_now(dock: QDockWidget) -> None:
    assert _title(dock).label.text() == "Figures"
    dock.setWindowTitle("Plots")
    assert _title(dock).label.text() == "Plots"


@OFFSCREEN
def test_a_click_takes_the_dock_off_and_another_puts_it_back(
    dock: QDockWidget, qtbot: QtBot
) -> None:
    title = _title(dock)
    qtbot.mouseClick(title.take_off, LEFT_BUTTON)
    assert dock.isFloating()
    assert title.take_off.accessibleName() == "Put back"
    qtbot.mouseClick(title.take_off, LEFT_BUTTON)
    assert not dock.isFloating()
    assert title.take_off.accessibleName() == "Take off"


@OFFSCREEN
def test_a_double_click_takes_the_dock_off(dock: QDockWidget, qtbot: QtBot) -> None:
    qtbot.mouseDClick(_title(dock), LEFT_BUTTON)
    assert dock.isFloating()


def test_a_click_closes_the_dock(dock: QDockWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(_title(dock).close_dock, LEFT_BUTTON)
    assert not dock.isVisible()
