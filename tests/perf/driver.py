"""Drives a console on Qt and measures it: the same steps and clocks for every frontend.

Nothing here waits: a precise 2 ms timer looks whether a step is over, and the times between its
ticks are the pauses in which a user would have had to wait.
"""

import statistics
import time
from array import array
from collections.abc import Callable
from typing import Any, Protocol

import psutil
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from perf.cases import Case
from perf.paint_watch import PaintWatch
from perf.typist import Typewriter, Typist

TICK_MS = 2
TRIPS = 60
REST_S = 0.08
MEGABYTE = 1e6

Finish = Callable[[dict[str, Any]], None]


class Console(Typewriter, Protocol):
    """A frontend, as far as it is measured."""

    viewport: QWidget

    def submit(self, code: str) -> None:
        """Run a cell."""
        ...

    def press_enter(self) -> None:
        """Submit what is in the input, as a user does."""
        ...

    def is_done(self) -> bool:
        """Whether the last cell is finished and all of it was handed to the view."""
        ...

    def has_result(self) -> bool:
        """Whether the result of the last cell was handed to the view."""
        ...

    def facts(self, case: Case) -> dict[str, Any]:
        """Look whether everything is there, after the measurement."""
        ...


class Driver(QObject):
    """Runs the steps of one case and hands over what was measured."""

    def __init__(self, console: Console, case: Case, finish: Finish) -> None:
        super().__init__()
        self._console, self._case, self._finish = console, case, finish
        self._painted = PaintWatch(console.viewport)
        self._painted.heard = self._on_painted
        self._painted.wanted = self._is_wanted
        self._process = psutil.Process()
        self._steps = ["pass", *case.setup]
        self._gaps, self._work = array("d"), array("d")
        self._trips: list[float] = []
        self._measuring = self._repainting = self._waiting = False
        self._rss = self._began = self._ticked = self._worked = self._rested = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin with the cells that are not measured."""
        self._next()
        self._timer.start(TICK_MS)

    def _next(self) -> None:
        if self._steps:
            self._console.submit(self._steps.pop(0))
        elif self._case.kind == "trip":
            self._rested = time.perf_counter() + REST_S
        elif self._case.kind == "type":
            self._timer.stop()
            self._typist = Typist(self._console, self._tell)
            self._typist.start()
        else:
            self._rss = self._process.memory_info().rss
            self._measuring = True
            self._worked = time.thread_time()
            self._painted.count = 0
            self._began = self._ticked = time.perf_counter()
            self._console.submit(self._case.code)

    def _on_tick(self) -> None:
        now = time.perf_counter()
        if self._measuring:
            self._note(now)
        if self._rested:
            if now > self._rested:
                self._rested = 0.0
                self._trip()
        elif not self._repainting and not self._waiting and self._console.is_done():
            self._repainting = True
            self._console.viewport.update()

    def _is_wanted(self) -> bool:
        return self._repainting or (self._waiting and self._console.has_result())

    def _on_painted(self) -> None:
        if self._repainting:
            self._repainting = False
            if self._measuring:
                self._end()
            else:
                self._next()
        elif self._waiting:
            self._waiting = False
            self._trips.append(time.perf_counter() - self._began)
            if len(self._trips) == TRIPS:
                self._tell({"wall_ms": 1e3 * statistics.median(self._trips)})
            else:
                self._rested = time.perf_counter() + REST_S

    def _note(self, now: float) -> None:
        """Note the pause that ends now, and how much of it this thread worked.

        What is left was taken by other processes: on a busy machine the two differ much.
        """
        worked = time.thread_time()
        self._gaps.append(now - self._ticked)
        self._work.append(worked - self._worked)
        self._ticked, self._worked = now, worked

    def _trip(self) -> None:
        self._console.write(self._case.code)
        self._waiting = True
        self._began = time.perf_counter()
        self._console.press_enter()

    def _end(self) -> None:
        now = time.perf_counter()
        self._note(now)
        gaps = sorted(self._gaps)
        self._tell(
            {
                "wall_ms": 1e3 * (now - self._began),
                "worst_ms": 1e3 * gaps[-1],
                "work_ms": 1e3 * max(self._work),
                "p99_ms": 1e3 * gaps[int(0.99 * (len(gaps) - 1))],
                "rss_mb": (self._process.memory_info().rss - self._rss) / MEGABYTE,
                "ticks": len(gaps),
                "paints": self._painted.count,
            }
        )

    def _tell(self, measured: dict[str, Any]) -> None:
        self._timer.stop()
        self._finish(measured | self._console.facts(self._case))
