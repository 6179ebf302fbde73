from typing import Any

import pytest

from support.captured import captured, captured_names
from support.wire import header, message, session
from vitrail.presenters.reducer import KERNEL_CELL, author_of, reduce, settle
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.session import Session
from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    ErrorOutput,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.changes import EntryAppended, OutputChanged
from vitrail_widgets.transcript.transcript import Transcript

OURS = "our-session"


def transcript_with(*cell_ids: str) -> Transcript:
    transcript = Transcript()
    for cell_id in cell_ids:
        transcript.append_cell(cell_id, "code", status=CellStatus.RUNNING, at=1.0)
    return transcript


def told(
    msg_type: str, parent: str | None = "a", session_id: str = OURS, **content: Any
) -> Message:
    cause = header("execute_request", msg_id=parent, session=session_id) if parent else None
    channel = Channel.SHELL if msg_type.endswith("_reply") else Channel.IOPUB
    return session(replay_limit=0).decode(channel, message(msg_type, content, parent=cause))


def feed(transcript: Transcript, *messages: Message) -> None:
    for each in messages:
        reduce(transcript, each, session=OURS, at=2.0)


def cell_of(transcript: Transcript, cell_id: str) -> Cell:
    cell = transcript.cell(cell_id)
    assert cell is not None
    return cell


def text_of(cell: Cell) -> str:
    return "|".join(o.text.buffer.plain_text() for o in cell.outputs if isinstance(o, StreamOutput))


def test_late_output_lands_in_its_own_cell() -> None:
    transcript = transcript_with("a", "b")
    feed(transcript, told("stream", "b", text="b"), told("stream", "a", text="late"))
    assert text_of(cell_of(transcript, "a")) == "late"
    assert text_of(cell_of(transcript, "b")) == "b"


def test_execute_input_brings_the_true_number() -> None:
    transcript = Transcript()
    transcript.append_cell("a", "code", count=3, at=1.0)
    feed(transcript, told("execute_input", code="code", execution_count=7))
    cell = cell_of(transcript, "a")
    assert (cell.count, cell.count_confirmed, cell.status) == (7, True, CellStatus.RUNNING)


def test_the_reply_brings_the_number_where_no_execute_input_came() -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", ExecuteReply(status="ok", execution_count=4), 9.0)
    assert cell_of(transcript, "a").count == 4


def test_an_aborted_reply_numbers_nothing() -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", ExecuteReply(status="aborted", execution_count=4), 9.0)
    assert cell_of(transcript, "a").count is None


def test_a_reply_that_is_read_early_leaves_the_order_to_what_the_kernel_broadcasts() -> None:
    """The kernel ran theirs first; our reply was read before it was heard of."""
    transcript = transcript_with("ours")
    feed(
        transcript,
        told("execute_reply", "ours", status="ok", execution_count=2),
        told("execute_input", "x", "theirs", code="y = 1", execution_count=1),
        told("execute_input", "ours", code="code", execution_count=2),
    )
    assert [entry.id for entry in transcript.entries] == ["x", "ours"]


def test_another_clients_execution_becomes_its_cell() -> None:
    transcript = transcript_with("a")
    feed(
        transcript,
        told("execute_input", "x", "theirs", code="y = 1", execution_count=2),
        told("stream", "x", "theirs", text="out"),
        told("status", "x", "theirs", execution_state="idle"),
    )
    cell = cell_of(transcript, "x")
    assert (cell.origin, cell.code, cell.count) == ("theirs", "y = 1", 2)
    assert cell.status is CellStatus.DONE
    assert text_of(cell) == "out"


def test_output_of_an_execution_that_began_before_us_is_kept() -> None:
    transcript = Transcript()
    feed(transcript, told("stream", "unheard-of", "theirs", text="tick"))
    assert text_of(cell_of(transcript, "unheard-of")) == "tick"


def test_output_without_a_parent_is_kept() -> None:
    transcript = Transcript()
    feed(transcript, told("stream", None, text="from a subprocess"))
    assert text_of(cell_of(transcript, KERNEL_CELL)) == "from a subprocess"


def test_a_result_carries_its_number_and_a_display_does_not() -> None:
    transcript = transcript_with("a")
    feed(
        transcript,
        told("display_data", data={"text/plain": "d"}),
        told("execute_result", data={"text/plain": "r"}, execution_count=5),
    )
    outputs = cell_of(transcript, "a").outputs
    assert [o.execution_count for o in outputs if isinstance(o, RichOutput)] == [None, 5]


def test_an_update_reaches_every_display_of_its_id() -> None:
    transcript = transcript_with("a", "b")
    shown: dict[str, Any] = {"data": {"text/plain": "1"}, "transient": {"display_id": "d"}}
    feed(transcript, told("display_data", "a", **shown), told("display_data", "b", **shown))
    update = told(
        "update_display_data", "b", data={"text/plain": "2"}, transient={"display_id": "d"}
    )
    changes = reduce(transcript, update, session=OURS, at=3.0)
    assert {c.entry_id for c in changes if isinstance(c, OutputChanged)} == {"a", "b"}


def test_an_update_of_an_unknown_id_changes_nothing() -> None:
    transcript = transcript_with("a")
    update = told("update_display_data", data={}, transient={"display_id": "?"})
    assert reduce(transcript, update, session=OURS, at=3.0) == ()
    assert reduce(transcript, told("update_display_data", data={}), session=OURS, at=3.0) == ()


def test_clear_output_waits_when_told_to() -> None:
    transcript = transcript_with("a")
    feed(transcript, told("stream", text="old"), told("clear_output", wait=True))
    assert text_of(cell_of(transcript, "a")) == "old"
    feed(transcript, told("stream", text="new"))
    assert text_of(cell_of(transcript, "a")) == "new"


def test_a_message_of_an_unknown_type_changes_nothing() -> None:
    transcript = transcript_with("a")
    assert reduce(transcript, told("unheard_of", x=1), session=OURS, at=3.0) == ()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("ok", CellStatus.DONE),
        ("error", CellStatus.FAILED),
        ("aborted", CellStatus.ABORTED),
        ("abort", CellStatus.ABORTED),
    ],
)
def test_the_reply_settles_the_cell(status: str, expected: CellStatus) -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", ExecuteReply(status=status), 9.0)
    cell = cell_of(transcript, "a")
    assert (cell.status, cell.finished_at) == (expected, 9.0)


def test_no_reply_loses_the_cell() -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", None, 9.0)
    assert cell_of(transcript, "a").status is CellStatus.LOST


def test_an_error_is_drawn_once_though_it_is_told_twice() -> None:
    transcript = transcript_with("a")
    fields: dict[str, Any] = {"ename": "E", "evalue": "v", "traceback": ["t"]}
    feed(transcript, told("error", **fields))
    settle(transcript, "a", ExecuteReply(status="error", **fields), 9.0)
    assert len(cell_of(transcript, "a").outputs) == 1


def test_an_error_that_only_the_reply_tells_is_drawn() -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", ExecuteReply(status="error", ename="E", evalue="v"), 9.0)
    (output,) = cell_of(transcript, "a").outputs
    assert isinstance(output, ErrorOutput)


def test_an_error_without_words_adds_no_empty_output() -> None:
    transcript = transcript_with("a")
    settle(transcript, "a", ExecuteReply(status="error"), 9.0)
    assert cell_of(transcript, "a").outputs == []


@pytest.mark.parametrize("name", captured_names())
def test_a_captured_session_replays(name: str) -> None:
    """Every output of a real kernel finds its cell; nothing is lost."""
    record = captured(name)
    session = Session(
        key=record.connection.key,
        signature_scheme=record.connection.signature_scheme,
        now=None,  # type: ignore[arg-type]  # nothing is sent
        replay_limit=0,  # both clients' copies of one broadcast
        dialect=record.dialect,
    )
    transcript = Transcript()
    for channel, frames, direction, client in record:
        if direction == "out" or channel is not Channel.IOPUB or client == "B":
            continue
        try:
            heard = session.decode(channel, frames)
        except ProtocolError:
            pytest.fail(f"{name}: a frame was refused")
        changes = reduce(transcript, heard, session=OURS, at=0.0)
        if heard.msg_type in ("display_data", "execute_result", "error"):
            assert changes, heard
    assert transcript.orphans == 0
    cells = [entry for entry in transcript.entries if isinstance(entry, Cell)]
    assert len(cells) == len({cell.id for cell in cells})
    assert cells


def test_a_cell_is_appended_only_once() -> None:
    transcript = Transcript()
    first = reduce(transcript, told("stream", "x", "theirs", text="1"), session=OURS, at=0.0)
    again = reduce(transcript, told("stream", "x", "theirs", text="2"), session=OURS, at=0.0)
    assert any(isinstance(change, EntryAppended) for change in first)
    assert not any(isinstance(change, EntryAppended) for change in again)


def test_what_comes_after_a_cell_has_finished_is_marked_from_its_line_on() -> None:
    transcript = transcript_with("a")
    feed(transcript, told("stream", text="in time\nhalf"))
    transcript.set_status("a", CellStatus.DONE, 2.0)
    feed(transcript, told("stream", text=" a line\nmore\n"), told("stream", text="and more\n"))
    feed(transcript, told("display_data", data={"text/plain": "1"}, metadata={}))
    stream, shown = cell_of(transcript, "a").outputs
    assert (stream.late_line, shown.late_line) == (1, 0)


def test_what_comes_in_time_or_belongs_to_no_cell_is_not_late() -> None:
    transcript = transcript_with("a")
    feed(transcript, told("stream", text="in time\n"), told("stream", None, text="of nobody\n"))
    for cell_id in ("a", KERNEL_CELL):
        assert [output.late_line for output in cell_of(transcript, cell_id).outputs] == [None]


def test_names_of_strangers_are_short_and_in_one_line() -> None:
    assert author_of("grace") == "grace"
    assert author_of("  \x1b[31m\n") == "[31m"
    assert author_of("") == "another client"
    assert len(author_of("x" * 10_000)) == 40
