"""Variables in groups, by what they are; no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vitrail_resources.translation import tr
from vitrail_widgets.variables.variable import Variable

_TABLES: Final = frozenset(("ndarray", "dataframe", "series", "tensor", "lazyframe"))
_CONTAINERS: Final = frozenset(("list", "tuple", "set", "frozenset", "dict", "deque", "array"))
_PLAIN: Final = frozenset(
    (
        *("int", "float", "complex", "bool", "str", "bytes", "bytearray", "nonetype"),
        *("long", "unicode", "string", "integer"),
    )
)

TITLES: Final = {
    "tables": tr("Arrays and tables"),
    "containers": tr("Containers"),
    "plain": tr("Numbers and text"),
    "objects": tr("Objects"),
    "function": tr("Functions"),
    "class": tr("Classes"),
    "module": tr("Modules"),
}
"""What the groups are called, in the order in which they stand."""


@dataclass(frozen=True)
class Heading:
    """A row that names those below it.

    Attributes:
        title: What they are called.
        count: How many they are.
    """

    title: str
    count: int


def group_of(row: Variable) -> str:
    """Return the group of a variable: a key of `TITLES`."""
    if row.kind in ("module", "class", "function"):
        return row.kind
    if row.kind == "method":
        return "function"
    name = row.type.partition("[")[0].lower()
    if name in _TABLES:
        return "tables"
    if name in _CONTAINERS:
        return "containers"
    return "plain" if name in _PLAIN else "objects"


def grouped(rows: Iterable[Variable]) -> list[Variable | Heading]:
    """Return rows below the headings of their groups, in each in their own order."""
    groups: dict[str, list[Variable]] = {name: [] for name in TITLES}
    for row in rows:
        groups[group_of(row)].append(row)
    found: list[Variable | Heading] = []
    for name, members in groups.items():
        if members:
            found.append(Heading(TITLES[name], len(members)))
            found += members
    return found
