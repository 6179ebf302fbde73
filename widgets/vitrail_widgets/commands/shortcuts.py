"""Keys of commands that are heard everywhere in a widget, whatever in it has the focus."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.key_events import key_sequences
from vitrail_widgets.commands.live_keymap import LiveKeymap


class Shortcuts(QObject):
    """Hears keys before the widget that has the focus does: trees and texts take arrows for theirs.

    Other keys are the business of `CommandDispatch.press`.
    """

    def __init__(
        self, widget: QWidget, commands: CommandDispatch, command_ids: Sequence[str]
    ) -> None:
        """Hear the keys of some commands, as they are at any time.

        Args:
            widget: In which.
            commands: Do them.
            command_ids: Which; their scope is the widget.
        """
        super().__init__(widget)
        self._widget, self._commands, self._ids = widget, commands, command_ids
        self._live: LiveKeymap | None = None
        self._shortcuts: list[QShortcut] = []
        self.follow()

    def follow(self) -> None:
        """Hear the keys of another keymap, which the commands follow by now."""
        if self._live is not None:
            self._live.changed.disconnect(self._renew)
        self._live = self._commands.live
        self._live.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = [
            self._shortcut(command_id, keys)
            for command_id in self._ids
            for keys in key_sequences(self._commands.live.keymap.keys_of(command_id))
        ]

    def _shortcut(self, command_id: str, keys: QKeySequence) -> QShortcut:
        shortcut = QShortcut(keys, self._widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(self._commands.run, command_id))
        return shortcut
