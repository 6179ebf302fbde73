"""A table among the outputs: sorted by a click, its column names kept in sight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import ceil

from PySide6.QtGui import QPainter

from vitrail_resources.translation import tr, trn
from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.table.geometry import BATCH, PAD_X, TableGeometry, column_cells
from vitrail_widgets.render.table.painter import TablePainter, TableState
from vitrail_widgets.tables.table import Table, TableCell, as_csv, as_markdown, as_tsv


class TableBlock:
    """Draws a table natively; a block whose lines are its rows, with a tab between the cells."""

    def __init__(self, table: Table, cells: list[int] | None = None) -> None:
        """Show `table`.

        Args:
            cells: What `column_cells` says of it, where that was asked before.
        """
        self.table = table
        self._cells = cells or column_cells(table)
        self._state = TableState(range(len(table.body)))
        self._shown = min(len(table.body), BATCH)
        self._geometry = self._laid_out(80 * 8, 16, 8.0)
        self._canvas: Canvas | None = None
        self._resized: Callable[[], None] = lambda: None

    # Block

    @property
    def height(self) -> int:
        """Height of the rows that are shown, with what stands above and below."""
        return self._geometry.height

    @property
    def line_count(self) -> int:
        """Number of rows that are shown, with names, caption and footer."""
        return self._first_row + self._shown + self._geometry.has_footer

    def line(self, index: int) -> str:
        """Return a row's texts."""
        if index < self._first_name:
            return self.table.caption
        if index >= self._first_row + self._shown:
            return self._footer()
        return "\t".join(cell.text for cell in self._row(index))

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
        """Lay out for another canvas."""
        self._canvas = canvas
        metrics = canvas.metrics
        self._geometry = self._laid_out(canvas.width, metrics.line_height, metrics.char_width)
        self._move_to(self._state.shift)

    def refresh(self, from_line: int) -> None:
        """Do nothing: a table that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the rows that lie in `clip`."""
        chosen = partial(self._is_selected, selected)
        drawn = TablePainter(painter, canvas, self.table, self._geometry, self._state, top)
        drawn.paint(clip, chosen, self._footer())

    def link_at(self, place: Place) -> None:
        """Return nothing."""

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:  # noqa: ARG002 - as laid out
        """Return the beginning or the end of the cell nearest to a point."""
        line = self._line_at(y)
        if not self._first_name <= line < self._first_row + self._shown:
            return Place(line, 0 if x <= 0 else len(self.line(line)))
        column = self._geometry.column_at(x, self._state.shift)
        left = self._geometry.left(column, self._state.shift)
        texts = [cell.text for cell in self._row(line)]
        start = sum(len(text) + 1 for text in texts[:column])
        in_second_half = x > left + self._geometry.widths[column] / 2
        return Place(line, start + (len(texts[column]) if in_second_half else 0))

    # What the pointer does

    def watch(self, resized: Callable[[], None]) -> None:
        """Call `resized` when the block has changed its height, or only its look."""
        self._resized = resized

    def is_clickable(self, x: int, y: int) -> bool:
        """Tell whether a click at a point does something."""
        if self._hidden and y >= self._geometry.footer_top:
            return x < self._geometry.room
        in_head = self._geometry.head_top <= y < self._geometry.body_top
        return in_head and 0 <= x < self._geometry.width

    def click(self, x: int, y: int) -> bool:
        """Sort by the column whose name is at a point, or show the rows that are left out."""
        if not self.is_clickable(x, y):
            return False
        if y >= self._geometry.footer_top:
            self._show_all()
        else:
            self._sort_by(self._geometry.column_at(x, self._state.shift))
        self._resized()
        return True

    def scroll_sideways(self, pixels: int) -> bool:
        """Move the columns; say whether there was anything to move."""
        if not self._geometry.scrolls:
            return False
        self._move_to(self._state.shift + pixels)
        self._resized()
        return True

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:  # noqa: ARG002 - everywhere
        """Return what can be copied of it, all rows and in their present order."""
        return {
            tr("Copy table"): partial(as_tsv, self.table, self._state.order),
            tr("Copy table as CSV"): partial(as_csv, self.table, self._state.order),
            tr("Copy table as Markdown"): partial(as_markdown, self.table, self._state.order),
        }

    # Internals

    @property
    def _first_name(self) -> int:
        return int(self._geometry.has_caption)

    @property
    def _first_row(self) -> int:
        return self._first_name + len(self.table.head)

    @property
    def _hidden(self) -> int:
        return len(self.table.body) - self._shown

    def _row(self, line: int) -> Sequence[TableCell]:
        if line < self._first_row:
            return self.table.head[line - self._first_name]
        return self.table.body[self._state.order[line - self._first_row]]

    def _line_at(self, y: int) -> int:
        return min(max(0, y // self._geometry.row_height), self.line_count - 1)

    def _footer(self) -> str:
        count = f"{self._hidden:,}".replace(",", "\u202f")
        more = trn(
            "{rows} more row: show all", "{rows} more rows: show all", self._hidden, rows=count
        )
        parts = [self.table.footnote, more if self._hidden else ""]
        return " · ".join(part for part in parts if part)

    def _is_selected(self, span: Span | None, line: int, column: int) -> bool:
        """Tell whether a cell is selected, at least in part."""
        if span is None or line < span.start.line:
            return False
        if span.end is not None and line > span.end.line:
            return False
        texts = [cell.text for cell in self._row(line)]
        start = sum(len(text) + 1 for text in texts[:column])
        first = span.start.offset if line == span.start.line else 0
        is_last = span.end is not None and line == span.end.line
        last = span.end.offset if is_last and span.end is not None else len(self.line(line)) + 1
        return first <= start + len(texts[column]) and start < last

    def _sort_by(self, column: int) -> None:
        """Sort up, then down, then not at all."""
        state = self._state
        if state.sorted_by != column:
            order = self.table.order(column, descending=False)
            self._state = replace(state, order=order, sorted_by=column, descending=False)
        elif not state.descending:
            order = self.table.order(column, descending=True)
            self._state = replace(state, order=order, descending=True)
        else:
            self._state = TableState(range(len(self.table.body)), shift=state.shift)

    def _show_all(self) -> None:
        self._shown = len(self.table.body)
        if self._canvas is not None:
            self.resize(self._canvas)

    def _move_to(self, shift: int) -> None:
        shift = min(max(0, shift), self._geometry.last_shift)
        self._state = replace(self._state, shift=shift)

    def _laid_out(self, room: int, line_height: int, char_width: float) -> TableGeometry:
        widths = [ceil(cells * char_width) + 2 * PAD_X for cells in self._cells]
        return TableGeometry(
            head_rows=len(self.table.head),
            body_rows=self._shown,
            widths=widths,
            pinned=self.table.index_columns,
            room=room,
            line_height=line_height,
            has_caption=bool(self.table.caption),
            has_footer=bool(self.table.footnote) or self._hidden > 0,
        )
