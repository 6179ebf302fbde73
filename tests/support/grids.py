"""A source of cells for grids, as large as one likes: each cell says where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from vitrail_widgets.objects.grid.arrangement import Arrangement
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, Page, Pages, Place
from vitrail_widgets.objects.grid.summary import Histogram, Summary
from vitrail_widgets.objects.grid.table import Cell, Column, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness


def counted_table(rows: int, width: int) -> Table:
    """Return a table of whole numbers."""
    columns = tuple(Column(f"c{at}", "integer", "int64", f"'c{at}'") for at in range(width))
    return Table("frame", "pandas", "DataFrame", rows, width, (), columns, rows)


def known(
    table: Table | None, freshness: Freshness = Freshness.FRESH, reason: str = ""
) -> Known[Table]:
    """Return what is known of a table called df."""
    return Known(Target("df"), table, freshness, 3, reason)


def summary() -> Summary:
    """Return what could be known of a column."""
    bars = Histogram((1, 4, 9, 4, 2), "0", "9")
    facts = (("Least", "0"), ("Most", "9"), ("Mean", "4.25"))
    return Summary(20, 2, 0, facts, bars, (0.0, 9.0), (("3", 6), ("4", 3)), 9)


class CountedSource:
    """Tells of a table whose cells hold `row * 1000 + column`.

    Attributes:
        is_slow: Whether pages come only when `deliver` is called.
        looked: What was looked at, in order.
    """

    def __init__(self, rows: int = 1000, width: int = 5, *, is_slow: bool = False) -> None:
        self.snapshot: Known[Table] = known(counted_table(rows, width))
        self.cost_ms = 1.25
        self.summaries: dict[int, Summary] = {}
        self.pages = Pages()
        self.arrived: Callable[[], object] = lambda: None
        self.retold: Callable[[], object] = lambda: None
        self.is_slow = is_slow
        self.looked: list[tuple[range, tuple[int, ...]]] = []

    def look(self, rows: range, columns: Sequence[int]) -> None:
        """Note what is looked at, and fetch it unless it takes long."""
        self.looked.append((rows, tuple(columns)))
        if not self.is_slow:
            self.deliver()

    def gather(
        self,
        rows: range,
        columns: Sequence[int],
        taken: Callable[[Sequence[Sequence[Cell]] | None], object],
    ) -> None:
        """Hand cells over."""
        taken([self.column(each, rows) for each in columns])

    def find(
        self, text: str, column: int, first: int, step: int, found: Callable[[int | None], object]
    ) -> None:
        """Look for a text in a column."""
        table = self.snapshot.about
        assert table is not None
        rows = range(first, table.shown) if step > 0 else range(first, -1, -1)
        found(next((row for row in rows if text in str(row * 1000 + column)), None))

    def summarize(self, columns: Sequence[int]) -> None:
        """Tell of columns as a whole."""
        for column in columns:
            self.summaries[column] = summary()
        self.arrived()

    def arrange(self, arrangement: Arrangement) -> None:
        """Note how the rows are to be arranged, and say that they are."""
        table = self.snapshot.about
        assert table is not None
        self.snapshot = known(replace(table, arrangement=arrangement))
        self.retold()

    def slice(self, changes: dict[str, Any]) -> None:
        """Look at another plane of an array."""
        table = self.snapshot.about
        assert table is not None
        assert table.plane is not None
        self.snapshot = known(replace(table, plane=replace(table.plane, **changes)))
        self.retold()

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
