"""Text as rows of cells: streams, results, tracebacks, notices and code."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from vitrail_widgets.highlight.lexing import Colouring, lexer_for
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import LINE_END, Canvas, Clip, Place, Span
from vitrail_widgets.render.formats import FormatRun, Formats, TextFormat
from vitrail_widgets.transcript.cell_width import cell_width, cell_widths
from vitrail_widgets.transcript.row_index import Cut, RowIndex
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.text_buffer import TextBuffer
from vitrail_widgets.transcript.wrapping import row_breaks

Styled = tuple[str, Sequence[FormatRun]]

EDGE_WIDTH = 2
EDGE_X = -8  # from the text's left edge


class TextBlock:
    """Draws the rows of a text buffer that are visible, and no others."""

    def __init__(
        self, buffer: TextBuffer, *, tone: str = "", edge: str = "", cut: Cut = row_breaks
    ) -> None:
        """Show `buffer`.

        Args:
            cut: Where its lines are broken.
            tone: Theme colour of text without a style; empty is the theme's text.
            edge: Theme colour of a line along the left edge; empty is none.
        """
        self.buffer = buffer
        self._tone = tone
        self._edge = edge
        self._rows = RowIndex(buffer, sys.maxsize, cut)  # until it is told how wide it is
        self._line_height = 1

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return max(1, len(self.buffer))

    @property
    def row_count(self) -> int:
        """Number of visual rows."""
        return max(1, self._rows.row_count)

    @property
    def height(self) -> int:
        """Height of all rows."""
        return self.row_count * self._line_height

    def line(self, index: int) -> str:
        """Return the text of a line."""
        return self.buffer.text(index) if index < len(self.buffer) else ""

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places."""
        if start == (0, 0) and end is None:
            return self.buffer.plain_text()
        last = self.line_count - 1 if end is None else end.line
        if start.offset == 0 and (end is None or end.offset == LINE_END):
            return self.buffer.plain_text(start.line, last + 1)
        if start.line == last:
            return self.line(last)[start.offset : None if end is None else end.offset]
        parts = [self.line(start.line)[start.offset :]]
        if start.line + 1 < last:
            parts.append(self.buffer.plain_text(start.line + 1, last))
        parts.append(self.line(last)[: None if end is None else end.offset])
        return "\n".join(parts)

    def resize(self, canvas: Canvas) -> None:
        """Break the lines for another number of columns."""
        self._line_height = canvas.metrics.line_height
        self._rows.set_columns(canvas.columns)

    def refresh(self, from_line: int) -> None:
        """Break the lines again that changed."""
        self._rows.refresh(from_line)

    def styled(self, formats: Formats, line: int, start: int, end: int) -> Styled:
        """Return a part of a line and its formats, counted from `start`."""
        text, runs = self.buffer.section(line, start, end)
        return text, [FormatRun(run.start, run.end, formats.style(run.style)) for run in runs]

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the rows that lie in `clip`."""
        if self._edge and not self._is_blank():
            self._paint_edge(painter, canvas, top, clip)
        step = self._line_height
        first = max(0, (clip.top - top) // step)
        last = min(self._rows.row_count, -((top - clip.bottom) // step))
        row = first
        while row < last:
            line, row_in_line = self._rows.line_at_row(row)
            if line >= len(self.buffer):
                return  # the model is ahead of the layout for a moment
            end = min(last, self._rows.rows_before_line(line + 1))
            rows = range(row_in_line, row_in_line + end - row)
            self._paint_line(painter, canvas, line, rows, top + row * step, selected)
            row = end

    def _paint_line(
        self,
        painter: QPainter,
        canvas: Canvas,
        index: int,
        rows: range,
        top: int,
        selected: Span | None,
    ) -> None:
        """Draw some rows of one line."""
        plain = self._plain(canvas)
        for row in rows:
            start, end = self._rows.row_span(index, row)
            if selected is not None:
                self._paint_selected(painter, canvas, top, (index, start, end), selected)
            text, runs = self.styled(canvas.formats, index, start, end)
            canvas.rows.paint(painter, canvas.x, top, text, runs, plain)
            top += self._line_height

    def _paint_selected(
        self,
        painter: QPainter,
        canvas: Canvas,
        top: int,
        row: tuple[int, int, int],
        selected: Span,
    ) -> None:
        """Draw the ground of what is selected in the code points [start, end) of a line."""
        line, start, end = row
        begin, finish = selected
        if line < begin.line or (finish is not None and line > finish.line):
            return
        first = begin.offset if line == begin.line else 0
        goes_on = finish is None or line < finish.line
        last = len(self.line(line)) if finish is None or goes_on else finish.offset
        first, last = max(first, start), min(last, end)
        if first > last or (first == last and not (goes_on and first == end)):
            return
        text = self.line(line)
        left = cell_width(text[start:first])
        right: float = left + cell_width(text[first:last])
        if goes_on and last == len(text):
            right += 0.6  # the newline is selected too
        canvas.rows.fill(painter, canvas.x, top, (left, right), canvas.theme.selection)

    def _plain(self, canvas: Canvas) -> TextFormat:
        if not self._tone:
            return canvas.formats.plain
        return TextFormat(tone(canvas.theme, self._tone))

    def _is_blank(self) -> bool:
        """Whether there is nothing to see: a progress bar that erased itself, for one."""
        return len(self.buffer) <= 2 and not any(line.text.strip() for line in self.buffer)

    def _paint_edge(self, painter: QPainter, canvas: Canvas, top: int, clip: Clip) -> None:
        upper, lower = max(top, clip.top), min(top + self.height, clip.bottom)
        if lower > upper:
            colour = tone(canvas.theme, self._edge)
            painter.fillRect(canvas.x + EDGE_X, upper, EDGE_WIDTH, lower - upper, colour)

    def lines_in(self, top: int, bottom: int) -> range:
        """Return the lines that touch the pixels [top, bottom)."""
        last = min(self._rows.row_count, -(-bottom // self._line_height)) - 1
        first = max(0, top // self._line_height)
        if first > last:
            return range(0)
        return range(self._rows.line_at_row(first)[0], self._rows.line_at_row(last)[0] + 1)

    def line_top(self, line: int) -> int:
        """Return where a line begins, in pixels from the block's upper edge."""
        return self._rows.rows_before_line(min(line, self._rows.line_count)) * self._line_height

    def rects(self, canvas: Canvas, line: int, start: int, end: int) -> list[QRectF]:
        """Return where the code points [start, end) of a line stand, one rectangle for each row."""
        if line >= self._rows.line_count:
            return []  # the model is ahead of the layout for a moment
        text, width, step = self.line(line), canvas.metrics.char_width, self._line_height
        first = self._rows.rows_before_line(line)
        found: list[QRectF] = []
        for row in range(
            self._rows.row_of(line, start), self._rows.row_of(line, max(start, end - 1)) + 1
        ):
            begin, stop = self._rows.row_span(line, row)
            left, right = max(start, begin), min(end, stop)
            x = cell_width(text[begin:left]) * width
            across = cell_width(text[left:right]) * width
            found.append(QRectF(x, (first + row) * step, across, step))
        return found

    def link_at(self, place: Place) -> str | None:
        """Return the target of the link at a place, if there is one."""
        if place.line >= len(self.buffer):
            return None
        runs = self.buffer.section(place.line, place.offset, place.offset + 1).runs
        return runs[0].style.link if runs else None

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        if not len(self.buffer):
            return Place(0, 0)
        row = min(max(0, y // self._line_height), self.row_count - 1)
        line, row_in_line = self._rows.line_at_row(row)
        start, end = self._rows.row_span(line, row_in_line)
        column = max(0.0, x / canvas.metrics.char_width)
        return Place(line, start + offset_at(self.line(line)[start:end], column))


def terminal_block(text: str, *, tone: str = "") -> TextBlock:
    """Return a block of text that may hold escape sequences."""
    terminal = TerminalText()
    terminal.feed(text)
    return TextBlock(terminal.buffer, tone=tone)


def note_block(text: str) -> TextBlock:
    """Return a remark in place of an output."""
    buffer = TextBuffer()
    buffer.extend(text.split("\n"))
    return TextBlock(buffer, tone="muted", cut=between_words)


class CodeBlock(TextBlock):
    """Source code, highlighted when it is first drawn."""

    def __init__(self, code: str, lexer_name: str) -> None:
        """Show `code` in the language of a Pygments lexer; an unknown name is plain."""
        buffer = TextBuffer()
        buffer.extend(code.split("\n"))
        super().__init__(buffer, cut=between_words)
        self._code = code
        self._lexer_name = lexer_name
        self._colouring: Colouring | None = None

    def set_lexer(self, name: str) -> None:
        """Highlight as another language."""
        self._lexer_name = name
        self._colouring = None

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the rows that lie in `clip`; long code gets its colours over several paints."""
        self._colour(painter.device())
        super().paint(painter, canvas, top, clip, selected)

    def _colour(self, device: QPaintDevice) -> None:
        if self._colouring is None:
            self._colouring = Colouring(lexer_for(self._lexer_name), self._code)
        while not self._colouring.is_done:
            self._colouring.go_on()
            if isinstance(device, QWidget) and not self._colouring.is_done:
                device.update()  # the event loop comes first
                return

    def styled(self, formats: Formats, line: int, start: int, end: int) -> Styled:
        """Return a part of a line and its token colours."""
        coloured = self._colouring.lines if self._colouring is not None else ()
        spans = coloured[line] if line < len(coloured) else ()
        runs = [
            FormatRun(max(first, start) - start, min(last, end) - start, formats.token(name))
            for first, last, name in spans
            if first < end and last > start
        ]
        return self.buffer.text(line)[start:end], runs


def between_words(text: str, columns: int) -> Sequence[int]:
    """Cut a line of code, or of a sentence, where `word_breaks` does."""
    from vitrail_widgets.transcript.word_wrapping import word_breaks  # no first input is so long

    return word_breaks(text, columns)


def offset_at(text: str, column: float) -> int:
    """Return the offset of the character boundary nearest to a column of a row."""
    if text.isascii():
        return min(len(text), round(column))
    cells = 0
    for offset, width in enumerate(cell_widths(text)):
        if width and column < cells + width / 2:
            return offset
        cells += width
    return len(text)


def tone(theme: Theme, name: str) -> QColor:
    """Return a theme's colour by its token name."""
    colour = getattr(theme, name)
    assert isinstance(colour, QColor)
    return colour
