"""What is on a picture."""

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QImage


def colours(path: Path) -> Counter[int]:
    """Count the pixels of each colour, 0xRRGGBB."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull(), f"{path} is no picture"
    pixels = memoryview(image.constBits()).cast("I")
    return Counter(pixel & 0xFFFFFF for pixel in pixels)
