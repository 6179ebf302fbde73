"""The menus of the window, filled from the table of commands."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from vitrail_widgets.commands.key_events import key_sequences
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Command, Scope

MENUS = {
    "File": "&File",
    "Edit": "&Edit",
    "View": "&View",
    "Tab": "&Tab",
    "Kernel": "&Kernel",
}
"""The menu bar, and the mnemonics in it."""


def make_actions(
    window: QMainWindow,
    live: LiveKeymap,
    handlers: dict[str, Callable[[], object]],
    run_in_console: Callable[[str], object],
) -> dict[str, QAction]:
    """Fill a window's menus; return the actions by command id.

    The commands of the window have an action, in a menu or not, and so have those of the console
    that stand in a menu. Keys follow the keymap from then on.

    Args:
        window: Gets the menus.
        live: Says which commands there are, and their keys.
        handlers: What each command of the window does; there must be one for each.
        run_in_console: Does one of the others.
    """
    actions: dict[str, QAction] = {}
    for command in live.keymap.commands.values():
        if command.scope is Scope.WINDOW:
            actions[command.id] = _action(window, command, handlers[command.id])
        elif command.menu:
            run = partial(run_in_console, command.id)
            actions[command.id] = _action(window, command, run)
    _fill_menus(window, [live.keymap.commands[command_id] for command_id in actions], actions)
    _show_keys(live, actions)
    live.changed.connect(partial(_show_keys, live, actions))
    return actions


def menu_of(window: QMainWindow, name: str) -> QMenu:
    """Return the menu of that name (a key of `MENUS`); it is made when there is none."""
    title = MENUS[name]
    for action in window.menuBar().actions():
        if action.text() == title and isinstance(menu := action.menu(), QMenu):
            return menu
    return window.menuBar().addMenu(title)


def set_possible(action: QAction, why_not: str) -> None:
    """Enable an action; if there is a reason against it disable it, and say the reason."""
    action.setEnabled(not why_not)
    action.setStatusTip(why_not)


def _action(window: QMainWindow, command: Command, run: Callable[[], object]) -> QAction:
    action = QAction(command.title, window)
    action.setObjectName(command.id)
    if command.scope is not Scope.WINDOW:  # then the console hears the keys; here they are shown
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(_dropping_checked(run))
    if not command.menu:
        window.addAction(action)
    return action


def _fill_menus(window: QMainWindow, commands: list[Command], actions: dict[str, QAction]) -> None:
    for name in MENUS:
        inside = sorted((one for one in commands if one.menu == name), key=_section)
        if not inside:
            continue
        menu, section = menu_of(window, name), inside[0].section
        for command in inside:
            if command.section != section:
                menu.addSeparator()
                section = command.section
            menu.addAction(actions[command.id])


def _section(command: Command) -> int:
    return command.section


def _show_keys(live: LiveKeymap, actions: dict[str, QAction]) -> None:
    for command_id, action in actions.items():
        action.setShortcuts(key_sequences(live.keymap.keys_of(command_id)))


def _dropping_checked(handler: Callable[[], object]) -> Callable[..., None]:
    """Return a slot for `triggered`, whose argument means nothing here."""

    def slot(*_checked: bool) -> None:
        handler()

    return slot
