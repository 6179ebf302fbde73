"""A column of variable heights: where each item lies, and which item lies where.

Pure arithmetic. Tops are prefix sums that are recomputed only from the first
item whose height changed, so that output at the end costs nothing above it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
        self._tops: list[int] = []
        self._valid = 0  # how many of _tops are right

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> ItemT:
        return self._items[index]

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items)

    @property
    def items(self) -> Sequence[ItemT]:
        """The items from top to bottom."""
        return self._items

    @property
    def height(self) -> int:
        """Height of the whole column in pixels."""
        if not self._items:
            return 0
        return self.top(len(self._items) - 1) + self._items[-1].height

    def insert(self, index: int, item: ItemT) -> None:
        """Put `item` before the one that is at `index` now."""
        self._items.insert(index, item)
        self._tops.insert(index, 0)
        self.touch(index)

    def replace(self, index: int, item: ItemT) -> None:
        """Put `item` where another one is."""
        self._items[index] = item
        self.touch(index)

    def truncate(self, length: int) -> None:
        """Drop all items from `length` on."""
        del self._items[length:]
        del self._tops[length:]
        self.touch(length)

    def touch(self, index: int) -> None:
        """Say that the height of the item at `index` may have changed."""
        self._valid = min(self._valid, index)

    def top(self, index: int) -> int:
        """Return the pixel at which the item at `index` begins."""
        # The item at _valid - 1 may itself have changed height; its top has not.
        while self._valid <= index:
            at = self._valid
            before = at - 1
            self._tops[at] = self._tops[before] + self._items[before].height + self.gap if at else 0
            self._valid += 1
        return self._tops[index]

    def index_at(self, y: int) -> int:
        """Return the index of the item at pixel `y`: the nearest one above it.

        The flow must not be empty.
        """
        self.top(len(self._items) - 1)
        return max(0, bisect_right(self._tops, y) - 1)

    def span(self, top: int, bottom: int) -> range:
        """Return the indices of the items that touch the pixels [top, bottom)."""
        if not self._items or bottom <= top:
            return range(0)
        first = self.index_at(top)
        if self.top(first) + self._items[first].height <= top:
            first += 1
        last = self.index_at(bottom - 1)
        return range(first, last + 1)
