"""What can be done with a cell that waits or was not run."""

from enum import StrEnum

from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell, CellStatus


class Offer(StrEnum):
    """Something that a cell offers, by the word that is drawn."""

    RUN_AGAIN = tr("run again")
    UP = "↑"
    DOWN = "↓"
    EDIT = "edit"
    CANCEL = "cancel"


TITLES = {
    Offer.RUN_AGAIN: tr("Run this cell again"),
    Offer.UP: tr("Run it earlier"),
    Offer.DOWN: tr("Run it later"),
    Offer.EDIT: tr("Take it back into the input"),
    Offer.CANCEL: tr("Do not run it"),
}
IN_QUEUE = (Offer.UP, Offer.DOWN, Offer.EDIT, Offer.CANCEL)
NOT_RUN = frozenset({CellStatus.ABORTED, CellStatus.LOST})


def offers_of(cell: Cell) -> tuple[Offer, ...]:
    """Return what a cell offers, in the order in which it is drawn."""
    if not cell.is_own:
        return ()
    if cell.status is CellStatus.QUEUED:
        return IN_QUEUE
    return (Offer.RUN_AGAIN,) if cell.status in NOT_RUN else ()
