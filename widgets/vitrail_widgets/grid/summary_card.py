"""A card that tells of one column: what is missing, its ends, its shape, what is frequent."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.grid.look import Look
from vitrail_widgets.objects.grid.summary import Histogram, Summary
from vitrail_widgets.objects.grid.table import Column

WIDTH, PAD, RADIUS = 300, 12, 8
CHART = 72
GAP = 10


class SummaryCard(QWidget):
    """Shows a summary until the focus goes elsewhere, or one presses Escape.

    Signals:
        left: The focus is to go back to the rows.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Summary"))
        self.hide()
        self._look: Look | None = None
        self._column: Column | None = None
        self._summary: Summary | None = None

    def tell(self, look: Look, column: Column, title: str, summary: Summary | None) -> None:
        """Show what is known of a column; None says that it is being found out."""
        self._look, self._column, self._summary, self._title = look, column, summary, title
        self.setAccessibleDescription("; ".join(self.said()))
        self.resize(self.sizeHint())
        self.update()

    def appear(self, at: QPoint) -> None:
        """Appear with the upper left corner near a point of the parent, all of it in sight."""
        room = self._parent.rect()
        x = max(0, min(at.x(), room.width() - self.width()))
        y = max(0, min(at.y(), room.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
        self.setFocus()

    def said(self) -> list[str]:
        """Return what is shown, as text."""
        if self._summary is None:
            return []
        lines = [f"{word} {text}".strip() for word, text in self._summary.lines()]
        return lines + [f"{text}: {count}" for text, count in self._summary.top]

    def sizeHint(self) -> QSize:
        """Return the size of all that is told (Qt)."""
        if self._look is None:
            return QSize(WIDTH, 60)
        line = self._line
        summary = self._summary
        height = 2.0 * PAD + 2 * line + GAP
        if summary is not None:
            height += len([*summary.lines()]) * line
            height += CHART + line + GAP if summary.histogram else 0
            height += len(summary.top) * line + GAP if summary.top else 0
        return QSize(max(WIDTH, round(30 * self._look.char)), round(height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Disappear on Escape (Qt)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Disappear when the focus has gone elsewhere (Qt)."""
        super().focusOutEvent(event)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card (Qt)."""
        del event
        look, column = self._look, self._column
        if look is None or column is None:
            return
        theme = look.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.border, 1))
            painter.setBrush(theme.raised)
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, RADIUS, RADIUS)
            y = PAD + QFontMetricsF(look.title).ascent()
            self._write(painter, self._title, look.title, theme.text, PAD, y)
            self._write(painter, column.type, look.small, theme.muted, PAD, y + self._line)
            y += 2 * self._line + GAP / 2
            if self._summary is None:
                self._write(painter, "…", look.title, theme.muted, self.width() / 2, y - GAP)
                return
            self._paint(painter, self._summary, y)

    @property
    def _line(self) -> float:
        assert self._look is not None
        return QFontMetricsF(self._look.small).height() + 4

    def _paint(self, painter: QPainter, summary: Summary, y: float) -> None:
        assert self._look is not None
        theme, small = self._look.theme, self._look.small
        if summary.histogram is not None:
            top = y - self._line / 2
            chart = QRectF(PAD, top, self.width() - 2 * PAD, CHART)
            paint_histogram(painter, summary.histogram, chart, theme.accent, theme.border)
            y = chart.bottom() + self._line - 4
            self._write(painter, summary.histogram.least, small, theme.muted, PAD, y)
            self._write(painter, summary.histogram.most, small, theme.muted, PAD, y, is_right=True)
            y += self._line + GAP / 2
        for word, text in summary.lines():
            self._write(painter, word, small, theme.muted, PAD, y)
            at = PAD + (90 if word else 0)
            self._write(painter, text, small, theme.text, at, y, is_right=bool(word))
            y += self._line
        most = max((count for _, count in summary.top), default=1)
        y += GAP / 2
        for text, count in summary.top:
            self._paint_top(painter, text, count, count / most, y)
            y += self._line

    def _paint_top(self, painter: QPainter, text: str, count: int, share: float, y: float) -> None:
        assert self._look is not None
        assert self._summary is not None
        theme, small = self._look.theme, self._look.small
        ground = QColor(theme.accent)
        ground.setAlphaF(0.16)
        whole = self.width() - 2 * PAD
        bar = QRectF(PAD, y - self._line + 7, max(2.0, whole * share), self._line - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(bar, 3, 3)
        part = f"{count / max(1, self._summary.looked_at):.1%}"
        self._write(painter, part, small, theme.muted, PAD, y, is_right=True)
        room = whole - QFontMetricsF(small).horizontalAdvance(part) - 12
        shown = QFontMetricsF(small).elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._write(painter, shown or tr("(empty)"), small, theme.text, PAD + 6, y)

    def _write(
        self,
        painter: QPainter,
        text: str,
        font: QFont,
        colour: QColor,
        x: float,
        y: float,
        *,
        is_right: bool = False,
    ) -> None:
        measure = QFontMetricsF(font)
        text = measure.elidedText(text, Qt.TextElideMode.ElideRight, self.width() - PAD - x)
        at = self.width() - PAD - measure.horizontalAdvance(text) - 4 if is_right else x
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(at, y), text)


def paint_histogram(
    painter: QPainter, histogram: Histogram, rect: QRectF, colour: QColor, base: QColor
) -> None:
    """Draw how many values lie where: bars that stand on a line."""
    counts = histogram.counts
    most = max(counts, default=0) or 1
    width = rect.width() / max(1, len(counts))
    gap = 1.0 if width >= 4 else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for at, count in enumerate(counts):
        if count:
            height = max(1.0, (rect.height() - 1) * count / most)
            left = rect.left() + at * width
            painter.drawRect(QRectF(left, rect.bottom() - 1 - height, width - gap, height))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), base)
