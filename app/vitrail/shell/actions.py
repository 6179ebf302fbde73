"""The menus of the window, filled from the table of commands."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.commands.key_events import key_sequences
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Command, Scope

MENUS = {
    "File": tr("&File"),
    "Edit": tr("&Edit"),
    "View": tr("&View"),
    "Tab": tr("&Tab"),
    "Kernel": tr("&Kernel"),
    "Help": tr("&Help"),
}
"""The menu bar, and the mnemonics in it."""


class Deeds(NamedTuple):
    """What the commands of a window do, and what is known of each before it is done.

    Attributes:
        handlers: Do the commands of the window; there must be one for each.
        run_in_console: Does one of the others.
        why_not: Says in a few words why a command cannot be done now; empty when it can.
        told: Is told that, when one is asked for all the same.
        is_on: Say of toggles whether they are on.
    """

    handlers: Mapping[str, Callable[[], object]]
    run_in_console: Callable[[str], object]
    why_not: Callable[[str], str]
    told: Callable[[str], object]
    is_on: Mapping[str, Callable[[], bool]]


def make_actions(window: QMainWindow, live: LiveKeymap, deeds: Deeds) -> dict[str, QAction]:
    """Fill a window's menus; return the actions by command id.

    The commands of the window have an action, in a menu or not, and so have those of the console
    that stand in a menu. Keys follow the keymap from then on. What cannot be done is dim in an open
    menu, and says why; its keys are heard all the same, and then that is said.
    """
    actions: dict[str, QAction] = {}
    for command in live.keymap.commands.values():
        if command.scope is Scope.WINDOW:
            run = deeds.handlers[command.id]
        elif command.menu:
            run = partial(deeds.run_in_console, command.id)
        else:
            continue
        actions[command.id] = _action(window, command, _asking(deeds, command.id, run))
    _fill_menus(window, [live.keymap.commands[command_id] for command_id in actions], actions)
    ShownKeys(live, actions, window)
    for menu in window.menuBar().findChildren(QMenu):
        follow_possible(menu, deeds)
    return actions


def follow_possible(menu: QMenu, deeds: Deeds) -> None:
    """Say in a menu, while it is open, what can be done and what is on."""
    dimmed: list[QAction] = []

    def look() -> None:
        for action in menu.actions():
            if (is_on := deeds.is_on.get(action.objectName())) is not None:
                action.setChecked(is_on())
            if action.isEnabled() and (why_not := deeds.why_not(action.objectName())):
                set_possible(action, why_not)
                dimmed.append(action)

    def let_keys_be_heard() -> None:
        while dimmed:
            set_possible(dimmed.pop(), "")

    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(look)
    menu.aboutToHide.connect(let_keys_be_heard)


def _asking(deeds: Deeds, command_id: str, run: Callable[[], object]) -> Callable[[], object]:
    def run_or_tell() -> None:
        if why_not := deeds.why_not(command_id):
            deeds.told(why_not)
        else:
            run()

    return run_or_tell


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
    action.setToolTip(why_not)


def _action(window: QMainWindow, command: Command, run: Callable[[], object]) -> QAction:
    action = QAction(command.title, window)
    action.setObjectName(command.id)
    action.setCheckable(command.is_toggle)
    if command.scope is not Scope.WINDOW or command.keys_of:  # the console hears them
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


class ShownKeys(QObject):
    """Gives actions the keys that the keymap has for them, as long as their window lives."""

    def __init__(
        self, live: LiveKeymap, actions: Mapping[str, QAction], window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._live, self._actions = live, actions
        live.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        keymap = self._live.keymap
        for command_id, action in self._actions.items():
            shown = keymap.keys_of(command_id)
            if not shown and (other := keymap.commands[command_id].keys_of):
                shown = keymap.keys_of(other)
            action.setShortcuts(key_sequences(shown))


def _dropping_checked(handler: Callable[[], object]) -> Callable[..., None]:
    """Return a slot for `triggered`, whose argument means nothing here."""

    def slot(*_checked: bool) -> None:
        handler()

    return slot
