"""The rows of the command palette: a model over choices, and what is said in one."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from vitrail_widgets.editing.matching import Pattern
from vitrail_widgets.keys.choices import Choice, sifted
from vitrail_widgets.qt.list_rows import Row

Index = QModelIndex | QPersistentModelIndex


class PaletteRows(QAbstractListModel):
    """The choices that fit what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Choice] = []
        self._shown: list[Choice] = []
        self.pattern = Pattern("")

    def offer(self, choices: list[Choice], typed: str = "") -> None:
        """Take the choices, and show those that what was typed may mean."""
        self._all = choices
        self.sift(typed)

    def sift(self, typed: str) -> None:
        """Show those that what was typed may mean."""
        self.beginResetModel()
        self.pattern = Pattern(typed.strip())
        self._shown = sifted(self._all, typed)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        """Return the choice of a row."""
        return self._shown[row]

    def row(self, row: int) -> Row:
        """Return what a row says."""
        choice = self._shown[row]
        label = choice.command.label
        return Row(
            label,
            self.pattern.positions(label),
            after=choice.command.area,
            aside=choice.why_not or choice.keys,
            is_quiet=bool(choice.why_not),
            is_last=self.ends_recent(row),
            icon=choice.icon,
        )

    def ends_recent(self, row: int) -> bool:
        """Tell whether a row is the last recent one while all are shown."""
        if self.pattern.typed or row + 1 >= len(self._shown):
            return False
        return self._shown[row].is_recent and not self._shown[row + 1].is_recent

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many there are (Qt)."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, also for screen readers (Qt)."""
        if not index.isValid():
            return None
        choice = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.command.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(choice)
        if role == Qt.ItemDataRole.ToolTipRole:
            return choice.why_not or None
        return None


def spoken(choice: Choice) -> str:
    """Return a choice as a screen reader says it."""
    parts = (choice.command.label, choice.command.area, choice.keys, choice.why_not)
    return ", ".join(part for part in parts if part)
