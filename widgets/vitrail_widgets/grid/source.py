"""Where a grid's cells come from; it knows nothing else of kernels."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from vitrail_widgets.objects.grid.arrangement import Arrangement
from vitrail_widgets.objects.grid.pages import Pages
from vitrail_widgets.objects.grid.summary import Summary
from vitrail_widgets.objects.grid.table import Cell, Table
from vitrail_widgets.objects.known import Known

Taken = Callable[[Sequence[Sequence[Cell]] | None], object]


class GridSource(Protocol):
    """Tells of a table, and fetches what is looked at.

    Attributes:
        pages: What is known of its cells.
        arrived: To be called when cells have come.
        summaries: What is known of columns as a whole.
        cost_ms: Of the kernel's time that the last question took.
    """

    pages: Pages
    arrived: Callable[[], object]
    summaries: dict[int, Summary]
    cost_ms: float

    @property
    def snapshot(self) -> Known[Table]:
        """What is known of the table."""
        ...

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and sift the rows."""
        ...

    def slice(self, changes: dict[str, Any]) -> None:
        """Look at another plane of an array: other `axes`, or `at` other places."""
        ...

    def gather(self, rows: range, columns: Sequence[int], taken: Taken) -> None:
        """Fetch cells, a list for each column, and hand them over; None if that cannot be."""
        ...

    def find(
        self, text: str, column: int, first: int, step: int, found: Callable[[int | None], object]
    ) -> None:
        """Look for a text in a column from a row on, up or down; hand over the row."""
        ...

    def summarize(self, columns: Sequence[int]) -> None:
        """Find out about columns as a whole."""
        ...

    def look(self, rows: range, columns: Sequence[int]) -> None:
        """Fetch what is not there yet of these cells."""
        ...
