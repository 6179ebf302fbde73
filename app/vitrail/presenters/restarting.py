"""What a restart of the kernel would lose, and what it would take to have it again."""

from dataclasses import dataclass

from vitrail.presenters.execution import Execution
from vitrail_resources.translation import tr, trn
from vitrail_widgets.transcript.cells import Cell, CellStatus

_WAS_RUN = frozenset((CellStatus.RUNNING, CellStatus.DONE, CellStatus.FAILED, CellStatus.LOST))


@dataclass(frozen=True)
class Loss:
    """What goes with a kernel.

    Attributes:
        has_run: Whether it has run anything, and so may have variables.
        is_running: Whether something runs.
        waiting: How many cells wait.
    """

    has_run: bool
    is_running: bool
    waiting: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it; nothing when nothing is lost."""
        told = [tr("All variables are lost; the transcript stays.")] if self.has_run else []
        if self.is_running:
            told.append(tr("What runs is cut off."))
        if self.waiting:
            told.append(
                trn(
                    "{count} cell that waits is not run.",
                    "{count} cells that wait are not run.",
                    self.waiting,
                )
            )
        return tuple(told)


def loss_of(execution: Execution, *, is_busy: bool) -> Loss:
    """Return what a kernel that lives would take along.

    Args:
        execution: What it has run for us.
        is_busy: Whether it works, perhaps for another client.
    """
    return Loss(bool(run_cells(execution)), is_busy, len(execution.queue.waiting))


def run_cells(execution: Execution) -> list[Cell]:
    """Return our cells that the present kernel has run or runs, or ran until it died."""
    return [
        entry
        for entry in execution.transcript.entries
        if isinstance(entry, Cell)
        and entry.is_own
        and not entry.is_stale
        and entry.status in _WAS_RUN
    ]
