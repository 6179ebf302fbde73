"""Collects garbage on the GUI's thread, and on no other.

Python's collector runs in whatever thread has allocated enough, and destroys there what it finds. A
widget that is destroyed on another thread than its own crashes the program. So the collector is off
and looks through what is young each time that enough has piled up, when the event loop gets to it.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

LOOK_MS = 500


class Collector(QObject):
    """Does what the collector would do by itself, here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> None:
        """Collect the oldest generation that is due; the younger ones go with it."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if threshold and count > threshold
        ]
        if due:
            gc.collect(due[-1])
