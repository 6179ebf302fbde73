"""Draws what is seen of a grid."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from vitrail_widgets.grid.look import HEADER_PAD, PAD
from vitrail_widgets.grid.scene import GLYPH, Scene
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, place_of
from vitrail_widgets.objects.grid.table import RIGHT, Cell

GLYPHS = {
    "integer": "12",
    "number": "1.2",
    "complex": "i",
    "boolean": "01",
    "text": "Aa",
    "bytes": "b'",
    "time": "◷",
    "duration": "Δt",
    "category": "≡",
    "object": "{}",
}
WAITING = 0.4  # of a column's width, of the bar that stands for what is not there yet


class GridPainter:
    """Draws a scene."""

    def __init__(self, painter: QPainter, scene: Scene) -> None:
        self._painter, self._scene, self._look = painter, scene, scene.look
        self._theme = scene.look.theme
        self._code = QFontMetricsF(scene.look.code)
        self._rows = scene.heights.seen(scene.y)
        row = scene.look.row
        self._baseline = round((row - self._code.height()) / 2 + self._code.ascent())

    def paint(self) -> None:
        """Draw all of it: cells first, then the bands that lie over them."""
        scene, painter = self._scene, self._painter
        painter.fillRect(0, 0, scene.width, scene.height, self._theme.bg)
        self._paint_lines()
        header = self._look.header
        below = QRect(0, header, scene.width, scene.height - header)
        pinned = scene.columns.pinned_count
        places = scene.seen_places()
        scrolled = QRect(scene.left, 0, scene.room, scene.height)
        for clip, own in (
            (scrolled, [each for each in places if each >= pinned]),
            (QRect(scene.band, 0, scene.left - scene.band, scene.height), places[:pinned]),
        ):
            painter.setClipRect(clip.intersected(below))
            for place in own:
                self._paint_column(place)
            painter.setClipRect(clip)
            for place in own:
                self._paint_name(place)
        painter.setClipping(False)
        self._paint_labels()
        self._paint_edges()

    def _paint_lines(self) -> None:
        """Draw the hairlines between the rows, and the ground of the names."""
        scene, painter = self._scene, self._painter
        right = min(scene.width, scene.left + scene.columns.width - scene.x)
        painter.setPen(QPen(self._look.line, 1))
        for row in self._rows:
            y = scene.y_of(row + 1) - 0.5
            painter.drawLine(QPointF(0, y), QPointF(right, y))
        painter.fillRect(0, 0, scene.width, self._look.header, self._look.band)

    # -- cells

    def _paint_column(self, place: int) -> None:
        scene, painter = self._scene, self._painter
        column = scene.columns.shown[place]
        x, width = scene.x_of(place), scene.columns.width_of(column)
        kind, written = scene.column(column).kind, scene.format(column)
        if True:
            painter.setPen(QPen(self._look.line, 1))
            edge = x + width - 0.5
            top, bottom = self._look.header, scene.y_of(self._rows.stop)
            painter.drawLine(QPointF(edge, top), QPointF(edge, bottom))
        painter.setFont(self._look.code)
        page, block = None, -1
        for row in self._rows:
            if row // ROWS != block:
                block = row // ROWS
                page = scene.pages.get(place_of(row, column))
            y = scene.y_of(row)
            self._paint_selected(row, place, x, y, width)
            cells = page.cells[column % COLUMNS] if page is not None else ()
            if row % ROWS < len(cells):
                cell = cells[row % ROWS]
                self._write(cell, written.text(cell), x, y, width, is_right=kind in RIGHT)
            else:
                self._paint_waiting(x, y, width, is_right=kind in RIGHT)

    def _paint_selected(self, row: int, place: int, x: int, y: int, width: int) -> None:
        chosen = self._scene.selection
        if row not in chosen.rows or place not in chosen.places:
            return
        painter, theme = self._painter, self._theme
        rect = QRectF(x, y, width, self._look.row)
        if not chosen.is_single:
            painter.fillRect(rect, theme.selection)
        if (row, place) == (chosen.row, chosen.place):
            colour = theme.accent if self._scene.has_focus else theme.muted
            painter.setPen(QPen(colour, 1.5))
            painter.drawRect(rect.adjusted(0.25, 0.25, -1.75, -1.75))

    def _write(self, cell: Cell, text: str, x: int, y: int, width: int, *, is_right: bool) -> None:
        theme = self._theme
        is_quiet = not isinstance(cell, str) or self._scene.is_stale
        self._painter.setPen(theme.muted if is_quiet else theme.text)
        self._text(text, x, y + self._baseline, width, is_right=is_right)

    def _text(self, text: str, x: int, baseline: float, width: int, *, is_right: bool) -> None:
        """Draw a text in a column; where it has no room a sign says so."""
        room = width - 2 * PAD
        char = self._look.char
        needed = len(text) * char
        if not text.isascii():
            text = text[: int(room / char) + 64]
            needed = self._code.horizontalAdvance(text)
        if needed > room + 0.5:
            kept = text[: int(room / char) + 8]
            text = self._code.elidedText(kept + "…", Qt.TextElideMode.ElideRight, room)
            needed = self._code.horizontalAdvance(text)
        at = x + width - PAD - needed if is_right else x + PAD
        self._painter.drawText(QPointF(at, baseline), text)

    def _paint_waiting(self, x: int, y: int, width: int, *, is_right: bool) -> None:
        """Draw a bar in place of what was not fetched yet."""
        length = (width - 2 * PAD) * WAITING
        left = x + width - PAD - length if is_right else x + PAD
        height = 6.0
        rect = QRectF(left, y + (self._look.row - height) / 2, length, height)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.line)
        self._painter.drawRoundedRect(rect, 3, 3)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- bands

    def _paint_name(self, place: int) -> None:
        scene = self._scene
        column = scene.columns.shown[place]
        x, width = scene.x_of(place), scene.columns.width_of(column)
        known = scene.column(column)
        title, small = QFontMetricsF(self._look.title), QFontMetricsF(self._look.small)
        baseline = HEADER_PAD + title.ascent()
        glyph = GLYPHS.get(known.kind, "")
        self._line(glyph, self._look.small, self._theme.accent, x + PAD, baseline, GLYPH)
        room = width - 2 * PAD
        left = x + PAD + GLYPH
        text = scene.title(column)
        self._line(text, self._look.title, self._theme.text, left, baseline, room - GLYPH)
        baseline = HEADER_PAD + title.height() + small.ascent() + 1
        self._line(known.type, self._look.small, self._theme.muted, left, baseline, room - GLYPH)

    def _line(
        self, text: str, font: QFont, colour: QColor, x: float, baseline: float, room: float
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        measure = QFontMetricsF(font)
        if measure.horizontalAdvance(text) > room:
            text = measure.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._painter.drawText(QPointF(x, baseline), text)

    def _paint_labels(self) -> None:
        """Draw what names the rows, and the names of that."""
        scene, painter, look = self._scene, self._painter, self._look
        table = scene.known.about
        if table is None:
            return
        painter.fillRect(0, 0, scene.band, scene.height, look.band)
        painter.setClipRect(0, look.header, scene.band, scene.height)
        painter.setFont(look.code)
        chosen = scene.selection.rows
        x = 0
        for level, width in enumerate(scene.label_widths):
            for row in self._rows:
                cell = scene.pages.label(row, level)
                is_waiting = cell is None and bool(table.levels)
                text = (
                    ""
                    if is_waiting
                    else str(row)
                    if cell is None
                    else scene.label_text(level, cell)
                )
                painter.setPen(self._theme.text if row in chosen else self._theme.muted)
                y = scene.y_of(row) + self._baseline
                self._text(text, x, y, width, is_right=not table.levels)
            x += width
        painter.setClipping(False)
        x = 0
        baseline = HEADER_PAD + QFontMetricsF(look.title).ascent()
        for name, width in zip(table.levels, scene.label_widths, strict=False):
            self._line(name, look.title, self._theme.muted, x + PAD, baseline, width - 2 * PAD)
            x += width

    def _paint_edges(self) -> None:
        """Draw the lines that part the bands from the cells."""
        scene, painter, header = self._scene, self._painter, self._look.header
        bottom = min(scene.height, scene.y_of(self._rows.stop))
        painter.setPen(QPen(self._theme.border, 1))
        painter.drawLine(QPointF(0, header - 0.5), QPointF(scene.width, header - 0.5))
        for x in {scene.band, scene.left}:
            painter.drawLine(QPointF(x - 0.5, 0), QPointF(x - 0.5, bottom))
