"""Completion: the input's question put to the kernel, and its answer put to the input."""

from typing import Any, cast

from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import CompleteReply
from vitrail.protocol.requests import CompleteRequest
from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.editing.completions import Completion, CompletionList

ANSWER_S = (
    10.0  # the first of a fresh ipykernel takes up to 2.7 s, it imports jedi; or the host is busy
)
TYPES = "_jupyter_types_experimental"
NO_KIND = "<unknown>"  # what IPython says when jedi did not


async def complete(client: KernelClient, completer: Completer, code: str, cursor: int) -> None:
    """Ask what could be typed, beside whatever the kernel runs, and offer it.

    Args:
        client: Of the kernel.
        completer: Takes the answer; it drops what came too late.
        code: All of the input.
        cursor: Code points before the caret.
    """
    try:
        reply = await client.aside(CompleteRequest(code=code, cursor_pos=cursor), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return
    if isinstance(reply.content, CompleteReply) and reply.content.is_ok:
        completer.offer(completion_list(reply.content, code, cursor))


def completion_list(reply: CompleteReply, code: str, cursor: int) -> CompletionList:
    """Return a reply's matches with their kinds, and the stretch of code that they replace.

    Bounds that are absent, relative or out of range are put right: they come from kernels of
    any age (Jupyter messaging 5.5, "Completion").
    """
    end = _bound(reply.cursor_end, cursor, code, default=cursor)
    start = min(_bound(reply.cursor_start, cursor, code, default=cursor), end)
    told = _told(reply.metadata.get(TYPES))
    items = (told.get(text) or Completion(text) for text in dict.fromkeys(reply.matches))
    return CompletionList(tuple(items), code, start, end, cursor)


def _bound(value: int | None, cursor: int, code: str, *, default: int) -> int:
    if value is None:
        return default
    if value < 0:  # relative to the cursor, as adapted protocol 4 replies have it
        value += cursor
    return min(max(0, value), len(code))


def _told(entries: object) -> dict[str, Completion]:
    """Return what IPython's metadata says of each match; anything odd in it is left out."""
    if not isinstance(entries, list):
        return {}
    told: dict[str, Completion] = {}
    for entry in cast("list[object]", entries):
        if not isinstance(entry, dict):
            continue
        fields = cast("dict[str, Any]", entry)
        text, kind, signature = (
            str(fields.get(key) or "") for key in ("text", "type", "signature")
        )
        if text:
            told[text] = Completion(text, "" if kind == NO_KIND else kind, signature)
    return told
