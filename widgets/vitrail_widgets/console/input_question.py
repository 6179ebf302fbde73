"""Waiting for the kernel to say whether an input is complete."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

ANSWER_MS = 300
"""How long the kernel may take; a busy one answers when it is too late to matter."""


class CompletenessQuestion(QObject):
    """At most one question at a time; keys pressed meanwhile are held back, not lost.

    Signals:
        expired: No answer came in time; the question is closed.
    """

    expired = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: str | None = None
        self._held: list[QKeyEvent] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ANSWER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited."""
        return self._source is not None

    def open(self, source: str) -> None:
        """Start to wait for an answer about `source`."""
        self._source = source
        self._timer.start()

    def close(self, source: str) -> bool:
        """Stop waiting; False if nothing was asked about `source`, and then nothing changes."""
        if self._source != source:
            return False
        self._source = None
        self._timer.stop()
        return True

    def hold(self, event: QKeyEvent) -> None:
        """Keep a key until the answer is there."""
        copy = QKeyEvent(
            event.type(),
            event.key(),
            event.modifiers(),
            event.text(),
            event.isAutoRepeat(),
            event.count(),
        )
        self._held.append(copy)

    def take_held(self) -> list[QKeyEvent]:
        """Return the keys held back, in order, and forget them."""
        held, self._held = self._held, []
        return held

    def _on_timer_timeout(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            self.expired.emit(source)
