"""From messages to changes of the transcript: the one function that knows both."""

from vitrail.protocol.broadcasts import (
    ClearOutput,
    DisplayData,
    Error,
    ExecuteInput,
    ExecuteResult,
    Status,
    Stream,
    UpdateDisplayData,
)
from vitrail.protocol.large_json import RawJson
from vitrail.protocol.messages import Message
from vitrail.protocol.replies import ExecuteReply
from vitrail_widgets.transcript.cells import CellStatus, ErrorOutput
from vitrail_widgets.transcript.changes import Change, OutputAppended, OutputChanged
from vitrail_widgets.transcript.mime import LongJson, MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

Changes = tuple[Change, ...]

KERNEL_CELL = "outside-of-any-request"
"""Receives output that names no parent: written before the first request, or by a subprocess."""

SOMEBODY = "another client"
"""What a client is called that does not name its user."""

LONGEST_NAME = 40

OUTPUTS = (Stream, DisplayData, Error)


def reduce(transcript: Transcript, message: Message, *, session: str, at: float) -> Changes:
    """Apply what a message says to the transcript.

    Outputs go to the cell of their parent, however late they come. Another client's
    execution becomes a cell of that client. Everything else changes nothing.

    Args:
        transcript: Is changed.
        message: From iopub, or an execute_reply.
        session: Our own session id, which tells our requests from other clients'.
        at: Seconds since the epoch.
    """
    content = message.content
    cell_id = message.parent_id or KERNEL_CELL
    adopted: Changes = ()
    if isinstance(content, ExecuteInput) or (
        isinstance(content, OUTPUTS) and not isinstance(content, UpdateDisplayData)
    ):
        adopted = _adopt(transcript, message, cell_id, session, at)
    match content:
        case Stream(name=name, text=text):
            return adopted + _late(transcript, transcript.append_stream(cell_id, name, text))
        case UpdateDisplayData():
            return _update_display(transcript, content)
        case DisplayData():
            return adopted + _late(transcript, _display(transcript, cell_id, content))
        case Error(ename=ename, evalue=evalue, traceback=traceback):
            added = transcript.append_error(cell_id, ename, evalue, traceback)
            return adopted + _late(transcript, added)
        case ExecuteInput(execution_count=count):
            return adopted + _started(transcript, cell_id, count, at)
        case ClearOutput(wait=wait):
            return transcript.clear_outputs(cell_id, wait=wait)
        case Status(execution_state=state):
            return _status(transcript, cell_id, state, at)
        case _:
            return ()


def settle(transcript: Transcript, cell_id: str, reply: ExecuteReply | None, at: float) -> Changes:
    """Finish one of our cells: its reply and its idle are in, or it was lost.

    Args:
        transcript: Is changed.
        cell_id: The id of the request.
        reply: None when the kernel went away.
        at: Seconds since the epoch.
    """
    cell = transcript.cell(cell_id)
    if cell is None:
        return ()
    if reply is None:
        return transcript.set_status(cell_id, CellStatus.LOST, at)
    if reply.is_aborted:
        return transcript.set_status(cell_id, CellStatus.ABORTED, at)
    # Not when the reply comes: it may be read before what other clients' cells have said.
    changes = _numbered(transcript, cell_id, reply.execution_count)
    if reply.is_ok:
        return changes + transcript.set_status(cell_id, CellStatus.DONE, at)
    told = any(isinstance(output, ErrorOutput) for output in cell.outputs)
    # The reply repeats what iopub said; bash_kernel says it with neither name nor traceback.
    if not told and (reply.ename or reply.evalue or reply.traceback):
        changes += transcript.append_error(cell_id, reply.ename, reply.evalue, reply.traceback)
    return changes + transcript.set_status(cell_id, CellStatus.FAILED, at)


def lose_others(transcript: Transcript, at: float) -> Changes:
    """Take what other clients run for lost: their kernel is gone, and says its end no more.

    Args:
        transcript: Is changed.
        at: Seconds since the epoch.
    """
    theirs = [cell.id for cell in transcript.running if not cell.is_own]
    lost = (transcript.set_status(cell_id, CellStatus.LOST, at) for cell_id in theirs)
    return tuple(change for changes in lost for change in changes)


def author_of(username: str) -> str:
    """Return what a client is called whose user has this name: it may be any text."""
    return "".join(filter(str.isprintable, username)).strip()[:LONGEST_NAME] or SOMEBODY


def _adopt(
    transcript: Transcript, message: Message, cell_id: str, session: str, at: float
) -> Changes:
    """Make the cell of an execution that is not ours when it is first heard of."""
    if transcript.cell(cell_id) is not None:
        return ()
    parent = message.parent
    origin = parent.session if parent is not None and parent.session != session else "kernel"
    content = message.content
    code = content.code if isinstance(content, ExecuteInput) else ""
    status = CellStatus.DONE if parent is None else CellStatus.RUNNING
    is_foreign = parent is not None and parent.session != session
    author = author_of(parent.username) if parent is not None and is_foreign else ""
    return transcript.append_cell(cell_id, code, status=status, origin=origin, author=author, at=at)


def _started(transcript: Transcript, cell_id: str, count: int | None, at: float) -> Changes:
    numbered = _numbered(transcript, cell_id, count)
    return numbered + transcript.set_status(cell_id, CellStatus.RUNNING, at)


def _numbered(transcript: Transcript, cell_id: str, count: int | None) -> Changes:
    return () if count is None else transcript.set_count(cell_id, count)


def _status(transcript: Transcript, cell_id: str, state: str, at: float) -> Changes:
    cell = transcript.cell(cell_id)
    if cell is None:
        return ()
    if state == "busy" and cell.status is CellStatus.QUEUED:
        return transcript.set_status(cell_id, CellStatus.RUNNING, at)
    if state == "idle" and not cell.is_own and not cell.status.is_finished:
        failed = any(isinstance(output, ErrorOutput) for output in cell.outputs)
        return transcript.set_status(cell_id, CellStatus.FAILED if failed else CellStatus.DONE, at)
    return ()


def _display(transcript: Transcript, cell_id: str, content: DisplayData) -> Changes:
    count = content.execution_count if isinstance(content, ExecuteResult) else None
    return transcript.append_rich(
        cell_id,
        _bundle(content),
        display_id=content.display_id,
        execution_count=count,
    )


def _late(transcript: Transcript, changes: Changes) -> Changes:
    """Note what of an output came after its cell had finished: a thread wrote it, or a task."""
    for change in changes:
        if isinstance(change, OutputAppended):
            transcript.note_late(change.entry_id, change.output_index, 0)
        elif isinstance(change, OutputChanged):
            transcript.note_late(change.entry_id, change.output_index, change.from_line)
    return changes


def _update_display(transcript: Transcript, content: UpdateDisplayData) -> Changes:
    if content.display_id is None:
        return ()
    return transcript.update_display(content.display_id, _bundle(content))


def _bundle(content: DisplayData) -> MimeBundle:
    data = {
        mime: LongJson(value) if isinstance(value, RawJson) else value
        for mime, value in content.data.items()
    }
    return MimeBundle(data, content.metadata)
