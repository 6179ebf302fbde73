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
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.inspector.pane import InspectorPane
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.transcript.cells import Notice

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[[], MainWindow]
IN_EDIT = {
    "edit.copy": "Ctrl+C",
    "edit.paste": "Ctrl+V",
    "console.select_all": "Ctrl+Shift+A",
    "find.open": "Ctrl+F",
}


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


def test_every_command_is_done_by_somebody(opened: Open, qtbot: QtBot) -> None:
    window, grid, inspector = opened(), GridPane(), InspectorPane(())
    qtbot.addWidget(grid)
    qtbot.addWidget(inspector)
    dispatch = window.tab.view.input.commands
    all_of_them = (dispatch, inspector.commands, grid.commands)
    idle = [
        one.id
        for one in COMMANDS
        if one.id not in window.actions_by_id
        if all(each.handler(one.id) is None for each in all_of_them)
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


def menus_of(window: MainWindow) -> list[QMenu]:
    return [menu for menu in window.findChildren(QMenu) if menu.title() and menu.actions()]


def menu_called(window: MainWindow, title: str) -> QMenu:
    return next(menu for menu in menus_of(window) if menu.title() == title)


def test_menus_show_the_keys_by_which_the_same_is_done(opened: Open) -> None:
    window = opened()
    shown = {name: window.actions_by_id[name].shortcut().toString() for name in IN_EDIT}
    assert shown == IN_EDIT
    window.keys.live.override({"console.copy_or_interrupt": ["Ctrl+Ins"]})
    assert window.actions_by_id["edit.copy"].shortcut().toString() == "Ctrl+Ins"


def test_ctrl_c_is_heard_by_the_console_although_a_menu_shows_it(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened()
    view = window.tab.view
    with qtbot.waitSignal(view.interrupt_requested):
        qtbot.keyClick(view.input, Qt.Key.Key_C, CTRL)
    view.input.set_text("some text")
    view.input.selectAll()
    QApplication.clipboard().clear()
    qtbot.keyClick(view.input, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "some text"


def test_every_title_of_a_menu_has_a_mnemonic_of_its_own(opened: Open) -> None:
    window = opened()
    for menu in menus_of(window):
        titles = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [title[title.index("&") + 1].lower() for title in titles if "&" in title]
        assert [title for title in titles if "&" not in title] == []
        assert len(set(letters)) == len(letters), titles


def test_what_opens_a_dialog_or_a_field_says_so(opened: Open) -> None:
    window = opened()
    opening = ["file.open", "file.save_as", "file.print", "edit.palette", "edit.keys"]
    opening += ["edit.settings", "find.open", "history.search", "file.export_pdf"]
    titles = [window.actions_by_id[name].text() for name in opening]
    assert [title for title in titles if not title.endswith("…")] == []


def test_an_open_menu_dims_what_cannot_be_done_and_says_why(opened: Open) -> None:
    window = opened()
    expected = {
        "&Edit": {
            "edit.undo": "There is nothing to undo",
            "edit.copy": "Nothing is selected",
            "find.next": "Nothing was looked for",
        },
        "&Kernel": {
            "kernel.run_the_rest": "Nothing was left to run",
            "kernel.discard_the_rest": "Nothing was left to run",
            "queue.open": "Nothing waits",
        },
        "&File": {"file.print": "The session is empty", "file.run_all": "No file is open"},
        "&Export": {"file.export_html": "The session is empty"},
        "&View": {"pager.focus": "Nothing is in the pager"},
    }
    for title, reasons in expected.items():
        menu = menu_called(window, title)
        menu.aboutToShow.emit()
        actions = {name: window.actions_by_id[name] for name in reasons}
        assert {name: action.toolTip() for name, action in actions.items()} == reasons
        assert [name for name, action in actions.items() if action.isEnabled()] == []
        menu.aboutToHide.emit()
        assert all(action.isEnabled() for action in actions.values())


def test_what_has_become_possible_is_not_dim_in_the_next_menu(opened: Open) -> None:
    window = opened()
    menu = menu_called(window, "&Edit")
    menu.aboutToShow.emit()
    window.tab.view.input.insertPlainText("a")
    menu.aboutToHide.emit()
    assert window.actions_by_id["edit.undo"].isEnabled()
    menu.aboutToShow.emit()
    assert window.actions_by_id["edit.undo"].isEnabled()
    menu.aboutToHide.emit()


def test_a_key_for_what_cannot_be_done_is_answered_in_the_status_bar(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened()
    qtbot.keyClick(window.tab.view.input, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "There is nothing to undo")
    qtbot.keyClick(window.tab.view.input, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Nothing was left to run")


def test_toggles_show_in_their_menu_whether_they_are_on(opened: Open) -> None:
    window = opened()
    toggle, menu = window.actions_by_id["kernel.other_clients"], menu_called(window, "&Kernel")
    seen: list[bool] = []
    for _ in range(2):
        menu.aboutToShow.emit()
        seen.append(toggle.isChecked())
        menu.aboutToHide.emit()
        toggle.trigger()
    assert toggle.isCheckable()
    assert seen == [True, False]


def test_the_palette_says_why_a_command_cannot_be_done(opened: Open) -> None:
    window = opened()
    window.command_palette.toggle()
    reasons = {choice.command.id: choice.why_not for choice in window.command_palette.popup.shown}
    assert reasons["file.export_html"] == "The session is empty"
    assert reasons["find.next"] == "Nothing was looked for"
    assert reasons["kernel.run_the_rest"] == "Nothing was left to run"
    assert reasons["file.open"] == ""
    window.command_palette.toggle()
