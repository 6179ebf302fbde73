"""Code drawn in pieces: each stretch in its colour, the letters that were looked for in bold."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from vitrail_widgets.highlight.spans import Span
from vitrail_widgets.qt.theme import Theme

TAB = "    "


class Piece(NamedTuple):
    """A stretch of a line in one look."""

    text: str
    colour: QColor
    is_bold: bool


def pieces(
    line: str, spans: tuple[Span, ...], bold: Collection[int], theme: Theme
) -> Iterator[Piece]:
    """Cut a line of code.

    Args:
        line: Without its end.
        spans: Its colours.
        bold: Offsets of the letters that were looked for.
        theme: Gives the colours.
    """
    looks = [("", at in bold) for at in range(len(line))]
    for start, end, name in spans:
        looks[start:end] = [(name, is_bold) for _, is_bold in looks[start:end]]
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or looks[at] != looks[start]:
            name, is_bold = looks[start]
            colour = theme.accent if is_bold else theme.syntax.get(name, theme.text)
            yield Piece(shown(line[start:at]), colour, is_bold)
            start = at


def shown(text: str) -> str:
    """Return text with what cannot be seen made visible, or harmless."""
    spaced = text.replace("\t", TAB)
    return (
        spaced if spaced.isprintable() else "".join(c if c.isprintable() else "·" for c in spaced)
    )


class Pen:
    """Writes from left to right, until there is no room."""

    def __init__(self, painter: QPainter, font: QFont, at: QPointF, right: float) -> None:
        self._painter = painter
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setBold(True)
        self.x, self._y, self._right = at.x(), at.y(), right

    def write(self, piece: Piece) -> bool:
        """Write a piece; False, after a sign of omission, when the line is full."""
        font = self._bold if piece.is_bold else self._plain
        metrics = QFontMetricsF(font)
        self._painter.setFont(font)
        self._painter.setPen(piece.colour)
        text, width = piece.text, metrics.horizontalAdvance(piece.text)
        is_full = self.x + width > self._right
        if is_full:
            kept = max(0, int((self._right - self.x) / max(metrics.averageCharWidth(), 1.0)) - 1)
            text = text[:kept] + "…"
        self._painter.drawText(QPointF(self.x, self._y), text)
        self.x += width
        return not is_full
