"""How long the event loop was kept from a timer that is due every 2 ms."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer

from support.own_clock import own_time_s

TICK_MS = 2


class Gaps:
    """The longest time between two ticks so far, while nobody else had the processor.

    Attributes:
        worst_ms: In milliseconds.
    """

    def __init__(self) -> None:
        self.worst_ms = 0.0
        self._last = own_time_s()

    def tick(self) -> None:
        """Note that the loop had a turn."""
        now = own_time_s()
        self.worst_ms = max(self.worst_ms, (now - self._last) * 1000)
        self._last = now


@contextmanager
def ticking() -> Iterator[Gaps]:
    """Measure until the end of the block."""
    gaps = Gaps()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(gaps.tick)
    timer.start(TICK_MS)
    try:
        yield gaps
    finally:
        timer.stop()
        gaps.tick()
