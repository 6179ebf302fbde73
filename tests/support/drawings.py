"""Pictures as libraries plot them, drawn without fonts: the same on every machine."""

from base64 import b64encode
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

WIDTH, HEIGHT = 320, 240
AXES = QRect(40, 20, 260, 190)
BLUE = "#1f77b4"
LINE, SWATCH, LETTER, PAPER = (170, 115), (250, 35), (100, 225), (5, 5)
"""Where a plot has a wide blue line, its colour in the legend, a stroke of a letter, nothing."""

HEAT = tuple(
    QColor(*(round(255 * (low + (high - low) * step / 255)) for low, high in ends))
    for ends in (((0.27, 0.99), (0.0, 0.9), (0.33, 0.14)),)
    for step in range(256)
)
"""Colours of a map, from dark violet to yellow."""


def plot(paper: str = "#ffffff", ink: str = "#000000", colour: str = BLUE) -> QImage:
    """Return axes with a curve, a legend, and strokes in place of letters."""
    image = blank(paper)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1))
        painter.drawRect(AXES)
        for x in range(50, 300, 50):
            painter.fillRect(x - 3, 220, 7, 10, QColor(ink))
        painter.setPen(QPen(QColor(colour), 6))
        painter.drawLine(QPointF(50, 200), QPointF(290, 30))
        painter.fillRect(240, 30, 20, 10, QColor(colour))
    return image


def with_plane(plane: Callable[[QPainter], None], paper: str = "#ffffff") -> QImage:
    """Return axes that are filled by what `plane` paints in them."""
    image = plot(paper)
    with QPainter(image) as painter:
        painter.setClipRect(AXES)
        plane(painter)
    return image


def heat(painter: QPainter) -> None:
    """Paint a smooth field in the colours of a map."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    steps = (127 * (np.sin(x / 30) * np.cos(y / 40) + 1)).astype(int)
    colours = np.array([(c.red(), c.green(), c.blue()) for c in HEAT], np.uint8)
    painter.drawImage(0, 0, picture(colours[steps]))


def photograph() -> QImage:
    """Return a picture of many colours that has grain."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    grain = np.random.default_rng(1).normal(0, 12, (HEIGHT, WIDTH, 3))
    planes = (128 + 90 * np.sin(x / 50), 100 + 80 * np.cos((x + y) / 60), 200 - y / 2)
    return picture((np.stack(planes, -1) + grain).clip(0, 255).astype(np.uint8))


def scene(painter: QPainter) -> None:
    """Paint a photograph."""
    painter.drawImage(0, 0, photograph())


def snow() -> QImage:
    """Return a photograph that is nearly white."""
    grain = np.random.default_rng(2).integers(225, 245, (HEIGHT, WIDTH, 3))
    return picture(grain.astype(np.uint8))


def blank(paper: str) -> QImage:
    """Return a picture of one colour, which may be "transparent"."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(paper) if paper != "transparent" else Qt.GlobalColor.transparent)
    return image


def picture(pixels: "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]") -> QImage:
    """Return rows of red, green and blue as a picture."""
    height, width, _ = pixels.shape
    form = QImage.Format.Format_RGB888
    return QImage(pixels.tobytes(), width, height, width * 3, form).copy()


def encoded(image: QImage, form: str = "png") -> str:
    """Return a picture as messages carry it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form)  # type: ignore[call-overload]  # the stub says bytes, PySide takes str
    return b64encode(bytes(buffer.data().data())).decode()
