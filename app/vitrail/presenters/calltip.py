"""Call tips: the signature of what is being called, without running anything of the user's.

An `inspect_request` would evaluate the object's `repr`, on the user's data and time. IPython's
completions carry the signature too, found by reading the code. Kernels before protocol 5 have
nothing but the inspection; but they tell the signature in fields.
"""

from typing import Any, cast

from msgspec.structs import asdict

from vitrail.kernel.client import KernelClient
from vitrail.presenters.completion import ANSWER_S, TYPES
from vitrail.protocol.content import Content
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.replies import CompleteReply, InspectReply
from vitrail.protocol.requests import CompleteRequest, InspectRequest
from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.signature.argspec import signature_of_object_info
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
    info = client.kernel_info
    question: Content = CompleteRequest(code=code[:end], cursor_pos=end)
    if info is not None and info.generation < 5:
        question = InspectRequest(code=f"{code[:end]}(", cursor_pos=end)
    try:
        reply = await client.aside(question, ANSWER_S)
    except (TimeoutError, ProtocolError):
        return
    match reply.content:
        case CompleteReply() as completions:
            tips.offer(code, end, signature_in(completions, code[:end]))
        case InspectReply(object_info=ObjectInfo() as told):
            tips.offer(code, end, signature_of_object_info(asdict(told)))
        case _:
            pass


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
