"""What is known of a table in the kernel: its shape and its columns."""

from dataclasses import dataclass
from typing import Final

from vitrail_widgets.objects.grid.arrangement import PLAIN, Arrangement

Cell = str | int | list[str]
"""A text; a number for what is missing, its place in `MISSING`; the name of a type, in a list,
for what only the user's code could show."""

MISSING: Final = ("None", "NaN", "NaT", "<NA>", "null", "")
NUMERIC: Final = frozenset(("integer", "number"))
RIGHT: Final = NUMERIC | {"complex", "duration"}
"""Kinds of columns whose values stand at the right."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: As it is shown; may be empty, and need not be unique.
        kind: "integer", "number", "complex", "boolean", "text", "bytes", "time", "duration",
            "category" or "object".
        type: The name of the type that the kernel gives it.
        code: How code names it; empty where it cannot.
    """

    name: str
    kind: str
    type: str
    code: str

    @property
    def is_numeric(self) -> bool:
        """Whether its values are real numbers."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Plane:
    """Which plane is looked at of an array with more than two axes.

    Attributes:
        shape: Of the whole array.
        axes: The one that goes down, and the one that goes right.
        at: Where the others stay; has a place for every axis.
    """

    shape: tuple[int, ...]
    axes: tuple[int, int]
    at: tuple[int, ...]

    def code(self, name: str) -> str:
        """Return what gives the plane: `cube[1, :, :, 3]`.

        Args:
            name: What the user writes for the array.
        """
        places = (":" if axis in self.axes else str(one) for axis, one in enumerate(self.at))
        turned = ".T" if self.axes[0] > self.axes[1] else ""
        return f"{name}[{', '.join(places)}]{turned}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the kernel told of it.

    Attributes:
        kind: "frame", "series", "array", "dict", "list", "rows" or "records".
        library: "pandas", "polars", "numpy", or empty for what is builtin.
        type: The name of its type.
        rows: How many there are.
        width: How many columns there are; those told of may be fewer.
        levels: The names of the columns that name the rows; none where they are counted.
        columns: Those that the kernel told of so far, from the first.
        shown: How many rows pass the filters.
        arrangement: How the rows are sorted and sifted.
        wanted: How they are to be; None when that is so already.
        refused: Why they cannot be arranged as somebody wished; empty where they are.
        plane: Of an array with more than two axes; None for all else.
    """

    kind: str
    library: str
    type: str
    rows: int
    width: int
    levels: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    shown: int = 0
    arrangement: Arrangement = PLAIN
    wanted: Arrangement | None = None
    refused: str = ""
    plane: Plane | None = None

    def continues(self, before: "Table") -> bool:
        """Tell whether the columns are those of a table before, and perhaps some more told."""
        told = min(len(self.columns), len(before.columns))
        if (self.plane and self.plane.axes) != (before.plane and before.plane.axes):
            return False
        return (self.width, self.levels) == (before.width, before.levels) and self.columns[
            :told
        ] == before.columns[:told]
