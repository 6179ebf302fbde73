"""The word at the right end of a cell's input: its state, how long it took, what can be done."""

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from vitrail_widgets.console.entries import CellLayout, EntryLayout
from vitrail_widgets.console.flow import Flow
from vitrail_widgets.console.geometry import INPUT_PAD_X, INPUT_PAD_Y, Geometry
from vitrail_widgets.console.times import elapsed_text
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.transcript.cells import Cell, CellStatus

STATUS_WORDS = {
    CellStatus.QUEUED: "queued",
    CellStatus.ABORTED: "not run",
    CellStatus.LOST: "lost with its kernel",
}
RUN_AGAIN = "run again"
AGAIN = frozenset({CellStatus.ABORTED, CellStatus.LOST})
SIZE = 0.88  # of the code font
GAP = 8


class CellNotes:
    """Draws the notes of cells, and knows where one can be clicked."""

    def __init__(self, geometry: Geometry, canvas: Canvas) -> None:
        self._geometry, self._canvas = geometry, canvas
        self._font = QFont(canvas.metrics.font)
        self._font.setPointSizeF(max(6.0, self._font.pointSizeF() * SIZE))
        self._measure = QFontMetricsF(self._font)

    def paint(self, painter: QPainter, layout: CellLayout, top: int, *, hovered: bool) -> None:
        """Draw what there is to say: a state always, the elapsed time under the pointer."""
        cell = layout.cell
        state = STATUS_WORDS.get(cell.status, "")
        elapsed = elapsed_text(cell.started_at, cell.finished_at) if hovered else ""
        words = state or elapsed
        if not words or not (state or self._has_room(layout, words)):
            return
        offer = self._offer(cell)
        rect = self._rect(f"{words}{offer}", top)
        painter.fillRect(rect.adjusted(-GAP, 0, 0, 0), QColor(self._canvas.theme.surface))
        painter.setFont(self._font)
        at = QPointF(rect.left(), top + INPUT_PAD_Y + self._canvas.metrics.baseline)
        painter.setPen(self._canvas.theme.muted)
        painter.drawText(at, words)
        if offer:
            painter.setPen(self._canvas.theme.accent)
            painter.drawText(at + QPointF(self._measure.horizontalAdvance(words), 0), offer)

    def runs_again_at(self, flow: Flow[EntryLayout], top: int, point: QPoint) -> str:
        """Return the cell whose "run again" is at a point; empty when there is none.

        Args:
            flow: The entries.
            top: Where the first of them begins in the viewport.
            point: In the viewport.
        """
        if not 0 <= point.y() - top < flow.height:
            return ""
        index = flow.index_at(point.y() - top)
        layout = flow[index]
        if not isinstance(layout, CellLayout):
            return ""
        offer = self._offer(layout.cell)
        found = offer and self._rect(offer, top + flow.top(index)).contains(QPointF(point))
        return layout.cell.id if found else ""

    def _offer(self, cell: Cell) -> str:
        return f" · {RUN_AGAIN}" if cell.status in AGAIN and cell.is_own else ""

    def _rect(self, words: str, top: int) -> QRectF:
        """Return where words stand that end at the right end of the box."""
        right = self._geometry.content_x + self._geometry.content_width - INPUT_PAD_X
        width = self._measure.horizontalAdvance(words)
        height = self._canvas.metrics.line_height
        return QRectF(right - width, top + INPUT_PAD_Y, width, height)

    def _has_room(self, layout: CellLayout, words: str) -> bool:
        """Say whether the first row of code ends before the words begin."""
        code_end = self._canvas.x + layout.first_row_width(self._canvas)
        return code_end + GAP < self._rect(words, 0).left()
