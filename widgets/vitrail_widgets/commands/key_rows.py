"""The table of all commands and their keys, as a model."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from vitrail_resources.translation import tr
from vitrail_widgets.commands.key_events import shown
from vitrail_widgets.keys.choices import Choice, sifted
from vitrail_widgets.keys.command import Command
from vitrail_widgets.keys.keymap import Conflict, Keymap
from vitrail_widgets.qt.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands side by side."""

    COMMAND = 0
    KEYS = 1
    WHERE = 2
    NOTE = 3


HEADERS = {
    Column.COMMAND: tr("Command"),
    Column.KEYS: tr("Keys"),
    Column.WHERE: tr("Where"),
    Column.NOTE: "",
}


class KeyRows(QAbstractTableModel):
    """The commands that fit what was typed, with their keys, and what is to be said of them."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._theme = Theme.load("light")
        self._typed = ""
        self._shown: list[Command] = []
        self._sift()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme

    def show(self, keymap: Keymap) -> None:
        """Show the keys of another keymap."""
        self.beginResetModel()
        self._keymap = keymap
        self._sift()
        self.endResetModel()

    def sift(self, typed: str) -> None:
        """Show the commands that what was typed may mean: a title, an area, keys."""
        self.beginResetModel()
        self._typed = typed
        self._sift()
        self.endResetModel()

    def command(self, row: int) -> Command:
        """Return the command of a row."""
        return self._shown[row]

    def row_of(self, command_id: str) -> int:
        """Return where a command stands; 0 when it is not shown."""
        return next((row for row, one in enumerate(self._shown) if one.id == command_id), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many commands are shown (Qt)."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many columns there are (Qt)."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's own
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading (Qt)."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a field, and how it looks (Qt)."""
        if not index.isValid():
            return None
        command, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(command, column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(command, column)
            case Qt.ItemDataRole.FontRole if column is Column.KEYS:
                font = QFont()
                font.setBold(self._keymap.is_changed(command.id))
                return font
            case _:
                return None

    def _text(self, command: Command, column: Column) -> str:
        match column:
            case Column.COMMAND:
                return command.label
            case Column.KEYS:
                return self._keys(command)
            case Column.WHERE:
                when = f", {command.when}" if command.when else ""
                return command.scope.words + when
            case Column.NOTE:
                conflicts = self._keymap.conflicts_of(command.id)
                if conflicts:
                    return conflict_sentence(conflicts[0])
                return tr("Changed") if self._keymap.is_changed(command.id) else ""

    def _colour(self, command: Command, column: Column) -> Any:
        if column is Column.NOTE and self._keymap.conflicts_of(command.id):
            return self._theme.warn
        return self._theme.text if column <= Column.KEYS else self._theme.muted

    def _keys(self, command: Command) -> str:
        return "  ·  ".join(shown(strokes) for strokes in self._keymap.keys_of(command.id))

    def _sift(self) -> None:
        commands = self._keymap.commands.values()
        choices = [Choice(command, self._keys(command)) for command in commands if command.title]
        typed = self._typed.strip()
        by_name = [choice.command for choice in sifted(choices, typed)]
        by_keys = [one.command for one in choices if typed.lower() in one.keys.lower()]
        both = {command.id: command for command in (*by_name, *by_keys)}
        self._shown = list(both.values())


def conflict_sentence(conflict: Conflict) -> str:
    """Say what keys mean besides."""
    keys, other = shown(conflict.strokes), conflict.other.label
    return tr("{keys} is also “{other}”", keys=keys, other=other)
