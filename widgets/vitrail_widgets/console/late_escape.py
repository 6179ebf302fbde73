"""Keeps a key that was to close a list from clearing the input because the list closed first."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.key_events import spellings_of
from vitrail_widgets.keys.command import Scope

GRACE_MS = 600
"""How long somebody who saw the list may need to press the key that was to close it."""

CLOSING = (("popup.close", Scope.POPUP), ("input.dismiss_tip", Scope.INPUT))


class LateEscape(QObject):
    """Swallows one press of such a key for a moment after a list or tip closed by itself."""

    def __init__(self, editor: QPlainTextEdit, commands: CommandDispatch) -> None:
        super().__init__(editor)
        self._commands = commands
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE_MS)

    def note(self) -> None:
        """A list or tip has closed, and nobody asked for it."""
        self._grace.start()

    def takes(self, event: QKeyEvent) -> bool:
        """Take the key that comes too late; any other key says that the eyes have moved on."""
        if not self._grace.isActive() or not (names := spellings_of(event)):
            return False
        self._grace.stop()
        keymap = self._commands.live.keymap
        meant = (
            one.id for _, scope in CLOSING for name in names for one in keymap.at((name,), scope)
        )
        return any(command in dict(CLOSING) for command in meant)
