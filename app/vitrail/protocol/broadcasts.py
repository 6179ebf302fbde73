"""Contents that a kernel publishes to all clients on iopub. Jupyter messaging 5.5, "IOPub".

Comm contents travel both ways: kernel to clients on iopub, client to kernel on shell.
"""

from typing import Any

from msgspec import UNSET, UnsetType, field

from vitrail.protocol.content import Content


class Stream(Content, frozen=True, kw_only=True):
    """Text written to ``stdout`` or ``stderr``; other names are treated as stdout."""

    name: str = "stdout"
    text: str


class DisplayData(Content, frozen=True, kw_only=True):
    """Something to show. ``transient`` may hold a ``display_id`` for later updates."""

    data: dict[str, Any]
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    transient: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def display_id(self) -> str | None:
        """Name the display that this content shows or updates, if it has a name."""
        display_id = self.transient.get("display_id")
        return display_id if isinstance(display_id, str) else None


class UpdateDisplayData(DisplayData, frozen=True, kw_only=True):
    """New data for every output that shows the same ``display_id``."""


class ExecuteResult(DisplayData, frozen=True, kw_only=True):
    """The value of an execution, the Out of a cell."""

    execution_count: int | None = None


class ExecuteInput(Content, frozen=True, kw_only=True):
    """The code that starts to run, from whichever client, and its number."""

    code: str
    execution_count: int | None = None


class Error(Content, frozen=True, kw_only=True):
    """An exception. bash_kernel 0.10 sends an empty name and an empty traceback."""

    ename: str = ""
    evalue: str = ""
    traceback: list[str] = field(default_factory=list[str])


class Status(Content, frozen=True, kw_only=True):
    """What the kernel does for the parent request: busy, idle; ``starting`` has no parent."""

    execution_state: str


class ClearOutput(Content, frozen=True, kw_only=True):
    """Clear the cell's outputs, at once or when the next one comes."""

    wait: bool = False


class CommOpen(Content, frozen=True, kw_only=True):
    """Open a comm; ipykernel adds ``target_module``, which is null."""

    comm_id: str
    target_name: str = ""
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    target_module: str | UnsetType | None = UNSET


class CommMsg(Content, frozen=True, kw_only=True):
    """A message of an open comm."""

    comm_id: str
    data: dict[str, Any] = field(default_factory=dict[str, Any])


class CommClose(Content, frozen=True, kw_only=True):
    """A comm was closed."""

    comm_id: str
    data: dict[str, Any] = field(default_factory=dict[str, Any])


class IopubWelcome(Content, frozen=True, kw_only=True):
    """A subscription is live (since 5.5); sent to the first subscriber of each topic only."""

    subscription: str = ""


class DebugEvent(Content, frozen=True, kw_only=True):
    """One event of the Debug Adapter Protocol."""

    event: str
    type: str = "event"
    seq: int = 0
    body: Any = None
