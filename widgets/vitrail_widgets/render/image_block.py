"""A picture, painted from its compressed bytes or from its drawing instructions."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import Decoded, ImageLoader
from vitrail_widgets.render.raster import Raster, scaled_down

CARD_PAD = 8
CARD_RADIUS = 6
PAPER = QColor("#ffffff")


class Source(Protocol):
    """What a picture is made from: a `Raster`, an SVG `Vector`."""

    @property
    def mime(self) -> str:
        """Its type."""
        ...

    @property
    def size(self) -> QSize:
        """Its own pixels."""
        ...

    @property
    def is_large(self) -> bool:
        """Whether decoding it would be felt."""
        ...

    @property
    def original(self) -> bytes:
        """What came."""
        ...

    def fit(self, wanted: QSize) -> QSize:
        """Return the most useful size in pixels for a wanted one."""
        ...

    def decode(self, size: QSize) -> QImage:
        """Return the picture at such a size; on any thread."""
        ...


class ImageBlock:
    """Draws one image at its natural size, or smaller where the console is narrower."""

    line_count = 1

    def __init__(self, source: Source, size: QSize, cache: ImageCache, loader: ImageLoader) -> None:
        """Show `source` at `size` (device independent pixels).

        Args:
            cache: Keeps what was decoded.
            loader: Decodes it, if it is large.
        """
        self._source = source
        self._natural = size
        self._cache = cache
        self._loader = loader
        self._key = object()  # an id() would be used again for the next frame of an animation
        self._shown = QSize(size)
        self._decoded_width = 0
        self._requested_width = 0
        self._on_card = False
        self._widget: QWidget | None = None

    @staticmethod
    def from_base64(
        data: object,
        mime: str,
        metadata: Mapping[str, Any],
        cache: ImageCache,
        loader: ImageLoader,
    ) -> "ImageBlock":
        """Make the block of a bundle's entry.

        Args:
            data: Base64 text as Jupyter messages carry it.
            metadata: The entry's own; `width` and `height` are device independent pixels.

        Raises:
            RenderError: It is not base64, not an image, or too large to be decoded.
        """
        raster = Raster.from_base64(data, mime)
        return ImageBlock(raster, stated_size(raster.size, metadata), cache, loader)

    @property
    def height(self) -> int:
        """Height of the picture with its card."""
        return self._shown.height() + 2 * CARD_PAD

    def line(self, index: int) -> str:  # noqa: ARG002 - a picture is one line
        """Return what stands for the picture in copied text."""
        return f"[{self._source.mime} {self._natural.width()} × {self._natural.height()}]"

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
        image = self._image(painter)
        target = QRect(canvas.x, top + CARD_PAD, self._shown.width(), self._shown.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if canvas.theme.dark and self._on_card:
            card = target.adjusted(-CARD_PAD, -CARD_PAD, CARD_PAD, CARD_PAD)
            path = QPainterPath()
            path.addRoundedRect(card.translated(CARD_PAD, 0), CARD_RADIUS, CARD_RADIUS)
            painter.fillPath(path, PAPER)
            target.translate(CARD_PAD, 0)
        if image is None:
            painter.fillRect(target, canvas.theme.surface)
        else:
            smooth = not _is_whole_enlargement(image, target, painter)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(target, image)
        if selected is not None and selected.end != selected.start:
            painter.fillRect(target, canvas.theme.selection)
        painter.restore()

    @property
    def mime(self) -> str:
        """The type in which it came."""
        return self._source.mime

    @property
    def original(self) -> bytes:
        """What came."""
        return self._source.original

    def picture(self) -> QImage:
        """Return it at its own size."""
        return self._source.decode(self._source.size)

    def link_at(self, place: Place) -> None:
        """Return nothing."""

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:  # noqa: ARG002
        """Return the near edge: the picture is selected as one character."""
        return Place(0, 0 if x < self._shown.width() // 2 else len(self.line(0)))

    def _image(self, painter: QPainter) -> QImage | None:
        """Return the picture at the size that is shown, or the best there is for the moment."""
        device = painter.device()
        wanted = self._source.fit(self._shown * device.devicePixelRatio())
        image = self._cache.find((self._key, wanted.toTuple()))
        if image is not None:
            return image
        decoded = self._cache.find(self._key)
        if decoded is not None and wanted.width() <= self._decoded_width:
            return self._fitted(decoded, wanted)
        if not self._source.is_large:
            return self._fitted(self._decode(self._source.size), wanted)
        if not isinstance(device, QWidget):  # a picture is being made: it cannot be painted again
            return self._decode(wanted)
        self._widget = device
        if wanted.width() != self._requested_width:
            self._requested_width = wanted.width()
            work = partial(_decoded_to, self._source, wanted)
            self._loader.request(self._key, work, self._take)
        return decoded

    def _fitted(self, decoded: QImage, wanted: QSize) -> QImage:
        image = scaled_down(decoded, wanted)
        if image is not decoded:
            self._cache.put((self._key, wanted.toTuple()), image)
        return image

    def _decode(self, size: QSize) -> QImage:
        image = self._source.decode(size)
        self._keep(image, size.width())
        return image

    def _take(self, decoded: Decoded) -> None:
        self._keep(*decoded)
        if self._requested_width == self._decoded_width:
            self._requested_width = 0
        if self._widget is not None and isValid(self._widget):
            self._widget.update()

    def _keep(self, image: QImage, width: int) -> None:
        self._on_card = _is_white_paper(image)
        self._decoded_width = width
        self._cache.put(self._key, image)


def _decoded_to(source: Source, size: QSize) -> Decoded:
    return source.decode(size), size.width()


def stated_size(pixels: QSize, metadata: Mapping[str, Any]) -> QSize:
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


def _is_whole_enlargement(image: QImage, target: QRect, painter: QPainter) -> bool:
    """Say whether each pixel fills a whole square of device pixels, so that smoothing only blurs.

    A 100 dpi figure on a screen of ratio 2 is one; at ratio 1.25 there are no whole squares.
    """
    width = round(target.width() * painter.device().devicePixelRatio())
    return width >= image.width() and width % max(1, image.width()) == 0
