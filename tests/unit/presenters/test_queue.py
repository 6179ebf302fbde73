"""The queue as a list that can be changed, between its kernel and its transcript."""

import pytest

from vitrail.presenters.queue import ExecutionQueue
from vitrail_widgets.transcript.cells import Cell, CellStatus
from vitrail_widgets.transcript.changes import Change, EntryAppended, EntryRemoved
from vitrail_widgets.transcript.transcript import Transcript


class Bench:
    """A queue of cells whose code is their id, below one that runs."""

    def __init__(self, waiting: str) -> None:
        self.transcript = Transcript()
        self.changes: list[Change] = []
        self.queue = ExecutionQueue(self.transcript, tell=self.changes.extend, now=lambda: 9.0)
        self.transcript.append_cell("runs", "runs", status=CellStatus.RUNNING, at=1.0)
        for cell_id in waiting:
            self.transcript.append_cell(cell_id, cell_id, at=2.0)
            self.queue.add(cell_id)

    def cells(self) -> dict[str, Cell]:
        entries = self.transcript.entries
        return {entry.id: entry for entry in entries if isinstance(entry, Cell)}

    def order(self) -> str:
        """The waiting cells, as the transcript has them and as they say of themselves."""
        shown = [one for one in self.cells().values() if one.status is CellStatus.QUEUED]
        assert [one.place for one in shown] == list(range(1, len(shown) + 1))
        assert [one.id for one in shown] == list(self.queue.waiting)
        return "".join(one.id for one in shown)


@pytest.fixture
def bench() -> Bench:
    return Bench("abcd")


@pytest.mark.parametrize(
    ("cell_id", "step", "order"),
    [("c", -1, "acbd"), ("a", 1, "bacd"), ("a", -1, "abcd"), ("d", 1, "abcd"), ("d", -1, "abdc")],
)
def test_a_waiting_cell_changes_places(bench: Bench, cell_id: str, step: int, order: str) -> None:
    assert bench.queue.move(cell_id, step) is (order != "abcd")
    assert bench.order() == order


def test_a_move_is_told_as_leaving_and_coming_in(bench: Bench) -> None:
    bench.changes.clear()
    bench.queue.move("c", -1)
    assert bench.changes[:2] == [EntryRemoved("c", 3), EntryAppended("c", 2)]


def test_a_cancelled_cell_stays_and_is_not_run(bench: Bench) -> None:
    assert bench.queue.cancel("b")
    assert bench.order() == "acd"
    assert bench.cells()["b"].status is CellStatus.ABORTED
    assert bench.queue.rest == []


def test_cells_change_places_across_a_cancelled_one(bench: Bench) -> None:
    bench.queue.cancel("b")
    bench.queue.move("c", -1)
    assert bench.order() == "cad"


def test_code_is_taken_back(bench: Bench) -> None:
    assert bench.queue.take_back("b") == "b"
    assert bench.order() == "acd"
    assert "b" not in bench.cells()


def test_what_runs_already_can_be_neither_moved_nor_taken_back(bench: Bench) -> None:
    assert bench.queue.take() == "a"
    assert not bench.queue.cancel("a")
    assert not bench.queue.move("a", 1)
    assert bench.queue.take_back("a") is None
    assert bench.queue.take_back("runs") is None
    assert [bench.cells()[one].place for one in "bcd"] == [1, 2, 3]


def test_what_was_aborted_is_the_rest_in_its_order(bench: Bench) -> None:
    bench.queue.keep("runs")
    bench.queue.abort()
    assert bench.queue.rest == ["runs", "a", "b", "c", "d"]
    assert [one.place for one in bench.cells().values()] == [0] * 5
    bench.queue.forget("b")
    assert bench.queue.take_rest() == ["runs", "a", "c", "d"]
    assert bench.queue.rest == []


def test_numbers_are_asked_for_again_when_the_order_changes(bench: Bench) -> None:
    asked: list[int] = []
    bench.queue.reordered = lambda: asked.append(1)
    bench.queue.move("c", -1)
    bench.queue.cancel("a")
    bench.queue.number(7)
    assert asked == [1, 1]
    assert [bench.cells()[one].count for one in "cbd"] == [7, 8, 9]
