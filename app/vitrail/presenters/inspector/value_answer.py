"""The probe's answer about a value, as a value."""

from collections.abc import Mapping
from typing import Any, Final, cast

import msgspec

from vitrail_widgets.objects.look import Span
from vitrail_widgets.objects.value import (
    Body,
    Curve,
    HeatMap,
    Hex,
    Histogram,
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


class _Told(msgspec.Struct):
    """What is told beside the body; the names are those of `Value`."""

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


def value_in(told: Mapping[str, Any]) -> Value:
    """Return what the probe told of a value.

    Raises:
        msgspec.ValidationError: It is not what a probe tells.
    """
    body = told.get("body")
    kind = cast("dict[str, Any]", body).get("kind") if isinstance(body, dict) else None
    if kind not in BODIES:
        raise msgspec.ValidationError(f"no body of a kind: {kind!r}")
    around = msgspec.convert(told, _Told)
    return Value(body=msgspec.convert(body, BODIES[kind]), **msgspec.structs.asdict(around))


def shown_in(told: dict[str, Any]) -> Shown:
    """Return what an object wrote of itself."""
    bundle = told.get("data")
    if not isinstance(bundle, dict) or not bundle:
        return Shown(ShownState.FAILED)
    metadata = told.get("metadata")
    return Shown(
        ShownState.DONE,
        cast("dict[str, object]", bundle),
        cast("dict[str, object]", metadata) if isinstance(metadata, dict) else {},
    )
