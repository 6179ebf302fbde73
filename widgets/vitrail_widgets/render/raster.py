"""Compressed raster images and what they decode to. Needs no application and runs on any thread."""

import binascii
from base64 import b64decode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from vitrail_resources.translation import tr

MAX_SOURCE_PIXELS = 60_000_000  # larger ones would take a quarter of a gigabyte to look at
LARGE_PIXELS = 1_500_000  # 16 ms; a figure of matplotlib for a screen of ratio 2 has 1.2 million
LARGE_BYTES = 1_000_000  # noise and photographs: 14 ms for each million
HEAD = 400_000  # characters of base64; a JPEG may have pages of metadata before its size
NOTE = QColor("#808080")


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
    """One compressed image. It stays as it came, and is decoded from there each time.

    Attributes:
        mime: Its type.
        size: Its pixels.
    """

    def __init__(self, source: bytes | str, mime: str) -> None:
        """Read the header.

        Args:
            source: The compressed bytes, or these in base64.
            mime: Its type.

        Raises:
            RenderError: It is not an image, or too large to be decoded.
        """
        self.mime = mime
        self._source = source
        reader = _reader(self._head())
        self.size = reader.size()
        if not self.size.isValid() or not reader.canRead():
            raise RenderError(
                tr(
                    "{mime} could not be read: {reason}",
                    mime=mime,
                    reason=reader.errorString(),
                )
            )
        if self._pixels > MAX_SOURCE_PIXELS:
            raise RenderError(
                tr(
                    "{mime} of {width} × {height} pixels is too large to be drawn",
                    mime=mime,
                    width=self.size.width(),
                    height=self.size.height(),
                )
            )

    @staticmethod
    def from_base64(text: object, mime: str) -> "Raster":
        """Return the image of a bundle's entry, base64 text as Jupyter messages carry it.

        Raises:
            RenderError: It is not base64, or what `Raster` refuses.
        """
        if not isinstance(text, str):
            raise RenderError(
                tr("{mime} came as {name}, not as base64 text", mime=mime, name=type(text).__name__)
            )
        try:
            return Raster(text, mime)
        except (UnicodeEncodeError, binascii.Error) as error:
            raise RenderError(
                tr("{mime} is not base64: {error}", mime=mime, error=error)
            ) from error

    @property
    def source(self) -> bytes:
        """The compressed bytes; ValueError where they are no base64 after all."""
        return _from_base64(self._source) if isinstance(self._source, str) else self._source

    def _head(self) -> bytes:
        """Return as much as the header takes; of little all, so that it is known to be base64."""
        if isinstance(self._source, bytes) or len(self._source) <= LARGE_BYTES:
            return self.source
        head = "".join(self._source[:HEAD].split())
        return _from_base64(head[: len(head) // 4 * 4])

    @property
    def is_large(self) -> bool:
        """Whether decoding it would be felt."""
        return self._pixels > LARGE_PIXELS or len(self._source) > LARGE_BYTES

    @property
    def original(self) -> bytes:
        """The compressed bytes."""
        return self.source

    @property
    def harmless(self) -> bytes:
        """The compressed bytes: pixels run nothing."""
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
        try:
            reader = _reader(self.source)
        except ValueError as error:
            return written(tr("{mime} is broken: {error}", mime=self.mime, error=error), size)
        if self.mime == "image/jpeg" and size.width() < self.size.width():
            reader.setScaledSize(size)  # it leaves out what would not be seen
        image = reader.read()
        if image.isNull():  # the header was right and the rest is not
            return written(
                tr(
                    "{mime} is broken: {reason}",
                    mime=self.mime,
                    reason=reader.errorString(),
                ),
                size,
            )
        return scaled_down(image, size)


def written(text: str, size: QSize) -> QImage:
    """Return a picture of a size that says why there is none."""
    image = blank(size)
    with QPainter(image) as painter:
        painter.setPen(NOTE)
        painter.drawText(image.rect(), Qt.TextFlag.TextWordWrap, text)
    return image


def blank(size: QSize) -> QImage:
    """Return a transparent picture, of a pixel at least."""
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _from_base64(text: str) -> bytes:
    return b64decode(text.encode("ascii"), validate=False)


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
    # WORKAROUND (Qt and PySide 6.11): what chooses the decoder reads the buffer under a lock of
    # Qt's, and needs the interpreter for that. `read` gives it away before, and another thread that
    # has it may wait for the lock. `canRead` chooses and keeps it. May go when `read` does so, too.
    reader.canRead()
    return reader


def _keep_alive(reader: QImageReader, buffer: QBuffer) -> None:
    """Tie the buffer to the reader, which only borrows it."""
    reader.vitrail_buffer = buffer  # type: ignore[attr-defined]  # a Python attribute on a wrapper
