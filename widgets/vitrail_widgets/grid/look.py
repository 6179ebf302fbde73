"""The colours, fonts and sizes of a grid."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from vitrail_widgets.qt.theme import Theme, opaque

PAD = 8  # beside the text of a cell
LEADING = 8  # above and below it, together
LEAST_ROW = 24
HEADER_PAD = 6
SMALLER = 0.86
CHART = 36  # height of a histogram below a name


@dataclass(frozen=True)
class Look:
    """How a grid is drawn.

    Attributes:
        theme: Gives the colours.
        code: The font of the cells.
        title: The font of the names of columns.
        small: The font of what is said below them.
        char: Width of a digit.
        row: Height of a row.
        header: Height of the names and types of the columns.
        line: The colour of hairlines between rows.
        band: The ground of names and labels.
    """

    theme: Theme
    code: QFont
    title: QFont
    small: QFont
    char: float
    row: int
    header: int
    line: QColor
    band: QColor

    @staticmethod
    def of(theme: Theme, code: QFont, reading: QFont, *, has_summaries: bool = False) -> "Look":
        """Return the look for a theme, a font of code, and the font of the interface."""
        title, small = QFont(reading), QFont(reading)
        title.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(reading.pointSizeF() * SMALLER)
        measured = QFontMetricsF(code)
        header = QFontMetricsF(title).height() + QFontMetricsF(small).height() + 2 * HEADER_PAD
        faint = QColor(theme.border)
        faint.setAlphaF(0.55)
        return Look(
            theme,
            code,
            title,
            small,
            measured.horizontalAdvance("0" * 64) / 64,
            max(LEAST_ROW, round(measured.height()) + LEADING),
            round(header) + 2 + (CHART + HEADER_PAD if has_summaries else 0),
            opaque(faint, theme.bg),
            theme.surface,
        )
