"""A transcript on paper: drawn as in the console, in the light theme, no row cut in two."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from vitrail_widgets.console.entries import CellLayout, EntryLayout, lay_out, output_maker
from vitrail_widgets.console.entry_painter import Moment
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block, Clip
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.folded_text import FoldedText
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.render.long_block import FoldPolicy
from vitrail_widgets.render.registry import default_registry
from vitrail_widgets.render.text_block import TextBlock
from vitrail_widgets.transcript.cells import Entry

POINT_SIZE: Final = 8.0
GAP: Final = 14
FOOT: Final = 24
"""Pixels that the foot of a page takes: what it is, and the page's number."""
SHARPNESS: Final = 3
"""Pixels of a picture for each of the page."""


class Strip(NamedTuple):
    """A part of an entry that stays together: [top, bottom) from the entry's upper edge."""

    top: int
    bottom: int
    is_picture: bool = False


class Pages:
    """Paints entries on pages of one size.

    Attributes:
        number: Of the page that is painted, from 1.
    """

    def __init__(self, size: QSize, lexer: str, title: str, family: str | None = None) -> None:
        """Prepare.

        Args:
            size: Of what may be printed on, in pixels of the device; fonts have its resolution.
            lexer: Of the code.
            title: Stands at the foot of each page.
            family: Of the code font.
        """
        self.number = 1
        self._size = size
        self._lexer = lexer
        self._title = title
        self._looks = Looks.of(Theme.load("light"), code_font(family, POINT_SIZE), size.width())
        self._looks.entries.notes.has_offers = False
        self._make = output_maker(default_registry(), FoldPolicy(limit=0))

    def paint(
        self, entries: Sequence[Entry], painter: QPainter, new_page: Callable[[], object]
    ) -> Iterator[int]:
        """Paint entry after entry; yield after each strip how many pages were begun for it.

        A strip takes some milliseconds.

        Args:
            entries: What to paint; may change meanwhile, as far as they are not painted yet.
            painter: On the first page.
            new_page: Begins another page.
        """
        y = 0
        for index, entry in enumerate(entries):
            layout = self._laid_out(entry)
            for strip in self._strips(layout, self._space - y):
                height = strip.bottom - strip.top
                is_full = y > 0 and y + height > self._space
                if is_full:
                    self._turn(painter, new_page)
                    y = 0
                self._paint_strip(painter, index, layout, strip, y)
                y += height
                yield int(is_full)
            y += GAP
        self._paint_foot(painter)

    def _laid_out(self, entry: Entry) -> EntryLayout:
        """Return an entry of which everything is there: paper is painted once."""
        layout = lay_out(entry, self._lexer, self._looks.canvas, self._make)
        for which in range(layout.block_count):
            block = layout.block(which)
            if isinstance(block, DeferredBlock):
                block.complete()
        if isinstance(layout, CellLayout):
            layout.touch_all()
        return layout

    @property
    def _space(self) -> int:
        return self._size.height() - FOOT

    def _strips(self, layout: EntryLayout, space: int) -> Iterator[Strip]:
        """Cut an entry where a page may end; `space` is what is left of the page."""
        top = 0
        for which in range(layout.block_count):
            block = layout.block(which)
            is_last = which + 1 == layout.block_count
            start = layout.block_top(which)
            end = layout.height if is_last else layout.block_top(which + 1)
            if isinstance(block, ImageBlock) and start > top:
                yield Strip(top, start)
                space -= start - top
                top = start
            if isinstance(block, TextBlock | FoldedText):
                for row in self._row_ends(block, start, top, space):
                    yield Strip(top, row)
                    space = self._space
                    top = row
            yield Strip(top, end, isinstance(block, ImageBlock))
            space = space - (end - top) if end - top <= space else self._space - (end - top)
            top = end

    def _row_ends(self, block: Block, start: int, top: int, space: int) -> Iterator[int]:
        """Yield where the rows of a text end that are the last ones of their page."""
        step = self._looks.metrics.line_height
        bottom = start + block.height
        while bottom - top > space:
            end = start + (top + space - start) // step * step
            if end <= top:  # not a row fits any more
                if space == self._space:
                    return
                space = self._space
                continue
            yield end
            top, space = end, self._space

    def _paint_strip(
        self, painter: QPainter, index: int, layout: EntryLayout, strip: Strip, y: int
    ) -> None:
        height = strip.bottom - strip.top
        shown = min(1.0, self._space / height) if height else 1.0
        painter.save()
        painter.translate(0, y)
        painter.scale(shown, shown)  # a picture that is taller than the page
        if strip.is_picture:
            picture = QImage(
                QSize(self._size.width(), height) * SHARPNESS, QImage.Format.Format_RGB32
            )
            picture.setDevicePixelRatio(SHARPNESS)
            picture.fill(Qt.GlobalColor.white)
            inner = QPainter(picture)
            self._paint_entry(inner, index, layout, strip)
            inner.end()
            painter.drawImage(QRectF(0, 0, self._size.width(), height), picture)
        else:
            painter.setClipRect(QRect(0, 0, self._size.width(), height))
            self._paint_entry(painter, index, layout, strip)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, index: int, layout: EntryLayout, strip: Strip
    ) -> None:
        clip = Clip(0, strip.bottom - strip.top)
        self._looks.entries.paint(painter, index, layout, -strip.top, clip, Moment())

    def _turn(self, painter: QPainter, new_page: Callable[[], object]) -> None:
        self._paint_foot(painter)
        new_page()
        self.number += 1

    def _paint_foot(self, painter: QPainter) -> None:
        font = QFont()
        font.setPointSizeF(POINT_SIZE * 0.9)
        painter.setFont(font)
        painter.setPen(self._looks.theme.muted)
        baseline = self._size.height() - 4
        painter.drawText(QPointF(0, baseline), self._title)
        number = str(self.number)
        width = painter.fontMetrics().horizontalAdvance(number)
        painter.drawText(QPointF(self._size.width() - width, baseline), number)
