"""The cells that wait for their turn, and those that were kept from it."""

from collections.abc import Callable, Sequence

from vitrail.presenters.reducer import Changes
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.transcript import Transcript


class ExecutionQueue:
    """The waiting cells of one kernel, in the order in which they will run.

    In the transcript they stand in the same order. A cell that an error, an interrupt or a kernel
    kept from running goes to the rest, which is offered and never lost.

    Attributes:
        changed: Called after there is more or less in the queue or in the rest.
        reordered: Called when the waiting cells have other numbers now.
    """

    def __init__(
        self,
        transcript: Transcript,
        *,
        tell: Callable[[Changes], None],
        now: Callable[[], float],
    ) -> None:
        """Begin with nothing.

        Args:
            transcript: Its cells are moved, numbered and given a status.
            tell: Takes what that changed.
            now: Seconds since the epoch.
        """
        self._transcript, self._tell, self._now = transcript, tell, now
        self._waiting: list[str] = []
        self._rest: list[str] = []
        self.changed: Callable[[], None] = lambda: None
        self.reordered: Callable[[], None] = lambda: None

    @property
    def waiting(self) -> Sequence[str]:
        """The ids of the cells that wait, the next one first."""
        return self._waiting

    @property
    def rest(self) -> Sequence[str]:
        """The ids of the cells that were kept from running, in their order."""
        return self._rest

    def add(self, cell_id: str) -> None:
        """Let a cell that is the transcript's last wait behind the others."""
        self._waiting.append(cell_id)
        self._tell(self._transcript.set_place(cell_id, len(self._waiting)))
        self.changed()

    def take(self) -> str | None:
        """Take the next one out, None when nobody waits."""
        if not self._waiting:
            return None
        cell_id = self._waiting.pop(0)
        self._changed()
        return cell_id

    def number(self, count: int) -> None:
        """Give the waiting cells the numbers they will probably get, the first one `count`."""
        for number, cell_id in enumerate(self._waiting, count):
            self._tell(self._transcript.set_count(cell_id, number, confirmed=False))

    def abort(self, status: CellStatus = CellStatus.ABORTED) -> None:
        """Withdraw all that wait; the cells keep their code and say so."""
        aborted, self._waiting = self._waiting, []
        for cell_id in aborted:
            self._tell(self._transcript.set_status(cell_id, status, self._now()))
        self._rest += aborted
        self.changed()

    def keep(self, cell_id: str) -> None:
        """Add a cell to the rest, which the kernel did not run."""
        self._rest.append(cell_id)
        self.changed()

    def cancel(self, cell_id: str) -> bool:
        """Withdraw one; it stays in the transcript and is not offered. False if it runs already."""
        if not self._leave(cell_id):
            return False
        self._tell(self._transcript.set_status(cell_id, CellStatus.ABORTED, self._now()))
        self._changed()
        return True

    def move(self, cell_id: str, step: int) -> bool:
        """Let one wait a place earlier (-1) or later (1); say whether there is such a place."""
        if cell_id not in self._waiting:
            return False
        here = self._waiting.index(cell_id)
        there = here + step
        if not 0 <= there < len(self._waiting):
            return False
        index = self._transcript.position(self._waiting[there])
        self._waiting.insert(there, self._waiting.pop(here))
        self._tell(self._transcript.move_cell(cell_id, index))
        self._changed()
        return True

    def take_back(self, cell_id: str) -> str | None:
        """Take a cell out of queue and transcript; return its code, None if it runs already."""
        cell = self._transcript.cell(cell_id)
        if cell is None or not self._leave(cell_id):
            return None
        self._tell(self._transcript.remove_cell(cell_id))
        self._changed()
        return cell.code

    def forget(self, cell_id: str) -> None:
        """Offer a cell of the rest no more."""
        if cell_id in self._rest:
            self._rest.remove(cell_id)
            self.changed()

    def take_rest(self) -> list[str]:
        """Return the rest, and offer it no more: it is run now, or not wanted."""
        rest, self._rest = self._rest, []
        self.changed()
        return rest

    def _leave(self, cell_id: str) -> bool:
        if cell_id not in self._waiting:
            return False
        self._waiting.remove(cell_id)
        return True

    def _changed(self) -> None:
        for place, cell_id in enumerate(self._waiting, 1):
            self._tell(self._transcript.set_place(cell_id, place))
        self.reordered()
        self.changed()
