"""What a restart would lose."""

import pytest

from vitrail.presenters.execution import Execution
from vitrail.presenters.restarting import Loss, loss_of, run_cells
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.transcript import Transcript


class Nobody:
    """Shows nothing."""

    def transcript_changed(self, changes: object) -> None: ...

    def expected_count_changed(self) -> None: ...

    def input_requested(self, cell_id: str, request: object) -> None: ...

    def input_withdrawn(self) -> None: ...

    def payload_received(self, payload: dict[str, object], cell_id: str) -> None: ...


@pytest.fixture
def execution() -> Execution:
    return Execution(Transcript(), Nobody(), now=lambda: 0.0)


def test_nothing_is_lost_of_a_kernel_that_has_done_nothing(execution: Execution) -> None:
    execution.transcript.append_cell("1", "never", status=CellStatus.ABORTED, at=0.0)
    execution.transcript.append_cell(
        "2", "theirs", status=CellStatus.DONE, origin="another", at=0.0
    )
    assert loss_of(execution, is_busy=False).sentences == ()


@pytest.mark.parametrize(
    ("loss", "sentences"),
    [
        (Loss(True, False, 0), ["All variables are lost; the transcript stays."]),
        (Loss(False, True, 0), ["What runs is cut off."]),
        (Loss(False, False, 1), ["1 cell that waits is not run."]),
        (Loss(False, False, 2), ["2 cells that wait are not run."]),
    ],
)
def test_a_loss_is_said(loss: Loss, sentences: list[str]) -> None:
    assert list(loss.sentences) == sentences


def test_cells_of_the_present_kernel_are_those_to_run_again(execution: Execution) -> None:
    for cell_id, status in (("a", CellStatus.DONE), ("b", CellStatus.FAILED)):
        execution.transcript.append_cell(cell_id, cell_id, status=status, at=0.0)
    execution.retire()
    for cell_id, status in (
        ("c", CellStatus.DONE),
        ("d", CellStatus.ABORTED),
        ("e", CellStatus.FAILED),
        ("f", CellStatus.LOST),
    ):
        execution.transcript.append_cell(cell_id, cell_id, status=status, at=0.0)
    assert [cell.code for cell in run_cells(execution)] == ["c", "e", "f"]
