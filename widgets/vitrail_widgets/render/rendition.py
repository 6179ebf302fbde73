"""A picture at the sizes at which it is drawn: decoded once, on another thread if it is large."""

from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPaintDevice
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.fitted_figure import FittedFigure, Ground
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import scaled_down


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

    @property
    def harmless(self) -> bytes:
        """What came, without what another program might run; ValueError where it cannot be had."""
        ...

    def fit(self, wanted: QSize) -> QSize:
        """Return the most useful size in pixels for a wanted one."""
        ...

    def decode(self, size: QSize) -> QImage:
        """Return the picture at such a size; on any thread."""
        ...


class Decoded(NamedTuple):
    """What the loader's thread has made.

    Attributes:
        width: That was asked for, in pixels.
        source: What it was made from.
    """

    image: QImage
    width: int
    source: Source


class Rendition:
    """One picture for those who draw it.

    Attributes:
        source: What it is made from.
        is_on_paper: Whether it brings its own white ground, as far as it was decoded.
    """

    def __init__(self, source: Source, cache: ImageCache, loader: ImageLoader) -> None:
        """Prepare.

        Args:
            source: What it is made from.
            cache: Keeps what was decoded.
            loader: Decodes it, if it is large.
        """
        self.source = source
        self.is_on_paper = False
        self._drawn: Source = source
        self._theme: Theme | None = None
        self._ground: Ground | None = None
        self._cache = cache
        self._loader = loader
        self._key = object()  # an id() would be used again for the next frame of an animation
        self._decoded_width = 0
        self._requested_width = 0
        self._widget: QWidget | None = None
        self._stand_in: QImage | None = None

    def succeed(self, before: "Rendition") -> None:
        """Return what is seen of another one until there is a picture of this one."""
        self._stand_in = before.seen
        self.is_on_paper = before.is_on_paper

    @property
    def seen(self) -> QImage | None:
        """What was drawn last, as far as it is still held."""
        return self._cache.find(self._key) or self._stand_in

    def image(self, device: QPaintDevice, wanted: QSize, theme: Theme | None) -> QImage | None:
        """Return the picture at a size in pixels, or the best there is for the moment.

        Args:
            device: Is drawn on; a widget is updated when there is a better picture.
            wanted: The size; a smaller picture is returned where the source has no more pixels.
            theme: Is drawn in, and may want figures to fit it; None takes the picture as it is.
        """
        if theme is not self._theme:
            self._dress(theme)
        wanted = self.source.fit(wanted)
        image = self._cache.find((self._key, wanted.toTuple()))
        if image is not None:
            return image
        decoded = self._cache.find(self._key)
        if decoded is not None and wanted.width() <= self._decoded_width:
            return self._fitted(decoded, wanted)
        if not self._drawn.is_large:
            return self._fitted(self._decode(self.source.size), wanted)
        if not isinstance(device, QWidget):  # a picture is being made: it cannot be painted again
            return self._decode(wanted)
        self._widget = device
        if wanted.width() != self._requested_width:
            self._requested_width = wanted.width()
            self._loader.request(self._key, partial(_decoded_to, self._drawn, wanted), self._take)
        return decoded or self._stand_in

    def _dress(self, theme: Theme | None) -> None:
        """Draw for another theme; what was drawn is forgotten if that changes it."""
        self._theme = theme
        ground = Ground.of(theme) if theme is not None and theme.fits_figures else None
        if ground == self._ground:
            return
        self._ground = ground
        self._drawn = self.source if ground is None else FittedFigure(self.source, ground)
        self._stand_in, self._key = self.seen, object()
        self._decoded_width = self._requested_width = 0

    def _fitted(self, decoded: QImage, wanted: QSize) -> QImage:
        image = scaled_down(decoded, wanted)
        if image is not decoded:
            self._cache.put((self._key, wanted.toTuple()), image)
        return image

    def _decode(self, size: QSize) -> QImage:
        image = self._drawn.decode(size)
        self._keep(image, size.width())
        return image

    def _take(self, decoded: Decoded) -> None:
        if decoded.source is not self._drawn:
            return  # it was asked for in other colours
        self._keep(decoded.image, decoded.width)
        if self._requested_width == self._decoded_width:
            self._requested_width = 0
        if self._widget is not None and isValid(self._widget):
            self._widget.update()

    def _keep(self, image: QImage, width: int) -> None:
        self.is_on_paper = _is_white_paper(image)
        self._decoded_width = width
        self._stand_in = None
        self._cache.put(self._key, image)


def _decoded_to(source: Source, size: QSize) -> Decoded:
    return Decoded(source.decode(size), size.width(), source)


def _is_white_paper(image: QImage) -> bool:
    """Say whether the corners are opaque and nearly white: a figure on its own paper."""
    right, bottom = image.width() - 1, image.height() - 1
    corners = [image.pixelColor(x, y) for x in (0, right) for y in (0, bottom)]
    return all(c.alpha() > 250 and min(c.red(), c.green(), c.blue()) > 240 for c in corners)


def is_whole_enlargement(image: QImage, width: int) -> bool:
    """Say whether each pixel fills a whole square of device pixels, so that smoothing only blurs.

    A 100 dpi figure on a screen of ratio 2 is one; at ratio 1.25 there are no whole squares.

    Args:
        image: Is drawn.
        width: At which it is drawn, in device pixels.
    """
    return width >= image.width() and width % max(1, image.width()) == 0
