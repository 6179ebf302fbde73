"""How the rows of a table are to be sorted and sifted."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from vitrail_resources.translation import tr

WORDS: Final = {
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "between": tr("between"),
    "contains": tr("contains"),
    "matches": tr("matches"),
    "in": tr("one of"),
    "missing": tr("is missing"),
    "present": tr("is not missing"),
}
"""What a condition can ask, as the probe takes it and as it is said."""

ABSENCE: Final = ("missing", "present")
_OF_TEXTS: Final = ("contains", "=", "!=", "matches", "in")
_OF_NUMBERS: Final = ("=", "!=", "<", "<=", ">", ">=", "between", "in")
_OF_MOMENTS: Final = (">=", "<=", "between", "=", "!=", ">", "<")


class Key(NamedTuple):
    """A column by which rows are sorted."""

    column: int
    descends: bool = False


class Condition(NamedTuple):
    """What a row must be to pass.

    Attributes:
        column: Whose value is looked at.
        what: One of `WORDS`.
        texts: What is compared with, as it was typed: one, two for "between", more for "in".
    """

    column: int
    what: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An order of rows, of which those are shown that meet all conditions."""

    sort: tuple[Key, ...] = ()
    filters: tuple[Condition, ...] = ()

    def sorted_by(self, column: int, *, adds: bool) -> "Arrangement":
        """Sort by a column: up, then down, then not any more.

        Args:
            column: Which one.
            adds: Whether the columns that are sorted by already go before it.
        """
        found = next((key for key in self.sort if key.column == column), None)
        key = Key(column) if found is None else None if found.descends else Key(column, True)
        if not adds:
            return replace(self, sort=(key,) if key else ())
        if found is None:
            return replace(self, sort=(*self.sort, Key(column)))
        kept = (key if each == found else each for each in self.sort)
        return replace(self, sort=tuple(each for each in kept if each is not None))

    def with_sort(self, *keys: Key) -> "Arrangement":
        """Sort by these alone."""
        return replace(self, sort=keys)

    def with_condition(self, condition: Condition, at: int | None = None) -> "Arrangement":
        """Ask for one thing more, or in place of another."""
        filters = list(self.filters)
        if at is None or at >= len(filters):
            filters.append(condition)
        else:
            filters[at] = condition
        return replace(self, filters=tuple(filters))

    def without_condition(self, at: int) -> "Arrangement":
        """Ask for one thing less."""
        return replace(self, filters=self.filters[:at] + self.filters[at + 1 :])


PLAIN: Final = Arrangement()


def choices(kind: str) -> tuple[str, ...]:
    """Return what conditions a column of a kind can be asked for, the likeliest first."""
    match kind:
        case "integer" | "number":
            return (*_OF_NUMBERS, *ABSENCE)
        case "boolean":
            return ("=", *ABSENCE)
        case "time" | "duration":
            return (*_OF_MOMENTS, *ABSENCE)
        case "text" | "category":
            return (*_OF_TEXTS, *ABSENCE)
        case _:
            return (*_OF_TEXTS, *_OF_NUMBERS[2:7], *ABSENCE)


def texts_in(what: str, typed: str) -> tuple[str, ...] | None:
    """Return what somebody typed as a condition takes it; None while it is not enough.

    Two values of "between" are parted by a comma or "and", those of "one of" by commas.
    """
    if what in ABSENCE:
        return ()
    if what == "between":
        parts = [part.strip() for part in typed.replace(" and ", ",").split(",")]
        return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None
    if what == "in":
        parts = [part.strip() for part in typed.split(",")]
        return tuple(part for part in parts if part) or None
    return (typed,) if typed else None


def sentence(condition: Condition, name: str) -> str:
    """Say what a condition asks of a column of that name."""
    values = ", ".join(condition.texts)
    return " ".join(part for part in (name, WORDS[condition.what], values) if part)
