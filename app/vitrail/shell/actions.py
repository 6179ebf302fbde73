"""The commands of the window: one table for menus and keys."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Standard = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """Something the user can ask for.

    Attributes:
        id: Name for the keymap, `menu.verb`.
        menu: Which menu it stands in.
        keys: Standard key or sequences; the first is shown.
        separate: Whether a line stands above it.
    """

    id: str
    menu: str
    text: str
    keys: Standard | tuple[str, ...] = ()
    separate: bool = False


COMMANDS = (
    Command("file.quit", "&File", "&Quit", ("Ctrl+Q",)),
    Command("edit.undo", "&Edit", "&Undo", Standard.Undo),
    Command("edit.redo", "&Edit", "&Redo", Standard.Redo),
    # Ctrl+C is the console's own: it copies a selection and interrupts without one.
    Command("edit.copy", "&Edit", "&Copy", (), separate=True),
    Command("edit.paste", "&Edit", "&Paste", Standard.Paste),
    Command("edit.select_all", "&Edit", "Select &all of the console"),
    Command("view.zoom_in", "&View", "Zoom &in", ("Ctrl++", "Ctrl+=")),
    Command("view.zoom_out", "&View", "Zoom &out", ("Ctrl+-",)),
    Command("view.zoom_reset", "&View", "&Actual size", ("Ctrl+0",)),
    Command("view.to_end", "&View", "Scroll to the &end", ("Ctrl+End",), separate=True),
    Command("view.full_screen", "&View", "&Full screen", ("F11",)),
    Command("kernel.interrupt", "&Kernel", "&Interrupt", ("Ctrl+.",)),
    Command("kernel.run_the_rest", "&Kernel", "Run what was &not run", ("Ctrl+Shift+Return",)),
    Command("kernel.restart", "&Kernel", "&Restart", ("Ctrl+Shift+.",), separate=True),
    Command("kernel.copy_connection", "&Kernel", "&Copy connection info", separate=True),
)


def make_actions(
    window: QMainWindow, handlers: dict[str, Callable[[], object]]
) -> dict[str, QAction]:
    """Fill a window's menus; return the actions by command id.

    Args:
        window: Gets the menus.
        handlers: What each command does; there must be one for each.
    """
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        menu = menu_of(window, command.menu)
        if command.separate:
            menu.addSeparator()
        action = QAction(command.text, window)
        action.setObjectName(command.id)
        if isinstance(command.keys, Standard):
            action.setShortcuts(command.keys)
        else:
            action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.triggered.connect(_dropping_checked(handlers[command.id]))
        menu.addAction(action)
        actions[command.id] = action
    return actions


def menu_of(window: QMainWindow, title: str) -> QMenu:
    """Return the menu of that title; it is made when there is none."""
    for action in window.menuBar().actions():
        if action.text() == title and isinstance(menu := action.menu(), QMenu):
            return menu
    return window.menuBar().addMenu(title)


def _dropping_checked(handler: Callable[[], object]) -> Callable[..., None]:
    """Return a slot for `triggered`, whose argument means nothing here."""

    def slot(*_checked: bool) -> None:
        handler()

    return slot
