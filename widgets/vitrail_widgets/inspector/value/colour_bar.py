"""The colours of a map beside it, with the numbers that they stand for."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.value.plots import TICK_SHARE
from vitrail_widgets.objects.scales import SCALES, Scale
from vitrail_widgets.qt.theme import Theme

WIDE, GAP, RIM = 10, 5, 6
MOST_TEXT = 84
HALF = 0.5


class ColourBar(QWidget):
    """Draws a gradient from the lowest, at the foot, to the highest; a click offers others.

    Attributes:
        texts: The numbers at the foot, in between and at the top.

    Signals:
        scale_wanted: Other colours are wanted; with a `Scale`.
    """

    scale_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts: tuple[str, str, str] = ("", "", "")
        self._colours: list[QColor] = []
        self._theme: Theme | None = None
        self._middle = HALF
        self._chosen: Scale | None = None
        self._below = float(RIM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Colours"))

    def show_scale(
        self, colours: list[QColor], texts: tuple[str, str, str], zero: float | None = None
    ) -> None:
        """Show other colours, from the lowest to the highest, and what they stand for.

        Args:
            colours: As many as one likes.
            texts: The lowest, one in between, the highest.
            zero: Which share of the numbers is below the one in between; None for a half.
        """
        self._colours, self.texts = colours, texts
        self._middle = HALF if zero is None else zero
        self.setAccessibleDescription(tr("from {low} to {high}", low=texts[0], high=texts[2]))
        self.updateGeometry()
        self.update()

    def offer(self, chosen: Scale | None) -> None:
        """Offer other colours; None where there are no others."""
        self._chosen = chosen
        is_offered = chosen is not None
        self.setToolTip(tr("Other colours") if is_offered else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_offered else Qt.FocusPolicy.NoFocus)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if is_offered else Qt.CursorShape.ArrowCursor
        )

    def menu(self) -> QMenu:
        """Return the colours that can be chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for scale, text in SCALES.items():
            action = menu.addAction(text, partial(self.scale_wanted.emit, scale))
            action.setCheckable(True)
            action.setChecked(scale is self._chosen)
            group.addAction(action)
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer other colours (Qt)."""
        if self._chosen is not None:
            self.menu().popup(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer other colours (Qt)."""
        if self._chosen is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.menu().popup(self.mapToGlobal(self.rect().topLeft()))
        else:
            super().keyPressEvent(event)

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
            if self.hasFocus():
                painter.setPen(self._theme.accent)
                painter.drawRect(bar.adjusted(-1.5, -1.5, 1.5, 1.5))
            painter.setFont(self._tick_font())
            self._paint_ticks(painter, self._theme, bar)

    def _paint_ticks(self, painter: QPainter, theme: Theme, bar: QRectF) -> None:
        high = painter.fontMetrics().height()
        for text, share in zip(self.texts, (0.0, self._middle, 1.0), strict=True):
            if 0 < min(share, 1 - share) * bar.height() < high:
                continue  # no room beside the end
            y = bar.bottom() - bar.height() * share
            painter.setPen(theme.border)
            painter.drawLine(QPointF(bar.right() + 1, y), QPointF(bar.right() + 3, y))
            painter.setPen(theme.muted)
            top = min(max(0.0, y - high / 2), float(self.height() - high))
            place = QRectF(bar.right() + GAP, top, self.width(), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)

    def _tick_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * TICK_SHARE)
        return font
