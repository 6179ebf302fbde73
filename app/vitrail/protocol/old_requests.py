"""What we ask, in the words of kernels before protocol 5: one function a message type.

Source:
    Messaging specification of IPython 1.0 and 2.0, corrected by what those kernels take.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from vitrail.protocol.content import Content, Unknown
from vitrail.protocol.messages import msg_type_of
from vitrail.protocol.object_name import object_name
from vitrail.protocol.requests import CompleteRequest, ExecuteRequest, InspectRequest

Fields = dict[str, Any]

NEWER: Final = frozenset(
    {
        "is_complete_request",
        "comm_info_request",
        "interrupt_request",
        "debug_request",
        "create_subshell_request",
        "delete_subshell_request",
        "list_subshell_request",
        "usage_request",
    }
)
"""Requests that protocol 4 does not have: its kernels answer with nothing at all."""


def spoken(content: Content) -> tuple[str, Fields]:
    """Return type and fields of protocol 4."""
    if isinstance(content, Unknown):
        return content.msg_type, content.fields
    speak = _TABLE.get(type(content))
    if speak is not None:
        return speak(content)
    return msg_type_of(content), msgspec.to_builtins(content)


def _execute(content: Content) -> tuple[str, Fields]:
    fields = msgspec.to_builtins(content)
    del fields["stop_on_error"]
    # Empty: what variables were asked for by name is an expression as well.
    return "execute_request", {**fields, "user_variables": []}


def _complete(content: Content) -> tuple[str, Fields]:
    """Cut out the cursor's line; ``text`` is empty, so the kernel finds the word itself.

    Only a newline ends a line; ``str.splitlines`` knows eight more characters that would.
    """
    assert isinstance(content, CompleteRequest)
    cursor = max(0, min(content.cursor_pos, len(content.code)))
    start = content.code.rfind("\n", 0, cursor) + 1
    line = content.code[start:].partition("\n")[0]
    fields = {"text": "", "line": line, "block": None, "cursor_pos": cursor - start}
    return "complete_request", fields


def _inspect(content: Content) -> tuple[str, Fields]:
    assert isinstance(content, InspectRequest)
    name = object_name(content.code, content.cursor_pos)
    return "object_info_request", {"oname": name, "detail_level": content.detail_level}


_TABLE: Final[Mapping[type[Content], Callable[[Content], tuple[str, Fields]]]] = {
    ExecuteRequest: _execute,
    CompleteRequest: _complete,
    InspectRequest: _inspect,
}
