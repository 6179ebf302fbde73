"""Draws what is seen of a grid."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from vitrail_resources.translation import tr
from vitrail_widgets.grid.look import CHART, HEADER_PAD, PAD
from vitrail_widgets.grid.scene import GLYPH, Scene
from vitrail_widgets.grid.summary_card import paint_histogram
from vitrail_widgets.objects import scales
from vitrail_widgets.objects.grid.formats import number_in
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, place_of
from vitrail_widgets.objects.grid.summary import Summary
from vitrail_widgets.objects.grid.table import RIGHT, Cell
from vitrail_widgets.objects.scales import Scale

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
HEAT = 0.34  # the strongest: text stays readable on it
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
        scale = scene.heated.get(column)
        summary = scene.summaries.get(column) if scale is not None else None
        ends = summary.ends if summary is not None else None
        for row in self._rows:
            if row // ROWS != block:
                block = row // ROWS
                page = scene.pages.get(place_of(row, column))
            y = scene.y_of(row)
            cells = page.cells[column % COLUMNS] if page is not None else ()
            cell = cells[row % ROWS] if row % ROWS < len(cells) else None
            if scale is not None and ends is not None and cell is not None:
                ground = self._heat(cell, ends, scale)
                self._painter.fillRect(QRectF(x, y, width - 1, self._look.row - 1), ground)
            self._paint_selected(row, place, x, y, width)
            if cell is not None:
                self._write(cell, written.text(cell), x, y, width, is_right=kind in RIGHT)
            else:
                self._paint_waiting(x, y, width, is_right=kind in RIGHT)

    def _heat(self, cell: Cell, ends: tuple[float, float], scale: Scale) -> QColor:
        """Return the ground of a cell: the stronger the greater its value, or further from zero."""
        number, (low, high) = number_in(cell), ends
        if number is None or high <= low:
            return QColor(Qt.GlobalColor.transparent)
        if scales.is_diverging(scale, low, high):
            share = scales.place_of(number, low, high)
            end = math.copysign(1.0, share)
            ground = QColor(*scales.diverging_colour(end, is_dark=self._theme.dark))
        else:
            share = max(0.0, min(1.0, (number - low) / (high - low)))
            ground = QColor(self._theme.accent)
        ground.setAlphaF(HEAT * abs(share))
        return ground

    def _paint_selected(self, row: int, place: int, x: int, y: int, width: int) -> None:
        chosen = self._scene.selection
        if not chosen.holds(row, place):
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
        room = float(width - 2 * PAD)
        left = x + PAD + GLYPH
        sign = self._sorting(column)
        if sign:
            taken = title.horizontalAdvance(sign)
            at = x + width - PAD - taken
            self._line(sign, self._look.title, self._theme.accent, at, baseline, taken + 1)
            room -= taken + 4
        text = scene.title(column)
        self._line(text, self._look.title, self._theme.text, left, baseline, room - GLYPH)
        baseline = HEADER_PAD + title.height() + small.ascent() + 1
        room = width - 2 * PAD - GLYPH
        self._line(known.type, self._look.small, self._theme.muted, left, baseline, room)

        if scene.has_summaries:
            top = baseline + small.descent() + 5
            chart = QRectF(x + PAD, top, width - 2 * PAD, CHART)
            self._paint_summary(scene.summaries.get(column), chart)

    def _paint_summary(self, summary: Summary | None, rect: QRectF) -> None:
        """Draw a histogram or the most frequent value, and how much is missing."""
        if summary is None:
            return
        theme, small = self._theme, QFontMetricsF(self._look.small)
        room = rect.adjusted(0, 0, 0, -small.height())
        if summary.histogram is not None:
            faint = QColor(theme.accent)
            faint.setAlphaF(0.55)
            paint_histogram(self._painter, summary.histogram, room, faint, theme.border)
        elif summary.top:
            self._paint_shares(summary, room)
        missing, lost = summary.share_missing, theme.muted
        text = tr("{share} missing", share=f"{missing:.0%}" if missing >= 0.005 else "< 1%")
        if missing:
            self._line(text, self._look.small, lost, rect.left(), rect.bottom(), rect.width())
        elif summary.distinct is not None and summary.histogram is None:
            text = tr("{number} distinct", number=summary.distinct)
            self._line(text, self._look.small, lost, rect.left(), rect.bottom(), rect.width())

    def _paint_shares(self, summary: Summary, rect: QRectF) -> None:
        """Draw the most frequent values as parts of a bar."""
        x, whole = rect.left(), max(1, summary.looked_at)
        for at, (_, count) in enumerate(summary.top):
            colour = QColor(self._theme.accent)
            colour.setAlphaF(max(0.12, 0.6 - 0.12 * at))
            width = rect.width() * min(1.0, count / whole)
            if x + width > rect.right() + 1 or width < 1:
                break
            bar = QRectF(x, rect.bottom() - 9, max(1.0, width - 1), 8)
            self._painter.fillRect(bar, colour)
            x += width

    def _sorting(self, column: int) -> str:
        """Return the sign of a column by which rows are sorted, with its rank among several."""
        keys = self._scene.arrangement.sort
        for rank, key in enumerate(keys, 1):
            if key.column == column:
                arrow = "↓" if key.descends else "↑"
                return arrow if len(keys) == 1 else f"{arrow}{rank}"
        return ""

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
