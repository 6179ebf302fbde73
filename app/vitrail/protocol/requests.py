"""Contents that a frontend sends: requests on shell and control, answers on stdin.

Fields are exactly those of protocol 5.5; an optional field of type ``UnsetType`` is not sent
unless it is set, because kernels are strict about arguments that a variant does not take.
"""

from typing import Any, Literal

from msgspec import UNSET, UnsetType, field

from vitrail.protocol.content import Content


class ExecuteRequest(Content, frozen=True, kw_only=True):
    """Run code. Jupyter messaging 5.5, "Execute"."""

    code: str
    silent: bool = False
    store_history: bool = True
    user_expressions: dict[str, str] = field(default_factory=dict[str, str])
    allow_stdin: bool = True
    stop_on_error: bool = True


class CompleteRequest(Content, frozen=True, kw_only=True):
    """Ask for completions; ``cursor_pos`` counts code points of ``code`` (since 5.2).

    A position past the end gets no reply from ipykernel 7.4, only busy and idle.
    """

    code: str
    cursor_pos: int


class InspectRequest(Content, frozen=True, kw_only=True):
    """Ask about the object at ``cursor_pos`` (code points); level 1 adds the source."""

    code: str
    cursor_pos: int
    detail_level: Literal[0, 1] = 0


class IsCompleteRequest(Content, frozen=True, kw_only=True):
    """Ask whether code is ready to run as it stands."""

    code: str


class HistoryRequest(Content, frozen=True, kw_only=True):
    """Ask for earlier inputs. ``output`` and ``raw`` are always sent: ipykernel requires them.

    ``range`` takes session, start and stop; ``tail`` takes n; ``search`` takes n, pattern (a
    glob) and unique. Jupyter messaging 5.5, "History".
    """

    output: bool = False
    raw: bool = True
    hist_access_type: Literal["range", "tail", "search"] = "tail"
    session: int | UnsetType = UNSET
    start: int | UnsetType = UNSET
    stop: int | UnsetType = UNSET
    n: int | UnsetType = UNSET
    pattern: str | UnsetType = UNSET
    unique: bool | UnsetType = UNSET


class KernelInfoRequest(Content, frozen=True, kw_only=True):
    """Ask what the kernel is."""


class CommInfoRequest(Content, frozen=True, kw_only=True):
    """Ask for the open comms, all of them or those of one target."""

    target_name: str | UnsetType = UNSET


class ConnectRequest(Content, frozen=True, kw_only=True):
    """Ask for the kernel's ports (deprecated since 5.1)."""


class ShutdownRequest(Content, frozen=True, kw_only=True):
    """Ask the kernel to end; ``restart`` tells other clients that it will be back."""

    restart: bool = False


class InterruptRequest(Content, frozen=True, kw_only=True):
    """Interrupt by message, on control (since 5.3)."""


class DebugRequest(Content, frozen=True, kw_only=True):
    """One request of the Debug Adapter Protocol, on control (since 5.5)."""

    seq: int
    command: str
    type: str = "request"
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])


class CreateSubshellRequest(Content, frozen=True, kw_only=True):
    """Ask for a new subshell, on control (since 5.5)."""


class DeleteSubshellRequest(Content, frozen=True, kw_only=True):
    """End a subshell; ipykernel 7.4 blocks its shell thread if that subshell is busy."""

    subshell_id: str


class ListSubshellRequest(Content, frozen=True, kw_only=True):
    """Ask for the ids of all subshells."""


class UsageRequest(Content, frozen=True, kw_only=True):
    """Ask for CPU and memory use, on control (ipykernel >= 6.11; not in the specification)."""


class InputReply(Content, frozen=True, kw_only=True):
    """Answer an input_request, on stdin; U+0004 alone is end of file."""

    value: str
