"""The rows of the command palette: a model over choices, and how one is drawn."""

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

from vitrail_widgets.editing.matching import Pattern
from vitrail_widgets.keys.choices import Choice, sifted
from vitrail_widgets.qt.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 28
PAD = 14
GAP = 8
INSET = 4


class PaletteRows(QAbstractListModel):
    """The choices that fit what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Choice] = []
        self._shown: list[Choice] = []
        self.pattern = Pattern("")

    def offer(self, choices: list[Choice]) -> None:
        """Take the choices; all are shown."""
        self._all = choices
        self.sift("")

    def sift(self, typed: str) -> None:
        """Show those that what was typed may mean."""
        self.beginResetModel()
        self.pattern = Pattern(typed.strip())
        self._shown = sifted(self._all, typed)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        """Return the choice of a row."""
        return self._shown[row]

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


class PaletteRowPainter(QStyledItemDelegate):
    """Draws a row: title with the matched letters bold, area, keys at the right."""

    def __init__(self, rows: PaletteRows) -> None:
        super().__init__()
        self._rows = rows
        self._theme = Theme.load("light")
        self._font, self._bold = QFont(), QFont()
        self._line = QFontMetricsF(self._font)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the interface's font."""
        self._theme = theme
        self._font, self._bold = QFont(font), QFont(font)
        self._bold.setBold(True)
        self._line = QFontMetricsF(font)

    @property
    def row_height(self) -> int:
        """Height of a row; larger than usual for a large font."""
        return max(ROW_HEIGHT, round(self._line.height()) + 10)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size (Qt)."""
        del option, index
        return QSize(0, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row (Qt)."""
        choice = self._rows.choice(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self._theme.muted
        if option.state & QStyle.StateFlag.State_Selected:
            quiet = self._theme.text
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selection)
            painter.drawRoundedRect(rect.adjusted(INSET, 1, -INSET, -1), INSET, INSET)
        baseline = rect.center().y() + (self._line.ascent() - self._line.descent()) / 2
        right = self._paint_right(painter, choice, rect, baseline, quiet)
        at = QPointF(rect.left() + PAD, baseline)
        self._paint_left(painter, choice, at, right - GAP, quiet)
        if self._rows.ends_recent(index.row()):
            painter.setPen(self._theme.border)
            y = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left() + PAD, y), QPointF(rect.right() - PAD, y))
        painter.restore()

    def _paint_right(
        self, painter: QPainter, choice: Choice, rect: QRectF, baseline: float, quiet: QColor
    ) -> float:
        """Draw the keys, or why it cannot be done; return where that begins."""
        text = choice.why_not or choice.keys
        text = self._line.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() / 2)
        x = rect.right() - PAD - self._line.horizontalAdvance(text)
        painter.setFont(self._font)
        painter.setPen(quiet)
        painter.drawText(QPointF(x, baseline), text)
        return x

    def _paint_left(
        self, painter: QPainter, choice: Choice, at: QPointF, right: float, quiet: QColor
    ) -> None:
        title = self._line.elidedText(
            choice.command.label, Qt.TextElideMode.ElideRight, right - at.x()
        )
        bold = set(self._rows.pattern.positions(choice.command.label))
        plain = quiet if choice.why_not else self._theme.text
        x = at.x()
        for offset, letter in enumerate(title):
            painter.setFont(self._bold if offset in bold else self._font)
            painter.setPen(self._theme.accent if offset in bold else plain)
            painter.drawText(QPointF(x, at.y()), letter)
            x += QFontMetricsF(painter.font()).horizontalAdvance(letter)
        area = choice.command.area
        if x + GAP + self._line.horizontalAdvance(area) <= right:
            painter.setFont(self._font)
            painter.setPen(quiet)
            painter.drawText(QPointF(x + GAP, at.y()), area)
