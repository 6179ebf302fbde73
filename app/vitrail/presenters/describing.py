"""What a name is: its signature and documentation, without running anything of the user's.

A Python kernel is asked through the probe. An `inspect_request` would evaluate the object's
`repr` there, so that one is put to other languages alone.
"""

import inspect
from typing import Any, Final

from vitrail.kernel.client import KernelClient
from vitrail.presenters.probe import Probe, speaks_python
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import InspectReply
from vitrail.protocol.requests import InspectRequest
from vitrail_resources.translation import tr
from vitrail_widgets.editing.descriptions import Description
from vitrail_widgets.editing.dotted import dotted_name
from vitrail_widgets.signature.documentation import signature_of_docstring, summary_of
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.parameter_list import parse_signature
from vitrail_widgets.signature.plain_text import plain_text
from vitrail_widgets.signature.tip import one_line

ANSWER_S: Final = 2.0
CUT: Final = tr("… there is more of it")


async def describe(client: KernelClient, probe: Probe | None, code: str) -> Description | None:
    """Return what the name is that a piece of code ends with; None when nobody says."""
    info = client.kernel_info
    if info is not None and not speaks_python(info):
        return await _inspected(client, code)
    told = await look_up(probe, code)
    return described(told) if told else None


async def look_up(probe: Probe | None, code: str) -> dict[str, Any]:
    """Return what the probe says of the dotted name that a piece of code ends with, or nothing."""
    name = dotted_name(code, len(code))
    if probe is None or name is None or not name.prefix:
        return {}
    path = f"{name.path}.{name.prefix}" if name.path else name.prefix
    return await probe.ask("describe", path=path)


def signature_in(told: dict[str, Any]) -> Signature | None:
    """Return the signature in what the probe says, with a summary; None where nobody knows it."""
    name, doc = str(told.get("name", "")).rpartition(".")[2], documentation_in(told)
    found = parse_signature(str(told.get("signature", "")), name)
    if found is None or found.says_nothing:
        found = signature_of_docstring(doc, name) or found
    if found is None:
        return None
    return Signature(found.name or name, found.parameters, found.returns, summary_of(doc))


def documentation_in(told: dict[str, Any]) -> str:
    """Return the docstring in what the probe says, without common indentation."""
    return inspect.cleandoc(str(told.get("doc", "")))


def described(told: dict[str, Any]) -> Description:
    """Make a page of what the probe says."""
    signature = signature_in(told)
    name = str(told.get("name", "")).rpartition(".")[2]
    heading = one_line(signature).text if signature else name
    text = "" if told.get("kind") == "instance" else documentation_in(told)
    return Description(heading, text, CUT if told.get("truncated") else "")


async def _inspected(client: KernelClient, code: str) -> Description | None:
    try:
        reply = await client.aside(InspectRequest(code=code, cursor_pos=len(code)), ANSWER_S)
    except (TimeoutError, ProtocolError):
        return None
    content = reply.content
    if not isinstance(content, InspectReply) or not content.found:
        return None
    text = plain_text(str(content.data.get("text/plain", "")))
    return Description("", text.strip())
