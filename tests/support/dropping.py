"""Things dragged over a widget and let go."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def files(*paths: str) -> QMimeData:
    """Return what a file manager drags."""
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return source


def text(words: str) -> QMimeData:
    """Return what an editor drags."""
    source = QMimeData()
    source.setText(words)
    return source


def drop(target: QWidget, source: QMimeData, at: QPoint) -> bool:
    """Drag something over a widget and let go; say whether it was taken."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, source, left, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(target, QDragMoveEvent(at, copy, source, left, none))
    let_go = QDropEvent(QPointF(at), copy, source, left, none)
    QApplication.sendEvent(target, let_go)
    return let_go.isAccepted()
