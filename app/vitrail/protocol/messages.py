"""Header, Message and Channel, and the table from a wire name to the type of its content."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from vitrail.protocol import broadcasts, replies, requests
from vitrail.protocol.channel import Channel
from vitrail.protocol.content import Content, Reply, Unknown

__all__ = [
    "CONTENT_TYPES",
    "Channel",
    "Content",
    "Header",
    "Message",
    "Reply",
    "Unknown",
    "msg_type_of",
]


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who sent which message when. Keys that it does not name are ignored.

    ``date`` is kept as text and never parsed: ijavascript 5.2 leaves it out, others write
    what is not ISO 8601. Jupyter messaging 5.5, "General Message Format".
    """

    msg_id: str
    msg_type: str
    username: str = ""
    session: str = ""
    date: str | None = None
    version: str = ""
    subshell_id: str | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message, sent or received.

    Attributes:
        parent: Header of the message that caused this one; None when there is none.
        buffers: Binary parts, unsigned; received ones are the frames themselves.
        identities: Frames before the delimiter: an iopub topic, or a ROUTER's identities.
    """

    channel: Channel
    header: Header
    content: Content
    parent: Header | None = None
    metadata: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    buffers: tuple[bytes | memoryview, ...] = ()
    identities: tuple[bytes, ...] = ()

    @property
    def msg_id(self) -> str:
        """The id of this message."""
        return self.header.msg_id

    @property
    def msg_type(self) -> str:
        """The wire name of this message's type."""
        return self.header.msg_type

    @property
    def parent_id(self) -> str | None:
        """The id of the message that caused this one."""
        return None if self.parent is None else self.parent.msg_id


CONTENT_TYPES: Mapping[str, type[Content]] = MappingProxyType(
    {
        # shell and control, ours
        "execute_request": requests.ExecuteRequest,
        "complete_request": requests.CompleteRequest,
        "inspect_request": requests.InspectRequest,
        "is_complete_request": requests.IsCompleteRequest,
        "history_request": requests.HistoryRequest,
        "kernel_info_request": requests.KernelInfoRequest,
        "comm_info_request": requests.CommInfoRequest,
        "connect_request": requests.ConnectRequest,
        "shutdown_request": requests.ShutdownRequest,
        "interrupt_request": requests.InterruptRequest,
        "debug_request": requests.DebugRequest,
        "create_subshell_request": requests.CreateSubshellRequest,
        "delete_subshell_request": requests.DeleteSubshellRequest,
        "list_subshell_request": requests.ListSubshellRequest,
        "usage_request": requests.UsageRequest,
        # shell and control, the kernel's
        "execute_reply": replies.ExecuteReply,
        "complete_reply": replies.CompleteReply,
        "inspect_reply": replies.InspectReply,
        "is_complete_reply": replies.IsCompleteReply,
        "history_reply": replies.HistoryReply,
        "kernel_info_reply": replies.KernelInfoReply,
        "comm_info_reply": replies.CommInfoReply,
        "connect_reply": replies.ConnectReply,
        "shutdown_reply": replies.ShutdownReply,
        "interrupt_reply": replies.InterruptReply,
        "debug_reply": replies.DebugReply,
        "create_subshell_reply": replies.CreateSubshellReply,
        "delete_subshell_reply": replies.DeleteSubshellReply,
        "list_subshell_reply": replies.ListSubshellReply,
        "usage_reply": replies.UsageReply,
        # stdin
        "input_request": replies.InputRequest,
        "input_reply": requests.InputReply,
        # iopub
        "stream": broadcasts.Stream,
        "display_data": broadcasts.DisplayData,
        "update_display_data": broadcasts.UpdateDisplayData,
        "execute_result": broadcasts.ExecuteResult,
        "execute_input": broadcasts.ExecuteInput,
        "error": broadcasts.Error,
        "status": broadcasts.Status,
        "clear_output": broadcasts.ClearOutput,
        "comm_open": broadcasts.CommOpen,
        "comm_msg": broadcasts.CommMsg,
        "comm_close": broadcasts.CommClose,
        "iopub_welcome": broadcasts.IopubWelcome,
        "debug_event": broadcasts.DebugEvent,
    }
)

_WIRE_NAMES: Mapping[type[Content], str] = {kind: name for name, kind in CONTENT_TYPES.items()}


def msg_type_of(content: Content) -> str:
    """Name the wire type of a content."""
    if isinstance(content, Unknown):
        return content.msg_type
    return _WIRE_NAMES[type(content)]
