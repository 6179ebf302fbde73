"""How long a cell runs or ran, in the words that stand beside it."""

from vitrail_resources.translation import tr
from vitrail_widgets.console.times import elapsed_text
from vitrail_widgets.transcript.cells import Cell, CellStatus

STALE = tr("before the restart")


def running_text(cell: Cell, now: float) -> str:
    """Return how long a cell has been running, in whole seconds; empty during the first."""
    if cell.status is not CellStatus.RUNNING or cell.started_at is None:
        return ""
    seconds = int(now - cell.started_at)
    return elapsed_text(0.0, seconds).replace(".0 ", " ") if seconds >= 1 else ""


def past_text(cell: Cell) -> str:
    """Return how long a cell took, and whether its kernel is gone."""
    elapsed = elapsed_text(cell.started_at, cell.finished_at)
    return " · ".join(part for part in (elapsed, STALE if cell.is_stale else "") if part)
