"""The keymap in use, which may become another one at any time."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from vitrail_widgets.keys.defaults import default_keymap
from vitrail_widgets.keys.keymap import Keymap


class LiveKeymap(QObject):
    """Holds the keymap that menus, inputs and transcripts look into.

    Signals:
        changed: Another keymap is in use.
    """

    changed = Signal()

    def __init__(self, keymap: Keymap | None = None, parent: QObject | None = None) -> None:
        """Begin with a keymap; with the default one of the widgets if there is none."""
        super().__init__(parent)
        self._keymap = keymap or default_keymap()

    @property
    def keymap(self) -> Keymap:
        """The keymap in use."""
        return self._keymap

    def override(self, overrides: Mapping[str, Sequence[str]]) -> None:
        """Use the user's keys instead of the default ones.

        Args:
            overrides: Key sequences by command id; what is ignored of them is in
                `keymap.problems`.
        """
        self._keymap = Keymap(self._keymap.commands.values(), overrides)
        self.changed.emit()
