"""The variables as a model of Qt: sifted, ordered and grouped rows, and which of them are new."""

import operator
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.edits import value_text
from vitrail_widgets.variables.groups import Heading, grouped
from vitrail_widgets.variables.variable import (
    Column,
    Freshness,
    Listing,
    Snapshot,
    Variable,
    in_units,
    ordered,
    searchable,
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
OF_HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
OF_FIELD = OF_HEADING | Qt.ItemFlag.ItemIsSelectable
OF_EDITABLE = OF_FIELD | Qt.ItemFlag.ItemIsEditable
RIGHT = (Column.SIZE, Column.MEMORY)
RIGHT_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VariablesModel(QAbstractTableModel):
    """Shows a snapshot; names stay chosen where they are still there.

    Signals:
        edited: Something else was typed for a variable, in a column.
        lacked: A row is seen of which not all was told.
    """

    edited = Signal(str, Column, str)
    lacked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._snapshot = Snapshot()
        self._ordered: list[Variable] = []
        self._shown: list[Variable | Heading] = []
        self._texts: list[str] | None = None
        self._order_is_known = False
        self._typed = ""
        self._listing = Listing()
        self._column, self._descends = Column.NAME, False
        self._fresh: frozenset[str] = frozenset()
        self._theme = Theme.load("light")
        self._font = QFont()

    @property
    def snapshot(self) -> Snapshot:
        """What is shown, before it was sifted."""
        return self._snapshot

    @property
    def listing(self) -> Listing:
        """What is listed, and how."""
        return self._listing

    @property
    def count(self) -> int:
        """How many variables are shown."""
        return sum(isinstance(row, Variable) for row in self._shown)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._font = theme, font
        self._repaint()

    def show(self, snapshot: Snapshot) -> None:
        """Show other variables; those that changed are marked until `settle`."""
        is_other = snapshot.rows != self._snapshot.rows
        if snapshot.changed is not self._snapshot.changed:  # else more was told of the same
            self._fresh = snapshot.changed
        self._snapshot = snapshot
        if is_other:
            self._order()
        else:
            self._repaint()

    def settle(self) -> None:
        """Mark nothing any more."""
        if self._fresh:
            self._fresh = frozenset()
            self._repaint()

    def sift(self, typed: str) -> None:
        """Show only rows in which all typed words are found."""
        self._typed = typed
        self._sift()

    def list_as(self, listing: Listing) -> None:
        """List other kinds, or otherwise."""
        if listing != self._listing:
            self._listing = listing
            self._sift()

    def row(self, row: int) -> Variable:
        """Return the variable of a row.

        Raises:
            ValueError: A heading stands there.
        """
        found = self._shown[row]
        if isinstance(found, Heading):
            raise ValueError(found.title)
        return found

    def variable(self, index: Index) -> Variable | None:
        """Return what an index stands for; None for a heading or nothing."""
        found = self._shown[index.row()] if index.isValid() else None
        return found if isinstance(found, Variable) else None

    @property
    def headings(self) -> list[int]:
        """The rows in which headings stand."""
        return [at for at, row in enumerate(self._shown) if isinstance(row, Heading)]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows (Qt)."""
        self._column, self._descends = Column(column), order == Qt.SortOrder.DescendingOrder
        self._order_is_known = False
        self._order()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a field (Qt); asked for each row when they are laid out."""
        row = self._shown[index.row()]
        if isinstance(row, Heading):
            return OF_HEADING
        column = index.column()
        if column == 0:
            return OF_EDITABLE
        can_edit = column == Column.VALUE and value_text(row) is not None
        return OF_EDITABLE if can_edit else OF_FIELD

    def setData(  # noqa: N802 - Qt's own
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tell what was typed; it is shown when the kernel says so (Qt)."""
        row = self.variable(index)
        if row is not None and role == Qt.ItemDataRole.EditRole:
            before = self.data(index, role)
            if str(value).strip() != before:
                self.edited.emit(row.name, Column(index.column()), str(value))
        return False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many rows are shown (Qt)."""
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
        row, column = self._shown[index.row()], index.column()
        if isinstance(row, Heading):
            return self._heading(row, column, role)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                if row.is_brief:
                    self.lacked.emit(row.name)
                return _text(row, column)
            case Qt.ItemDataRole.EditRole:
                return value_text(row) if column == Column.VALUE else row.name
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

    def _heading(self, row: Heading, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column == Column.NAME:
            return f"{row.title}   {row.count}"
        return self._theme.muted if role == Qt.ItemDataRole.ForegroundRole else None

    def _mark(self) -> QColor:
        mark = QColor(self._theme.accent)
        mark.setAlphaF(0.14)
        return mark

    def _order(self) -> None:
        rows, before = self._snapshot.rows, self._ordered
        if self._column is Column.NAME and self._order_is_known:
            told = {row.name: row for row in rows}
            if len(told) == len(before) and all(row.name in told for row in before):
                self._take_ordered([told[row.name] for row in before])
                return
        self._order_is_known = True
        self._take_ordered(ordered(rows, self._column, descends=self._descends))

    def _take_ordered(self, rows: list[Variable]) -> None:
        self._ordered = rows
        self._texts = None
        self._sift()

    def _sift(self) -> None:
        if self._typed.strip() and self._texts is None:
            self._texts = [searchable(row) for row in self._ordered]
        rows = sifted(self._ordered, self._typed, self._listing, self._texts)
        shown: list[Variable | Heading] = list(rows)
        if self._listing.grouped:
            shown = grouped(rows)
        before = self._shown
        is_same = len(shown) == len(before) and (
            all(map(operator.is_, shown, before)) or all(map(_is_same, shown, before))
        )
        if is_same:
            self._shown = shown
            self._repaint()
        else:
            self._relay(shown)

    def _relay(self, shown: list[Variable | Heading]) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        names = [_name(self._shown[index.row()]) for index in kept]
        self._shown = shown
        places = _places(shown, set(names))
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


def _is_same(one: Variable | Heading, other: Variable | Heading) -> bool:
    """Tell whether two rows are about the same variable, or headings that say the same."""
    if one is other:
        return True
    if isinstance(one, Variable) and isinstance(other, Variable):
        return one.name == other.name
    return one == other


def _name(row: Variable | Heading) -> str:
    """Return what tells a row from others."""
    return f"\0{row.title}" if isinstance(row, Heading) else row.name


def _places(shown: list[Variable | Heading], wanted: set[str]) -> dict[str, int]:
    """Return where the rows of some names stand."""
    if not wanted:
        return {}
    return {name: at for at, name in enumerate(map(_name, shown)) if name in wanted}


def _text(row: Variable, column: int) -> str:
    match column:
        case Column.NAME:
            return row.name
        case Column.TYPE:
            return row.type
        case Column.SIZE:
            return row.size.replace(" x ", " × ")
        case Column.MEMORY:
            return in_units(row.memory)
        case _:
            return "…" if row.is_brief and not row.preview else row.preview
