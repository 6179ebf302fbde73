"""What is dropped or pasted beside the input: it goes into it all the same."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from vitrail_widgets.console.input_area import InputArea


class Incoming(QObject):
    """Hands what is dropped on the transcript, or pasted with the middle button, to the input."""

    def __init__(self, ground: QWidget, editor: InputArea) -> None:
        """Watch a widget.

        Args:
            ground: What is around the input.
            editor: The input.
        """
        super().__init__(ground)
        self._editor = editor
        ground.setAcceptDrops(True)
        ground.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags, drops and the middle button."""
        if isinstance(event, QDropEvent):  # a drag that moves is one, too
            if event.type() == QEvent.Type.Drop:
                self._drop(event)
            elif isinstance(event, QDragMoveEvent):
                self._follow(event)
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            return event.button() is Qt.MouseButton.MiddleButton and self._paste()
        return super().eventFilter(watched, event)

    def _takes(self, event: QDropEvent) -> bool:
        return self._editor.isVisible() and self._editor.transfer.can_take(event.mimeData())

    def _follow(self, event: QDragMoveEvent) -> None:
        if self._takes(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        if self._takes(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._editor.transfer.take(event.mimeData())
        else:
            event.ignore()

    def _paste(self) -> bool:
        if not self._editor.isVisible() or not self._editor.transfer.paste_selection():
            return False
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
