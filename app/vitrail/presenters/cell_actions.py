"""What a cell offers, done: run it again, or give it another place in the queue."""

from collections.abc import Callable

from vitrail.presenters.queue import ExecutionQueue
from vitrail_widgets.console.offers import Offer
from vitrail_widgets.console.view import ConsoleView


class CellActions:
    """Does what the user takes up of a cell's offers."""

    def __init__(
        self,
        view: ConsoleView,
        queue: ExecutionQueue,
        *,
        flush: Callable[[], None],
        run_again: Callable[[str], None],
    ) -> None:
        """Listen to a view.

        Args:
            view: Where offers are taken up.
            queue: Is changed.
            flush: Shows what has happened to the transcript so far.
            run_again: Submits the code of a cell once more.
        """
        self._view, self._queue, self._flush = view, queue, flush
        self._run_again = run_again
        view.cell_offers.taken.connect(self._on_cell_offers_taken)

    def _on_cell_offers_taken(self, offer: str, cell_id: str) -> None:
        self._flush()
        match Offer(offer):
            case Offer.RUN_AGAIN:
                self._run_again(cell_id)
            case Offer.UP:
                self._queue.move(cell_id, -1)
            case Offer.DOWN:
                self._queue.move(cell_id, 1)
            case Offer.CANCEL:
                self._queue.cancel(cell_id)
            case Offer.EDIT:
                self._edit(cell_id)
        self._flush()

    def _edit(self, cell_id: str) -> None:
        """Take a cell's code back into the input, before what is being typed there."""
        code = self._queue.take_back(cell_id)
        if code is None:
            return
        area = self._view.input
        typed = area.text()
        area.set_text(f"{code}\n{typed}" if typed.strip() else code)
        area.setFocus()
