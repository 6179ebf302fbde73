"""Decoded pictures, the least recently drawn forgotten first.

A figure takes some seventy times more memory decoded than compressed, so the
transcript keeps the bytes and this cache keeps what is on the screen.
"""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtGui import QImage

MAX_PIXELS = 6_000_000  # 24 MB; about three screens of 1920 x 1080


class ImageCache:
    """An LRU of images that is bounded by their pixels."""

    def __init__(self, max_pixels: int = MAX_PIXELS) -> None:
        self.max_pixels = max_pixels
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._pixels = 0

    def __len__(self) -> int:
        return len(self._images)

    @property
    def pixels(self) -> int:
        """Pixels held now. One image alone may exceed the bound: it is being drawn."""
        return self._pixels

    def find(self, key: Hashable) -> QImage | None:
        """Return the image of `key` if it is here."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: Hashable, image: QImage) -> None:
        """Keep an image; the least recently used ones go where there is no room."""
        before = self._images.pop(key, None)
        if before is not None:
            self._pixels -= _pixels(before)
        self._images[key] = image
        self._pixels += _pixels(image)
        while self._pixels > self.max_pixels and len(self._images) > 1:
            _, dropped = self._images.popitem(last=False)
            self._pixels -= _pixels(dropped)


def _pixels(image: QImage) -> int:
    return image.width() * image.height()
