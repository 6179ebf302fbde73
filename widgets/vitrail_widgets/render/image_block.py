"""A picture, painted from its compressed bytes or from its drawing instructions."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from vitrail_widgets.render.block import Block, Canvas, Clip, Place, Span
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.render.rendition import Rendition, Source, is_whole_enlargement

CARD_PAD = 8
CARD_RADIUS = 6
ENLARGED = 2  # a click on a picture that is shown at its own size
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
        self._room = size.width()
        self._is_zoomed = False
        self._left = 0
        self._reshaped: Callable[[], None] = lambda: None

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

    def succeed(self, before: Block) -> None:
        """Show what another picture showed until this one is decoded: a frame after a frame."""
        if isinstance(before, ImageBlock):
            self._rendition.succeed(before._rendition)
            self._is_zoomed, self._left = before._is_zoomed, before._left

    def line(self, index: int) -> str:  # noqa: ARG002 - a picture is one line
        """Return what stands for the picture in copied text."""
        return f"[{self._source.mime} {self._natural.width()} × {self._natural.height()}]"

    def text(self, start: Place, end: Place | None) -> str:
        """Return the stand-in, whole or not at all."""
        return "" if end == start else self.line(0)

    def resize(self, canvas: Canvas) -> None:
        """Fit the picture into the width; it is enlarged only where it was clicked."""
        self._room = max(1, canvas.width - 2 * CARD_PAD)
        self._fit()

    def _fit(self) -> None:
        natural = self._natural
        self._shown = QSize(natural)
        if natural.width() > self._room and not self._is_zoomed:
            height = max(1, round(natural.height() * self._room / natural.width()))
            self._shown = QSize(self._room, height)
        elif natural.width() <= self._room and self._is_zoomed:
            self._shown = natural * ENLARGED
        self.scroll_sideways(0)

    def watch(self, reshaped: Callable[[], None]) -> None:
        """Call `reshaped` after it was zoomed."""
        self._reshaped = reshaped

    def is_clickable(self, x: int, y: int) -> bool:
        """Tell whether a point is on the picture."""
        return x < min(self._shown.width(), self._room) and CARD_PAD <= y < self.height - CARD_PAD

    def click(self, x: int, y: int) -> bool:
        """Show it larger, what is clicked in the middle; or fit it again."""
        if not self.is_clickable(x, y):
            return False
        share = (x + self._left) / self._shown.width()
        self._is_zoomed = not self._is_zoomed
        self._left = 0
        self._fit()
        self.scroll_sideways(round(share * self._shown.width() - self._room / 2))
        self._reshaped()
        return True

    def scroll_sideways(self, pixels: int) -> bool:
        """Move what is seen of a picture that is wider than the console."""
        most = max(0, self._shown.width() - self._room)
        left = min(max(0, self._left + pixels), most)
        has_moved, self._left = left != self._left, left
        if has_moved:
            self._reshaped()
        return most > 0

    def refresh(self, from_line: int) -> None:
        """Do nothing: a picture that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the picture, on a light card where the theme is dark and it brings its own white."""
        del clip
        wanted = self._shown * painter.device().devicePixelRatio()
        image = self._rendition.image(painter.device(), wanted, canvas.theme)
        target = QRect(QPoint(canvas.x - self._left, top + CARD_PAD), self._shown)
        painter.save()
        if self._shown.width() > self._room:
            painter.setClipRect(QRect(canvas.x, top, self._room, self.height))
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

    @property
    def harmless(self) -> bytes:
        """What came, without what another program might run."""
        return self._source.harmless

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
