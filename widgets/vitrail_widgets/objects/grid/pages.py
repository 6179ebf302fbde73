"""The pages of a table that were fetched, and which are still to be."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vitrail_widgets.objects.grid.table import Cell

ROWS: Final = 128
COLUMNS: Final = 16
MOST: Final = 256
"""Pages that are kept: half a million cells, some 40 MB."""


class Place(NamedTuple):
    """Which page: the block of rows and the block of columns."""

    rows: int
    columns: int

    @property
    def first_row(self) -> int:
        """The first row on it."""
        return self.rows * ROWS

    @property
    def first_column(self) -> int:
        """The first column on it."""
        return self.columns * COLUMNS


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of some columns.

    Attributes:
        cells: A list for each column.
        labels: A list for each level of the names of the rows.
    """

    cells: Sequence[Sequence[Cell]]
    labels: Sequence[Sequence[Cell]]


class Pages:
    """Keeps the pages that were looked at last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pages: OrderedDict[Place, Page] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, place: Place) -> Page | None:
        """Return a page, None where it was not fetched, or is forgotten."""
        page = self._pages.get(place)
        if page is not None:
            self._pages.move_to_end(place)
        return page

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what stands in a cell; None where that was not fetched."""
        page = self._pages.get(place_of(row, column))
        return None if page is None else _at(page.cells, column % COLUMNS, row % ROWS)

    def label(self, row: int, level: int) -> Cell | None:
        """Return what names a row, None where that was not fetched."""
        block = row // ROWS
        page = next((page for place, page in self._pages.items() if place.rows == block), None)
        return None if page is None else _at(page.labels, level, row % ROWS)

    def put(self, place: Place, page: Page) -> bool:
        """Keep a page; say whether it is other than what was known."""
        differs = self._pages.get(place) != page
        self._pages[place] = page
        self._pages.move_to_end(place)
        while len(self._pages) > self._most:
            self._pages.popitem(last=False)
        return differs

    def keep(self, places: Iterable[Place]) -> None:
        """Forget all other pages."""
        kept = set(places)
        for place in [place for place in self._pages if place not in kept]:
            del self._pages[place]

    def clear(self) -> None:
        """Forget all of them."""
        self._pages.clear()

    def lacking(self, rows: range, columns: Iterable[int]) -> list[Place]:
        """Return the pages that are needed for some cells and are not there."""
        return [place for place in places(rows, columns) if place not in self._pages]


def places(rows: range, columns: Iterable[int]) -> Iterator[Place]:
    """Yield the pages on which cells stand, each once, from above.

    Args:
        rows: Without gaps.
        columns: In any order.
    """
    if not rows:
        return
    blocks = sorted({column // COLUMNS for column in columns}) or [0]
    for row_block in range(rows.start // ROWS, (rows.stop - 1) // ROWS + 1):
        for block in blocks:
            yield Place(row_block, block)


def place_of(row: int, column: int) -> Place:
    """Return the page on which a cell stands."""
    return Place(row // ROWS, column // COLUMNS)


def _at(columns: Sequence[Sequence[Cell]], column: int, row: int) -> Cell | None:
    if column >= len(columns) or row >= len(columns[column]):
        return None
    return columns[column][row]
