"""The size of the code font, by keys and by wheel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QWheelEvent

RANGE = (6.0, 40.0)  # points
NOTCH = 120  # eighths of a degree; touchpads send less at a time


class Zoom(QObject):
    """Makes a font larger and smaller.

    Signals:
        zoomed: The user chose another size, in points.
    """

    zoomed = Signal(float)

    def __init__(self, font: QFont, use: Callable[[QFont], None], parent: QObject) -> None:
        """Begin with a font.

        Args:
            font: Its size is the one that `by(0)` goes back to.
            use: Takes the font in another size.
            parent: Owns it.
        """
        super().__init__(parent)
        self._font = QFont(font)
        self._base = font.pointSizeF()
        self._use = use
        self._turned = 0

    def start_from(self, font: QFont) -> None:
        """Follow a font that was set otherwise."""
        self._font = QFont(font)

    def restart(self, font: QFont) -> None:
        """Use another font, whose size is the one to go back to."""
        self._base = font.pointSizeF()
        self._font = QFont(font)
        self._use(QFont(font))

    def by(self, steps: int) -> None:
        """Enlarge by `steps` points, shrink if negative, go back to the beginning if 0."""
        size = self._base if steps == 0 else self._font.pointSizeF() + steps
        size = min(max(size, RANGE[0]), RANGE[1])
        self._font.setPointSizeF(size)
        self._use(QFont(self._font))
        self.zoomed.emit(size)

    def turn(self, event: QWheelEvent) -> None:
        """Follow the wheel: one point for a notch."""
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        if steps:
            self._turned -= steps * NOTCH
            self.by(steps)
        event.accept()
