"""A JSON value among the outputs: a click opens and closes its parts."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.formats import FormatRun, Formats
from vitrail_widgets.render.json_tree.rows import INDENT, JsonRows, Kind, Row, as_json, at, written
from vitrail_widgets.transcript.cell_width import cell_width

GUTTER: Final = 2
"""Cells left of each row, for the arrow."""

TOKENS: Final = {Kind.STRING: "string", Kind.NUMBER: "number", Kind.WORD: "keyword"}


class JsonBlock:
    """Draws the open part of a value, a row for each entry."""

    def __init__(self, value: Any) -> None:
        """Show `value`, what `json` makes of text."""
        self._tree = JsonRows(value)
        self._rows = self._tree.rows()
        self._line_height = 16
        self._char_width = 8.0
        self._reshaped: Callable[[], None] = lambda: None

    # Block

    @property
    def height(self) -> int:
        """Height of the open rows."""
        return self.line_count * self._line_height

    @property
    def line_count(self) -> int:
        """Number of open rows."""
        return len(self._rows)

    def line(self, index: int) -> str:
        """Return the text of a row."""
        return self._rows[index].line

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places."""
        last = self.line_count - 1 if end is None else end.line
        lines = [self.line(index) for index in range(start.line, last + 1)]
        if end is not None and lines:
            lines[-1] = lines[-1][: end.offset]
        if lines:
            lines[0] = lines[0][start.offset :]
        return "\n".join(lines)

    def resize(self, canvas: Canvas) -> None:
        """Follow the font; rows are not broken."""
        self._line_height = canvas.metrics.line_height
        self._char_width = canvas.metrics.char_width

    def refresh(self, from_line: int) -> None:
        """Do nothing: a value that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the rows that lie in `clip`."""
        step = self._line_height
        first = max(0, (clip.top - top) // step)
        last = min(self.line_count, -((top - clip.bottom) // step))
        x = canvas.x + GUTTER * self._char_width
        painter.save()
        painter.setClipRect(canvas.x, clip.top, canvas.width, clip.bottom - clip.top)
        for index in range(first, last):
            row, y = self._rows[index], top + index * step
            if selected is not None:
                self._paint_selected(painter, canvas, (x, y), index, selected)
            runs = runs_of(row, canvas.formats)
            canvas.rows.paint(painter, x, y, row.line, runs, canvas.formats.plain)
            if row.is_open is not None:
                self._paint_arrow(painter, canvas, row, y)
        painter.restore()

    def link_at(self, place: Place) -> None:
        """Return nothing."""

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        index = self._index_at(y)
        column = max(0, round(x / canvas.metrics.char_width) - GUTTER)
        return Place(index, min(column, len(self.line(index))))

    # What the pointer does

    def watch(self, reshaped: Callable[[], None]) -> None:
        """Call `reshaped` after something was opened or closed."""
        self._reshaped = reshaped

    def is_clickable(self, x: int, y: int) -> bool:
        """Tell whether there is something to open or close."""
        row = self._rows[self._index_at(y)]
        end = (GUTTER + len(row.line)) * self._char_width
        return x <= end and (row.is_open is not None or row.kind is Kind.MORE)

    def click(self, x: int, y: int) -> bool:
        """Open or close what is at a point."""
        if not self.is_clickable(x, y) or not self._tree.toggle(self._rows[self._index_at(y)]):
            return False
        self._rows = self._tree.rows()
        self._reshaped()
        return True

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:
        """Return what can be copied: the value at a point, the way to it, all."""
        del x
        path = self._rows[self._index_at(y)].path
        value = self._tree.value
        forms: dict[str, Callable[[], str]] = {tr("Copy JSON"): lambda: as_json(value)}
        if path:
            forms[tr("Copy value")] = lambda: as_json(at(value, path))
            forms[tr("Copy path")] = lambda: written(path)
        return forms

    # Internals

    def _index_at(self, y: int) -> int:
        return min(max(0, y // self._line_height), self.line_count - 1)

    def _paint_selected(
        self, painter: QPainter, canvas: Canvas, corner: tuple[float, int], index: int, span: Span
    ) -> None:
        if index < span.start.line or (span.end is not None and index > span.end.line):
            return
        line = self.line(index)
        start = span.start.offset if index == span.start.line else 0
        is_last = span.end is not None and index == span.end.line
        end = span.end.offset if is_last and span.end is not None else len(line)
        columns = (cell_width(line[:start]), cell_width(line[:end]))
        canvas.rows.fill(painter, corner[0], corner[1], columns, canvas.theme.selection)

    def _paint_arrow(self, painter: QPainter, canvas: Canvas, row: Row, y: int) -> None:
        """Draw the arrow that says whether a row is open."""
        centre_x = canvas.x + (row.depth * INDENT + 0.8) * self._char_width
        centre_y = y + self._line_height / 2
        size = self._line_height / 5
        points = [(-size, -size / 2), (size, -size / 2), (0, size / 1.6)]
        if not row.is_open:
            points = [(-size / 2, -size), (-size / 2, size), (size / 1.6, 0)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(canvas.theme.muted)
        painter.drawPolygon(QPolygonF([QPointF(centre_x + a, centre_y + b) for a, b in points]))
        painter.restore()


def runs_of(row: Row, formats: Formats) -> list[FormatRun]:
    """Return the colours of a row."""
    start = INDENT * row.depth
    name_end = start + len(row.name)
    value_start = name_end + 2 if row.name else start
    value = formats.token(TOKENS[row.kind]) if row.kind in TOKENS else formats.muted
    runs = [FormatRun(start, name_end, formats.token("function"))] if row.name else []
    return [*runs, FormatRun(value_start, len(row.line), value)]
