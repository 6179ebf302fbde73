"""Where the rows of a table lie, however many: Qt counts pixels with 32 bits."""

from dataclasses import dataclass
from typing import Final

MOST_BAR: Final = 2**30
"""What a scroll bar counts to at most; beyond, one step of it is more than a pixel."""


@dataclass(frozen=True, slots=True)
class Heights:
    """The rows below each other, seen through a window.

    Attributes:
        rows: How many there are.
        row: Height of one, in pixels.
        room: Height of the window.
    """

    rows: int
    row: int
    room: int

    @property
    def farthest(self) -> int:
        """The offset of the window when the last row is seen."""
        return max(0, self.rows * self.row - self.room)

    @property
    def bar_end(self) -> int:
        """The largest value of the scroll bar."""
        return min(self.farthest, MOST_BAR)

    def bounded(self, offset: int) -> int:
        """Return the nearest offset that the window can have."""
        return max(0, min(offset, self.farthest))

    def to_bar(self, offset: int) -> int:
        """Return the value of the scroll bar for an offset."""
        if self.farthest <= MOST_BAR:
            return offset
        return offset * MOST_BAR // self.farthest

    def from_bar(self, value: int) -> int:
        """Return the offset for a value of the scroll bar."""
        if self.farthest <= MOST_BAR:
            return value
        return value * self.farthest // MOST_BAR

    def seen(self, offset: int) -> range:
        """Return the rows of which something is seen."""
        if self.room <= 0:
            return range(0)
        last = -(-(offset + self.room) // self.row)
        return range(offset // self.row, min(self.rows, last))

    def revealing(self, row: int, offset: int) -> int:
        """Return the offset nearest to a given one at which all of a row is seen."""
        top = row * self.row
        if top < offset:
            return top
        return max(offset, top + self.row - self.room) if top + self.row > offset else top
