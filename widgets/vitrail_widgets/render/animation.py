"""A moving picture: plays while somebody can see it, and costs nothing otherwise."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QMovie, QPainter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vitrail_widgets.render.block import Canvas, Clip, Span
from vitrail_widgets.render.image_block import CARD_PAD, ImageBlock, stated_size
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import Raster

LARGEST_PIXELS = 2_000_000  # of a frame: one is decoded in 10 ms, by the thread that draws


class AnimatedBlock(ImageBlock):
    """Draws the frame of the moment. Being painted keeps it going; where nobody looks it stops."""

    def __init__(self, raster: Raster, size: QSize, cache: ImageCache, loader: ImageLoader) -> None:
        super().__init__(raster, size, cache, loader)
        self._frames = raster
        self._movie: QMovie | None = None
        self._place = QRect()
        self._widget: QWidget | None = None
        self._is_seen = False

    @staticmethod
    def of(
        data: object,
        mime: str,
        metadata: Mapping[str, Any],
        cache: ImageCache,
        loader: ImageLoader,
    ) -> ImageBlock:
        """Make the block of a bundle's entry: one that moves if the picture does.

        Args:
            data: Base64 text.
            metadata: The entry's own.

        Raises:
            RenderError: As `ImageBlock.from_base64`.
        """
        raster = Raster.from_base64(data, mime)
        moves = raster.moves and raster.size.width() * raster.size.height() <= LARGEST_PIXELS
        kind = AnimatedBlock if moves else ImageBlock
        return kind(raster, stated_size(raster.size, metadata), cache, loader)

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the frame of the moment; a picture of the console shows the first one."""
        widget = painter.device()
        if not isinstance(widget, QWidget):
            super().paint(painter, canvas, top, clip, selected)
            return
        movie = self._playing(widget)
        self._is_seen = True
        target = QRect(QPoint(canvas.x - self._left, top + CARD_PAD), self._shown)
        self._place = target.intersected(QRect(canvas.x, top, self._room, self.height))
        painter.save()
        painter.setClipRect(self._place)
        painter.drawImage(target, movie.currentImage())
        if selected is not None and selected.end != selected.start:
            painter.fillRect(target, canvas.theme.selection)
        painter.restore()

    def _playing(self, widget: QWidget) -> QMovie:
        self._widget = widget
        if self._movie is None:
            buffer = QBuffer()
            buffer.setData(QByteArray(self._frames.source))
            buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._movie = QMovie()
            buffer.setParent(self._movie)
            self._movie.setDevice(buffer)
            self._movie.frameChanged.connect(self._on_movie_frame_changed)
            self._movie.start()
        elif self._movie.state() is not QMovie.MovieState.Running:
            self._movie.setPaused(False)
        return self._movie

    def _on_movie_frame_changed(self) -> None:
        """Ask for a painting; if the last frame got none, nobody looks."""
        movie, widget = self._movie, self._widget
        if movie is None or widget is None or not isValid(widget):
            return
        if not self._is_seen:
            movie.setPaused(True)
            return
        self._is_seen = False
        widget.update(self._place)
