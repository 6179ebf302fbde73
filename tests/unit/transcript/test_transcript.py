"""Outputs land under their own cell, in order, whatever happened meanwhile."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    ErrorOutput,
    Notice,
    NoticeLevel,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.changes import (
    EntryAppended,
    EntryChanged,
    OutputAppended,
    OutputChanged,
    OutputsCleared,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

ONE, TWO = MimeBundle({"text/plain": "1"}), MimeBundle({"text/plain": "2"})


def transcript_of(*ids: str) -> Transcript:
    transcript = Transcript()
    for cell_id in ids:
        transcript.append_cell(cell_id, f"code of {cell_id}", at=1.0)
    return transcript


def cell_of(transcript: Transcript, cell_id: str) -> Cell:
    cell = transcript.cell(cell_id)
    assert cell is not None
    return cell


def shown(transcript: Transcript, cell_id: str) -> list[str]:
    """Return a cell's outputs as short texts."""
    texts: list[str] = []
    for output in cell_of(transcript, cell_id).outputs:
        match output:
            case StreamOutput(name, text):
                texts.append(f"{name}: {text.buffer.plain_text()}")
            case RichOutput(bundle):
                texts.append(bundle.text("text/plain"))
            case ErrorOutput(text=text):
                texts.append(text.buffer.plain_text())
    return texts


# -- entries -------------------------------------------------------------------------------


def test_another_clients_cell_runs_before_one_that_was_sent_and_has_not_begun() -> None:
    transcript = Transcript()
    transcript.append_cell("begun", "x", status=CellStatus.RUNNING, at=1.0)
    transcript.set_count("begun", 1)
    transcript.append_cell("sent", "x", status=CellStatus.RUNNING, at=2.0)
    transcript.append_cell("theirs", "x", origin="other", status=CellStatus.RUNNING, at=3.0)
    assert [entry.id for entry in transcript.entries] == ["begun", "theirs", "sent"]


def test_cells_come_in_the_order_of_submission() -> None:
    transcript = transcript_of("a")
    assert transcript.append_cell("b", "x", count=2, at=5.0) == (EntryAppended("b", 1),)
    assert [entry.id for entry in transcript.entries] == ["a", "b"]
    cell = cell_of(transcript, "b")
    assert (cell.code, cell.count, cell.count_confirmed, cell.submitted_at) == ("x", 2, False, 5.0)
    assert cell.status is CellStatus.QUEUED


def test_entries_are_found_by_id() -> None:
    transcript = transcript_of("a", "b")
    transcript.append_notice("n", NoticeLevel.WARN, "hm")
    assert [transcript.position(entry_id) for entry_id in ("n", "a", "b")] == [0, 1, 2]
    assert transcript.entry("n") == Notice("n", NoticeLevel.WARN, "hm")
    assert transcript.cell("n") is None
    assert transcript.cell("none") is None
    with pytest.raises(KeyError):
        transcript.position("none")
    with pytest.raises(KeyError):
        transcript.entry("none")


def test_an_id_comes_in_once() -> None:
    transcript = transcript_of("a")
    assert transcript.append_cell("a", "other", at=2.0) == ()
    assert transcript.append_notice("n", NoticeLevel.INFO, "x") == (EntryAppended("n", 0),)
    assert transcript.append_notice("n", NoticeLevel.INFO, "x") == ()
    assert cell_of(transcript, "a").code == "code of a"
    assert len(transcript.entries) == 2


def test_another_clients_cell_goes_before_our_queued_ones() -> None:
    transcript = transcript_of("running", "queued", "later")
    transcript.set_status("running", CellStatus.RUNNING, 2.0)
    transcript.set_count("running", 1)
    changes = transcript.append_cell(
        "foreign", "x", origin="other", status=CellStatus.RUNNING, at=3.0
    )
    assert changes == (EntryAppended("foreign", 1),)
    assert [entry.id for entry in transcript.entries] == ["running", "foreign", "queued", "later"]
    assert [transcript.position(entry.id) for entry in transcript.entries] == [0, 1, 2, 3]
    assert transcript.append_stream("later", "stdout", "x") == (OutputAppended("later", 0),)
    assert shown(transcript, "later") == ["stdout: x"]


def test_another_clients_queued_cell_does_not_hold_up_the_next_one() -> None:
    transcript = transcript_of("a")
    transcript.append_cell("f1", "x", origin="other", at=2.0)
    transcript.append_cell("f2", "x", origin="other", at=2.0)
    assert [entry.id for entry in transcript.entries] == ["f1", "f2", "a"]


# -- life ----------------------------------------------------------------------------------


def test_times_are_noted_as_the_status_moves_on() -> None:
    transcript = transcript_of("a")
    assert transcript.set_status("a", CellStatus.RUNNING, 2.0) == (EntryChanged("a"),)
    assert transcript.set_status("a", CellStatus.RUNNING, 2.5) == ()
    assert transcript.set_status("a", CellStatus.DONE, 3.0) == (EntryChanged("a"),)
    cell = cell_of(transcript, "a")
    assert (cell.submitted_at, cell.started_at, cell.finished_at) == (1.0, 2.0, 3.0)


def test_a_cell_that_comes_running_has_started() -> None:
    transcript = Transcript()
    transcript.append_cell("f", "x", origin="other", status=CellStatus.RUNNING, at=7.0)
    assert cell_of(transcript, "f").started_at == 7.0


def test_the_number_is_corrected_and_a_guess_does_not_undo_it() -> None:
    transcript = transcript_of("a")
    assert transcript.set_count("a", 3, confirmed=False) == (EntryChanged("a"),)
    assert transcript.set_count("a", 5) == (EntryChanged("a"),)
    assert transcript.set_count("a", 5) == ()
    assert transcript.set_count("a", 4, confirmed=False) == ()
    cell = cell_of(transcript, "a")
    assert (cell.count, cell.count_confirmed) == (5, True)


def test_nothing_happens_to_a_cell_that_is_not_here() -> None:
    transcript = Transcript()
    assert transcript.set_status("x", CellStatus.DONE, 1.0) == ()
    assert transcript.set_count("x", 1) == ()
    assert transcript.clear_outputs("x", wait=False) == ()
    assert transcript.orphans == 0
    assert transcript.append_stream("x", "stdout", "a") == ()
    assert transcript.append_rich("x", ONE) == ()
    assert transcript.append_error("x", "E", "v", []) == ()
    assert transcript.orphans == 3


# -- outputs -------------------------------------------------------------------------------


def test_late_output_lands_in_its_own_cell() -> None:
    transcript = transcript_of("1", "2", "3")
    transcript.append_stream("1", "stdout", "one\n")
    transcript.set_status("1", CellStatus.DONE, 2.0)
    transcript.append_stream("3", "stdout", "three-a\n")
    assert transcript.append_stream("1", "stdout", "late\n") == (OutputChanged("1", 0, 1),)
    transcript.append_stream("3", "stdout", "three-b\n")
    assert shown(transcript, "1") == ["stdout: one\nlate"]
    assert shown(transcript, "3") == ["stdout: three-a\nthree-b"]


def test_text_of_one_stream_joins_until_something_else_comes() -> None:
    transcript = transcript_of("a")
    assert transcript.append_stream("a", "stdout", "x") == (OutputAppended("a", 0),)
    assert transcript.append_stream("a", "stdout", "y\nz") == (OutputChanged("a", 0, 0),)
    assert transcript.append_stream("a", "stdout", "!") == (OutputChanged("a", 0, 1),)
    assert transcript.append_stream("a", "stderr", "e") == (OutputAppended("a", 1),)
    assert transcript.append_stream("a", "stdout", "w") == (OutputAppended("a", 2),)
    assert transcript.append_rich("a", ONE, execution_count=4) == (OutputAppended("a", 3),)
    assert transcript.append_stream("a", "stdout", "v") == (OutputAppended("a", 4),)
    assert shown(transcript, "a") == ["stdout: xy\nz!", "stderr: e", "stdout: w", "1", "stdout: v"]


def test_empty_stream_text_changes_nothing() -> None:
    transcript = transcript_of("a")
    transcript.append_stream("a", "stdout", "x")
    transcript.clear_outputs("a", wait=True)
    assert transcript.append_stream("a", "stdout", "") == ()
    assert shown(transcript, "a") == ["stdout: x"]


def test_a_traceback_keeps_its_colours_and_its_source() -> None:
    transcript = transcript_of("a")
    blocks = ["\x1b[31mNameError\x1b[0m", "  line 1\n  line 2"]
    assert transcript.append_error("a", "NameError", "no", blocks) == (OutputAppended("a", 0),)
    (error,) = cell_of(transcript, "a").outputs
    assert isinstance(error, ErrorOutput)
    assert (error.ename, error.evalue, error.traceback) == (
        "NameError",
        "no",
        tuple(blocks),
    )
    assert [line.text for line in error.text.buffer] == [
        "NameError",
        "  line 1",
        "  line 2",
    ]
    assert error.text.buffer[0].runs[0].style.fg == 1


@pytest.mark.parametrize(
    ("ename", "evalue", "text"), [("E", "v", "E: v"), ("", "127", "127"), ("E", "", "E")]
)
def test_an_error_without_traceback_says_its_name_and_value(
    ename: str, evalue: str, text: str
) -> None:
    transcript = transcript_of("a")
    transcript.append_error("a", ename, evalue, [])
    assert shown(transcript, "a") == [text]


# -- displays ------------------------------------------------------------------------------


def test_a_display_is_updated_in_every_cell_that_shows_it() -> None:
    transcript = transcript_of("a", "b", "c")
    transcript.append_stream("a", "stdout", "x")
    transcript.append_rich("a", ONE, display_id="d")
    transcript.append_rich("b", ONE, display_id="d")
    transcript.append_rich("b", ONE, display_id="d")
    transcript.append_rich("c", ONE, display_id="other")
    assert transcript.update_display("d", TWO) == (
        OutputChanged("a", 1, 0), OutputChanged("b", 0, 0), OutputChanged("b", 1, 0),
    )  # fmt: skip
    assert [shown(transcript, cell_id) for cell_id in "abc"] == [
        ["stdout: x", "2"], ["2", "2"], ["1"],
    ]  # fmt: skip


def test_an_update_of_an_unknown_display_changes_nothing() -> None:
    assert transcript_of("a").update_display("d", TWO) == ()


def test_a_cleared_display_is_no_longer_updated() -> None:
    transcript = transcript_of("a", "b")
    for cell_id in "ab":
        transcript.append_rich(cell_id, ONE, display_id="d")
    transcript.clear_outputs("a", wait=False)
    transcript.append_rich("a", ONE)
    assert transcript.update_display("d", TWO) == (OutputChanged("b", 0, 0),)
    transcript.clear_outputs("b", wait=False)
    assert transcript.update_display("d", TWO) == ()
    assert shown(transcript, "a") == ["1"]


# -- clearing ------------------------------------------------------------------------------


def test_outputs_are_cleared_at_once() -> None:
    transcript = transcript_of("a")
    assert transcript.clear_outputs("a", wait=False) == ()
    transcript.append_stream("a", "stdout", "x")
    assert transcript.clear_outputs("a", wait=False) == (OutputsCleared("a"),)
    assert shown(transcript, "a") == []
    assert transcript.append_stream("a", "stdout", "y") == (OutputAppended("a", 0),)
    assert shown(transcript, "a") == ["stdout: y"]


def test_a_waiting_clear_happens_with_the_next_output() -> None:
    transcript = transcript_of("a")
    transcript.append_stream("a", "stdout", "x")
    assert transcript.clear_outputs("a", wait=True) == ()
    assert cell_of(transcript, "a").clear_pending
    assert shown(transcript, "a") == ["stdout: x"]
    assert transcript.append_stream("a", "stdout", "y") == (
        OutputsCleared("a"), OutputAppended("a", 0),
    )  # fmt: skip
    assert not cell_of(transcript, "a").clear_pending
    assert shown(transcript, "a") == ["stdout: y"]


def test_a_waiting_clear_serves_values_and_errors_too() -> None:
    transcript = transcript_of("a")
    transcript.append_rich("a", ONE, display_id="d")
    transcript.clear_outputs("a", wait=True)
    assert transcript.append_rich("a", TWO, display_id="d") == (
        OutputsCleared("a"), OutputAppended("a", 0),
    )  # fmt: skip
    assert transcript.update_display("d", ONE) == (OutputChanged("a", 0, 0),)
    transcript.clear_outputs("a", wait=True)
    assert transcript.append_error("a", "E", "v", []) == (
        OutputsCleared("a"), OutputAppended("a", 0),
    )  # fmt: skip
    assert shown(transcript, "a") == ["E: v"]


def test_a_waiting_clear_of_nothing_clears_nothing() -> None:
    transcript = transcript_of("a")
    transcript.clear_outputs("a", wait=True)
    assert transcript.append_stream("a", "stdout", "x") == (OutputAppended("a", 0),)
    assert transcript.append_stream("a", "stdout", "y") == (OutputChanged("a", 0, 0),)


def test_an_immediate_clear_ends_the_wait() -> None:
    transcript = transcript_of("a")
    transcript.clear_outputs("a", wait=True)
    transcript.clear_outputs("a", wait=False)
    transcript.append_stream("a", "stdout", "x")
    transcript.append_stream("a", "stderr", "y")
    assert shown(transcript, "a") == ["stdout: x", "stderr: y"]


def test_an_update_does_not_count_as_the_next_output() -> None:
    transcript = transcript_of("a")
    transcript.append_rich("a", ONE, display_id="d")
    transcript.clear_outputs("a", wait=True)
    assert transcript.update_display("d", TWO) == (OutputChanged("a", 0, 0),)
    assert shown(transcript, "a") == ["2"]


# -- changes tell everything ---------------------------------------------------------------

IDS = st.sampled_from("abc")
STEPS = st.one_of(
    st.tuples(st.just("cell"), IDS, st.sampled_from([None, "other"])),
    st.tuples(st.just("status"), IDS, st.sampled_from(CellStatus)),
    st.tuples(st.just("stream"), IDS, st.sampled_from(["stdout", "stderr"])),
    st.tuples(st.just("rich"), IDS, st.sampled_from([None, "d", "e"])),
    st.tuples(st.just("clear"), IDS, st.booleans()),
    st.tuples(st.just("update"), st.sampled_from("de"), st.none()),
)


class Follower:
    """Knows a transcript only by its changes: entry ids, and how often each output changed."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.outputs: dict[str, list[int]] = {}

    def follow(self, change: object) -> None:
        match change:
            case EntryAppended(entry_id, index):
                self.entries.insert(index, entry_id)
                self.outputs[entry_id] = []
            case OutputAppended(entry_id, index):
                assert index == len(self.outputs[entry_id])
                self.outputs[entry_id].append(0)
            case OutputChanged(entry_id, index, _):
                self.outputs[entry_id][index] += 1
            case OutputsCleared(entry_id):
                self.outputs[entry_id].clear()
            case _:
                assert isinstance(change, EntryChanged)


def take(transcript: Transcript, step: tuple[str, str, object]) -> tuple[object, ...]:
    match step:
        case ("cell", cell_id, origin) if origin is None or isinstance(origin, str):
            return transcript.append_cell(cell_id, "x", origin=origin, at=1.0)
        case ("status", cell_id, CellStatus() as status):
            return transcript.set_status(cell_id, status, 2.0)
        case ("stream", cell_id, str(name)):
            return transcript.append_stream(cell_id, name, "x")
        case ("rich", cell_id, display_id) if display_id is None or isinstance(display_id, str):
            return transcript.append_rich(cell_id, ONE, display_id=display_id)
        case ("clear", cell_id, bool(wait)):
            return transcript.clear_outputs(cell_id, wait=wait)
        case (_, display_id, _):
            return transcript.update_display(display_id, TWO)


@settings(deadline=None)
@given(st.lists(STEPS, max_size=40))
def test_who_follows_the_changes_knows_every_entry_and_output(
    steps: list[tuple[str, str, object]],
) -> None:
    transcript, follower = Transcript(), Follower()
    for step in steps:
        for change in take(transcript, step):
            follower.follow(change)
    assert follower.entries == [entry.id for entry in transcript.entries]
    assert [transcript.position(entry_id) for entry_id in follower.entries] == [
        *range(len(follower.entries))
    ]
    for entry_id, outputs in follower.outputs.items():
        assert len(outputs) == len(cell_of(transcript, entry_id).outputs)


def test_a_notice_goes_above_what_has_not_run_yet() -> None:
    transcript = Transcript()
    transcript.append_cell("ran", "1", status=CellStatus.DONE, at=1.0)
    transcript.append_cell("waits", "2", at=2.0)
    transcript.append_notice("n", NoticeLevel.INFO, "Kernel restarted")
    assert [entry.id for entry in transcript.entries] == ["ran", "n", "waits"]


@pytest.mark.parametrize(
    ("statuses", "runs"),
    [
        ([], False),
        ([("own", CellStatus.RUNNING)], True),
        ([("foreign", CellStatus.RUNNING), ("own", CellStatus.DONE)], True),
        ([("own", CellStatus.RUNNING), ("own", CellStatus.LOST)], False),
    ],
)
def test_it_knows_whether_a_cell_runs(statuses: list[tuple[str, CellStatus]], runs: bool) -> None:
    transcript = Transcript()
    transcript.append_cell("own", "x", at=1.0)
    transcript.append_cell("foreign", "x", origin="other", at=1.0)
    for cell_id, status in statuses:
        transcript.set_status(cell_id, status, 2.0)
    assert bool(transcript.running) is runs


def test_what_has_run_is_stale_when_its_kernel_is_gone_and_nothing_else() -> None:
    transcript = transcript_of("done", "running", "queued")
    transcript.set_status("done", CellStatus.RUNNING, 1.0)
    transcript.set_status("done", CellStatus.DONE, 2.0)
    transcript.set_status("running", CellStatus.RUNNING, 2.0)
    assert transcript.retire() == (EntryChanged("done"),)
    stale = [cell_of(transcript, name).is_stale for name in ("done", "running", "queued")]
    assert stale == [True, False, False]
    assert transcript.retire() == ()


def test_a_stale_cell_that_something_is_written_to_is_so_no_more() -> None:
    transcript = transcript_of("a")
    transcript.set_status("a", CellStatus.DONE, 2.0)
    transcript.retire()
    transcript.append_stream("a", "stdout", "alive\n")
    assert not cell_of(transcript, "a").is_stale
