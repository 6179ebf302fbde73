"""Laying a long transcript out for another width, without keeping anybody waiting.

What is visible is laid out at once. The rest keeps its old heights and is done
in slices while the event loop is idle; by the time one scrolls there it is done,
or it is done then.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from vitrail_widgets.console.document import ConsoleDocument

SLICE_MS = 4


class Relayout(QObject):
    """Brings the entries of a document up to its canvas."""

    def __init__(
        self,
        document: ConsoleDocument,
        around: Callable[[Callable[[], bool]], bool],
        parent: QObject,
    ) -> None:
        """Work on a document.

        Args:
            document: Its canvas decides what is out of date.
            around: Calls the function it is given, which may change heights, keeps the
                place of what is read, and returns what the function did.
            parent: Owns it.
        """
        super().__init__(parent)
        self._document = document
        self._around = around
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin with what is not visible; the visible part is the caller's."""
        if self._document.is_settled:
            self._timer.stop()
        else:
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        if self._around(lambda: self._document.settle(lambda: clock.elapsed() < SLICE_MS)):
            self._timer.stop()
