"""Draws the value of a member: in pieces of different looks, cut with a sign where room ends."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vitrail_widgets.inspector.tree.model import PIECES, Index
from vitrail_widgets.qt.pieces import Pen, Piece
from vitrail_widgets.qt.theme import Theme

PAD = 7  # as Qt leaves beside texts


class ValueDelegate(QStyledItemDelegate):
    """Draws what the model gives as `PIECES`."""

    def __init__(self) -> None:
        super().__init__()
        self._pen, self._theme = Pen(QFont()), Theme.load("light")

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._pen, self._theme = Pen(font), theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a value (Qt)."""
        super().paint(painter, option, index)
        pieces: list[Piece] = index.data(PIECES) or []
        if option.state & QStyle.StateFlag.State_Selected:
            pieces = [piece._replace(colour=self._theme.text) for piece in pieces]
        rect = option.rect
        baseline = rect.center().y() + 1 + (self._pen.ascent - self._pen.descent) / 2
        fitted = self._pen.fitted(pieces, rect.width() - 2 * PAD)
        painter.save()
        self._pen.write(painter, QPointF(rect.left() + PAD, baseline), fitted)
        painter.restore()
