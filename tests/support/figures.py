"""Pictures of one colour."""

from base64 import b64encode

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage


def encoded(colour: str, size: QSize) -> str:
    """Return a PNG as messages carry it."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "png")  # type: ignore[call-overload]  # the stub says bytes, PySide takes str
    return b64encode(bytes(buffer.data().data())).decode()
