"""The variables of a kernel that has a debugger, as its debugger lists them.

`inspectVariables` needs no debugging to be under way in ipykernel, and is answered while a cell
runs. The debugger asks values for their `repr`; so a kernel that has our probe is asked by that.
"""

from typing import Any, Final

import msgspec

from vitrail.kernel.client import KernelClient
from vitrail.protocol.channel import Channel
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import DebugReply, KernelInfoReply
from vitrail.protocol.requests import DebugRequest
from vitrail_widgets.variables.variable import Variable

ANSWER_S: Final = 3.0
SHOWN: Final = 160
KINDS: Final = {"module": "module", "type": "class", "function": "function", "method": "function"}


class _Body(msgspec.Struct):
    variables: list[Any] = []


class _Told(msgspec.Struct):
    name: str
    value: str = ""
    type: str | None = None


def can_inspect(info: KernelInfoReply) -> bool:
    """Tell whether a kernel says that it has a debugger, and can be asked before it is started.

    xeus-python 0.19 answers nothing on control any more once it was asked this.
    """
    is_told = info.debugger or "debugger" in info.supported_features
    return is_told and not info.implementation.startswith("xeus")


async def debugger_variables(client: KernelClient) -> list[Variable] | None:
    """Return the variables that a kernel's debugger lists; None when it does not answer."""
    request = DebugRequest(seq=1, command="inspectVariables")
    try:
        reply = await client.ask(request, channel=Channel.CONTROL, timeout_s=ANSWER_S)
    except (TimeoutError, ProtocolError):
        return None
    content = reply.content
    return rows_in(content.body) if isinstance(content, DebugReply) and content.success else None


def rows_in(body: Any) -> list[Variable]:
    """Return the rows of an answer, without what is none, nor the debugger's own headings."""
    try:
        told = msgspec.convert(body, _Body).variables
    except msgspec.ValidationError:
        return []
    rows: list[Variable] = []
    for each in told:
        try:
            found = msgspec.convert(each, _Told)
        except msgspec.ValidationError:
            continue
        if found.type or " " not in found.name:
            rows.append(_variable(found))
    return rows


def _variable(told: _Told) -> Variable:
    type_name, text = told.type or "", " ".join(told.value.split())
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return Variable(told.name, KINDS.get(type_name, "instance"), type_name, "", None, shown, 0)
