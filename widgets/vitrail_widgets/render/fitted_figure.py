"""Figures that are drawn in the colours of a theme, where they were made for another ground."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from vitrail_widgets.qt.theme import Theme

if TYPE_CHECKING:
    from vitrail_widgets.render.figure_colours import Nature
    from vitrail_widgets.render.rendition import Source

FIGURES: Final = ("image/png", "image/svg+xml")
"""What libraries plot in; the other forms are photographs, or move."""

LARGEST_PIXELS: Final = 12_000_000  # larger ones are photographs


@dataclass(frozen=True)
class Ground:
    """What figures are to lie on.

    Attributes:
        is_dark: Whether ink on it is light.
        low: Red, green and blue that black becomes where figures are turned: the ground in a dark
            theme, its text in a light one.
        high: What white becomes.
    """

    is_dark: bool
    low: tuple[int, int, int]
    high: tuple[int, int, int]

    @staticmethod
    def of(theme: Theme) -> "Ground":
        """Return the ground of a theme."""
        low, high = (theme.bg, theme.text) if theme.dark else (theme.text, theme.bg)
        return Ground(theme.dark, _rgb(low), _rgb(high))


class FittedFigure:
    """A picture that is turned where it does not fit a ground (the interface of `Source`)."""

    is_large = True
    """It is looked through, which the thread that draws has no time for."""

    def __init__(self, source: "Source", ground: Ground) -> None:
        self._source = source
        self._ground = ground
        self._nature: Nature | None = None
        self.mime = source.mime
        self.size = source.size

    @property
    def original(self) -> bytes:
        """What came."""
        return self._source.original

    @property
    def harmless(self) -> bytes:
        """What came, without what another program might run."""
        return self._source.harmless

    def fit(self, wanted: QSize) -> QSize:
        """Return the most useful size in pixels for a wanted one."""
        return self._source.fit(wanted)

    def decode(self, size: QSize) -> QImage:
        """Return the picture at a size in pixels, as it fits the ground."""
        from vitrail_widgets.render.figure_colours import fitted  # numpy: 0.1 s, on this thread

        image = self._source.decode(size)
        if not self._may_be_drawing:
            return image
        if self._nature is None:  # the same at each size: lines that are made small blend
            self._nature = self._judged(image)
        return fitted(image, self._nature, self._ground)

    @property
    def _may_be_drawing(self) -> bool:
        pixels = self.size.width() * self.size.height()
        return self.mime in FIGURES and pixels <= LARGEST_PIXELS

    def _judged(self, image: QImage) -> "Nature":
        from vitrail_widgets.render.figure_colours import nature_of

        return nature_of(image if image.size() == self.size else self._source.decode(self.size))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
