"""An event loop's clock and timers without a loop: time passes when a test says so."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count
from typing import Any


class StoppedLoop:
    """Runs due callbacks in `advance`; installed as the running loop while a context."""

    def __init__(self) -> None:
        self._now = 100.0
        self._order = count()
        self._timers: list[tuple[float, int, StoppedTimer]] = []

    def time(self) -> float:
        return self._now

    def call_later(self, delay: float, callback: Callable[..., Any], *args: Any) -> "StoppedTimer":
        timer = StoppedTimer(lambda: callback(*args))
        heapq.heappush(self._timers, (self._now + delay, next(self._order), timer))
        return timer

    def advance(self, seconds: float, *, blocked: bool = False) -> None:
        """Let time pass; *blocked* runs what fell due only at the end, all of it late."""
        end = self._now + seconds
        if blocked:
            self._now = end
        while self._timers and self._timers[0][0] <= end:
            due, _, timer = heapq.heappop(self._timers)
            self._now = max(self._now, due)
            timer.fire()
        self._now = end

    @property
    def pending(self) -> int:
        """How many timers are neither fired nor cancelled."""
        return sum(not timer.is_cancelled for _, _, timer in self._timers)

    def __enter__(self) -> "StoppedLoop":
        asyncio._set_running_loop(self)  # type: ignore[arg-type]  # as much of a loop as is used
        return self

    def __exit__(self, *exc: object) -> None:
        asyncio._set_running_loop(None)


class StoppedTimer:
    """A handle."""

    def __init__(self, callback: Callable[[], Any]) -> None:
        self._callback = callback
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def fire(self) -> None:
        if not self.is_cancelled:
            self._callback()
