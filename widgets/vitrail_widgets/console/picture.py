"""A console's whole transcript as one image."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.render.block import Clip


def picture_of(view: ConsoleView, ratio: float, tallest: int) -> QImage:
    """Paint all entries of a view, also those that are scrolled out.

    Args:
        view: Is laid out for its present width.
        ratio: Pixels of the image for each pixel of the console.
        tallest: Height in pixels of the console at which the picture is cut.
    """
    view.document.complete()
    view.document.settle(lambda: True)
    height = min(view.document.height + 2 * MARGIN_Y, tallest)
    image = QImage(QSize(view.viewport().width(), height) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(view.theme.bg)
    painter = QPainter(image)
    view.painting.paint(painter, MARGIN_Y, Clip(0, height))
    painter.end()
    return image
