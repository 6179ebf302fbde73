"""Formulas as pictures of pixels."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage

from vitrail_widgets.render.document.formula import Formula
from vitrail_widgets.render.vector import drawn


def formula_size(formula: Formula, em_px: float) -> QSizeF:
    """Return the size of a formula in pixels, with letters of `em_px`."""
    return QSizeF(formula.width, formula.height) * em_px


def formula_image(formula: Formula, em_px: float, ratio: float, colour: QColor) -> QImage:
    """Return a formula as a picture.

    Args:
        formula: What was set.
        em_px: Size of its font in pixels.
        ratio: Device pixels for each of those.
        colour: Of its strokes.
    """
    source = formula.inked(colour.name())
    image = drawn(source.encode(), (formula_size(formula, em_px) * ratio).toSize())
    image.setDevicePixelRatio(ratio)
    return image
