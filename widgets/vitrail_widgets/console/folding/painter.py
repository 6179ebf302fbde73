"""Draw what folds: the chevrons beside a cell, and the words for what is hidden."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.geometry import GUTTER_GAP, INPUT_PAD_Y, Geometry
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.render.chevron import paint_chevron


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
            layout.fold_note.paint(painter, self._canvas, top + self._note_top(layout))

    def note_rect(self, layout: CellLayout, top: int) -> QRectF:
        """Return where the words for what is hidden stand; null where they have no room."""
        canvas, note = self._canvas, layout.fold_note
        if not note.columns:
            return QRectF()
        width = canvas.metrics.char_width
        x, row = canvas.x + note.start * width, top + self._note_top(layout)
        return QRectF(x, row, note.columns * width, canvas.metrics.line_height)

    def _note_top(self, layout: CellLayout) -> int:
        return layout.outputs_top if layout.fold is Fold.OUTPUTS else INPUT_PAD_Y

    def _chevron(self, painter: QPainter, row_top: int, *, is_folded: bool) -> None:
        """Draw an angle in the gap between the prompt and the cell: to the right, or down."""
        x = self._geometry.content_x - GUTTER_GAP / 2
        y = row_top + self._canvas.metrics.line_height / 2
        middle = QPointF(x, y)
        paint_chevron(painter, self._canvas.theme.muted, middle, is_folded=is_folded)
