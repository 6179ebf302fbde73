"""A formula in a line of its own."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontInfo, QPainter

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.document.formula import Formula
from vitrail_widgets.render.document.formula_image import formula_image, formula_size
from vitrail_widgets.render.image_cache import ImageCache

PAD_Y: Final = 4
SCALE: Final = 1.25
"""To the code font: mathematics has small letters in small places."""


class FormulaBlock:
    """Draws one formula; a block whose lines are those of its LaTeX."""

    def __init__(self, formula: Formula, source: str, cache: ImageCache) -> None:
        """Show `formula`; `source` is what was sent."""
        self._formula = formula
        self._source = source
        self._lines = source.strip().split("\n")
        self._cache = cache
        self._key = object()
        self._em_px = 16.0
        self._size = QSize(1, 1)

    @property
    def height(self) -> int:
        """Height of the formula with its margins."""
        return self._size.height() + 2 * PAD_Y

    @property
    def line_count(self) -> int:
        """Number of lines of the LaTeX."""
        return len(self._lines)

    def line(self, index: int) -> str:
        """Return a line of the LaTeX."""
        return self._lines[index]

    def text(self, start: Place, end: Place | None) -> str:
        """Return the LaTeX, whole or not at all: what is between cannot be seen."""
        return "" if end == start else "\n".join(self._lines)

    def resize(self, canvas: Canvas) -> None:
        """Follow the font; a formula that is too wide is made smaller."""
        em = QFontInfo(canvas.metrics.font).pixelSize() * SCALE
        self._em_px = min(em, canvas.width / max(self._formula.width, 0.1))
        size = formula_size(self._formula, self._em_px)
        self._size = QSize(max(1, round(size.width())), max(1, round(size.height())))

    def refresh(self, from_line: int) -> None:
        """Do nothing: a formula that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the formula in the colour of text."""
        del clip
        ratio = painter.device().devicePixelRatio()
        colour = canvas.theme.text
        key = (self._key, self._em_px, ratio, colour.rgb())
        image = self._cache.find(key)
        if image is None:
            image = formula_image(self._formula, self._em_px, ratio, colour)
            self._cache.put(key, image)
        target = QRect(canvas.x, top + PAD_Y, self._size.width(), self._size.height())
        if selected is not None and selected.end != selected.start:
            painter.fillRect(target, canvas.theme.selection)
        painter.drawImage(target.topLeft(), image)

    def link_at(self, place: Place) -> None:
        """Return nothing."""

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:  # noqa: ARG002
        """Return the near end of the LaTeX."""
        if x < self._size.width() // 2:
            return Place(0, 0)
        return Place(len(self._lines) - 1, len(self._lines[-1]))

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:  # noqa: ARG002 - everywhere
        """Return what can be copied of it."""
        return {tr("Copy LaTeX"): lambda: self._source}
