"""What the probe tells of an object as help: the answer of its operation `inspection`."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from vitrail.presenters.describing import signature_in
from vitrail_resources.translation import tr
from vitrail_widgets.objects.inspection import Fact, Inspection, Passage
from vitrail_widgets.objects.reading import PASSAGES
from vitrail_widgets.objects.target import Target, linked_target
from vitrail_widgets.variables.variable import in_units

CUT: Final = tr("There is more of it than is shown.")
_OWN_KINDS: Final = ("function", "method", "module", "property")
"""Whose type says no more than the kind does."""


def inspection_of(told: Mapping[str, Any], target: Target) -> Inspection:
    """Return what the probe told; anything odd in it is left out."""
    kind, name = _text(told, "kind"), _text(told, "name") or target.text
    docs = tuple(_passages(told))
    own = next((doc.text for doc in docs if not doc.title), "")
    signature = signature_in({**told, "name": name, "doc": own}) if kind != "instance" else None
    if kind == "class" and signature is None:
        made = next((doc.text for doc in docs if doc.title == PASSAGES["init_docstring"]), "")
        signature = signature_in({**told, "name": name, "doc": made})
    return Inspection(
        name,
        kind,
        signature,
        tuple(_facts(told, kind)),
        docs,
        tuple(_links(told)),
        remark=CUT if told.get("truncated") else "",
    )


def _facts(told: Mapping[str, Any], kind: str) -> Iterator[Fact]:
    if kind not in _OWN_KINDS:
        yield from _classes(tr("Metaclass") if kind == "class" else tr("Type"), [told.get("class")])
    if kind == "instance":
        yield from _value(_list(told.get("value")))
    yield from _classes(tr("Inherits from"), told.get("bases"))
    yield from _classes(tr("Module"), [told.get("module")])
    yield from _place(told.get("defined"))


def _classes(title: str, pairs: object) -> Iterator[Fact]:
    for pair in _list(pairs):
        match pair:
            case [str(text), path] if text and text not in ("type", "__main__"):
                yield Fact(title, text, linked_target(_list(path)) if path else None)
            case _:
                pass


def _value(row: list[Any]) -> Iterator[Fact]:
    match row:
        case [_, str(size), memory, str(preview)]:
            if size:
                yield Fact(tr("Size"), size.replace(" x ", " × "))
            if isinstance(memory, int):
                yield Fact(tr("Memory"), in_units(memory))
            if preview:
                yield Fact(tr("Holds"), preview)
        case _:
            pass


def _place(defined: object) -> Iterator[Fact]:
    match defined:
        case [str(), int(line), int(cell)]:
            text = tr("In [{cell}], line {line}", cell=cell, line=line)
            yield Fact(tr("Defined"), text if line else tr("In [{cell}]", cell=cell))
        case [str(file), int(line), None] if not file.startswith("<"):
            text = f"{file}:{line}" if line else file
            yield Fact(tr("Defined"), text, place=(file, line))
        case _:
            pass


def _passages(told: Mapping[str, Any]) -> Iterator[Passage]:
    for pair in _list(told.get("docs")):
        match pair:
            case [str(whose), str(text)]:
                yield Passage(PASSAGES.get(whose, ""), inspect.cleandoc(text))
            case _:
                pass


def _links(told: Mapping[str, Any]) -> Iterator[tuple[str, Target]]:
    links = told.get("links")
    if isinstance(links, dict):
        for name, path in cast("dict[str, object]", links).items():
            target = linked_target(_list(path))
            if target is not None:
                yield name, target


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType] # JSON
