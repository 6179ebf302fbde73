"""The words at the right end of a cell's input: its state, how long it took, what it offers."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from vitrail_widgets.console.cell_times import past_text, running_text
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.geometry import INPUT_PAD_X, Geometry
from vitrail_widgets.console.note_words import SIZE, Form, Said, forms
from vitrail_widgets.console.offers import Offer
from vitrail_widgets.render.block import Canvas

LATE = "late"
REACH = (-4.0, -3.0, 4.0, 3.0)  # around an offer, where a click still means it


class Word(NamedTuple):
    """A piece of a note and where it stands; an offer, if it can be clicked."""

    text: str
    rect: QRectF
    offer: Offer | None


class CellNotes:
    """Draws the notes of cells, and knows where one can be clicked.

    A note never lies over code: it stands in the first or last row of it, or has a row of its own,
    and says less where there is less room.

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
        theme = self._canvas.theme
        painter.setFont(self._font)
        for word in self.words(layout, top, now, hovered=hovered):
            painter.setPen(theme.muted if word.offer is None else theme.accent)
            at = QPointF(word.rect.left(), word.rect.top() + self._canvas.metrics.baseline)
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
        for word in self.words(layout, top, 0.0, hovered=True):
            if word.offer is not None and word.rect.adjusted(*REACH).contains(QPointF(point)):
                return word.offer
        return None

    def words(self, layout: CellLayout, top: int, now: float, *, hovered: bool) -> list[Word]:
        """Lay out what is said of a cell, where there is room for it.

        Args:
            layout: The cell.
            top: Its upper edge in the viewport.
            now: Seconds since the epoch.
            hovered: Whether the pointer is on it.
        """
        cell = layout.cell
        elapsed = running_text(cell, now) or (past_text(cell) if hovered else "")
        said = forms(cell, elapsed, hovered=hovered, has_offers=self.has_offers)
        if not said:
            return []
        for room in layout.note_rooms():
            width = room.columns * self._canvas.metrics.char_width
            fitting = next((form for form in said if self._width(form) <= width), None)
            if fitting is None and layout.has_note_row:
                fitting = self._shortened(said[-1], width)
            if fitting is not None:
                return list(self._placed(fitting, top + room.top))
        return []

    def _placed(self, form: Form, row_top: int) -> Iterator[Word]:
        """Lay the words out so that they end at the right end of the box."""
        right = self._geometry.content_x + self._geometry.content_width - INPUT_PAD_X
        x, height = right - self._width(form), self._canvas.metrics.line_height
        for said in form:
            width = self._measure.horizontalAdvance(said.text)
            yield Word(said.text, QRectF(x, row_top, width, height), said.offer)
            x += width

    def _width(self, form: Form) -> float:
        return sum(self._measure.horizontalAdvance(said.text) for said in form)

    def _shortened(self, form: Form, width: float) -> Form:
        """Return what fits of a form: what it offers, else as much of a long name as there can."""
        offers = tuple(said for said in form if said.offer is not None)
        if offers and self._width(offers) <= width:
            return offers
        text = "".join(said.text for said in form)
        return (Said(self._measure.elidedText(text, Qt.TextElideMode.ElideRight, width)),)
