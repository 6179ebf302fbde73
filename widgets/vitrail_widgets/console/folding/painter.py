"""Draw what folds: the chevrons beside a cell, and the words for what is hidden."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.geometry import GUTTER_GAP, INPUT_PAD_X, INPUT_PAD_Y, Geometry
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.render.chevron import paint_chevron
from vitrail_widgets.render.folded_text import GAP, SHOW, hidden_words


class FoldPainter:
    """Draws for one theme, font and width."""

    def __init__(self, geometry: Geometry, canvas: Canvas) -> None:
        self._geometry, self._canvas = geometry, canvas

    def paint(self, painter: QPainter, layout: CellLayout, top: int, *, hovered: bool) -> None:
        """Draw chevrons where the pointer is or something is folded, and what is hidden.

        Args:
            painter: Draws.
            layout: The cell.
            top: Its upper edge in the viewport.
            hovered: Whether the pointer is on it.
        """
        fold = layout.fold
        if fold is Fold.CELL or (hovered and layout.hides(Fold.CELL)):
            self._chevron(painter, top + INPUT_PAD_Y, is_folded=fold is Fold.CELL)
        if fold is Fold.OUTPUTS or (hovered and fold is Fold.NONE and layout.hides(Fold.OUTPUTS)):
            self._chevron(painter, top + layout.outputs_top, is_folded=fold is Fold.OUTPUTS)
        if fold is not Fold.NONE:
            self._note(painter, layout, top)

    def note_rect(self, layout: CellLayout, top: int) -> QRectF:
        """Return where the words for what is hidden stand; null where they have no room."""
        canvas = self._canvas
        width = canvas.metrics.char_width
        words = hidden_words(layout.hidden_lines)
        room = (len(words) + GAP + 1 + len(SHOW)) * width
        if layout.fold is Fold.OUTPUTS:
            return QRectF(canvas.x, top + layout.outputs_top, room, canvas.metrics.line_height)
        x = canvas.x + layout.first_row_width(canvas) + 3 * width
        right = self._geometry.content_x + self._geometry.content_width - INPUT_PAD_X
        if x + room > right:
            return QRectF()
        return QRectF(x, top + INPUT_PAD_Y, room, canvas.metrics.line_height)

    def _note(self, painter: QPainter, layout: CellLayout, top: int) -> None:
        rect = self.note_rect(layout, top)
        if rect.isNull():
            return
        canvas, words = self._canvas, hidden_words(layout.hidden_lines)
        at = QPointF(rect.left(), rect.top() + canvas.metrics.baseline)
        painter.setFont(canvas.metrics.font)
        painter.setPen(canvas.theme.muted)
        painter.drawText(at, f"{words} ·")
        painter.setPen(canvas.theme.accent)
        shift = (len(words) + GAP + 1) * canvas.metrics.char_width
        painter.drawText(at + QPointF(shift, 0), SHOW)

    def _chevron(self, painter: QPainter, row_top: int, *, is_folded: bool) -> None:
        """Draw an angle in the gap between the prompt and the cell: to the right, or down."""
        x = self._geometry.content_x - GUTTER_GAP / 2
        y = row_top + self._canvas.metrics.line_height / 2
        middle = QPointF(x, y)
        paint_chevron(painter, self._canvas.theme.muted, middle, is_folded=is_folded)
