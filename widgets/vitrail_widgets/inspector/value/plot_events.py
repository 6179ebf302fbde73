"""What the pointer and the keys do over a plot, told apart from how it is drawn."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent


class PlotEvents(QObject):
    """Hears a plot of pyqtgraph; all else goes on to it.

    Signals:
        pointed: The pointer is at a point of the plot's viewport.
        left: The pointer went away.
        doubled: It was clicked twice.
    """

    pointed = Signal(QPointF)
    left = Signal()
    doubled = Signal()

    def __init__(self, plot: Any, act: Callable[[Qt.Key], bool], parent: QObject) -> None:
        """Begin to listen.

        Args:
            plot: Its keys and its viewport's mouse.
            act: Does what a key means; says whether it means anything.
            parent: Owns this.
        """
        super().__init__(parent)
        self._act = act
        plot.installEventFilter(self)
        plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what happens (Qt)."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self.pointed.emit(event.position())
        elif event.type() == QEvent.Type.Leave:
            self.left.emit()
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.doubled.emit()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._act(Qt.Key(event.key()))
        return super().eventFilter(watched, event)
