"""Settings from what a file holds, one by one: a wrong one costs itself alone."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

import msgspec

from vitrail.settings.model import CHECK, VERSION, Section, Settings

KEYS: Final = "keys"


class TooNewError(Exception):
    """The file was written by a later version of Vitrail."""


def parse(document: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """Return the settings of a parsed file, and a sentence for each entry that is of no use.

    Raises:
        TooNewError: Nothing in it can be relied on.
    """
    version = document.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise TooNewError(f"its version is {version!r}, and {VERSION} is the last one known here")
    problems: list[str] = []
    chosen: dict[str, Any] = {}
    sections = section_types()
    for name, table in document.items():
        if name == "version":
            continue
        if name not in sections and name != KEYS:
            problems.append(unknown(name, (*sections, KEYS)))
        elif not isinstance(table, Mapping):
            problems.append(f"[{name}] is to be a table of settings; it is ignored.")
        else:
            entries = cast("Mapping[str, Any]", table)
            if name == KEYS:
                chosen[KEYS] = _keys(entries, problems)
            else:
                chosen[name] = _section(sections[name], name, entries, problems)
    return Settings(**chosen), problems


def section_types() -> dict[str, type[Section]]:
    """Return the type of each section, by its name in the file."""
    fields = msgspec.structs.fields(Settings)
    return {field.name: field.type for field in fields if field.name != KEYS}


def converted(value: Any, field: msgspec.structs.FieldInfo) -> Any:
    """Return a value as a setting has it.

    Raises:
        msgspec.ValidationError: It is not one that the setting can have.
    """
    result = msgspec.convert(value, field.type)
    kind = msgspec.inspect.type_info(field.type)
    if isinstance(kind, msgspec.inspect.Metadata):
        extra: dict[str, Callable[[Any], str]] = getattr(kind, "extra", None) or {}
        if CHECK in extra and (problem := extra[CHECK](result)):
            raise msgspec.ValidationError(problem)
    return result


def unknown(name: str, known: Iterable[str]) -> str:
    """Return the sentence about a name that means nothing."""
    near = difflib.get_close_matches(name.rpartition(".")[2], list(known), n=1)
    return f"{name} is not a setting." + (f" Is {near[0]} meant?" if near else "")


def _section(
    kind: type[Section], name: str, table: Mapping[str, Any], problems: list[str]
) -> Section:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    chosen: dict[str, Any] = {}
    for key, value in table.items():
        if key not in fields:
            problems.append(unknown(f"{name}.{key}", fields))
            continue
        try:
            chosen[key] = converted(value, fields[key])
        except msgspec.ValidationError as error:
            default = fields[key].default
            problems.append(f"{name}.{key}: {error}. The default is used: {default!r}.")
    return kind(**chosen)


def _keys(table: Mapping[str, Any], problems: list[str]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for command, keys in table.items():
        try:
            chosen[command] = msgspec.convert(keys, tuple[str, ...])
        except msgspec.ValidationError:
            problems.append(f'keys.{command} is to be a list such as ["Ctrl+K"]; it is ignored.')
    return chosen
