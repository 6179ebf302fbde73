"""What is known of a value: facts, and a body that can be drawn."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vitrail_widgets.objects.look import Span

EMPTY_CELL = 255
"""Of a map: nothing is known there."""


@dataclass(frozen=True)
class Curve:
    """A row of numbers, each or reduced to one lowest, highest and mean for each column.

    Attributes:
        start: Index of the first.
        stop: Index after the last.
        length: Of the whole row.
        step: One in so many was looked at.
        unit: "moment" for seconds since 1970, "duration" for seconds, else empty.
        low: Little-endian float64; empty where `mean` holds the elements themselves.
        high: The same.
        mean: The same; NaN where nothing is known.
    """

    start: int
    stop: int
    length: int
    step: int
    unit: str
    low: bytes
    high: bytes
    mean: bytes

    @property
    def is_exact(self) -> bool:
        """Whether each point is an element."""
        return not self.low


@dataclass(frozen=True)
class HeatMap:
    """A plane of numbers as places between the lowest and the highest.

    Attributes:
        shape: Of the whole plane: rows, columns.
        rows: What is shown: the first and the one after the last.
        columns: The same.
        size: Rows and columns of the cells, no more than those shown.
        low: The number at place 0.
        high: The number at place 254.
        step: One in so many elements was looked at.
        cells: A byte for each, row by row; `EMPTY_CELL` where nothing is known.
    """

    shape: Span
    rows: Span
    columns: Span
    size: Span
    low: float
    high: float
    unit: str
    step: int
    cells: bytes


@dataclass(frozen=True)
class Picture:
    """Pixels; the names mean what they mean in `HeatMap`.

    Attributes:
        channels: 3 for red, green, blue; 4 with opacity.
    """

    shape: Span
    rows: Span
    columns: Span
    size: Span
    channels: int
    cells: bytes


@dataclass(frozen=True)
class Labelled:
    """A few texts, each under its label."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Text:
    """A page of a text."""

    content: str
    offset: int
    total: int
    page: int


@dataclass(frozen=True)
class Hex:
    """A page of bytes."""

    content: bytes
    offset: int
    total: int
    page: int


class Item(NamedTuple):
    """Something that a container or an object holds.

    Attributes:
        label: Its key, place or name.
        memory: In bytes; None where that is not known.
        kind: Of the step that leads there; empty where nothing is there.
        at: The place of that step.
        code: What the user would write for it; empty where that cannot be said.
        opens: Whether it holds something itself.
        identity: Tells it from other objects.
    """

    label: str
    type: str
    size: str
    memory: int | None
    preview: str
    kind: str
    at: str | int
    code: str
    opens: bool = False
    identity: int = 0


@dataclass(frozen=True)
class Items:
    """A page of what a container or an object holds.

    Attributes:
        curve: The items as a row of numbers, where they are nothing else.
        keyed: Whether they are found by keys or names, and not by their places alone.
    """

    rows: tuple[Item, ...]
    offset: int
    total: int
    page: int
    curve: Curve | None = None
    keyed: bool = False


@dataclass(frozen=True)
class Nothing:
    """There is no picture, and why."""

    reason: str


Body = Curve | HeatMap | Picture | Labelled | Text | Hex | Items | Nothing


@dataclass(frozen=True)
class Histogram:
    """How many numbers fall into each of equally wide ranges.

    Attributes:
        step: One in so many was counted.
    """

    low: float
    high: float
    counts: tuple[int, ...]
    step: int


@dataclass(frozen=True, kw_only=True)
class About:
    """What is true of an object, however it is drawn.

    Attributes:
        facts: A label and a text or a number of bytes each.
        shape: Of an array or frame; None for what has none.
        histogram: Of all its numbers.
        step: One in so many was looked at for the facts.
        ways: In which it can be shown, where there are several.
        parts: Of which one is shown: of complex numbers, fields of a structured array.
        axes: Those that are shown, of an array with several.
        at: Where the others stay.
        is_rich: Whether it has a way of its own to show itself, for which its code must run.
        is_path: Whether it is a path on the disk.
    """

    type: str
    kind: str
    identity: int = 0
    facts: tuple[tuple[str, str | int], ...] = ()
    shape: tuple[int, ...] | None = None
    histogram: Histogram | None = None
    step: int = 1
    ways: tuple[str, ...] = ()
    way: str = ""
    parts: tuple[str, ...] = ()
    part: str = ""
    axes: Span | None = None
    at: tuple[int, ...] = ()
    is_rich: bool = False
    is_path: bool = False


@dataclass(frozen=True, kw_only=True)
class Value(About):
    """What the kernel told of an object, and what of it can be drawn."""

    body: Body


class ShownState(StrEnum):
    """How far an object is with showing itself."""

    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Shown:
    """What an object wrote of itself."""

    state: ShownState
    bundle: dict[str, object] = field(default_factory=dict[str, object])
    metadata: dict[str, object] = field(default_factory=dict[str, object])
