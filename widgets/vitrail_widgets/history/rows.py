"""The rows of the history popup: a model over what was found, and how a row is drawn."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vitrail_widgets.editing.history_search import HistorySearch
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.pieces import Pen, Piece, pieces
from vitrail_widgets.history.provenance import provenance, when
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 24
PAD = 12
GAP = 12
FETCHED = 300  # rows at a time: a list lays out all that it has
LONGEST = 400  # characters of a line that are looked at for drawing it


class HistoryRows(QAbstractListModel):
    """The inputs that fit what was typed.

    Attributes:
        now_s: Seconds since the epoch, when the popup was opened.
        session: The one that goes on now.
    """

    def __init__(self) -> None:
        super().__init__()
        self.search = HistorySearch()
        self.now_s, self.session = 0.0, ""
        self._count = 0

    def show(self, search: HistorySearch) -> None:
        """Show what a search has found so far."""
        self.beginResetModel()
        self.search, self._count = search, min(FETCHED, len(search.found))
        self.endResetModel()

    def grow(self) -> None:
        """Show what the search has found since, if there is room."""
        if self._count < FETCHED:
            self._show_up_to(FETCHED)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's own
        """Say whether more was found than the list has yet (Qt)."""
        return not parent.isValid() and self._count < len(self.search.found)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's own
        """Give the list some more rows (Qt)."""
        if not parent.isValid():
            self._show_up_to(self._count + FETCHED)

    def _show_up_to(self, count: int) -> None:
        count = min(count, len(self.search.found))
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def past(self, row: int) -> PastInput:
        """Return the input of a row."""
        return self.search.found[row]

    def provenance(self, row: int) -> str:
        """Return what is known of the input of a row."""
        return provenance(self.past(row), self.session, self.now_s)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many there are (Qt)."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, also for screen readers (Qt)."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.past(index.row()).code
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.past(index.row()).code}, {self.provenance(index.row())}"
        return None


class HistoryRowPainter(QStyledItemDelegate):
    """Draws a row: the line that fits, how many more there are, when it was entered."""

    def __init__(self, rows: HistoryRows) -> None:
        super().__init__()
        self._rows = rows
        self._theme = Theme.load("light")
        self._font = QFont()
        self._line = QFontMetricsF(self._font)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme, self._font = theme, QFont(font)
        self._line = QFontMetricsF(font)

    @property
    def row_height(self) -> int:
        """Height of a row; larger than usual for a large font."""
        return max(ROW_HEIGHT, Metrics.of(self._font).line_height + 5)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size (Qt)."""
        del option, index
        return QSize(0, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row (Qt)."""
        past, rect = self._rows.past(index.row()), QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selection)
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 4, 4)
        baseline = rect.center().y() + (self._line.ascent() - self._line.descent()) / 2
        quiet = self._theme.text if is_chosen else self._theme.muted
        text = when(past, self._rows.now_s)
        x = rect.right() - PAD - self._line.horizontalAdvance(text)
        painter.setFont(self._font)
        painter.setPen(quiet)
        painter.drawText(QPointF(x, baseline), text)
        if past.failed:
            x -= self._line.horizontalAdvance("✕ ")
            painter.setPen(self._theme.error)
            painter.drawText(QPointF(x, baseline), "✕")
        self._write(painter, past.code, rect.left() + PAD, x - GAP, baseline, quiet)
        painter.restore()

    def _write(
        self, painter: QPainter, code: str, x: float, right: float, y: float, quiet: QColor
    ) -> None:
        """Write the line in which letters fit, and after it how many more lines there are."""
        more = code.strip("\n").count("\n")
        tag = f"+{more} {'line' if more == 1 else 'lines'}" if more else ""
        room = self._line.horizontalAdvance(tag) + GAP if tag else 0.0
        pen = Pen(painter, self._font, QPointF(x, y), right - room)
        start, line, bold = fitting_line(code, self._rows.search.wanted.places(code))
        if start:
            pen.write(Piece("… ", quiet, is_bold=False))
        for piece in pieces(line, (), bold, self._theme):
            if not pen.write(piece):
                break
        if tag:
            painter.setFont(self._font)
            painter.setPen(quiet)
            painter.drawText(QPointF(min(pen.x, right - room) + GAP, y), tag)


def fitting_line(code: str, places: tuple[int, ...]) -> tuple[int, str, set[int]]:
    """Return the line to show of a code: the first one in which a letter fits.

    Returns:
        Where it begins, counted from the first line that is not blank; the line without its
        indentation; and the places within it.
    """
    first = len(code) - len(code.lstrip())
    first = code.rfind("\n", 0, first) + 1
    start = code.rfind("\n", 0, places[0]) + 1 if places else first
    line = code[start : start + LONGEST].partition("\n")[0]
    stripped = line.lstrip()
    shift = start + len(line) - len(stripped)
    inside = {place - shift for place in places if 0 <= place - shift < len(stripped)}
    return start - first, stripped, inside
