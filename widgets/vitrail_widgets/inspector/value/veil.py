"""A veil over what is no longer known to be true: it stays to be read, greyed."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

ALPHA = 0.5


class Veil(QWidget):
    """Covers a widget with its ground's colour; the mouse goes through."""

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colour = QColor("white")
        covered.installEventFilter(self)
        self.hide()

    def apply_colour(self, ground: QColor) -> None:
        """Take another colour."""
        self._colour = QColor(ground)
        self._colour.setAlphaF(ALPHA)
        self.update()

    def set_drawn(self, drawn: bool) -> None:
        """Draw it, above all else, or take it away."""
        self.setVisible(drawn)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as what is covered."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the veil."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self._colour)
