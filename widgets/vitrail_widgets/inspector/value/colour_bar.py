"""The colours of a map beside it, with the numbers that they stand for."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.value.plots import TICK_SHARE
from vitrail_widgets.qt.theme import Theme

WIDE, GAP, RIM = 10, 5, 6
MOST_TEXT = 84


class ColourBar(QWidget):
    """Draws a gradient from the lowest, at the foot, to the highest.

    Attributes:
        texts: The numbers at the foot, in the middle and at the top.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts: tuple[str, str, str] = ("", "", "")
        self._colours: list[QColor] = []
        self._theme: Theme | None = None
        self._below = float(RIM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Colours"))

    def show_scale(self, colours: list[QColor], texts: tuple[str, str, str]) -> None:
        """Show other colours, from the lowest to the highest, and what they stand for."""
        self._colours, self.texts = colours, texts
        self.setAccessibleDescription(tr("from {low} to {high}", low=texts[0], high=texts[2]))
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()

    def leave_below(self, below: float) -> None:
        """End so many pixels above the foot, as what is beside it."""
        self._below = below
        self.update()

    def sizeHint(self) -> QSize:
        """Return as much as the widest number needs (Qt)."""
        metrics = QFontMetrics(self._tick_font())
        text = max(metrics.horizontalAdvance(each) for each in self.texts)
        return QSize(GAP + WIDE + GAP + min(text, MOST_TEXT) + 2, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it (Qt)."""
        del event
        if self._theme is None or not self._colours:
            return
        bar = QRectF(GAP, RIM, WIDE, self.height() - RIM - self._below)
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        last = len(self._colours) - 1
        for at in range(0, last + 1, 8):
            gradient.setColorAt(at / last, self._colours[at])
        gradient.setColorAt(1, self._colours[-1])
        with QPainter(self) as painter:
            painter.fillRect(bar, gradient)
            painter.setPen(self._theme.border)
            painter.setFont(self._tick_font())
            metrics = painter.fontMetrics()
            for text, share in zip(self.texts, (1.0, 0.5, 0.0), strict=True):
                y = bar.top() + bar.height() * share
                painter.setPen(self._theme.border)
                painter.drawLine(QPointF(bar.right() + 1, y), QPointF(bar.right() + 3, y))
                painter.setPen(self._theme.muted)
                top = min(max(0.0, y - metrics.height() / 2), self.height() - metrics.height())
                place = QRectF(bar.right() + GAP, top, self.width(), metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)

    def _tick_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * TICK_SHARE)
        return font
