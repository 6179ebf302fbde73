"""The visible rows of a JSON value. Only what is open is looked at, however large the rest is."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Final, cast

Path = tuple[str | int, ...]

BATCH: Final = 100
"""Entries that are shown at first, and more with each click."""

FIRST_ROWS: Final = 24
"""A small value opens by itself up to so many rows."""

LONGEST_TEXT: Final = 400
INDENT: Final = 2


class Kind(StrEnum):
    """What a row shows."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    NUMBER = "number"
    WORD = "word"
    MORE = "more"


@dataclass(frozen=True)
class Row:
    """One line of the tree.

    Attributes:
        path: Of the value; of the holder for `MORE`.
        name: What it is called in its holder: a key or an index; empty for the whole.
        text: The value in short.
        is_open: None where there is nothing to open.
    """

    path: Path
    name: str
    text: str
    kind: Kind
    is_open: bool | None = None

    @property
    def depth(self) -> int:
        """How far it is indented."""
        return len(self.path) + (self.kind is Kind.MORE)

    @property
    def line(self) -> str:
        """The row as text."""
        name = f"{self.name}: " if self.name else ""
        return " " * (INDENT * self.depth) + name + self.text


@dataclass
class JsonRows:
    """A JSON value and which parts of it are open.

    Attributes:
        value: What `json` makes of text.
    """

    value: Any
    _open: set[Path] = field(default_factory=set[Path])
    _shown: dict[Path, int] = field(default_factory=dict[Path, int])

    def __post_init__(self) -> None:
        """Open as much as is read at a glance."""
        self._open.add(())
        rows = self.rows()
        for row in list(rows):
            inside = len(at(self.value, row.path)) if row.is_open is False else 0
            if inside and len(rows) + inside <= FIRST_ROWS:
                self._open.add(row.path)
                rows = self.rows()

    def rows(self) -> list[Row]:
        """Return what is visible, from above."""
        return list(self._rows((), "", self.value))

    def toggle(self, row: Row) -> bool:
        """Open or close a row, or show more entries; say whether anything changed."""
        if row.kind is Kind.MORE:
            self._shown[row.path] = self._shown.get(row.path, BATCH) + BATCH * 10
        elif row.is_open is None:
            return False
        else:
            self._open ^= {row.path}
        return True

    def _rows(self, path: Path, name: str, value: Any) -> Iterator[Row]:
        kind, text = preview(value)
        is_holder = kind in (Kind.OBJECT, Kind.ARRAY) and bool(value)
        is_open = path in self._open if is_holder else None
        yield Row(path, name, text, kind, is_open)
        if not is_open:
            return
        limit = self._shown.get(path, BATCH)
        for key, inner in islice(entries(value).items(), limit):
            yield from self._rows((*path, key), _name(key), inner)
        left = len(value) - limit
        if left > 0:
            yield Row(path, "", f"{left:,} more".replace(",", "\u202f"), Kind.MORE)


def _name(key: str | int) -> str:
    """Return a key as it is shown: in quotes where it would not be seen, or not in one line."""
    name = str(key)
    return name if name.isprintable() and name.strip() else json.dumps(name, ensure_ascii=True)


def at(value: Any, path: Path) -> Any:
    """Return the part of a value at a path."""
    for step in path:
        value = value[step]
    return value


def entries(value: Any) -> "Mapping[str | int, Any] | _Indexed":
    """Return what a value holds, by key or by index; nothing for a plain one."""
    if isinstance(value, Mapping):
        return cast("Mapping[str | int, Any]", value)
    return _Indexed(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else {}


@dataclass(frozen=True)
class _Indexed:
    """A sequence that is asked like a mapping."""

    values: Sequence[Any]

    def __len__(self) -> int:
        return len(self.values)

    def items(self) -> Iterator[tuple[int, Any]]:
        return iter(enumerate(self.values))


def preview(value: Any) -> tuple[Kind, str]:
    """Return what kind of value it is, and its text in one line."""
    if isinstance(value, Mapping):
        return (
            Kind.OBJECT,
            f"{{{_count(len(cast('Mapping[str, Any]', value)), 'entry', 'entries')}}}",
        )
    if isinstance(value, list | tuple):
        return Kind.ARRAY, f"[{_count(len(cast('Sequence[Any]', value)), 'item', 'items')}]"
    if isinstance(value, str):
        cut = value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
        return Kind.STRING, json.dumps(cut, ensure_ascii=False)
    if isinstance(value, bool) or value is None:
        return Kind.WORD, json.dumps(value)
    if isinstance(value, float) and not math.isfinite(value):
        return Kind.NUMBER, {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    return Kind.NUMBER, str(value)[:LONGEST_TEXT]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}".replace(",", "\u202f")


def written(path: Path) -> str:
    """Return a path as code that leads there, as in `["a"][0]`."""
    return "".join(f"[{json.dumps(step, ensure_ascii=False)}]" for step in path)


def as_json(value: Any) -> str:
    """Return a value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)
