"""Where a grid's cells come from; it knows nothing else of kernels."""

from collections.abc import Callable, Sequence
from typing import Protocol

from vitrail_widgets.objects.grid.pages import Pages
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.objects.known import Known


class GridSource(Protocol):
    """Tells of a table, and fetches what is looked at.

    Attributes:
        pages: What is known of its cells.
        arrived: To be called when cells have come.
        cost_ms: Of the kernel's time that the last question took.
    """

    pages: Pages
    arrived: Callable[[], object]
    cost_ms: float

    @property
    def snapshot(self) -> Known[Table]:
        """What is known of the table."""
        ...

    def look(self, rows: range, columns: Sequence[int]) -> None:
        """Fetch what is not there yet of these cells."""
        ...
