"""Going from link to link by keys: whatever a click follows can be reached without a mouse."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from vitrail_resources.translation import tr
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.surface import Surface

if TYPE_CHECKING:
    from vitrail_widgets.console.links import Link, Links

SLICE: Final = 500
"""Lines that are looked through in one turn of the event loop, in 5 ms or so."""


class LinkCursor:
    """Points at one link while the transcript has the focus."""

    def __init__(self, view: Surface, links: "Links", cells: CellCursor) -> None:
        self._view = view
        self._links = links
        self._cells = cells
        self._search: Iterator[Link | None] = iter(())
        self._began = (False, "", 0)
        self._timer = QTimer(links)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)

    def go(self, step: int) -> bool:
        """Go to the link before (-1) or after (1).

        From the input to the last one there is, from a cell that one has gone to, to its last. A
        long transcript is looked through in slices, until somebody does something else.
        """
        here = self._links.pointed if self._view.hasFocus() else None
        if here is None and step > 0:
            return False
        self._search = self._each(here, step)
        self._began = self._doing()
        self._timer.start()
        self._look()
        if self._timer.isActive():
            self._links.told.emit(tr("Looking for a link…"))
        return True

    def _look(self) -> None:
        """Look through some more lines."""
        if self._doing() != self._began:
            self._timer.stop()
            return
        link = next((one for one in islice(self._search, SLICE) if one is not None), None)
        if link is not None:
            self._timer.stop()
            self._point_at(link)

    def _doing(self) -> tuple[bool, str, int]:
        """Return what is another one when somebody types, or goes elsewhere."""
        editor = self._view.input
        return self._view.hasFocus(), editor.text(), editor.textCursor().position()

    def _point_at(self, link: "Link") -> None:
        self._view.focus_transcript()
        self._view.show_place(link.entry, link.block, link.line, link.start, link.end)
        self._links.pointed = link
        self._view.viewport().update()
        self._links.told.emit(tr("{target} · Enter follows it", target=link.tip))
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self._view.viewport(), link.tip)
            QAccessible.updateAccessibility(event)

    def _each(self, here: "Link | None", step: int) -> "Iterator[Link | None]":
        """Yield, line by line, the first link that is further; None for a line without one.

        In the end it is said that there is none.
        """
        for place in self._lines(here, step):
            found = [link for link in self._links.on_line(*place) if _is_further(link, here, step)]
            yield found[-1 if step < 0 else 0] if found else None
        self._timer.stop()
        self._links.told.emit(tr("There is no other link") if here else tr("There is no link"))

    def _lines(self, here: "Link | None", step: int) -> Iterator[tuple[int, int, int]]:
        """Yield entry, block and line of all lines from a link on, or from the end.

        What comes and goes meanwhile may be passed over.
        """
        flow = self._view.document.flow
        cell = self._cells.pointed
        entry = here.entry if here else len(flow) - 1 if cell is None else cell
        start = here
        while 0 <= entry < len(flow):
            block = start.block if start else _first(flow[entry].block_count, step)
            while entry < len(flow) and 0 <= block < flow[entry].block_count:
                line = start.line if start else _first(flow[entry].block(block).line_count, step)
                start = None
                while self._holds(entry, block, line):
                    yield entry, block, line
                    line += step
                block += step
            entry += step

    def _holds(self, entry: int, block: int, line: int) -> bool:
        flow = self._view.document.flow
        is_block = entry < len(flow) and block < flow[entry].block_count
        return is_block and 0 <= line < flow[entry].block(block).line_count


def _first(count: int, step: int) -> int:
    return count - 1 if step < 0 else 0


def _is_further(link: "Link", here: "Link | None", step: int) -> bool:
    if here is None or link[:3] != here[:3]:
        return True
    return (link.start - here.start) * step > 0
