"""The slow pulse of the bar beside a running cell."""

from collections.abc import Callable
from math import cos, tau

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from vitrail_widgets.transcript.transcript import Transcript

QUIET_MS = 150  # quicker cells show no bar: it would only flicker
STEP_MS = 80
PERIOD_MS = 2400


class Pulse(QObject):
    """Ticks only while a cell runs."""

    def __init__(
        self, transcript: Transcript, tell: Callable[[float], None], parent: QObject
    ) -> None:
        """Follow a transcript.

        Args:
            transcript: Is read.
            tell: Takes the strength of running bars, 0 to 1.
            parent: Owns it.
        """
        super().__init__(parent)
        self._tell = tell
        self._transcript = transcript
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def follow(self) -> None:
        """Start or stop as the transcript has it."""
        running = self._transcript.running
        if running and not self._timer.isActive():
            self._clock.start()
            self._timer.start()
        elif not running and self._timer.isActive():
            self._timer.stop()
            self._tell(0.0)

    def _on_timer_timeout(self) -> None:
        elapsed = self._clock.elapsed() - QUIET_MS
        if elapsed >= 0:
            self._tell(0.725 + 0.275 * cos(tau * elapsed / PERIOD_MS))
