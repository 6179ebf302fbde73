"""The commands of the window: menus and keys from one table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from support.lone_window import lone_window
from support.window import WindowSession
from vitrail.settings.store import SettingsStore
from vitrail.shell.actions import MENUS
from vitrail.shell.commands.table import COMMANDS
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.transcript.cells import Notice

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Open:
    """Return a function that opens a window on the settings in `tmp_path`."""

    def open_window() -> MainWindow:
        store = SettingsStore(tmp_path / "settings.toml")
        window = lone_window(settings=store)
        qtbot.addWidget(window)
        window.tab.view.completer.as_you_type = False  # no loop runs here that could answer
        window.show()
        window.activateWindow()
        window.tab.view.input.setFocus()
        qtbot.waitUntil(window.tab.view.input.hasFocus)
        return window

    return open_window


def titles(window: MainWindow, menu: str) -> list[str]:
    for action in window.menuBar().actions():
        if action.text() == menu and isinstance(found := action.menu(), QMenu):
            return [each.text() or "-" for each in found.actions()]
    return []


def told(window: MainWindow) -> list[str]:
    entries = window.tab.presenter.execution.transcript.entries
    return [entry.text for entry in entries if isinstance(entry, Notice)]


def test_every_command_is_done_by_somebody(opened: Open) -> None:
    window = opened()
    dispatch = window.tab.view.input.commands
    idle = [
        one.id
        for one in COMMANDS
        if one.id not in window.actions_by_id
        if dispatch.handler(one.id) is None
    ]
    in_menus = [one.id for one in COMMANDS if one.menu and one.scope is not Scope.WINDOW]
    assert idle == []
    assert [name for name in in_menus if dispatch.handler(name) is None] == []


def test_menus_hold_their_sections_in_order(opened: Open) -> None:
    window = opened()
    for menu in MENUS.values():
        lines = "".join("-" if title == "-" else "x" for title in titles(window, menu))
        assert "--" not in f"-{lines}-"
    assert titles(window, "&Edit")[:3] == ["&Undo", "&Redo", "-"]


def test_a_command_of_the_console_is_done_from_its_menu(opened: Open) -> None:
    window = opened()
    window.tab.view.scroller.to_start()
    window.actions_by_id["console.to_end"].trigger()
    assert window.tab.view.scroller.following
    assert window.actions_by_id["console.to_end"].shortcut().toString() == "Ctrl+End"


def test_a_key_in_the_settings_is_the_commands_now_and_the_next_time(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened()
    window.keys.rebind("view.full_screen", ("Ctrl+J",))
    qtbot.keyClick(window.tab.view.input, Qt.Key.Key_J, CTRL)
    assert window.isFullScreen()
    assert opened().actions_by_id["view.full_screen"].shortcut().toString() == "Ctrl+J"


def test_a_key_given_back_is_the_default_one(opened: Open) -> None:
    window = opened()
    window.keys.rebind("view.full_screen", ())
    assert window.actions_by_id["view.full_screen"].shortcuts() == []
    window.keys.rebind("view.full_screen", None)
    assert window.actions_by_id["view.full_screen"].shortcut().toString() == "F11"


@pytest.mark.qasync
async def test_broken_keys_in_the_settings_are_told_and_the_default_ones_hold(
    opened: Open, tmp_path: Path
) -> None:
    text = '[keys]\n"view.full_screen" = ["Ctrl+Banana"]\n"no.such" = []\n'
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    window = opened()
    assert told(window) == [
        "The keys of “view.full_screen” are the usual ones: “Banana” is no key.",
        "There is no command “no.such” to give keys to.",
    ]
    assert window.actions_by_id["view.full_screen"].shortcut().toString() == "F11"


@pytest.mark.qasync
async def test_keys_that_are_broken_in_the_file_while_it_runs_are_told(
    opened: Open, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"view.full_screen" = ["F7"]\n', "utf-8")
    window = opened()
    path.write_text('[keys]\n"view.full_screen" = ["F99"]\n', "utf-8")
    await WindowSession(window).until(lambda: told(window))
    assert told(window) == ["The keys of “view.full_screen” are the usual ones: “F99” is no key."]
    assert window.actions_by_id["view.full_screen"].shortcut().toString() == "F11"
    await window.tab.end()


def test_keys_in_a_row_reach_the_window_from_the_input(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    editor = window.tab.view.input
    window.keys.rebind("view.full_screen", ("F8, Ctrl+Alt+F",))
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    assert not window.isFullScreen()
    qtbot.keyClick(editor, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.AltModifier)
    assert window.isFullScreen()


def test_undo_and_paste_work_by_key_in_the_input(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    editor = window.tab.view.input
    qtbot.keyClicks(editor, "abc")
    editor.set_text("other")
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "abc"


def test_alt_with_a_letter_is_the_inputs_and_opens_no_menu(opened: Open, qtbot: QtBot) -> None:
    area = opened().tab.view.input
    area.set_text("ab cd")
    qtbot.keyClick(area, Qt.Key.Key_Less, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(area, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert area.textCursor().position() == 2
    assert QApplication.activePopupWidget() is None
    assert area.text() == "ab cd"
