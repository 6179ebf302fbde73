"""Going from link to link by keys: whatever a click follows can be reached without a mouse."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from vitrail_resources.translation import tr
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.surface import Surface

if TYPE_CHECKING:
    from vitrail_widgets.console.links import Link, Links

FURTHEST: Final = 1000
"""Lines that one key looks through, in 10 ms or so."""


class LinkCursor:
    """Points at one link while the transcript has the focus."""

    def __init__(self, view: Surface, links: "Links", cells: CellCursor) -> None:
        self._view = view
        self._links = links
        self._cells = cells

    def go(self, step: int) -> bool:
        """Go to the link before (-1) or after (1).

        From the input to the last one there is, from a cell that one has gone to, to its last.
        """
        here = self._links.pointed if self._view.hasFocus() else None
        if here is None and step > 0:
            return False
        for looked, place in enumerate(self._lines(here, step)):
            found = [link for link in self._links.on_line(*place) if _is_further(link, here, step)]
            if found:
                self._point_at(found[-1 if step < 0 else 0])
                return True
            if looked == FURTHEST:
                self._links.told.emit(tr("No link in {count} lines", count=FURTHEST))
                return True
        self._links.told.emit(tr("There is no other link") if here else tr("There is no link"))
        return True

    def _point_at(self, link: "Link") -> None:
        self._view.focus_transcript()
        self._view.show_place(link.entry, link.block, link.line, link.start, link.end)
        self._links.pointed = link
        self._view.viewport().update()
        self._links.told.emit(tr("{target} · Enter follows it", target=link.tip))
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self._view.viewport(), link.tip)
            QAccessible.updateAccessibility(event)

    def _lines(self, here: "Link | None", step: int) -> Iterator[tuple[int, int, int]]:
        """Yield entry, block and line of all lines from a link on, or from the end."""
        flow = self._view.document.flow
        cell = self._cells.pointed
        entry = here.entry if here else len(flow) - 1 if cell is None else cell
        start = here
        while 0 <= entry < len(flow):
            layout = flow[entry]
            block = start.block if start else _first(layout.block_count, step)
            while 0 <= block < layout.block_count:
                count = layout.block(block).line_count
                line = start.line if start else _first(count, step)
                start = None
                while 0 <= line < count:
                    yield entry, block, line
                    line += step
                block += step
            entry += step


def _first(count: int, step: int) -> int:
    return count - 1 if step < 0 else 0


def _is_further(link: "Link", here: "Link | None", step: int) -> bool:
    if here is None or link[:3] != here[:3]:
        return True
    return (link.start - here.start) * step > 0
