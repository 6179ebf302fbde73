"""Formulas in running text: drawn so that they stand on the line."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QImage,
    QPainter,
    QTextCharFormat,
    QTextDocument,
)

from vitrail_widgets.render.document.finish import blocks_of, merge, stretches
from vitrail_widgets.render.document.formula import Formula
from vitrail_widgets.render.document.formula_image import formula_image

SCALE = 1.1  # to the running text, whose letters are larger for their size


@dataclass(frozen=True)
class InlineFormula:
    """A formula beside letters of a font.

    Qt puts a picture's middle near that of small letters: it gets a margin that makes its
    baseline come out right.
    """

    formula: Formula
    font: QFont
    colour: QColor

    def image(self, ratio: float) -> QImage:
        """Return the picture with its margins."""
        bare = formula_image(self.formula, self._em, ratio, self.colour)
        size = bare.deviceIndependentSize()
        excess = size.height() - 2 * self._depth - self._raise  # above the line, of what it may be
        above, below = max(0.0, -excess), max(0.0, excess)
        height = round((size.height() + above + below) * ratio)
        image = QImage(bare.width(), max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.drawImage(QPointF(0, above), bare)
        return image

    @property
    def _em(self) -> float:
        return QFontInfo(self.font).pixelSize() * SCALE

    @property
    def _depth(self) -> float:
        return self.formula.depth * self._em

    @property
    def _raise(self) -> int:
        """How much more of a picture in the middle Qt puts above the line than below it."""
        return QFontMetrics(self.font).xHeight() // 2


def align(document: QTextDocument, formulas: Mapping[str, InlineFormula], scheme: str) -> None:
    """Align the pictures of formulas with the text around them."""
    for block in blocks_of(document):
        for start, length, given in stretches(block):
            name = given.toImageFormat().name().removeprefix(f"{scheme}:")
            if name in formulas:
                change = QTextCharFormat()
                change.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
                merge(document, start, length, change)
