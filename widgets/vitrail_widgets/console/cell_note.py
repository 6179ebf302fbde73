"""The words at the right end of a cell's input: its state, how long it took, what it offers."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from vitrail_widgets.console.cell_times import past_text, running_text
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.geometry import INPUT_PAD_X, INPUT_PAD_Y, Geometry
from vitrail_widgets.console.offers import Offer, offers_of
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.transcript.cells import Cell, CellStatus

STATUS_WORDS = {
    CellStatus.QUEUED: "queued",
    CellStatus.ABORTED: "not run",
    CellStatus.LOST: "lost with its kernel",
}
LATE = "late"
SIZE = 0.88  # of the code font
GAP = 8
BETWEEN = " · "
REACH = (-4.0, -3.0, 4.0, 3.0)  # around an offer, where a click still means it
APART = "  "  # between two offers


class Word(NamedTuple):
    """A piece of a note and where it stands; an offer, if it can be clicked."""

    text: str
    rect: QRectF
    offer: Offer | None


class CellNotes:
    """Draws the notes of cells, and knows where one can be clicked.

    Attributes:
        has_offers: Whether there is anything to click: not on paper.
    """

    def __init__(self, geometry: Geometry, canvas: Canvas) -> None:
        self.has_offers = True
        self._geometry, self._canvas = geometry, canvas
        self._font = QFont(canvas.metrics.font)
        self._font.setPointSizeF(max(6.0, self._font.pointSizeF() * SIZE))
        self._measure = QFontMetricsF(self._font)

    def paint(
        self, painter: QPainter, layout: CellLayout, top: int, now: float, *, hovered: bool
    ) -> None:
        """Draw what there is to say: a state always, times and the queue's offers on hover.

        How long a cell has been running is said all the time, from the first second on.
        """
        words = list(self._words(layout.cell, top, now, hovered=hovered))
        if not words:
            return
        left = words[0].rect.left()
        if not (layout.cell.author or state_of(layout.cell)) and not self._has_room(layout, left):
            return
        ground = words[0].rect.united(words[-1].rect).adjusted(-GAP, 0, 0, 0)
        painter.fillRect(ground, QColor(self._canvas.theme.surface))
        painter.setFont(self._font)
        for word in words:
            theme = self._canvas.theme
            painter.setPen(theme.muted if word.offer is None else theme.accent)
            at = QPointF(word.rect.left(), top + INPUT_PAD_Y + self._canvas.metrics.baseline)
            painter.drawText(at, word.text)

    def paint_late(self, painter: QPainter, right: float, row_top: int) -> None:
        """Draw, left of `right`, the word that what stands in a row came after the cell's end."""
        painter.setFont(self._font)
        painter.setPen(self._canvas.theme.muted)
        x = right - self._measure.horizontalAdvance(LATE)
        painter.drawText(QPointF(x, row_top + self._canvas.metrics.baseline), LATE)

    def offer_at(self, layout: CellLayout, top: int, point: QPoint) -> Offer | None:
        """Return the offer that is drawn at a point when the pointer is there.

        Args:
            layout: The cell.
            top: Its upper edge in the viewport.
            point: In the viewport.
        """
        for word in self._words(layout.cell, top, 0.0, hovered=True):
            if word.offer is not None and word.rect.adjusted(*REACH).contains(QPointF(point)):
                return word.offer
        return None

    def _words(self, cell: Cell, top: int, now: float, *, hovered: bool) -> Iterator[Word]:
        """Lay the words out so that they end at the right end of the box."""
        state = state_of(cell)
        elapsed = running_text(cell, now) or (past_text(cell) if hovered else "")
        is_offering = hovered or cell.status is not CellStatus.QUEUED
        offers = offers_of(cell) if is_offering and self.has_offers else ()
        said = BETWEEN.join(filter(None, (cell.author, state or elapsed)))
        pieces: list[tuple[str, Offer | None]] = [(said, None)]
        for number, offer in enumerate(offers):
            pieces += [(APART if number else BETWEEN, None), (offer.value, offer)]
        if not pieces[0][0]:
            return
        right = self._geometry.content_x + self._geometry.content_width - INPUT_PAD_X
        x = right - sum(self._measure.horizontalAdvance(text) for text, _ in pieces)
        for text, clickable in pieces:
            width = self._measure.horizontalAdvance(text)
            height = self._canvas.metrics.line_height
            yield Word(text, QRectF(x, top + INPUT_PAD_Y, width, height), clickable)
            x += width

    def _has_room(self, layout: CellLayout, left: float) -> bool:
        """Say whether the first row of code ends before the words begin."""
        return self._canvas.x + layout.first_row_width(self._canvas) + GAP < left


def state_of(cell: Cell) -> str:
    """Return a cell's state in a word or two, with its place if it waits; empty when it is over."""
    state = STATUS_WORDS.get(cell.status, "")
    return f"{state}{BETWEEN}{ordinal(cell.place)}" if cell.place else state


def ordinal(place: int) -> str:
    """Return a place in a queue as a word: "next", "2nd"."""
    if place == 1:
        return "next"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ending}"
