"""Sizes that follow the code font, and the fixed steps of space."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

CODE_POINT_SIZE = 10.5
LINE_SPACING = 1.35  # of the font's pixel size


@dataclass(frozen=True)
class Metrics:
    """What the code font measures, in device independent pixels.

    Attributes:
        char_width: Advance of one cell; a fraction on scaled screens.
        line_height: Whole pixels, so that rows lie on the pixel grid.
        baseline: From a row's top to its text's baseline.
    """

    font: QFont
    char_width: float
    line_height: int
    baseline: int

    @staticmethod
    def of(font: QFont) -> "Metrics":
        """Measure `font`."""
        measured = QFontMetricsF(font)
        # A pixel above and below: a row that touches the upper edge does not fit, says Qt's editor.
        natural = ceil(measured.height()) + 2
        line_height = max(natural, round(QFontInfo(font).pixelSize() * LINE_SPACING))
        leading = line_height - measured.ascent() - measured.descent()
        return Metrics(
            font=font,
            char_width=max(1.0, measured.horizontalAdvance("0" * 64) / 64),
            line_height=line_height,
            baseline=round(leading / 2 + measured.ascent()),
        )


def code_font(family: str | None = None, point_size: float = CODE_POINT_SIZE) -> QFont:
    """Return the user's code font, else the system's fixed one."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if family:
        font.setFamilies([family, font.family()])
    font.setPointSizeF(point_size)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def reading_font(code_font: QFont) -> QFont:
    """Return the font for running text that goes with a code font."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(code_font.pointSizeF())
    return font
