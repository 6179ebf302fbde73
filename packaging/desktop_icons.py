"""The program's icon in the sizes that desktops look for, drawn from its SVG."""

import os
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SOURCE = Path(__file__).parents[1] / "resources/vitrail_resources/icons/vitrail.svg"


def write_icons(hicolor: Path) -> None:
    """Write all sizes, and the SVG itself, into a directory laid out as a hicolor theme is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    renderer = QSvgRenderer(str(SOURCE))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        target = hicolor / f"{size}x{size}" / "apps" / "vitrail.png"
        target.parent.mkdir(parents=True)
        if not image.save(str(target)):
            raise OSError(f"{target} cannot be written")
    scalable = hicolor / "scalable" / "apps" / "vitrail.svg"
    scalable.parent.mkdir(parents=True)
    scalable.write_bytes(SOURCE.read_bytes())
    del application
