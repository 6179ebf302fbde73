"""Call tips: the signature of what is being called, without running anything of the user's.

A Python kernel is asked through the probe, and where that does not know, through IPython's
completions, which carry the signature too, found by reading the code. An inspection would
evaluate the object's `repr`, on the user's data and time, before protocol 5 as well as since.
Kernels of other languages have nothing but the inspection.
"""

import re
from typing import Any, cast

from msgspec.structs import asdict

from vitrail.kernel.client import KernelClient
from vitrail.presenters import describing
from vitrail.presenters.completion import ANSWER_S, TYPES
from vitrail.presenters.probe import Probe, speaks_python
from vitrail.protocol.content import Content
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.replies import CompleteReply, InspectReply
from vitrail.protocol.requests import CompleteRequest, InspectRequest
from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.signature.argspec import signature_of_object_info
from vitrail_widgets.signature.inspection import signature_of_completion, signature_of_inspection
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.plain_text import plain_text


async def tell_signature(
    client: KernelClient, probe: Probe | None, tips: CallTips, code: str, end: int
) -> None:
    """Ask what the name that ends at `end` takes, and offer it.

    Args:
        client: Of the kernel.
        probe: Of the kernel.
        tips: Takes the answer; it drops what came too late.
        code: All of the input.
        end: Code points up to the end of the callee.
    """
    told = await describing.look_up(probe, code[:end])
    documentation = describing.documentation_in(told)
    signature = describing.signature_in(told)
    question = None if signature is not None else _question(client, code, end)
    if question is None:
        tips.offer(code, end, signature, documentation)
        return
    try:
        reply = await client.aside(question, ANSWER_S)
    except (TimeoutError, ProtocolError):
        return
    signature, text = _answer(reply.content, code[:end], client)
    tips.offer(code, end, signature, documentation or text)


def _question(client: KernelClient, code: str, end: int) -> Content | None:
    """Return what to ask of who has no probe; None where every question would run a `repr`."""
    info = client.kernel_info
    is_old = info is not None and info.generation < 5
    if info is None or speaks_python(info):
        return None if is_old else CompleteRequest(code=code[:end], cursor_pos=end)
    return InspectRequest(code=f"{code[:end]}(" if is_old else code, cursor_pos=end)


def _answer(content: Content, code: str, client: KernelClient) -> tuple[Signature | None, str]:
    """Return the signature and the documentation in a reply."""
    match content:
        case CompleteReply() as completions:
            return signature_in(completions, code), ""
        case InspectReply(object_info=ObjectInfo() as told):
            return signature_of_object_info(asdict(told)), told.docstring or ""
        case InspectReply(found=True) as page:
            text = str(page.data.get("text/plain", ""))
            info = client.kernel_info
            language = info.language_info.name.lower() if info is not None else ""
            name = re.split(r"[^\w.:$]", code)[-1]
            return signature_of_inspection(text, language, name), plain_text(text)
        case _:
            return None, ""


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
