"""The rows of the completion popup: a model over a sifted list, and how a row is drawn."""

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

from vitrail_widgets.completion.kind_icons import SIZE as ICON
from vitrail_widgets.completion.kind_icons import KindIcons
from vitrail_widgets.editing.completions import Completion, Sifted
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 24
PAD = 8
SIGNATURE_SHARE = 0.45  # of a row, at most


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


class RowPainter(QStyledItemDelegate):
    """Draws a row: kind, name with the matched letters bold, signature."""

    def __init__(self, rows: CompletionRows) -> None:
        super().__init__()
        self._rows = rows
        self._theme = Theme.load("light")
        self._icons = KindIcons(self._theme)
        self._font = QFont()
        self._bold = QFont()
        self._line: QFontMetricsF | None = None

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._icons = KindIcons(theme)
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
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
        item = self._rows.item(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selection)
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 4, 4)
        baseline = rect.center().y() + (self._ascent - self._descent) / 2
        self._icons.paint(painter, item.kind, rect.left() + PAD, rect.center().y() - ICON / 2)
        left = rect.left() + PAD + ICON + PAD
        width = self._paint_name(painter, item, QPointF(left, baseline))
        self._paint_signature(painter, item.signature, rect, left + width, baseline)
        painter.restore()

    @property
    def _ascent(self) -> float:
        return self._line.ascent() if self._line else 0.0

    @property
    def _descent(self) -> float:
        return self._line.descent() if self._line else 0.0

    def _paint_name(self, painter: QPainter, item: Completion, at: QPointF) -> float:
        """Draw the name; return its width."""
        shift = len(item.text) - len(item.label)
        bold = {place - shift for place in self._rows.sifted.pattern.positions(item.text)}
        x = at.x()
        for index, letter in enumerate(item.label):
            painter.setFont(self._bold if index in bold else self._font)
            painter.setPen(self._theme.accent if index in bold else self._theme.text)
            painter.drawText(QPointF(x, at.y()), letter)
            x += QFontMetricsF(painter.font()).horizontalAdvance(letter)
        return x - at.x()

    def _paint_signature(
        self, painter: QPainter, signature: str, rect: QRectF, after: float, baseline: float
    ) -> None:
        if not signature or self._line is None:
            return
        room = min(rect.right() - PAD - after - PAD, rect.width() * SIGNATURE_SHARE)
        text = self._line.elidedText(signature, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.muted))
        x = rect.right() - PAD - self._line.horizontalAdvance(text)
        painter.drawText(QPointF(x, baseline), text)
