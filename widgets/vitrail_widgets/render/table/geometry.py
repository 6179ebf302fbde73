"""Where the rows and columns of a table lie."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from vitrail_widgets.tables.table import Table
from vitrail_widgets.transcript.cell_width import cell_width

MAX_CELLS: Final = 48
"""Of the code font; longer texts are cut with an ellipsis, and whole when they are copied."""
MIN_CELLS: Final = 2
PAD_X: Final = 10
PAD_Y: Final = 3
BAR_HEIGHT: Final = 8
"""Of the handle that shows which columns are seen, where not all are."""
BATCH: Final = 100
"""Rows that are shown at first."""


def column_cells(table: Table) -> list[int]:
    """Return how many cells of the code font each column wants."""
    widths = [MIN_CELLS] * table.column_count
    for row in (*table.head, *table.body):
        for column, cell in enumerate(row):
            if len(cell.text) > widths[column] or not cell.text.isascii():
                widths[column] = max(widths[column], min(MAX_CELLS, cell_width(cell.text)))
    return widths


@dataclass(frozen=True)
class TableGeometry:
    """A table on the grid of one code font, in pixels from the block's upper left corner.

    Attributes:
        head_rows: Rows of column names.
        body_rows: Rows that are shown below them.
        widths: Of the columns, their padding included.
        pinned: How many columns stay on the left.
        room: What there is for all columns.
        has_caption: Whether a line stands above the table.
        has_footer: Whether a line stands below it.
    """

    head_rows: int
    body_rows: int
    widths: Sequence[int]
    pinned: int
    room: int
    line_height: int
    has_caption: bool
    has_footer: bool
    _edges: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_edges", [0, *accumulate(self.widths)])

    @property
    def row_height(self) -> int:
        """Height of a row."""
        return self.line_height + 2 * PAD_Y

    @property
    def head_top(self) -> int:
        """Upper edge of the column names."""
        return self.row_height if self.has_caption else 0

    @property
    def head_height(self) -> int:
        """Height of the column names."""
        return self.head_rows * self.row_height

    @property
    def body_top(self) -> int:
        """Upper edge of the first row below them."""
        return self.head_top + self.head_height

    @property
    def body_bottom(self) -> int:
        """Lower edge of the last row."""
        return self.body_top + self.body_rows * self.row_height

    @property
    def footer_top(self) -> int:
        """Upper edge of what stands below the table."""
        return self.body_bottom + (BAR_HEIGHT if self.scrolls else 0)

    @property
    def height(self) -> int:
        """Height of everything."""
        return self.footer_top + (self.row_height if self.has_footer else 0)

    @property
    def full_width(self) -> int:
        """Width of all columns."""
        return self._edges[-1]

    @property
    def width(self) -> int:
        """Width that is seen."""
        return min(self.full_width, self.room)

    @property
    def pinned_width(self) -> int:
        """Width of the columns that stay; none do where they would leave no room for others."""
        wanted = self._edges[self.pinned]
        return wanted if wanted <= self.room // 2 else 0

    @property
    def scrolls(self) -> bool:
        """Whether not all columns can be seen at once."""
        return self.full_width > self.room

    @property
    def last_shift(self) -> int:
        """How far the columns can be moved to the left."""
        return max(0, self.full_width - self.room)

    def left(self, column: int, shift: int) -> int:
        """Return where a column begins when the others are moved by `shift`."""
        is_pinned = self._edges[column] < self.pinned_width
        return self._edges[column] - (0 if is_pinned else shift)

    def column_at(self, x: int, shift: int) -> int:
        """Return the column nearest to a pixel."""
        if x >= self.pinned_width:
            x += shift
        found = bisect_right(self._edges, x) - 1
        return min(max(0, found), len(self.widths) - 1)

    def columns(self, shift: int) -> range:
        """Return the columns that move and are seen at least in part."""
        first = self.column_at(self.pinned_width, shift)
        last = self.column_at(self.width - 1, shift)
        pinned = bisect_right(self._edges, self.pinned_width) - 1 if self.pinned_width else 0
        return range(max(first, pinned), last + 1)

    @property
    def pinned_columns(self) -> range:
        """The columns that stay."""
        return range(self.pinned if self.pinned_width else 0)
