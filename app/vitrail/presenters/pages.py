"""What a kernel wants shown in a pager, read from a payload of any generation."""

from collections.abc import Mapping
from typing import Any, cast

from vitrail_widgets.transcript.mime import MimeBundle


def source_of(payload: Mapping[str, Any]) -> str:
    """Return what a payload is for; kernels of 2013 write it in dotted form."""
    return str(payload.get("source", "")).rpartition(".")[2]


def page_of(payload: Mapping[str, Any]) -> MimeBundle:
    """Return what a pager is to show; protocol 4 sends text instead of a bundle."""
    data: Any = payload.get("data")
    if not isinstance(data, dict):
        data = {"text/plain": str(payload.get("text", ""))}
    return MimeBundle(cast("dict[str, Any]", data))
