"""A line to type in, whose keys are commands first."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.keys.command import Scope

_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class CommandField(QLineEdit):
    """Takes a text; keys of its scope do their commands."""

    def __init__(self, commands: CommandDispatch, scope: Scope, name: str, parent: QWidget) -> None:
        """Make a field.

        Args:
            commands: Does what keys mean.
            scope: Whose keys are heard.
            name: What it is for, shown while it is empty, and said by screen readers.
            parent: What it stands in.
        """
        super().__init__(parent)
        self._commands, self._scope = commands, scope
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of our commands from menus, shortcuts, and from leading elsewhere."""
        if isinstance(event, QKeyEvent):
            is_asked = event.type() is QEvent.Type.ShortcutOverride
            if is_asked and self._commands.claims(event, self._scope):
                event.accept()
                return True
            is_tab = event.type() is QEvent.Type.KeyPress and event.key() in _TABS
            if is_tab and self._commands.press(event, self._scope):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do a command, or type."""
        if not self._commands.press(event, self._scope):
            super().keyPressEvent(event)
