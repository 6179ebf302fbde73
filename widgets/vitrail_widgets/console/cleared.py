"""A cleared screen: what was before is scrolled out, and room is left below."""

from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.geometry import CELL_GAP


class ClearedScreen:
    """Knows what the screen begins with since it was cleared, until it is full."""

    def __init__(self, document: ConsoleDocument) -> None:
        self._document = document
        self._last: str | None = None  # the entry above the screen

    def clear(self) -> None:
        """Let the screen begin after the last entry."""
        entries = self._document.transcript.entries
        self._last = entries[-1].id if entries else None

    def extended(self, total: int, visible: int) -> int:
        """Return the height to scroll over that leaves room below.

        Args:
            total: Height of everything, in pixels.
            visible: Height of the screen.
        """
        if self._last is None or not self._document.transcript.holds(self._last):
            self._last = None
            return total
        wanted = self._begin(self._last) + visible
        if total >= wanted:
            self._last = None
        return max(total, wanted)

    def _begin(self, last: str) -> int:
        """Return the pixel at which what follows an entry begins."""
        flow = self._document.flow
        following = self._document.transcript.position(last) + 1
        return flow.top(following) if following < len(flow) else flow.height + CELL_GAP
