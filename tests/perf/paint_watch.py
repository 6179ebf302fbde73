"""When a widget was painted. A module of its own: imported between a start and its end."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class PaintWatch(QObject):
    """Notes the paintings of a widget.

    Attributes:
        count: How many there were.
        wanted: Asked when a painting begins: does it show what is waited for?
        heard: Called in the loop's turn after one that does.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        self.wanted: Callable[[], bool] = lambda: True
        self.heard: Callable[[], None] = lambda: None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a paint event; it is not over yet."""
        if event.type() is QEvent.Type.Paint:
            self.count += 1
            if self.wanted():
                QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        self.heard()
