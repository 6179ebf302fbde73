"""The mouse on the transcript: every event to the collaborator whose it is."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from vitrail_widgets.console.pointer import PointerSelection

Type = QEvent.Type


class Pointed(Protocol):
    """The view, as far as the mouse acts on it."""

    pointer: PointerSelection

    def viewport(self) -> QWidget:
        """Return the widget that is drawn on."""
        ...

    def menu_at(self, point: QPoint) -> QMenu:
        """Return what can be done with the transcript at a point."""
        ...

    def leave(self) -> None:
        """Forget what the pointer was on."""
        ...


class ViewportEvents(QObject):
    """Filters the events of a view's viewport."""

    def __init__(self, view: Pointed, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        pointer = view.pointer
        self._mouse: dict[QEvent.Type, Callable[[QMouseEvent], None]] = {
            Type.MouseButtonPress: pointer.press,
            Type.MouseButtonDblClick: pointer.double_click,
            Type.MouseMove: pointer.move,
            Type.MouseButtonRelease: pointer.release,
        }
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand an event on; what is not the mouse's goes its way."""
        if isinstance(event, QMouseEvent) and event.type() in self._mouse:
            self._mouse[event.type()](event)
            return True
        if isinstance(event, QContextMenuEvent):
            self._view.menu_at(event.pos()).popup(event.globalPos())
            return True
        if event.type() == Type.Leave:
            self._view.leave()
        return super().eventFilter(watched, event)
