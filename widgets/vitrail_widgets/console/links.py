"""What in the transcript leads somewhere: pages, lines of files, cells."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.selection import Position
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.render.block import Block, Canvas, Place
from vitrail_widgets.render.folded_text import FoldedText
from vitrail_widgets.render.links import is_followed
from vitrail_widgets.render.places import placed
from vitrail_widgets.render.text_block import TextBlock
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.mentions import ARROW_WITHIN, CellLine, Page, Source, mentions

if TYPE_CHECKING:
    from vitrail_widgets.console.link_cursor import LinkCursor

LONGEST_LINK = 2000  # code points of one link that are underlined


class Link(NamedTuple):
    """A stretch of a line and where it leads."""

    entry: int
    block: int
    line: int
    start: int
    end: int
    of: Page | Source | CellLine

    @property
    def target(self) -> str:
        """Where it leads, for other programs; empty for a cell."""
        match self.of:
            case Page(target):
                return target
            case Source(path, line):
                return f"{path}:{line}" if line else path
            case CellLine():
                return ""

    @property
    def tip(self) -> str:
        """Where it leads, as it is and not as it says."""
        match self.of:
            case Page(target):
                return target
            case Source(path, line):
                return tr("{path}, line {line}", path=path, line=line) if line else path
            case CellLine(number, line):
                cell = f"In [{number}]"
                return tr("{cell}, line {line}", cell=cell, line=line) if line else cell


class Links(QObject):
    """Finds links below the pointer, underlines them and follows them.

    Attributes:
        hovered: The link below the pointer.
        pointed: The link that one has gone to by keys, while the transcript has the focus.

    Signals:
        page_activated: A link was clicked whose target is a page or an address.
        source_activated: A file and the number of a line in it, 0 for none, as the kernel said.
        told: A sentence: where a link leads, or that there is nothing there.
    """

    page_activated = Signal(str)
    source_activated = Signal(str, int)
    told = Signal(str)

    def __init__(self, view: Surface, cursor: CellCursor, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._cursor = cursor
        self.hovered: Link | None = None
        self.pointed: Link | None = None
        cursor.moved.connect(self._on_cursor_moved)
        register = view.input.commands.register
        register("link.previous", lambda: self._keys.go(-1))
        register("link.next", lambda: self._keys.go(1))
        register("link.follow", self._follow_pointed)

    @cached_property
    def _keys(self) -> "LinkCursor":
        from vitrail_widgets.console.link_cursor import LinkCursor  # a start does without

        return LinkCursor(self._view, self, self._cursor)

    def at(self, point: QPoint) -> Link | None:
        """Return the link at a point of the viewport."""
        view, flow = self._view, self._view.document.flow
        y = point.y() - view.arrangement.top
        if not 0 <= y < flow.height or point.x() < view.across.text_x:
            return None
        half = round(view.metrics.char_width / 2)  # the character under it, not the gap
        position = view.position_at(point - QPoint(half, 0))
        rect = view.document.rect_of(position, position.offset + 1)
        is_on_text = rect.top() <= y < rect.bottom() + 1
        return self._at_position(position) if is_on_text else None

    def hover(self, point: QPoint) -> Link | None:
        """Underline the link at a point, and no other; return it."""
        link = self.at(point)
        if link != self.hovered:
            self.hovered = link
            self._view.viewport().update()
        return link

    def click(self, point: QPoint) -> bool:
        """Follow the link at a point; say whether there is one."""
        link = self.at(point)
        if link is not None:
            self._follow(link)
        return link is not None

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Offer to follow the link at a point of the viewport, and to copy where it leads."""
        link = self.at(point)
        if link is None:
            return
        menu.addSeparator()
        menu.addAction(tr("Follow the link")).triggered.connect(partial(self._follow, link))
        target = link.target
        if target:
            clipboard = QGuiApplication.clipboard()
            copy = menu.addAction(tr("Copy where the link leads"))
            copy.triggered.connect(partial(clipboard.setText, target))

    def _follow_pointed(self) -> bool:
        link = self.pointed if self._view.hasFocus() else None
        if link is not None:
            self._follow(link)
        return link is not None

    def _follow(self, link: Link) -> None:
        match link.of:
            case Page(target):
                self.page_activated.emit(target)
            case Source(path, line):
                self.source_activated.emit(path, line)
            case CellLine(number, line):
                self.show_cell(number, line, before=link.entry)

    def paint(
        self, painter: QPainter, at: tuple[int, int], block: Block, canvas: Canvas, top: int
    ) -> None:
        """Underline the hovered link, and frame the one gone to, if they are in this block."""
        painter.setPen(QPen(canvas.theme.accent, 1))
        below = canvas.metrics.baseline + 2.5
        for rect in _rects(self.hovered, at, block, canvas):
            y = top + rect.top() + below
            left = canvas.x + rect.left()
            painter.drawLine(QPointF(left, y), QPointF(left + rect.width(), y))
        if self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for rect in _rects(self.pointed, at, block, canvas):
                painter.drawRect(rect.translated(canvas.x, top).adjusted(-1.5, 0.5, 1.5, -0.5))

    def on_line(self, entry: int, which: int, line: int) -> list[Link]:
        """Return the links in a line of a block, left to right."""
        block = self._view.document.flow[entry].block(which)
        starts = {found.start for found in mentions(block.line(line))} | _link_starts(block, line)
        found = (self._at_position(Position(entry, which, line, start)) for start in starts)
        return sorted({link for link in found if link is not None}, key=lambda link: link.start)

    def _at_position(self, position: Position) -> Link | None:
        entry, which, line, offset = position
        block = self._view.document.flow[entry].block(which)
        target = block.link_at(position.place)
        if target is not None:
            if not is_followed(target):
                return None
            return Link(entry, which, line, *_extent(block, position.place, target), Page(target))
        is_code = which == 0 and self._view.document.is_cell(entry)
        below = range(line + 1, min(line + 1 + ARROW_WITHIN, block.line_count))
        for found in mentions(block.line(line), [block.line(index) for index in below]):
            if found.start <= offset < found.end and _may_be_followed(found.of, is_code):
                return Link(entry, which, line, *found)
        return None

    def _on_cursor_moved(self) -> None:
        self.pointed = None

    def show_cell(self, number: int, line: int, before: int | None = None) -> None:
        """Show the cell of a number.

        Args:
            number: Of its prompt.
            line: Of it, from 1; 0 for none.
            before: The entry that speaks of it: the last one up to there is meant.
        """
        entries = self._view.document.transcript.entries
        numbered = [
            index
            for index, other in enumerate(entries)
            if isinstance(other, Cell) and other.count == number
        ]
        earlier = [index for index in numbered if before is None or index <= before]
        if not numbered:
            self.told.emit(tr("In [{number}] is not in this console.", number=number))
            return
        self._cursor.flash(earlier[-1] if earlier else numbered[0], line)


def _rects(
    link: Link | None, at: tuple[int, int], block: Block, canvas: Canvas
) -> Sequence[QRectF]:
    """Return where a link stands in a block; nowhere if it is in another one."""
    if link is None or (link.entry, link.block) != at or link.line >= block.line_count:
        return ()
    return placed(block, canvas).rects(canvas, link.line, link.start, link.end)


def _link_starts(block: Block, line: int) -> set[int]:
    """Return where terminal links begin in a line, and those of a document."""
    text = block.line(line)
    if isinstance(block, FoldedText):
        block = block.inner
    if isinstance(block, TextBlock):
        runs = block.buffer.section(line, 0, len(text)).runs
        return {run.start for run in runs if run.style.link}
    targets = [block.link_at(Place(line, offset)) for offset in range(min(len(text), LONGEST_LINK))]
    return {at for at, now in enumerate(targets) if now and (not at or targets[at - 1] != now)}


def _may_be_followed(of: Page | Source | CellLine, is_code: bool) -> bool:
    if isinstance(of, Page):
        return is_followed(of.target)
    return not is_code


def _extent(block: Block, place: Place, target: str) -> tuple[int, int]:
    """Return from where to where a line is part of the same link."""
    start = end = place.offset
    length = len(block.line(place.line))
    while start > max(0, place.offset - LONGEST_LINK) and (
        block.link_at(Place(place.line, start - 1)) == target
    ):
        start -= 1
    while end < min(length, place.offset + LONGEST_LINK) and (
        block.link_at(Place(place.line, end)) == target
    ):
        end += 1
    return start, end
