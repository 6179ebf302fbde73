"""The lines of a terminal style: under, through and over its text."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from vitrail_widgets.render.formats import TextFormat
from vitrail_widgets.transcript.styles import Underline

BELOW_BASELINE = 2.5
WAVE = 2.0  # a quarter of a curl, in pixels
_PENS = {Underline.DOTTED: [1.0, 2.0], Underline.DASHED: [4.0, 3.0]}


def paint_text_lines(
    painter: QPainter,
    text_format: TextFormat,
    across: tuple[float, float],
    baseline: float,
    heights: tuple[float, float],
) -> None:
    """Draw the lines that a format asks for.

    Args:
        painter: Draws.
        text_format: Says which, and in which colours.
        across: Left and right end, in pixels.
        baseline: Of the text.
        heights: From the baseline up to a line through the text, and up to one over it.
    """
    left, right = across
    painter.setPen(text_format.fg)
    if text_format.strike:
        middle = baseline - heights[0]
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    if text_format.overline:
        upper = baseline - heights[1]
        painter.drawLine(QPointF(left, upper), QPointF(right, upper))
    if text_format.underline:
        _paint_underline(painter, text_format, across, baseline + BELOW_BASELINE)


def _paint_underline(
    painter: QPainter, text_format: TextFormat, across: tuple[float, float], y: float
) -> None:
    left, right = across
    pen = QPen(text_format.underline_colour or text_format.fg, 1)
    shape = Underline(text_format.underline)
    if shape in _PENS:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_PENS[shape])
    painter.setPen(pen)
    if shape is Underline.CURLY:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPath(_wave(left, right, y))
        painter.restore()
        return
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    if shape is Underline.DOUBLE:
        painter.drawLine(QPointF(left, y + 2), QPointF(right, y + 2))


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        end = min(x + 2 * WAVE, right)
        path.quadTo(QPointF(x + WAVE, y + (-WAVE if up else WAVE)), QPointF(end, y))
        x, up = end, not up
    return path
