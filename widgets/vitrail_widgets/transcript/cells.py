"""What a transcript is made of: cells with their outputs, and notices between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.prompt import Prompt
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.tracebacks import Frame


class CellStatus(StrEnum):
    """Where a cell is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    ABORTED = "aborted"
    LOST = "lost"

    @property
    def is_finished(self) -> bool:
        """Whether nothing but late output can come."""
        return self not in (CellStatus.QUEUED, CellStatus.RUNNING)


@dataclass(slots=True, eq=False)
class StreamOutput:
    """Text written to a stream, as a terminal would show it.

    Attributes:
        name: ``"stdout"``, ``"stderr"`` or whatever else the kernel calls it.
        late_line: The first line that came after the cell had finished; None if none did. Other
            outputs have it, too.
    """

    name: str
    text: TerminalText
    late_line: int | None = None


@dataclass(slots=True, eq=False)
class RichOutput:
    """A displayed value.

    Attributes:
        display_id: Names the value for later updates.
        execution_count: The number of its ``Out[n]`` prompt; None for a mere display.
    """

    bundle: MimeBundle
    display_id: str | None = None
    execution_count: int | None = None
    late_line: int | None = None


@dataclass(slots=True, eq=False)
class ErrorOutput:
    """An exception.

    Attributes:
        traceback: As it came, for export.
        text: The traceback as a terminal would show it; name and value where there is none.
        frames: The calls it tells of, by the lines of `text`; empty where it is no Python's.
    """

    ename: str
    evalue: str
    traceback: tuple[str, ...]
    text: TerminalText
    frames: Sequence[Frame] = ()
    late_line: int | None = None


Output = StreamOutput | RichOutput | ErrorOutput


EARLIER: Final = "earlier"
"""The origin of cells that the kernel ran before we came."""


@dataclass(slots=True, eq=False)
class Cell:
    """One execution: the code, what came of it, and how it went. Only Transcript changes it.

    Attributes:
        id: The ``msg_id`` of the execute request.
        count: The number of its ``In[n]`` prompt, None while unknown.
        count_confirmed: Whether the kernel said so; else it is our guess.
        origin: None for our own; else the session of the client that sent it.
        author: What the other client is called; empty for our own cells.
        submitted_at: Seconds since the epoch, like the other two; None while it has not happened.
        prompt: What stood beside it when it was submitted; None for what is usual.
        is_stale: Whether the kernel that ran it is gone: its values are no longer there.
        clear_pending: The next output replaces all there are (``clear_output(wait=True)``).
        place: Among the cells that wait, the next one 1; 0 when it does not wait.
    """

    id: str
    code: str
    count: int | None = None
    count_confirmed: bool = False
    status: CellStatus = CellStatus.QUEUED
    origin: str | None = None
    author: str = ""
    submitted_at: float | None = None
    started_at: float | None = None
    finished_at: float | None = None
    prompt: Prompt | None = None
    outputs: list[Output] = field(default_factory=list[Output])
    clear_pending: bool = False
    place: int = 0
    is_stale: bool = False

    @property
    def is_own(self) -> bool:
        """Whether this client submitted it."""
        return self.origin is None

    @property
    def is_unrun(self) -> bool:
        """Whether it is our own, and nothing has been run of it: it waits, or was kept from it."""
        has_waited = self.status in (CellStatus.QUEUED, CellStatus.ABORTED)
        return self.is_own and has_waited and not self.outputs


class NoticeLevel(StrEnum):
    """How loud a notice is."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark of ours between the cells, like "Kernel restarted"."""

    id: str
    level: NoticeLevel
    text: str


Entry = Cell | Notice
