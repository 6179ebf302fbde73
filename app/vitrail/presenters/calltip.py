"""Call tips: the signature of what is being called, without running anything of the user's.

An `inspect_request` would evaluate the object's `repr`, on the user's data and time. IPython's
completions carry the signature too, found by reading the code.
"""

from typing import Any, cast

from vitrail.kernel.client import KernelClient
from vitrail.presenters.completion import ANSWER_S, TYPES
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import CompleteReply
from vitrail.protocol.requests import CompleteRequest
from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.signature.inspection import signature_of_completion
from vitrail_widgets.signature.model import Signature


async def tell_signature(client: KernelClient, tips: CallTips, code: str, end: int) -> None:
    """Ask what the name that ends at `end` takes, and offer it.

    Args:
        client: Of the kernel.
        tips: Takes the answer; it drops what came too late.
        code: All of the input.
        end: Code points up to the end of the callee.
    """
    try:
        reply = await client.aside(CompleteRequest(code=code[:end], cursor_pos=end), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return
    if isinstance(reply.content, CompleteReply):
        tips.offer(code, end, signature_in(reply.content, code[:end]))


def signature_in(reply: CompleteReply, code: str) -> Signature | None:
    """Return the signature that a reply has for the name that `code` ends with."""
    entries = reply.metadata.get(TYPES)
    if not isinstance(entries, list):
        return None
    for entry in cast("list[object]", entries):
        if not isinstance(entry, dict):
            continue
        fields = cast("dict[str, Any]", entry)
        text = fields.get("text")
        if isinstance(text, str) and text and _is_whole_name(code, text):
            return signature_of_completion(fields)
    return None


def _is_whole_name(code: str, text: str) -> bool:
    """Say whether `code` ends with this name, and not with a longer one."""
    before = code[: -len(text)]
    return code.endswith(text) and not (before[-1:].isalnum() or before.endswith("_"))
