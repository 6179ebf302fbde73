"""A picture, painted from its compressed bytes or from its drawing instructions."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.render.rendition import Rendition, Source, is_whole_enlargement

CARD_PAD = 8
CARD_RADIUS = 6
PAPER = QColor("#ffffff")


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
        self._rendition = Rendition(source, cache, loader)
        self._shown = QSize(size)

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
        wanted = self._shown * painter.device().devicePixelRatio()
        image = self._rendition.image(painter.device(), wanted)
        target = QRect(canvas.x, top + CARD_PAD, self._shown.width(), self._shown.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if canvas.theme.dark and self._rendition.is_on_paper:
            card = target.adjusted(-CARD_PAD, -CARD_PAD, CARD_PAD, CARD_PAD)
            path = QPainterPath()
            path.addRoundedRect(card.translated(CARD_PAD, 0), CARD_RADIUS, CARD_RADIUS)
            painter.fillPath(path, PAPER)
            target.translate(CARD_PAD, 0)
        if image is None:
            painter.fillRect(target, canvas.theme.surface)
        else:
            smooth = not is_whole_enlargement(image, wanted.width())
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
