"""A raster image, painted from its compressed bytes."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPainterPath

from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.image_cache import ImageCache

MAX_SOURCE_PIXELS = 60_000_000  # larger ones would take a quarter of a gigabyte to look at
CARD_PAD = 8
CARD_RADIUS = 6
PAPER = QColor("#ffffff")


class RenderError(Exception):
    """A bundle's data is not what its type says; the text is one sentence."""


class ImageBlock:
    """Draws one image at its natural size, or smaller where the console is narrower."""

    line_count = 1

    def __init__(self, source: bytes, mime: str, size: QSize, cache: ImageCache) -> None:
        """Show `source`, compressed as `mime` says, at `size` (device independent pixels)."""
        self._source = source
        self._mime = mime
        self._natural = size
        self._cache = cache
        self._key = object()  # an id() would be used again for the next frame of an animation
        self._shown = QSize(size)
        self._on_card = False

    @staticmethod
    def from_base64(
        data: object, mime: str, metadata: Mapping[str, Any], cache: ImageCache
    ) -> "ImageBlock":
        """Make the block of a bundle's entry.

        Args:
            data: Base64 text as Jupyter messages carry it.
            metadata: The entry's own; `width` and `height` are device independent pixels.

        Raises:
            RenderError: It is not base64, not an image, or too large to be decoded.
        """
        source = _decoded(data, mime)
        reader = _reader(source)
        pixels = reader.size()
        if not pixels.isValid() or not reader.canRead():
            raise RenderError(f"{mime} could not be read: {reader.errorString()}")
        if pixels.width() * pixels.height() > MAX_SOURCE_PIXELS:
            raise RenderError(
                f"{mime} of {pixels.width()} × {pixels.height()} pixels is too large to be drawn"
            )
        return ImageBlock(source, mime, _stated_size(pixels, metadata), cache)

    @property
    def height(self) -> int:
        """Height of the picture with its card."""
        return self._shown.height() + 2 * CARD_PAD

    def line(self, index: int) -> str:  # noqa: ARG002 - a picture is one line
        """Return what stands for the picture in copied text."""
        return f"[{self._mime} {self._natural.width()} × {self._natural.height()}]"

    def text(self, start: Place, end: Place | None) -> str:
        """Return the stand-in, whole or not at all."""
        return "" if end == start else self.line(0)

    def resize(self, canvas: Canvas) -> None:
        """Fit the picture into the width; never enlarge it."""
        room = max(1, canvas.width - 2 * CARD_PAD)
        self._shown = QSize(self._natural)
        if self._shown.width() > room:
            height = max(1, round(self._natural.height() * room / self._natural.width()))
            self._shown = QSize(room, height)

    def refresh(self, from_line: int) -> None:
        """Do nothing: a picture that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the picture, on a light card where the theme is dark and it brings its own white."""
        del clip
        ratio = painter.device().devicePixelRatio()
        image = self._cache.get(
            (self._key, ratio, self._shown.toTuple()), lambda: self._load(ratio)
        )
        target = QRect(canvas.x, top + CARD_PAD, self._shown.width(), self._shown.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if canvas.theme.dark and self._on_card:
            card = target.adjusted(-CARD_PAD, -CARD_PAD, CARD_PAD, CARD_PAD)
            path = QPainterPath()
            path.addRoundedRect(card.translated(CARD_PAD, 0), CARD_RADIUS, CARD_RADIUS)
            painter.fillPath(path, PAPER)
            target.translate(CARD_PAD, 0)
        painter.drawImage(target, image)
        if selected is not None and selected.end != selected.start:
            painter.fillRect(target, canvas.theme.selection)
        painter.restore()

    def link_at(self, place: Place) -> None:
        """Return nothing."""

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:  # noqa: ARG002
        """Return the near edge: the picture is selected as one character."""
        return Place(0, 0 if x < self._shown.width() // 2 else len(self.line(0)))

    def _load(self, ratio: float) -> QImage:
        image = _reader(self._source).read()
        if image.isNull():  # the header was right and the rest is not
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        self._on_card = _is_white_paper(image)
        wanted = self._shown * ratio
        if wanted.width() < image.width():
            image = image.scaled(
                wanted,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return image


def _decoded(data: object, mime: str) -> bytes:
    if not isinstance(data, str):
        raise RenderError(f"{mime} came as {type(data).__name__}, not as base64 text")
    try:
        return b64decode(data.encode("ascii"), validate=False)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise RenderError(f"{mime} is not base64: {error}") from error


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


def _stated_size(pixels: QSize, metadata: Mapping[str, Any]) -> QSize:
    """Return the size in device independent pixels; retina figures state half their pixels."""
    width, height = _number(metadata.get("width")), _number(metadata.get("height"))
    if width and height:
        return QSize(round(width), round(height))
    if width:
        return QSize(round(width), max(1, round(pixels.height() * width / pixels.width())))
    if height:
        return QSize(max(1, round(pixels.width() * height / pixels.height())), round(height))
    return pixels


def _number(value: object) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < 20_000
    return float(value) if usable else 0.0  # type: ignore[arg-type]  # narrowed by `usable`


def _is_white_paper(image: QImage) -> bool:
    """Say whether the corners are opaque and nearly white: a figure on its own paper."""
    right, bottom = image.width() - 1, image.height() - 1
    corners = [image.pixelColor(x, y) for x in (0, right) for y in (0, bottom)]
    return all(c.alpha() > 250 and min(c.red(), c.green(), c.blue()) > 240 for c in corners)
