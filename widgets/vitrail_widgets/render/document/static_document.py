"""A text document that reads no file and opens no connection."""

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QImage, QTextDocument

from vitrail_widgets.render.raster import Raster, RenderError
from vitrail_widgets.render.vector import Vector

LARGEST_PICTURE = 8_000_000  # pixels; larger ones would be decoded while the window waits
SCHEME = "vitrail"

Picture = Callable[[float], QImage]
"""Draws itself for a ratio of device pixels."""


class StaticDocument(QTextDocument):
    """Takes pictures from its own text, and from those that it was given."""

    def __init__(self, pictures: Mapping[str, Picture], ratio: float) -> None:
        """Prepare an empty document.

        Args:
            pictures: By the path of their address, as in `vitrail:formula/1`.
            ratio: Device pixels for each pixel.
        """
        super().__init__()
        self._pictures = pictures
        self._ratio = ratio
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Return a picture that is at hand, an empty one for what is not; nothing else."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return ""
        address = QUrl(name)
        if address.scheme() == SCHEME and address.path() in self._pictures:
            return self._pictures[address.path()](self._ratio)
        if address.scheme() == "data":
            return _inline(address.path(QUrl.ComponentFormattingOption.FullyDecoded), self._ratio)
        return QImage(1, 1, QImage.Format.Format_ARGB32)


def _inline(path: str, ratio: float) -> QImage:
    """Decode the picture of a data address; an empty one stands for what is none."""
    head, _, data = path.partition(",")
    mime = head.partition(";")[0]
    try:
        if mime == Vector.mime:
            vector = Vector(b64decode(data).decode("utf-8", "replace"))
            image = vector.decode(vector.fit(vector.size * ratio))
            image.setDevicePixelRatio(ratio)
            return image
        raster = Raster.from_base64(data, mime)
        if raster.size.width() * raster.size.height() <= LARGEST_PICTURE:
            return raster.decode(raster.size)
    except (RenderError, binascii.Error):
        pass
    return QImage(QSize(1, 1), QImage.Format.Format_ARGB32)
