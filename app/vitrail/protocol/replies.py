"""Contents that a kernel answers with, on shell, control and (input_request) stdin.

What the specification requires and a known kernel leaves out has a default here; what kernels
send in another shape is mended in `vitrail.protocol.quirks`.
"""

from typing import Any

from msgspec import Struct, field

from vitrail.protocol.content import Content, Reply
from vitrail.protocol.object_info import ObjectInfo


class ExecuteReply(Reply, frozen=True, kw_only=True):
    """How an execution ended. An aborted one has no count: ``execution_count`` is None.

    ``user_expressions`` is None when the kernel said so (xeus-python --raw sends null).
    """

    execution_count: int | None = None
    payload: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    user_expressions: dict[str, Any] | None = None


class CompleteReply(Reply, frozen=True, kw_only=True):
    """Completions. ``matches`` replace code points ``cursor_start`` to ``cursor_end``.

    The bounds are None when the kernel gave none: then they are relative to the cursor that
    the request named.
    """

    matches: list[str] = field(default_factory=list[str])
    cursor_start: int | None = None
    cursor_end: int | None = None
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])


class InspectReply(Reply, frozen=True, kw_only=True):
    """What is known about an object, as a MIME bundle.

    ``object_info`` is there when the kernel is older than protocol 5: the fields out of which the
    bundle was made.
    """

    found: bool = False
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    object_info: ObjectInfo | None = None


class IsCompleteReply(Content, frozen=True, kw_only=True):
    """Whether code is ``complete``, ``incomplete``, ``invalid`` or ``unknown``.

    ``indent`` is the whitespace that the next line starts with when it is incomplete.
    """

    status: str = "unknown"
    indent: str = ""


HistorySource = str | tuple[str, str | None]


class HistoryReply(Reply, frozen=True, kw_only=True):
    """Earlier inputs, oldest first: (session, line, input), or (…, (input, output))."""

    history: list[tuple[int, int, HistorySource]] = field(
        default_factory=list[tuple[int, int, HistorySource]]
    )

    @property
    def sources(self) -> list[str]:
        """List the inputs alone."""
        return [entry if isinstance(entry, str) else entry[0] for _, _, entry in self.history]


class LanguageInfo(Struct, frozen=True, kw_only=True):
    """The kernel's language; every field may be missing (IRkernel and deno leave some out)."""

    name: str = ""
    version: str = ""
    mimetype: str = ""
    file_extension: str = ""
    pygments_lexer: str = ""
    codemirror_mode: str | dict[str, Any] = ""
    nbconvert_exporter: str = ""


class KernelInfoReply(Reply, frozen=True, kw_only=True):
    """What the kernel is.

    ``protocol_version`` is the kernel's word, which is not to be trusted for features:
    ipykernel 7.4 says 5.3 and has subshells. A protocol 4 kernel's list becomes "4.1".
    ``generation`` is ours, not on the wire: 4 when the versions came as lists.
    """

    protocol_version: str = ""
    implementation: str = ""
    implementation_version: str = ""
    language_info: LanguageInfo = field(default_factory=LanguageInfo)
    banner: str = ""
    help_links: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    supported_features: list[str] = field(default_factory=list[str])
    debugger: bool = False
    generation: int = 5


class CommInfoReply(Reply, frozen=True, kw_only=True):
    """The open comms: id to ``{"target_name": …}``."""

    comms: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


class ConnectReply(Reply, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The kernel's ports; None where it names none.

    Unknown fields are forbidden so that the spelling of old kernels is noticed and mended.
    """

    shell_port: int | None = None
    iopub_port: int | None = None
    stdin_port: int | None = None
    hb_port: int | None = None
    control_port: int | None = None


class ShutdownReply(Reply, frozen=True, kw_only=True):
    """The kernel ends. Sent to the asker, and to everyone on iopub.

    jupyter-c-kernel 1.2 and sos 0.24 send an empty content.
    """

    restart: bool = False


class InterruptReply(Reply, frozen=True, kw_only=True):
    """The kernel took an interrupt_request."""


class DebugReply(Content, frozen=True, kw_only=True):
    """One response of the Debug Adapter Protocol."""

    type: str = "response"
    seq: int = 0
    request_seq: int = 0
    success: bool = False
    command: str = ""
    message: str = ""
    body: Any = None


class CreateSubshellReply(Reply, frozen=True, kw_only=True):
    """The id of the new subshell."""

    subshell_id: str = ""


class DeleteSubshellReply(Reply, frozen=True, kw_only=True):
    """The subshell ended."""


class ListSubshellReply(Reply, frozen=True, kw_only=True):
    """The ids of all subshells."""

    subshell_id: list[str] = field(default_factory=list[str])


class UsageReply(Reply, frozen=True, kw_only=True):
    """CPU and memory use; percent and bytes. Without psutil only the first two and cpu_count."""

    hostname: str = ""
    pid: int | None = None
    cpu_count: int | None = None
    kernel_cpu: float | None = None
    kernel_memory: int | float | None = None
    host_cpu_percent: float | None = None
    host_virtual_memory: dict[str, Any] = field(default_factory=dict[str, Any])


class InputRequest(Content, frozen=True, kw_only=True):
    """The kernel asks the user for a line; ``password`` means do not echo it."""

    prompt: str = ""
    password: bool = False
