"""What the table of settings says of each: for the dialog and the documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

import msgspec
from msgspec import inspect

from vitrail.settings.parsing import section_types
from vitrail_resources.translation import tr

Kind = Literal["switch", "choice", "integer", "number", "text"]


@dataclass(frozen=True)
class SettingField:
    """One setting.

    Attributes:
        section: Its table in the file.
        title: A few words that name it.
        meaning: A sentence; what is code stands in backticks.
        kind: What its values are.
        choices: All values of a choice; empty for the other kinds.
        low: The least number; None without a bound.
        high: The greatest number; None without a bound.
        longest: Characters of the longest text; None without a bound.
    """

    section: str
    name: str
    title: str
    meaning: str
    kind: Kind
    default: Any
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    longest: int | None = None

    def holds(self, text: str) -> bool:
        """Tell whether all words of `text` are found in what is said of it."""
        own = f"{self.section} {self.name} {self.title} {self.meaning}".lower()
        return all(word in own for word in text.lower().split())


@dataclass(frozen=True)
class SettingSection:
    """Settings that belong together.

    Attributes:
        meaning: What they are about, in a sentence.
    """

    name: str
    title: str
    meaning: str
    fields: tuple[SettingField, ...]


@cache
def sections() -> tuple[SettingSection, ...]:
    """Return all settings in the order of the model."""
    return tuple(
        SettingSection(name, tr(_words(name)), tr(_first_line(kind)), tuple(_fields(name, kind)))
        for name, kind in section_types().items()
    )


def _fields(section: str, kind: type[msgspec.Struct]) -> Iterator[SettingField]:
    for field in msgspec.structs.fields(kind):
        schema = msgspec.json.schema(field.type)
        described = inspect.type_info(field.type)
        inner = described.type if isinstance(described, inspect.Metadata) else described
        yield SettingField(
            section,
            field.name,
            tr(schema.get("title") or _words(field.name)),
            tr(schema.get("description", "")),
            _kind(inner),
            field.default,
            choices=_choices(inner),
            low=schema.get("minimum"),
            high=schema.get("maximum"),
            longest=schema.get("maxLength"),
        )


def _kind(described: inspect.Type) -> Kind:
    match described:
        case inspect.BoolType():
            return "switch"
        case inspect.LiteralType():
            return "choice"
        case inspect.IntType():
            return "integer"
        case inspect.FloatType():
            return "number"
        case inspect.StrType():
            return "text"
        case _:
            raise TypeError(f"nothing shows settings of the type {described}")


def _choices(described: inspect.Type) -> tuple[str, ...]:
    """Return the values of a choice in the order in which they were written."""
    if not isinstance(described, inspect.LiteralType):
        return ()
    return cast("tuple[str, ...]", described.values)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").partition("\n")[0]
