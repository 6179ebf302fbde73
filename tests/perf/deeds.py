"""What is done with kernels and tabs: from the command to the painted prompt.

The same steps and clocks for every frontend; see perf.driver.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from perf.paint_watch import PaintWatch

TICK_MS = 2
FLOODED_S = 1.0
FLOOD = "while True: print('some text here ' * 4)"

Finish = Callable[[dict[str, Any]], None]


class Frontend(Protocol):
    """A program with tabs, as far as it is measured; all of it means the tab that is current."""

    def do(self, deed: str) -> None:
        """Begin what is measured, as the command in the menu does."""
        ...

    def submit(self, code: str) -> None:
        """Run a cell."""
        ...

    def is_printing(self) -> bool:
        """Whether the last cell has put something out."""
        ...

    def has_arrived(self, deed: str) -> bool:
        """Whether there is a prompt, of a kernel that answers."""
        ...

    def paper(self) -> QWidget:
        """Return what is painted."""
        ...


class Deed(QObject):
    """Does one thing, and hands over how long it took."""

    def __init__(self, frontend: Frontend, deed: str, finish: Finish) -> None:
        super().__init__()
        self._frontend, self._deed, self._finish = frontend, deed, finish
        self._began = self._flooded = 0.0
        self._step = self._flood if deed == "interrupt" else self._begin
        self._watch: PaintWatch | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin."""
        self._timer.start(TICK_MS)

    def _on_timer_timeout(self) -> None:
        self._step()

    def _flood(self) -> None:
        self._frontend.submit(FLOOD)
        self._step = self._drown

    def _drown(self) -> None:
        now = time.perf_counter()
        if not self._flooded and self._frontend.is_printing():
            self._flooded = now
        elif self._flooded and now > self._flooded + FLOODED_S:
            self._begin()

    def _begin(self) -> None:
        self._began = time.perf_counter()
        self._frontend.do(self._deed)
        self._step = self._arrive

    def _arrive(self) -> None:
        if self._frontend.has_arrived(self._deed):
            self._paint()

    def _paint(self) -> None:
        self._timer.stop()
        paper = self._frontend.paper()
        self._watch = PaintWatch(paper)
        self._watch.heard = self._tell
        paper.update()

    def _tell(self) -> None:
        assert self._watch is not None
        self._watch.heard = lambda: None
        self._finish({"wall_ms": 1e3 * (time.perf_counter() - self._began)})
