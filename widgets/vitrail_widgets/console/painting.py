"""Draws the transcript as it is at this moment: what is hovered, found, pointed at, running."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.entry_painter import Moment
from vitrail_widgets.console.find.finder import Finder
from vitrail_widgets.console.links import Links
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.console.selected import TranscriptSelection
from vitrail_widgets.render.block import Clip


class Painted(Protocol):
    """The view, as far as it is drawn."""

    document: ConsoleDocument
    selected: TranscriptSelection
    finder: Finder
    cells: CellCursor
    links: Links

    @property
    def looks(self) -> Looks:
        """Theme, font and width in use."""
        ...

    def viewport(self) -> QWidget:
        """Return the widget that is drawn on."""
        ...


class TranscriptPainting:
    """Draws entries, and has drawn again what changed."""

    def __init__(self, view: Painted, now: Callable[[], float]) -> None:
        """Draw the transcript of a view.

        Args:
            view: What is drawn.
            now: Seconds since the epoch, for how long a cell has been running.
        """
        self._view = view
        self._now = now
        self._hovered, self._strength = -1, 0.0
        self._second: int = 0

    def paint(self, painter: QPainter, top: int, clip: Clip) -> None:
        """Draw the entries in `clip`; the first one's upper edge is at `top`."""
        view = self._view
        if clip.top >= top + view.document.flow.height:
            return  # it is a key: only the input is painted
        moment = Moment(
            view.selected.range,
            self._hovered,
            self._strength,
            now=self._now(),
            marks=view.finder.marks,
            pointed=view.cells.pointed,
            links=view.links,
            flashed=view.cells.flashed,
        )
        flow, entries = view.document.flow, view.looks.entries
        for index in flow.span(clip.top - top, clip.bottom - top):
            entries.paint(painter, index, flow[index], top + flow.top(index), clip, moment)

    def set_hovered(self, index: int) -> None:
        """Note the entry under the pointer; -1 is none."""
        if index != self._hovered:
            self._hovered = index
            self._view.viewport().update()

    def set_pulse(self, strength: float) -> None:
        """Draw running bars at another strength, 0 to 1, and each second how long they run."""
        second = int(self._now())
        if second != self._second:
            self._second, self._strength = second, strength
            self._view.viewport().update()
        elif strength != self._strength:
            self._strength = strength
            viewport = self._view.viewport()
            viewport.update(QRect(0, 0, self._view.looks.across.content_x, viewport.height()))
