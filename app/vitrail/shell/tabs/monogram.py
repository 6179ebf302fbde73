"""The letters that stand for a language, in their frame."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

SIZE: Final = 16
MONOGRAMS = {
    "python": "Py",
    "bash": "sh",
    "javascript": "JS",
    "typescript": "TS",
    "julia": "Jl",
    "c++": "C+",
    "sql": "SQ",
}


def monogram(language: str) -> str:
    """Return the one or two letters that stand for a language."""
    letters = MONOGRAMS.get(language.lower())
    return letters or "".join(language.split())[:2].capitalize() or "·"


def paint_monogram(
    painter: QPainter, rect: QRectF, language: str, *, ink: QColor, frame: QColor
) -> None:
    """Draw a language's letters; `rect` is SIZE wide and high."""
    painter.setPen(QPen(frame, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    font = QFont(painter.font())
    font.setPixelSize(9)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, monogram(language))
