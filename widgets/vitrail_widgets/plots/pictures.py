"""Figures as pictures, made when they are first looked at, the oldest forgotten first."""

from collections import OrderedDict
from typing import Final

from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.render.raster import Raster, RenderError
from vitrail_widgets.render.rendition import Rendition, Source
from vitrail_widgets.render.vector import Vector
from vitrail_widgets.transcript.figures import Figure

MOST: Final = 200
MAX_PIXELS: Final = 12_000_000  # 48 MB: a screen of ratio 2, and the thumbnails


class Pictures:
    """The pictures of figures that were looked at lately."""

    def __init__(self) -> None:
        self._cache = ImageCache(MAX_PIXELS)
        self._known: OrderedDict[Figure, Rendition | str] = OrderedDict()

    @property
    def pixels(self) -> int:
        """Pixels that are held decoded."""
        return self._cache.pixels

    def of(self, figure: Figure) -> Rendition | str:
        """Return the picture of a figure, or a sentence that says why there is none."""
        known = self._known.get(figure)
        if known is None:
            known = self._known[figure] = self._made(figure)
        self._known.move_to_end(figure)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return known

    def _made(self, figure: Figure) -> Rendition | str:
        try:
            return Rendition(source_of(figure), self._cache, shared_loader())
        except RenderError as error:
            return str(error)


def source_of(figure: Figure) -> Source:
    """Return what a figure is drawn from.

    Raises:
        RenderError: It is not what its type says, or too large.
    """
    data = figure.bundle.data[figure.mime]
    if figure.mime == Vector.mime:
        return Vector.from_data(data)
    return Raster.from_base64(data, figure.mime)
