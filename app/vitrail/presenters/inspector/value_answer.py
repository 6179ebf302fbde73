"""The probe's answer about a value, as a value."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, cast

import msgspec

from vitrail.presenters.inspector.sentences import Said, label, sentence
from vitrail_widgets.objects.value import (
    About,
    Body,
    Curve,
    HeatMap,
    Hex,
    Items,
    Labelled,
    Nothing,
    Picture,
    Shown,
    ShownState,
    Text,
    Value,
)

BODIES: Final[dict[str, type[Body]]] = {
    "curve": Curve,
    "map": HeatMap,
    "picture": Picture,
    "lines": Labelled,
    "text": Text,
    "hex": Hex,
    "items": Items,
    "none": Nothing,
}
"""By the word with which the probe names them; blocks of bytes come in base64."""


Facts = tuple[tuple[str, Said | int], ...]


def value_in(told: Mapping[str, Any]) -> Value:
    """Return what the probe told of a value.

    Raises:
        msgspec.ValidationError: It is not what a probe tells.
    """
    body = told.get("body")
    kind = cast("dict[str, Any]", body).get("kind") if isinstance(body, dict) else None
    if kind not in BODIES:
        raise msgspec.ValidationError(f"no body of a kind: {kind!r}")
    facts = [
        (label(word), text if isinstance(text, int) else sentence(text))
        for word, text in msgspec.convert(told.get("facts", ()), Facts)
    ]
    about = msgspec.convert({**told, "facts": facts}, About)
    known = {each.name: getattr(about, each.name) for each in fields(About)}
    return Value(body=_body_of(kind, cast("dict[str, Any]", body)), **known)


def _body_of(kind: str, told: dict[str, Any]) -> Body:
    """Return a body, in words where it tells codes."""
    if kind == "none":
        return Nothing(sentence(told.get("reason")))
    if kind == "lines":
        rows = msgspec.convert(told.get("rows"), tuple[tuple[str, Said], ...])
        return Labelled(tuple((label(word), sentence(text)) for word, text in rows))
    return msgspec.convert(told, BODIES[kind])


def shown_in(told: dict[str, Any]) -> Shown:
    """Return what an object wrote of itself."""
    said = sentence(told.get("said"))
    bundle = {"text/plain": said} if said else told.get("data")
    if not isinstance(bundle, dict) or not bundle:
        return Shown(ShownState.FAILED)
    metadata = told.get("metadata")
    return Shown(
        ShownState.DONE,
        cast("dict[str, object]", bundle),
        cast("dict[str, object]", metadata) if isinstance(metadata, dict) else {},
    )
