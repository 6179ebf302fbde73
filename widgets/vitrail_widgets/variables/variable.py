"""What is known of a kernel's variables, how they are sifted and ordered; no Qt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import compress

UNITS = ("B", "kB", "MB", "GB", "TB")
KEYS_KEPT = 32_768  # of names that are put in order again and again
HIDING = ("_", ".")  # begin names that are of no interest: in Python, in R
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
        is_brief: Whether size, memory and preview were not told, for want of time; what stands
            there is of before.
    """

    name: str
    kind: str
    type: str
    size: str
    memory: int | None
    preview: str
    identity: int
    is_brief: bool = False


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
        cost_ms: Of the kernel's time that the list took; None when it did not say.
        is_cut: Whether there are more than were asked for.
        reason: What the kernel cannot tell, and why, in words; may be empty.
    """

    rows: tuple[Variable, ...] = ()
    freshness: Freshness = Freshness.UNASKED
    changed: frozenset[str] = frozenset()
    count: int | None = None
    cost_ms: float | None = 0.0
    is_cut: bool = False
    reason: str = ""


class Column(IntEnum):
    """What stands side by side."""

    NAME = 0
    TYPE = 1
    SIZE = 2
    MEMORY = 3
    VALUE = 4


@dataclass(frozen=True)
class Listing:
    """Which variables are listed, and how.

    Attributes:
        modules: Whether modules are.
        functions: Whether functions and classes are.
        underscores: Whether names that begin with an underscore are.
        grouped: Whether they stand in groups.
    """

    modules: bool = False
    functions: bool = False
    underscores: bool = False
    grouped: bool = False


def changed_names(before: Iterable[Variable], after: Iterable[Variable]) -> frozenset[str]:
    """Return the names of what is new, or is another object, or shows another value."""
    known = {each.name: each for each in before}
    return frozenset(each.name for each in after if _has_changed(known.get(each.name), each))


def _has_changed(before: Variable | None, after: Variable) -> bool:
    if before is not None and (before.is_brief or after.is_brief):
        is_known = bool(before.preview and after.preview)
        is_other = is_known and before.preview != after.preview
        return is_other or before.identity != after.identity
    return before != after


def sifted(
    rows: Sequence[Variable], typed: str, listing: Listing, texts: Sequence[str] | None = None
) -> list[Variable]:
    """Return the rows that are listed, and in which each word that was typed is found.

    Args:
        rows: In any order, which stays.
        typed: Words parted by spaces, in any case, to be found in name, type or value.
        listing: What is listed.
        texts: What is `searchable` of each row, where that is known.
    """
    words = typed.lower().split()
    if words:
        searched = list(map(searchable, rows)) if texts is None else texts
        for word in words:  # no object is made for a row: the collector would look at each
            is_found = [word in text for text in searched]
            rows, searched = list(compress(rows, is_found)), list(compress(searched, is_found))
    hidden = set[str]() if listing.modules else {"module"}
    if not listing.functions:
        hidden |= {"function", "class", "method"}
    shows_all = listing.underscores
    return [
        row for row in rows if row.kind not in hidden and (shows_all or row.name[:1] not in HIDING)
    ]


def searchable(row: Variable) -> str:
    """Return what words are looked for in: name, type and value, in small letters."""
    return f"{row.name}\n{row.type}\n{row.preview}".lower()


def ordered(rows: Iterable[Variable], column: Column, *, descends: bool) -> list[Variable]:
    """Return rows by what stands in a column; numbers in names count as numbers."""
    if column is Column.NAME:
        return sorted(rows, key=lambda row: natural(row.name), reverse=descends)
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


@lru_cache(maxsize=KEYS_KEPT)
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
