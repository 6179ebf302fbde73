"""The tip itself: a signature with the current parameter pointed out."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.tip import Tip

PAD_X, PAD_Y = 10, 6
RADIUS = 8
GAP = 4  # to the line that is typed on
MAX_COLUMNS = 90


class TipLabel(QWidget):
    """Draws a tip. It takes no focus and no clicks, and is never over the line being typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Call tip"))
        self._within = parent
        self._theme = Theme.load("light")
        self._metrics: Metrics | None = None
        self._bold = QFont()
        self._tip = Tip("")
        self._summary = ""
        self.hide()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._metrics = Metrics.of(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
        self.update()

    @property
    def within(self) -> QWidget:
        """The widget in whose pixels it is placed."""
        return self._within

    @property
    def columns(self) -> int:
        """How many cells a line may have."""
        if self._metrics is None:
            return MAX_COLUMNS
        room = self._within.width() - 4 * PAD_X
        return min(MAX_COLUMNS, max(20, int(room / self._metrics.char_width)))

    @property
    def text(self) -> str:
        """What is shown, for tests and screen readers."""
        return f"{self._tip.text}\n{self._summary}".rstrip("\n")

    @property
    def pointed_out(self) -> str:
        """The current parameter as it is shown; empty where none is."""
        return self._tip.text[self._tip.start : self._tip.end]

    def show_tip(self, tip: Tip, summary: str, line: QRect) -> None:
        """Appear above a line, or below it where there is no room above.

        Args:
            tip: The signature.
            summary: The first line of its documentation; may be empty.
            line: The line that is typed on, in the parent's pixels.
        """
        self._tip = tip
        is_cut = len(summary) > self.columns
        self._summary = f"{summary[: self.columns - 1].rstrip()}…" if is_cut else summary
        self.setAccessibleDescription(self.text)
        size = self._ideal_size()
        top = line.top() - GAP - size.height()
        if top < 0:
            top = line.bottom() + GAP
        left = max(0, min(line.left(), self._within.width() - size.width() - GAP))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the text."""
        del event
        if self._metrics is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        baseline = PAD_Y + self._metrics.baseline
        for pieces in self._lines():
            x = float(PAD_X)
            for text, colour, font in pieces:
                painter.setPen(colour)
                painter.setFont(font)
                painter.drawText(QPointF(x, baseline), text)
                x += len(text) * self._metrics.char_width
            baseline += self._metrics.line_height

    def _lines(self) -> Iterator[list[tuple[str, QColor, QFont]]]:
        """Yield the lines as pieces of one colour and weight."""
        assert self._metrics is not None
        plain, theme, at = self._metrics.font, self._theme, 0
        for line in self._tip.text.split("\n"):
            start = min(max(self._tip.start - at, 0), len(line))
            end = min(max(self._tip.end - at, 0), len(line))
            yield [
                (line[:start], theme.muted, plain),
                (line[start:end], theme.accent, self._bold),
                (line[end:], theme.muted, plain),
            ]
            at += len(line) + 1
        if self._summary:
            yield [(self._summary, theme.text, plain)]

    def _ideal_size(self) -> QSize:
        assert self._metrics is not None
        lines = self.text.split("\n")
        width = round(max(map(len, lines)) * self._metrics.char_width) + 2 * PAD_X
        return QSize(width, len(lines) * self._metrics.line_height + 2 * PAD_Y)
