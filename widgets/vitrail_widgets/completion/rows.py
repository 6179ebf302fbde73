"""The rows of the completion popup: a model over a sifted list, and what is said in a row."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from vitrail_widgets.editing.completions import Completion, Sifted
from vitrail_widgets.qt.list_rows import Row

Index = QModelIndex | QPersistentModelIndex


class CompletionRows(QAbstractListModel):
    """The completions that fit what was typed, the closest first."""

    def __init__(self) -> None:
        super().__init__()
        self.sifted = Sifted((), "")

    def show(self, sifted: Sifted) -> None:
        """Offer another list, or the same one sifted anew."""
        self.beginResetModel()
        self.sifted = sifted
        self.endResetModel()

    def item(self, row: int) -> Completion:
        """Return the completion of a row."""
        return self.sifted.item(row)

    def row(self, row: int) -> Row:
        """Return what a row says."""
        item = self.item(row)
        shift = len(item.text) - len(item.label)
        places = {place - shift for place in self.sifted.pattern.positions(item.text)}
        return Row(item.label, places, aside=item.signature, icon=item.kind or "other")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many there are (Qt)."""
        return 0 if parent.isValid() else len(self.sifted.matches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, also for screen readers (Qt)."""
        if not index.isValid():
            return None
        item = self.item(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return item.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (item.text, item.signature, item.kind) if part)
        return None
