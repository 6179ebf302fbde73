"""What was found, marked: in the text, and beside the scroll bar."""

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollBar, QWidget

from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.find.index import GROUP_LINES, FindIndex, Group, Match
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block, Canvas, Clip
from vitrail_widgets.render.places import placed

MATCH_ALPHA, CURRENT_ALPHA = 0.26, 0.46
TICK_HEIGHT = 2
DENSE = 64  # matches in a thousand lines that are marked as one stretch


class MatchMarks:
    """Draws the ground of what was found.

    Attributes:
        current: The match one has gone to.
    """

    def __init__(self, index: FindIndex) -> None:
        self._index = index
        self.current: Match | None = None

    def paint(
        self,
        painter: QPainter,
        at: tuple[int, int],
        block: Block,
        canvas: Canvas,
        top: int,
        clip: Clip,
    ) -> None:
        """Mark what is visible of a block; `at` are the indices of its entry and itself."""
        if self._index.matcher is None or not self._index.has_matches(*at):
            return
        first = block.place_at(canvas, 0, max(0, clip.top - top))
        last = block.place_at(canvas, canvas.width, max(0, clip.bottom - top))
        where = placed(block, canvas)
        for line in where.lines_in(clip.top - top, clip.bottom - top):
            spans = self._index.spans(block.line(line))
            seen: list[QRectF] = []
            begin = bisect_left(spans, (first.offset, 0)) - 1 if line == first.line else 0
            for start, end in spans[max(0, begin) :]:
                if line == last.line and start > last.offset:
                    break
                is_current = self.current == (*at, line, start, end)
                rects = where.rects(canvas, line, start, end)
                if rects == seen and not is_current:
                    continue  # the line is marked as a whole
                seen = rects
                for rect in rects:
                    _paint_ground(painter, canvas, rect.translated(canvas.x, top), is_current)


def _paint_ground(painter: QPainter, canvas: Canvas, rect: QRectF, is_current: bool) -> None:
    ground = QColor(canvas.theme.warn)
    ground.setAlphaF(CURRENT_ALPHA if is_current else MATCH_ALPHA)
    painter.fillRect(rect, ground)
    if is_current:
        painter.setPen(QPen(canvas.theme.warn, 1))
        painter.drawRect(rect.adjusted(-0.5, 0.5, 0.5, -0.5))


def marked_stretches(
    document: ConsoleDocument, index: FindIndex, coarse_px: int
) -> Iterator[tuple[int, int]]:
    """Yield from where to where something was found, in pixels from the top of the first entry.

    Args:
        document: Its layout.
        index: What was found.
        coarse_px: Stretches of a thousand lines that are not higher need not be divided.
    """
    for group, count in index.groups():
        upper = y_of(document, group, group.number * GROUP_LINES)
        lower = y_of(document, group, (group.number + 1) * GROUP_LINES)
        if lower - upper <= coarse_px or count > DENSE:
            yield upper, lower
            continue
        for match in index.in_group(group):
            y = y_of(document, group, match.line)
            yield y, y


def y_of(document: ConsoleDocument, where: Group | Match, line: int) -> int:
    """Return where a line of a block begins, in pixels from the top of the first entry."""
    layout = document.flow[where.entry]
    top = document.flow.top(where.entry) + layout.block_top(where.block)
    if layout.is_hidden(where.block):
        return top
    return top + placed(layout.block(where.block), document.canvas).line_top(line)


class MarkedScrollBar(QScrollBar):
    """A scroll bar that shows where in the whole something was found."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: list[tuple[float, float]] = []
        self._current: float | None = None

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    @property
    def marks(self) -> list[tuple[float, float]]:
        """The stretches that are marked, as parts of the whole."""
        return self._marks

    def mark(self, marks: list[tuple[float, float]], current: float | None = None) -> None:
        """Mark stretches given as parts of the whole, 0 to 1, and the place one has gone to."""
        if (marks, current) != (self._marks, self._current):
            self._marks, self._current = marks, current
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks above the bar."""
        super().paintEvent(event)
        if not self._marks and self._current is None:
            return
        painter = QPainter(self)
        colour = QColor(self._theme.warn)
        colour.setAlphaF(0.75)
        for first, last in self._marks:
            self._tick(painter, first, last, colour, 3)
        if self._current is not None:
            self._tick(painter, self._current, self._current, self._theme.accent, 1)
        painter.end()

    def _tick(
        self, painter: QPainter, first: float, last: float, colour: QColor, inset: int
    ) -> None:
        room = self.height() - TICK_HEIGHT
        top, bottom = round(first * room), round(last * room)
        height = bottom - top + TICK_HEIGHT
        painter.fillRect(inset, top, self.width() - 2 * inset, height, colour)
