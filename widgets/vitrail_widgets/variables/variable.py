"""What is known of a kernel's variables, how they are sifted and ordered; no Qt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

UNITS = ("B", "kB", "MB", "GB", "TB")
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable, as the kernel told of it.

    Attributes:
        kind: "module", "class", "function", or "instance" for data.
        type: The name of its type.
        size: What its length or shape is; empty for what has none.
        memory: Bytes, None where nobody knows.
        preview: The beginning of its value, or what else tells it from others.
        identity: Of the object, to notice another one.
    """

    name: str
    kind: str
    type: str
    size: str
    memory: int | None
    preview: str
    identity: int


class Freshness(StrEnum):
    """How far a list can be relied on."""

    UNASKED = "unasked"
    UNABLE = "unable"
    FRESH = "fresh"
    STALE = "stale"


@dataclass(frozen=True)
class Snapshot:
    """The variables as they were at one moment.

    Attributes:
        changed: Names that are new or stand for something else than in the list before.
        count: The number of the last cell before; None when none was run.
        cost_ms: Of the kernel's time that the list took.
        is_cut: Whether there are more than were asked for.
    """

    rows: tuple[Variable, ...] = ()
    freshness: Freshness = Freshness.UNASKED
    changed: frozenset[str] = frozenset()
    count: int | None = None
    cost_ms: float = 0.0
    is_cut: bool = False


class Column(IntEnum):
    """What stands side by side."""

    NAME = 0
    TYPE = 1
    SIZE = 2
    MEMORY = 3
    VALUE = 4


def changed_names(before: Iterable[Variable], after: Iterable[Variable]) -> frozenset[str]:
    """Return the names of what is new, or is another object, or shows another value."""
    known = {each.name: each for each in before}
    return frozenset(each.name for each in after if known.get(each.name) != each)


def sifted(
    rows: Iterable[Variable], typed: str, *, hides_modules: bool, hides_code: bool
) -> list[Variable]:
    """Return the rows in which each word that was typed is found, in name, type or value.

    Args:
        rows: In any order.
        typed: Words parted by spaces, in any case.
        hides_modules: Whether modules are left out.
        hides_code: Whether functions and classes are left out.
    """
    words = typed.lower().split()
    hidden = {"module"} if hides_modules else set[str]()
    if hides_code:
        hidden |= {"function", "class", "method"}
    return [each for each in rows if each.kind not in hidden and _holds(each, words)]


def _holds(row: Variable, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = f"{row.name}\n{row.type}\n{row.preview}".lower()
    return all(word in text for word in words)


def ordered(rows: Iterable[Variable], column: Column, *, descends: bool) -> list[Variable]:
    """Return rows by what stands in a column; numbers in names count as numbers."""
    by_name = sorted(rows, key=lambda row: natural(row.name))
    return sorted(by_name, key=lambda row: _key(row, column), reverse=descends)


def _key(row: Variable, column: Column) -> tuple[object, ...]:
    match column:
        case Column.NAME:
            return natural(row.name)
        case Column.TYPE:
            return (row.type.lower(),)
        case Column.SIZE:
            return (extent(row.size),)
        case Column.MEMORY:
            return (-1 if row.memory is None else row.memory,)
        case Column.VALUE:
            return (row.preview.lower(),)


def natural(text: str) -> tuple[object, ...]:
    """Return a key that puts x2 before x10."""
    parts = DIGITS.split(text.lower())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def extent(size: str) -> int:
    """Return how many items a size is: the product of a shape; -1 for none."""
    numbers = [int(part) for part in size.split(" x ") if part.isdigit()]
    if not numbers:
        return -1
    product = 1
    for number in numbers:
        product *= number
    return product


def in_units(memory: int | None) -> str:
    """Write bytes with three digits at most, as in 1.5 MB; nothing for what is unknown."""
    if memory is None:
        return ""
    value, at = float(memory), 0
    while value >= 999.5 and at < len(UNITS) - 1:
        value, at = value / 1000, at + 1
    return f"{value:.1f} {UNITS[at]}" if at and value < 9.95 else f"{value:.0f} {UNITS[at]}"
