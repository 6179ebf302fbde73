"""Other clients' cells can be out of sight: nothing of them is lost, and all come back in place."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.cells import Cell, CellStatus, NoticeLevel, StreamOutput
from vitrail_widgets.transcript.changes import Change, EntryAppended, EntryRemoved
from vitrail_widgets.transcript.transcript import Transcript


def ids(transcript: Transcript) -> list[str]:
    return [entry.id for entry in transcript.entries]


def foreign(transcript: Transcript, cell_id: str) -> tuple[Change, ...]:
    return transcript.append_cell(
        cell_id, "x", status=CellStatus.RUNNING, origin="theirs", author="grace", at=1.0
    )


def ran(transcript: Transcript, cell_id: str) -> None:
    transcript.append_cell(cell_id, "y", at=1.0)
    transcript.set_status(cell_id, CellStatus.DONE, 2.0)


def some() -> Transcript:
    transcript = Transcript()
    foreign(transcript, "f1")
    ran(transcript, "a")
    foreign(transcript, "f2")
    foreign(transcript, "f3")
    ran(transcript, "b")
    return transcript


def test_cells_that_are_there_are_hidden_and_come_back_in_place() -> None:
    transcript = some()
    hidden = transcript.set_others_aside()
    assert hidden == (EntryRemoved("f3", 3), EntryRemoved("f2", 2), EntryRemoved("f1", 0))
    assert ids(transcript) == ["a", "b"]
    assert transcript.position("b") == 1
    assert not transcript.holds("f2")
    back = transcript.bring_others_back()
    assert back == (EntryAppended("f1", 0), EntryAppended("f2", 2), EntryAppended("f3", 3))
    assert ids(transcript) == ["f1", "a", "f2", "f3", "b"]


def test_what_is_hidden_goes_on_out_of_sight() -> None:
    transcript = some()
    transcript.set_others_aside()
    changes = transcript.append_stream("f2", "stdout", "more")
    assert transcript.visible(changes) == ()
    assert foreign(transcript, "f4") == ()
    assert foreign(transcript, "f4") == ()
    transcript.set_status("f2", CellStatus.DONE, 3.0)
    transcript.bring_others_back()
    assert ids(transcript) == ["f1", "a", "f2", "f3", "b", "f4"]
    cell = transcript.cell("f2")
    assert cell is not None
    assert cell.status is CellStatus.DONE
    [output] = cell.outputs
    assert isinstance(output, StreamOutput)
    assert output.text.buffer.plain_text() == "more"
    assert transcript.orphans == 0


def test_output_of_no_request_is_nobodys_and_stays() -> None:
    transcript = Transcript()
    transcript.append_cell("kernel", "", status=CellStatus.DONE, origin="kernel", at=1.0)
    assert transcript.set_others_aside() == ()
    assert ids(transcript) == ["kernel"]


def test_hiding_twice_and_showing_what_is_shown_change_nothing() -> None:
    transcript = some()
    assert transcript.bring_others_back() == ()
    transcript.set_others_aside()
    assert transcript.set_others_aside() == ()


def test_what_stands_below_a_cell_that_goes_comes_back() -> None:
    transcript = some()
    transcript.append_cell("unrun", "z", at=3.0)
    transcript.set_others_aside()
    transcript.set_status("unrun", CellStatus.ABORTED, 4.0)
    foreign(transcript, "f4")
    transcript.remove_cell("unrun")
    assert transcript.bring_others_back()[-1] == EntryAppended("f4", 5)
    assert ids(transcript) == ["f1", "a", "f2", "f3", "b", "f4"]


DEEDS = (
    *("own", "foreign", "notice", "start", "print", "move", "abort", "remove"),
    *("hide", "show", "retire"),
)


def done(transcript: Transcript, deed: str, number: int, hides: bool) -> tuple[Change, ...]:
    waiting = transcript.waiting
    match deed:
        case "own":
            return transcript.append_cell(f"own {number}", "x", at=1.0)
        case "foreign":
            return foreign(transcript, f"foreign {number}")
        case "notice":
            return transcript.append_notice(f"notice {number}", NoticeLevel.INFO, "told")
        case "start" | "abort" if waiting:
            first = min(waiting, key=lambda cell: transcript.position(cell.id))
            status = CellStatus.DONE if deed == "start" else CellStatus.ABORTED
            return transcript.set_status(first.id, status, 2.0)
        case "print":
            return transcript.append_stream(f"foreign {number // 2}", "stdout", "text")
        case "move" if waiting:
            index = transcript.position(waiting[0].id)
            return transcript.move_cell(waiting[-1].id, index)
        case "remove":
            return transcript.remove_cell(first_unrun(transcript))
        case "hide" | "show" if hides:
            return shown(transcript, is_shown=deed == "show")
        case "retire":
            return transcript.retire()
        case _:
            return ()


def first_unrun(transcript: Transcript) -> str:
    cells = (each for each in transcript.entries if isinstance(each, Cell))
    return next((each.id for each in cells if each.is_unrun), "")


def shown(transcript: Transcript, *, is_shown: bool) -> tuple[Change, ...]:
    return transcript.bring_others_back() if is_shown else transcript.set_others_aside()


def follow(seen: list[str], changes: Iterable[Change]) -> None:
    for change in changes:
        if isinstance(change, EntryAppended):
            seen.insert(change.index, change.entry_id)
        elif isinstance(change, EntryRemoved):
            assert seen.pop(change.index) == change.entry_id
        else:
            assert change.entry_id in seen


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(DEEDS), max_size=40))
def test_hiding_now_and_then_loses_nothing_and_views_can_follow(deeds: list[str]) -> None:
    one, other = Transcript(), Transcript()
    seen: list[str] = []
    for number, deed in enumerate(deeds):
        done(one, deed, number, hides=False)
        follow(seen, other.visible(done(other, deed, number, hides=True)))
        assert seen == ids(other)
    follow(seen, other.bring_others_back())
    assert seen == ids(one) == ids(other)
    assert [content(each) for each in one.entries] == [content(each) for each in other.entries]
    assert [one.position(each) for each in seen] == list(range(len(seen)))


def content(entry: object) -> tuple[object, ...]:
    if not isinstance(entry, Cell):
        return ()
    return entry.status, entry.is_stale, len(entry.outputs)
