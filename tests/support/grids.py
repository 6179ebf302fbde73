"""A source of cells for grids, as large as one likes: each cell says where it stands."""

from collections.abc import Callable, Sequence

from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, Page, Pages, Place
from vitrail_widgets.objects.grid.table import Cell, Column, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness


def counted_table(rows: int, width: int) -> Table:
    """Return a table of whole numbers."""
    columns = tuple(Column(f"c{at}", "integer", "int64", f"'c{at}'") for at in range(width))
    return Table("frame", "pandas", "DataFrame", rows, width, (), columns)


def known(
    table: Table | None, freshness: Freshness = Freshness.FRESH, reason: str = ""
) -> Known[Table]:
    """Return what is known of a table called df."""
    return Known(Target("df"), table, freshness, 3, reason)


class CountedSource:
    """Tells of a table whose cells hold `row * 1000 + column`.

    Attributes:
        is_slow: Whether pages come only when `deliver` is called.
        looked: What was looked at, in order.
    """

    def __init__(self, rows: int = 1000, width: int = 5, *, is_slow: bool = False) -> None:
        self.snapshot: Known[Table] = known(counted_table(rows, width))
        self.cost_ms = 1.25
        self.pages = Pages()
        self.arrived: Callable[[], object] = lambda: None
        self.is_slow = is_slow
        self.looked: list[tuple[range, tuple[int, ...]]] = []

    def look(self, rows: range, columns: Sequence[int]) -> None:
        """Note what is looked at, and fetch it unless it takes long."""
        self.looked.append((rows, tuple(columns)))
        if not self.is_slow:
            self.deliver()

    def deliver(self) -> None:
        """Fetch what is looked at."""
        if not self.looked:
            return
        lacking = self.pages.lacking(*self.looked[-1])
        for place in lacking:
            self.pages.put(place, self.page(place))
        if lacking:
            self.arrived()

    def page(self, place: Place) -> Page:
        """Return the cells of a page."""
        table = self.snapshot.about
        assert table is not None
        rows = range(place.first_row, min(place.first_row + ROWS, table.rows))
        columns = range(place.first_column, min(place.first_column + COLUMNS, table.width))
        return Page([self.column(each, rows) for each in columns], ())

    def column(self, column: int, rows: range) -> list[Cell]:
        """Return some cells of a column."""
        return [str(row * 1000 + column) for row in rows]
