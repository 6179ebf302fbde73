"""The keys as the settings have them."""

from PySide6.QtCore import QObject, Signal

from vitrail.settings.model import Settings
from vitrail.settings.store import SettingsStore
from vitrail.shell.commands.table import COMMANDS
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.keymap import Keymap


class UserKeymap(QObject):
    """Keeps the keymap of the application in step with the settings.

    Attributes:
        live: The keymap, for menus and consoles.

    Signals:
        troubled: Keys in the settings are of no use; a sentence.
    """

    troubled = Signal(str)

    def __init__(self, store: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self.live = LiveKeymap(Keymap(COMMANDS, store.now.keys), self)
        self._unwatch = store.watch(self._on_store_changed)

    def say_problems(self) -> None:
        """Say what of the user's keys is of no use."""
        for problem in self.live.keymap.problems:
            self.troubled.emit(problem)

    def rebind(self, command_id: str, keys: tuple[str, ...] | None) -> None:
        """Give a command other keys, now and for the next time; None gives back its own."""
        self._store.change_keys(command_id, keys)

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unwatch()

    def _on_store_changed(self, before: Settings, after: Settings) -> None:
        if before.keys != after.keys:
            known = self.live.keymap.problems
            self.live.override(after.keys)
            for problem in self.live.keymap.problems:
                if problem not in known:
                    self.troubled.emit(problem)
