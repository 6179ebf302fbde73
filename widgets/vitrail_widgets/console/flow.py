"""A column of variable heights: where each item lies, and which item lies where.

Pure arithmetic. Only items that were touched are asked for their height, and only
what lies below a change moves, so that output at the end costs nothing above it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """What a flow stacks."""

    @property
    def height(self) -> int:
        """Height in pixels."""
        ...


ItemT = TypeVar("ItemT", bound=Sized)


class Flow(Generic[ItemT]):
    """Items below each other with a gap between them.

    Attributes:
        gap: Pixels between two items; none before the first or after the last.
    """

    def __init__(self, gap: int = 0) -> None:
        self.gap = gap
        self._items: list[ItemT] = []
        self._heights: list[int] = []
        self._tops: list[int] = []
        self._touched: set[int] = set()
        self._valid = 0  # how many of _tops are right

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> ItemT:
        return self._items[index]

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items)

    @property
    def height(self) -> int:
        """Height of the whole column in pixels."""
        self._follow()
        return self._tops[-1] + self._heights[-1] if self._items else 0

    def insert(self, index: int, item: ItemT) -> None:
        """Put `item` before the one that is at `index` now."""
        self._measure()
        self._items.insert(index, item)
        self._heights.insert(index, item.height)
        self._tops.insert(index, 0)
        self._valid = min(self._valid, index)

    def replace(self, index: int, item: ItemT) -> None:
        """Put `item` where another one is."""
        self._items[index] = item
        self.touch(index)

    def remove(self, index: int) -> None:
        """Take the item at `index` out."""
        self._measure()
        for kept in (self._items, self._heights, self._tops):
            del kept[index]
        self._valid = min(self._valid, index)

    def truncate(self, length: int) -> None:
        """Drop all items from `length` on."""
        self._measure()
        for kept in (self._items, self._heights, self._tops):
            del kept[length:]
        self._valid = min(self._valid, length)

    def touch(self, index: int) -> None:
        """Say that the height of the item at `index` may have changed."""
        self._touched.add(index)

    def top(self, index: int) -> int:
        """Return the pixel at which the item at `index` begins."""
        self._follow()
        return self._tops[index]

    def index_at(self, y: int) -> int:
        """Return the index of the item at pixel `y`: the nearest one above it.

        The flow must not be empty.
        """
        self._follow()
        return max(0, bisect_right(self._tops, y) - 1)

    def span(self, top: int, bottom: int) -> range:
        """Return the indices of the items that touch the pixels [top, bottom)."""
        if not self._items or bottom <= top:
            return range(0)
        first = self.index_at(top)
        if self._tops[first] + self._heights[first] <= top:
            first += 1
        last = self.index_at(bottom - 1)
        return range(first, last + 1)

    def _measure(self) -> None:
        """Read the heights that were touched."""
        for index in self._touched:
            height = self._items[index].height
            if height != self._heights[index]:
                self._heights[index] = height
                self._valid = min(self._valid, index + 1)
        self._touched.clear()

    def _follow(self) -> None:
        """Read the heights that were touched and move what lies below them."""
        self._measure()
        if self._valid < len(self._items):
            first = max(0, self._valid - 1)
            start = self._tops[first] if self._valid else 0
            steps = (height + self.gap for height in self._heights[first:-1])
            self._tops[first:] = accumulate(steps, initial=start)
            self._valid = len(self._items)
