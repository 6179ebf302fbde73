"""The angle beside what folds: to the right, or down."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

SIZE: Final = 3.0  # half its height
STROKE: Final = 0.5  # its width, for each pixel of the size


def paint_chevron(
    painter: QPainter, colour: QColor, middle: QPointF, *, is_folded: bool, size: float = SIZE
) -> None:
    """Draw it around a point."""
    steps = [(-size, -size / 2), (0.0, size / 2), (size, -size / 2)]
    if is_folded:
        steps = [(-size / 2, -size), (size / 2, 0.0), (-size / 2, size)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, size * STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([middle + QPointF(dx, dy) for dx, dy in steps]))
    painter.restore()
