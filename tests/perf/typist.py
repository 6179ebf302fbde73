"""Types like a person and measures each key: from the press to the end of the painting."""

import statistics
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from perf.paint_watch import PaintWatch

REST_MS: Final = 60
"""Between two keys: a quick typist, while completions and call tips come and go."""

LINE: Final = "total = sum(values[i] * len(names[i]) for i in range(10)) + max(alpha, beta)"
LINES: Final = 4


class Typewriter(Protocol):
    """An input, as far as it is measured."""

    @property
    def keyboard(self) -> QWidget:
        """Takes the keys."""
        ...

    @property
    def paper(self) -> QWidget:
        """Is painted when something was typed."""
        ...

    def write(self, code: str) -> None:
        """Replace what is in the input."""
        ...


class Typist(QObject):
    """Types some lines and tells how long each key took."""

    def __init__(self, typewriter: Typewriter, tell: Callable[[dict[str, Any]], None]) -> None:
        super().__init__()
        self._typewriter, self._tell = typewriter, tell
        self._keys = list(LINE * LINES)
        self._times: list[float] = []
        self._began = 0.0
        self._watch = PaintWatch(typewriter.paper)
        self._watch.wanted = lambda: self._began > 0
        self._watch.heard = self._on_painted

    def start(self) -> None:
        """Type the first key."""
        self._type()

    def _type(self) -> None:
        if len(self._keys) % len(LINE) == 0:
            self._typewriter.write("")
        key = self._keys.pop(0)
        self._began = time.perf_counter()
        QTest.keyClicks(self._typewriter.keyboard, key)

    def _on_painted(self) -> None:
        if not self._began:
            return
        self._times.append(time.perf_counter() - self._began)
        self._began = 0.0
        if self._keys:
            QTimer.singleShot(REST_MS, self, self._type)
            return
        times = sorted(self._times)
        self._tell(
            {
                "wall_ms": 1e3 * statistics.median(times),
                "p99_ms": 1e3 * times[int(0.99 * (len(times) - 1))],
                "worst_ms": 1e3 * times[-1],
            }
        )
