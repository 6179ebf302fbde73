"""Compressed raster images and what they decode to. Needs no application and runs on any thread."""

import binascii
from base64 import b64decode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MAX_SOURCE_PIXELS = 60_000_000  # larger ones would take a quarter of a gigabyte to look at
LARGE_PIXELS = 1_500_000  # 16 ms; a figure of matplotlib for a screen of ratio 2 has 1.2 million
LARGE_BYTES = 1_000_000  # noise and photographs: 14 ms for each million


class RenderError(Exception):
    """A bundle's data is not what its type says; the text is one sentence.

    Attributes:
        is_told: Whether the user misses something who sees another form instead.
    """

    is_told = True


class UnsuitedError(RenderError):
    """Another form shows the same."""

    is_told = False


class NeedsBrowserError(RenderError):
    """Nothing of it can be shown without running or fetching something."""


class Raster:
    """One compressed image.

    Attributes:
        mime: Its type.
        size: Its pixels.
        source: The compressed bytes.
    """

    def __init__(self, source: bytes, mime: str) -> None:
        """Read the header.

        Raises:
            RenderError: It is not an image, or too large to be decoded.
        """
        reader = _reader(source)
        self.mime = mime
        self.size = reader.size()
        self.source = source
        if not self.size.isValid() or not reader.canRead():
            raise RenderError(f"{mime} could not be read: {reader.errorString()}")
        if self._pixels > MAX_SOURCE_PIXELS:
            raise RenderError(
                f"{mime} of {self.size.width()} × {self.size.height()} pixels"
                " is too large to be drawn"
            )

    @staticmethod
    def from_base64(text: object, mime: str) -> "Raster":
        """Return the image of a bundle's entry, base64 text as Jupyter messages carry it.

        Raises:
            RenderError: It is not base64, or what `Raster` refuses.
        """
        if not isinstance(text, str):
            raise RenderError(f"{mime} came as {type(text).__name__}, not as base64 text")
        try:
            return Raster(b64decode(text.encode("ascii"), validate=False), mime)
        except (UnicodeEncodeError, binascii.Error) as error:
            raise RenderError(f"{mime} is not base64: {error}") from error

    @property
    def is_large(self) -> bool:
        """Whether decoding it would be felt."""
        return self._pixels > LARGE_PIXELS or len(self.source) > LARGE_BYTES

    @property
    def original(self) -> bytes:
        """The compressed bytes."""
        return self.source

    @property
    def moves(self) -> bool:
        """Whether there are several frames."""
        reader = _reader(self.source)
        return reader.supportsAnimation() and reader.imageCount() != 1

    @property
    def _pixels(self) -> int:
        return self.size.width() * self.size.height()

    def fit(self, wanted: QSize) -> QSize:
        """Return the most useful size in pixels for a wanted one: its own at most."""
        return wanted.boundedTo(self.size)

    def decode(self, size: QSize) -> QImage:
        """Return the picture at a size in pixels, not larger than its own."""
        reader = _reader(self.source)
        if self.mime == "image/jpeg" and size.width() < self.size.width():
            reader.setScaledSize(size)  # it leaves out what would not be seen
        image = reader.read()
        if image.isNull():  # the header was right and the rest is not
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        return scaled_down(image, size)


def scaled_down(image: QImage, size: QSize) -> QImage:
    """Return a picture at a size in pixels; itself if it is no larger."""
    if size.width() >= image.width():
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def _reader(source: bytes) -> QImageReader:
    buffer = QBuffer()
    buffer.setData(QByteArray(source))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    buffer.setParent(None)
    reader.setAutoTransform(True)
    _keep_alive(reader, buffer)
    return reader


def _keep_alive(reader: QImageReader, buffer: QBuffer) -> None:
    """Tie the buffer to the reader, which only borrows it."""
    reader.vitrail_buffer = buffer  # type: ignore[attr-defined]  # a Python attribute on a wrapper
