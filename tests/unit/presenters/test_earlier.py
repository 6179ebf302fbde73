"""The cells of before, out of a kernel's history."""

from vitrail.presenters.earlier import earlier_cells
from vitrail.protocol.replies import HistoryReply
from vitrail_widgets.transcript.cells import Cell, CellStatus, NoticeLevel
from vitrail_widgets.transcript.transcript import Transcript


def cells(
    *history: tuple[int, int, str | tuple[str, str | None]], first_here: int | None = None
) -> list[tuple[int | None, str]]:
    found = earlier_cells(HistoryReply(history=list(history)), first_here)
    return [(cell.count, cell.code) for cell in found]


def test_each_line_of_this_session_is_a_cell_once() -> None:
    told = cells(
        (7, 1, ("other session", None)),
        (0, 0, ("", None)),
        (0, 1, ("a", None)),
        (0, 1, ("a", None)),
        (0, 2, "b"),
        (0, 4, ("  ", None)),
        (0, -3, ("from the end", None)),
        (0, 5, ("c", "1")),
    )
    assert told == [(1, "a"), (2, "b"), (5, "c")]


def test_what_is_shown_already_ends_the_past() -> None:
    told = cells((0, 1, "a"), (0, 2, "ours"), (0, 3, "ours"), first_here=2)
    assert told == [(1, "a")]


def test_no_reply_tells_nothing() -> None:
    assert list(earlier_cells(None, None)) == []


def past(number: int) -> Cell:
    return Cell(f"p{number}", "code", count=number, status=CellStatus.DONE, origin="o", author="b")


def test_the_past_goes_above_all_cells_and_below_what_was_said_before_them() -> None:
    transcript = Transcript()
    transcript.append_notice("n", NoticeLevel.INFO, "hello")
    transcript.append_cell("c", "code", at=1.0)
    transcript.put_before([past(1), past(2)])
    assert [entry.id for entry in transcript.entries] == ["n", "p1", "p2", "c"]
    assert [transcript.position(entry.id) for entry in transcript.entries] == [0, 1, 2, 3]


def test_the_past_is_out_of_sight_with_other_clients_cells_and_comes_back() -> None:
    transcript = Transcript()
    transcript.append_notice("n", NoticeLevel.INFO, "hello")
    transcript.append_cell("c", "code", at=1.0)
    transcript.set_others_aside()
    assert transcript.put_before([past(1), past(2)]) == ()
    assert [entry.id for entry in transcript.entries] == ["n", "c"]
    transcript.bring_others_back()
    assert [entry.id for entry in transcript.entries] == ["n", "p1", "p2", "c"]
