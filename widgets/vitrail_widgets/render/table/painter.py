"""Draws the part of a table that is seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from vitrail_widgets.render.block import Canvas, Clip
from vitrail_widgets.render.formats import TextFormat, readable
from vitrail_widgets.render.table.geometry import BAR_HEIGHT, PAD_X, PAD_Y, TableGeometry
from vitrail_widgets.tables.table import Table, TableCell
from vitrail_widgets.transcript.cell_width import cell_width

RADIUS: Final = 6
ELLIPSIS: Final = "…"
ARROW: Final = 8

IsSelected = Callable[[int, int], bool]
"""Tells of a line of the block and a column whether the cell is selected."""


@dataclass(frozen=True)
class TableState:
    """What the user did to a table.

    Attributes:
        order: Indices of the rows, in the order in which they are shown.
        sorted_by: The column by which, None for the kernel's own order.
        descending: Whether it goes from large to small.
        shift: Pixels by which the columns are moved to the left.
    """

    order: Sequence[int]
    sorted_by: int | None = None
    descending: bool = False
    shift: int = 0


class TablePainter:
    """Draws one table, whose upper left corner is at a point of the viewport."""

    def __init__(
        self,
        painter: QPainter,
        canvas: Canvas,
        table: Table,
        geometry: TableGeometry,
        state: TableState,
        top: int,
    ) -> None:
        self._painter, self._canvas = painter, canvas
        self._table, self._geometry, self._state = table, geometry, state
        self._x, self._top = canvas.x, top

    def paint(self, clip: Clip, is_selected: IsSelected, footer: str) -> None:
        """Draw what lies in `clip`; the column names stay at its top while rows are below them."""
        painter, geometry, theme = self._painter, self._geometry, self._canvas.theme
        painter.save()
        if geometry.has_caption:
            self._line(self._table.caption, self._top, self._canvas.formats.plain)
        left = geometry.pinned_width
        self._paint_part(geometry.columns(self._state.shift), left, clip, is_selected)
        if left:
            self._paint_part(geometry.pinned_columns, 0, clip, is_selected)
            if self._state.shift:
                painter.fillRect(
                    self._x + left - 1, self._body_top, 1, self._body_height, theme.border
                )
        if geometry.scrolls:
            self._paint_handle()
        if geometry.has_footer:
            self._line(footer, self._top + geometry.footer_top, self._canvas.formats.muted)
        painter.restore()

    @property
    def _body_top(self) -> int:
        return self._top + self._geometry.head_top

    @property
    def _body_height(self) -> int:
        return self._geometry.body_bottom - self._geometry.head_top

    def _paint_part(self, columns: range, left: int, clip: Clip, is_selected: IsSelected) -> None:
        """Draw the pinned columns, or the others, which must not cover those."""
        painter, geometry = self._painter, self._geometry
        right = geometry.width if not left or columns.start >= geometry.pinned else left
        if columns == geometry.pinned_columns and geometry.pinned_width:
            right = geometry.pinned_width
        painter.save()
        area = QRect(self._x + left, self._body_top, right - left, self._body_height)
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.fillRect(area, self._canvas.theme.bg)
        self._paint_body(columns, clip, is_selected)
        self._paint_head(columns, is_selected)
        painter.restore()

    def _paint_body(self, columns: range, clip: Clip, is_selected: IsSelected) -> None:
        geometry = self._geometry
        step = geometry.row_height
        top = self._top + geometry.body_top
        first = max(0, (clip.top - top) // step)
        last = min(geometry.body_rows, -((top - clip.bottom) // step))
        line = geometry.head_rows + geometry.has_caption
        for row in range(first, last):
            cells = self._table.body[self._state.order[row]]
            y = top + row * step
            above = self._table.body[self._state.order[row - 1]] if row else None
            for column in columns:
                cell = cells[column]
                blank = cell.is_repeated and above is not None and above[column].text == cell.text
                self._cell(cell, column, y, is_selected(line + row, column), blank=blank)
            self._rule(y + step - 1, columns, last=row == geometry.body_rows - 1)

    def _paint_head(self, columns: range, is_selected: IsSelected) -> None:
        """Draw the column names: where they belong, or at the viewport's top."""
        geometry = self._geometry
        if not geometry.head_rows:
            return
        lowest = self._top + geometry.body_bottom - geometry.head_height - geometry.row_height
        top = max(self._body_top, min(0, lowest))
        width = geometry.width
        ground = QRect(self._x, top, width, geometry.head_height)
        self._painter.fillRect(ground, self._canvas.theme.surface)
        for number, row in enumerate(self._table.head):
            y = top + number * geometry.row_height
            for column in columns:
                line = number + geometry.has_caption
                blank = row[column].is_repeated and column != columns.start
                self._cell(row[column], column, y, is_selected(line, column), blank=blank)
        self._paint_arrow(columns, top + geometry.head_height - geometry.row_height)
        bottom = top + geometry.head_height - 1
        self._painter.fillRect(self._x, bottom, width, 1, self._canvas.theme.border)

    def _cell(
        self, cell: TableCell, column: int, y: int, selected: bool, *, blank: bool = False
    ) -> None:
        theme, geometry = self._canvas.theme, self._geometry
        x = self._x + geometry.left(column, self._state.shift)
        width = geometry.widths[column]
        ground = theme.bg
        if cell.ground is not None:
            ground = QColor(cell.ground)
            self._painter.fillRect(x, y, width, geometry.row_height, ground)
        if selected:
            self._painter.fillRect(x, y, width, geometry.row_height, theme.selection)
        if blank or not cell.text:
            return
        colour = theme.text if cell.colour is None else QColor(cell.colour)
        if cell.is_header and cell.colour is None:
            colour = theme.muted if column < self._table.index_columns else theme.text
        ink = readable(colour, ground, theme.least_contrast)
        text_format = TextFormat(ink, bold=cell.is_header)
        char = self._canvas.metrics.char_width
        text = cut(cell.text, int((width - 2 * PAD_X) / char + 0.01))
        start: float = x + PAD_X
        if self._table.is_numeric(column):
            start = x + width - PAD_X - cell_width(text) * char
        self._canvas.rows.paint(self._painter, start, y + PAD_Y, text, (), text_format)

    def _paint_arrow(self, columns: range, y: int) -> None:
        """Draw which way the column is sorted, in the free corner of its name."""
        column = self._state.sorted_by
        if column is None or column not in columns:
            return
        right = self._x + self._geometry.left(column, self._state.shift)
        right += self._geometry.widths[column]
        middle = y + self._geometry.row_height / 2
        if self._table.is_numeric(column):
            centre = right - self._geometry.widths[column] + PAD_X / 2 + 1
        else:
            centre = right - PAD_X / 2 - 1
        up = -1 if self._state.descending else 1
        points = [(-ARROW / 2.6, up * 2), (ARROW / 2.6, up * 2), (0, -up * 2.5)]
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._canvas.theme.accent)
        self._painter.drawPolygon(QPolygonF([QPointF(centre + a, middle + b) for a, b in points]))
        self._painter.restore()

    def _rule(self, y: int, columns: range, *, last: bool) -> None:
        if not columns:
            return
        colour = QColor(self._canvas.theme.border)
        if not last:
            colour.setAlphaF(0.5)
        self._painter.fillRect(self._x, y, self._geometry.width, 1, colour)

    def _paint_handle(self) -> None:
        """Draw which columns are seen."""
        geometry = self._geometry
        y = self._top + geometry.body_bottom + BAR_HEIGHT / 2 - 1.5
        room = geometry.width
        length = max(24.0, room * geometry.room / geometry.full_width)
        start = (room - length) * self._state.shift / max(1, geometry.last_shift)
        colour = QColor(self._canvas.theme.muted)
        colour.setAlphaF(0.45)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(QRectF(self._x + start, y, length, 3), 1.5, 1.5)

    def _line(self, text: str, top: int, text_format: TextFormat) -> None:
        room = int(self._geometry.room / self._canvas.metrics.char_width)
        shown = cut(text, room)
        self._canvas.rows.paint(self._painter, self._x, top + PAD_Y, shown, (), text_format)


def cut(text: str, cells: int) -> str:
    """Return as much of a text as fits, with an ellipsis where something is left out."""
    if cell_width(text) <= cells:
        return text
    taken = 0
    for at, character in enumerate(text):
        taken += cell_width(character)
        if taken > cells - 1:
            return text[:at].rstrip() + ELLIPSIS
    return text
