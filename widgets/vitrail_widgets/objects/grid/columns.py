"""How the columns of a table lie side by side: their widths, which are pinned and which hidden."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

Width = Callable[[int], int]


class Columns:
    """Where each column lies; pinned ones come first and stay when the others are scrolled.

    Widths are pixels. The places of columns are counted as in the table, from 0; `shown` is the
    order in which they stand on the screen.

    Attributes:
        shown: The columns that are not hidden, pinned ones first.
        pinned_count: How many of those are pinned.
    """

    def __init__(self, count: int, natural: Width) -> None:
        """Lay out a table's columns.

        Args:
            count: Of the columns of the table.
            natural: How wide a column is to be at first.
        """
        self._count, self._natural = count, natural
        self._widths: dict[int, int] = {}
        self._pinned: list[int] = []
        self._hidden: set[int] = set()
        self._learned = [natural(column) for column in range(count)]
        self._arrange()

    @property
    def hidden(self) -> frozenset[int]:
        """The columns that are not shown."""
        return frozenset(self._hidden)

    @property
    def pinned_width(self) -> int:
        """Of the pinned columns together."""
        return self._ends[self.pinned_count]

    @property
    def width(self) -> int:
        """Of those that are scrolled together."""
        return self._ends[-1] - self.pinned_width

    def width_of(self, column: int) -> int:
        """Return the width of a column."""
        return self._widths.get(column) or self._learned[column]

    def left(self, place: int) -> int:
        """Return where the column at a place of `shown` begins; pinned ones count from 0 too."""
        offset = self._ends[place]
        return offset if place < self.pinned_count else offset - self.pinned_width

    def place_at(self, x: int, *, is_pinned: bool) -> int | None:
        """Return the place in `shown` of the column at an offset; None beside all of them."""
        if is_pinned:
            place = bisect_right(self._ends, x) - 1
            return place if x >= 0 and place < self.pinned_count else None
        place = bisect_right(self._ends, x + self.pinned_width) - 1
        return place if x >= 0 and self.pinned_count <= place < len(self.shown) else None

    def scrolled(self, start: int, stop: int) -> range:
        """Return the places in `shown` of columns between two offsets, without pinned ones."""
        first = max(self.pinned_count, bisect_right(self._ends, start + self.pinned_width) - 1)
        last = bisect_right(self._ends, stop - 1 + self.pinned_width)
        return range(first, min(last, len(self.shown)))

    def is_pinned(self, column: int) -> bool:
        """Tell whether a column stays in sight."""
        return column in self._pinned

    def resize(self, column: int, width: int) -> None:
        """Give a column another width."""
        self._widths[column] = width
        self._measure()

    def pin(self, column: int, *, pinned: bool) -> None:
        """Keep a column in sight, after those that are kept already, or let it go."""
        if column in self._pinned:
            self._pinned.remove(column)
        if pinned:
            self._pinned.append(column)
        self._arrange()

    def hide(self, columns: Iterable[int]) -> None:
        """Show these no longer; one column stays in any case."""
        hidden = self._hidden | set(columns)
        if len(hidden) < self._count:
            self._hidden = hidden
            self._arrange()

    def show_all(self) -> None:
        """Show those that were hidden."""
        self._hidden.clear()
        self._arrange()

    def relearn(self, columns: Iterable[int] | None = None) -> None:
        """Ask anew how wide these columns are to be; None for all."""
        for column in range(self._count) if columns is None else columns:
            self._learned[column] = self._natural(column)
        self._measure()

    def _arrange(self) -> None:
        pinned = [each for each in self._pinned if each not in self._hidden]
        kept = self._hidden.union(pinned)
        self.pinned_count = len(pinned)
        self.shown = pinned + [each for each in range(self._count) if each not in kept]
        self._measure()

    def _measure(self) -> None:
        self._ends = [0, *accumulate(self.width_of(each) for each in self.shown)]
