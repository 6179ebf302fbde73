"""Our icons, in one colour of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vitrail_resources import icon_svg

RATIOS = (1.0, 2.0)
FAINT = 0.4  # how much is seen of what cannot be pressed
APPLICATION_SIZES = (16, 24, 32, 48, 64, 128, 256)


def themed_icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Return an icon drawn in `colour`, sharp on ordinary and on dense screens.

    One of a button that cannot be pressed is fainter; Qt's own would be lighter on dark grounds.
    """
    source = icon_svg(name).replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(source.encode()))
    icon = QIcon()
    for ratio in RATIOS:
        icon.addPixmap(_drawn(renderer, size, ratio))
        icon.addPixmap(_drawn(renderer, size, ratio, FAINT), QIcon.Mode.Disabled)
    return icon


def application_icon() -> QIcon:
    """Return the program's icon in its own colours."""
    renderer = QSvgRenderer(QByteArray(icon_svg("vitrail").encode()))
    icon = QIcon()
    for size in APPLICATION_SIZES:
        icon.addPixmap(_drawn(renderer, size, 1.0))
    return icon


def _drawn(renderer: QSvgRenderer, size: int, ratio: float, opacity: float = 1.0) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
