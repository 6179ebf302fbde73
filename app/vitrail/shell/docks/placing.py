"""Where a dock is put when it is first shown, and where the keyboard goes when it is left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow

WIDTH = 460  # when one is first shown

Orientation = Qt.Orientation


def place(dock: QDockWidget, window: "MainWindow") -> None:
    """Put a dock right of the tabs; those that are there already give it its share of the height.

    Args:
        dock: A new one.
        window: Its window; the current tab gets the keyboard when the dock is left.
    """
    area = Qt.DockWidgetArea.RightDockWidgetArea
    stack = [
        other
        for other in window.findChildren(QDockWidget)
        if other is not dock
        and other.isVisible()
        and not other.isFloating()
        and window.dockWidgetArea(other) is area
    ]
    window.addDockWidget(area, dock)
    window.resizeDocks([dock], [WIDTH], Orientation.Horizontal)
    if stack:
        stack.append(dock)
        window.resizeDocks(stack, [1] * len(stack), Orientation.Vertical)  # shares, not pixels
    KeyboardReturn(dock, lambda: window.tab)


class KeyboardReturn(QObject):
    """Gives the keyboard back to the console when the dock that has it is hidden, and on Esc.

    Left to Qt it would go to whatever comes next, and what is typed would be lost there.
    """

    def __init__(self, dock: QDockWidget, home: Callable[[], QWidget]) -> None:
        """Watch a dock as long as it lives.

        Args:
            dock: Which one.
            home: Who is to have the keyboard then.
        """
        super().__init__(dock)
        self._dock, self._home = dock, home
        dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the dock goes, or that nobody in it wanted Esc (Qt)."""
        if event.type() is QEvent.Type.Hide and not event.spontaneous():
            focused = QApplication.focusWidget()
            if focused is not None and self._dock.isAncestorOf(focused):
                self._give_back()
        elif event.type() is QEvent.Type.KeyPress and _is_esc(event):
            self._give_back()
            return True
        return super().eventFilter(watched, event)

    def _give_back(self) -> None:
        home = self._home()
        if self._dock.isFloating():
            home.activateWindow()
        home.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_esc(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
