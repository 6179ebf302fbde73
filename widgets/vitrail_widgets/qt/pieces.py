"""A line of text drawn in pieces: each stretch in its look, cut with a sign where room ends."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

TAB = "    "
OMITTED = "…"


class Piece(NamedTuple):
    """A stretch of a line in one look."""

    text: str
    colour: QColor
    is_bold: bool = False


def marked(text: str, places: Collection[int], plain: QColor, marked_in: QColor) -> Iterator[Piece]:
    """Cut a text into what is marked, in bold, and what is not.

    Args:
        text: A line.
        places: Offsets of the letters that are marked.
        plain: Colour of the others.
        marked_in: Colour of those.
    """
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (at in places) != (start in places):
            is_bold = start in places
            yield Piece(shown(text[start:at]), marked_in if is_bold else plain, is_bold)
            start = at


def shown(text: str) -> str:
    """Return text with what cannot be seen made visible, or harmless."""
    spaced = text.replace("\t", TAB)
    return (
        spaced if spaced.isprintable() else "".join(c if c.isprintable() else "·" for c in spaced)
    )


class Pen:
    """Writes pieces of one line from left to right."""

    def __init__(self, font: QFont) -> None:
        self._fonts = (QFont(font), QFont(font))
        self._fonts[True].setBold(True)
        self._measures = tuple(QFontMetricsF(font) for font in self._fonts)

    @property
    def ascent(self) -> float:
        """From the baseline to the top of the letters."""
        return self._measures[False].ascent()

    @property
    def descent(self) -> float:
        """From the baseline to the bottom of the letters."""
        return self._measures[False].descent()

    @property
    def height(self) -> float:
        """Of a line."""
        return self._measures[False].height()

    def width(self, pieces: Iterable[Piece]) -> float:
        """Return the width of pieces side by side, in pixels."""
        return sum(self._measures[piece.is_bold].horizontalAdvance(piece.text) for piece in pieces)

    def fitted(self, pieces: Iterable[Piece], room: float) -> list[Piece]:
        """Return as much of the pieces as fits; where something is left out a sign says so."""
        given = list(pieces)
        if self.width(given) <= room:
            return given
        kept: list[Piece] = []
        for piece in given:
            measure = self._measures[piece.is_bold]
            width = measure.horizontalAdvance(piece.text)
            if width + measure.horizontalAdvance(OMITTED) > room:
                text = measure.elidedText(piece.text + OMITTED, Qt.TextElideMode.ElideRight, room)
                return [*kept, piece._replace(text=text)]
            kept.append(piece)
            room -= width
        return kept

    def write(self, painter: QPainter, at: QPointF, pieces: Iterable[Piece]) -> float:
        """Draw pieces from a point of the baseline on; return where they end."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # names and code
        x = at.x()
        for piece in pieces:
            painter.setFont(self._fonts[piece.is_bold])
            painter.setPen(piece.colour)
            painter.drawText(QPointF(x, at.y()), piece.text)
            x += self._measures[piece.is_bold].horizontalAdvance(piece.text)
        return x
