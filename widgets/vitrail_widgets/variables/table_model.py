"""The variables as a model of Qt: sifted and ordered rows, and which of them are new."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import (
    Column,
    Freshness,
    Snapshot,
    Variable,
    in_units,
    ordered,
    sifted,
)

Index = QModelIndex | QPersistentModelIndex

HEADERS = {
    Column.NAME: tr("Name"),
    Column.TYPE: tr("Type"),
    Column.SIZE: tr("Size"),
    Column.MEMORY: tr("Memory"),
    Column.VALUE: tr("Value"),
}
RIGHT = (Column.SIZE, Column.MEMORY)
RIGHT_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VariablesModel(QAbstractTableModel):
    """Shows a snapshot; names stay chosen where they are still there."""

    def __init__(self) -> None:
        super().__init__()
        self._snapshot = Snapshot()
        self._shown: list[Variable] = []
        self._typed = ""
        self._hides_modules = self._hides_code = True
        self._column, self._descends = Column.NAME, False
        self._fresh: frozenset[str] = frozenset()
        self._theme = Theme.load("light")
        self._font = QFont()

    @property
    def snapshot(self) -> Snapshot:
        """What is shown, before it was sifted."""
        return self._snapshot

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._font = theme, font
        self._repaint()

    def show(self, snapshot: Snapshot) -> None:
        """Show other variables; those that changed are marked until `settle`."""
        self._snapshot = snapshot
        self._fresh = snapshot.changed
        self._sift()

    def settle(self) -> None:
        """Mark nothing any more."""
        if self._fresh:
            self._fresh = frozenset()
            self._repaint()

    def sift(self, typed: str) -> None:
        """Show only rows in which all typed words are found."""
        self._typed = typed
        self._sift()

    def hide_kinds(self, *, modules: bool, code: bool) -> None:
        """Leave out modules, or functions and classes."""
        self._hides_modules, self._hides_code = modules, code
        self._sift()

    def row(self, row: int) -> Variable:
        """Return the variable of a row."""
        return self._shown[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows (Qt)."""
        self._column, self._descends = Column(column), order == Qt.SortOrder.DescendingOrder
        self._sift()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many variables are shown (Qt)."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many columns there are (Qt)."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's own
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading (Qt)."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT_ALIGNED if section in RIGHT else LEFT_ALIGNED
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a field, and how it looks (Qt)."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT_ALIGNED if column in RIGHT else LEFT_ALIGNED
            case Qt.ItemDataRole.FontRole if column in (Column.NAME, Column.VALUE):
                return self._font
            case Qt.ItemDataRole.ForegroundRole:
                is_stale = self._snapshot.freshness is Freshness.STALE
                is_main = column in (Column.NAME, Column.VALUE) and not is_stale
                return self._theme.text if is_main else self._theme.muted
            case Qt.ItemDataRole.BackgroundRole if row.name in self._fresh:
                return self._mark()
            case _:
                return None

    def _mark(self) -> QColor:
        mark = QColor(self._theme.accent)
        mark.setAlphaF(0.14)
        return mark

    def _sift(self) -> None:
        rows = sifted(
            self._snapshot.rows,
            self._typed,
            hides_modules=self._hides_modules,
            hides_code=self._hides_code,
        )
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        names = [self._shown[index.row()].name for index in kept]
        self._shown = ordered(rows, self._column, descends=self._descends)
        places = {each.name: at for at, each in enumerate(self._shown)} if kept else {}
        for index, name in zip(kept, names, strict=True):
            at = places.get(name)
            new = QModelIndex() if at is None else self.index(at, index.column())
            self.changePersistentIndex(index, new)
        self.layoutChanged.emit()

    def _repaint(self) -> None:
        if self._shown:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1)
            )


def _text(row: Variable, column: Column) -> str:
    match column:
        case Column.NAME:
            return row.name
        case Column.TYPE:
            return row.type
        case Column.SIZE:
            return row.size.replace(" x ", " × ")
        case Column.MEMORY:
            return in_units(row.memory)
        case Column.VALUE:
            return row.preview
