"""Draw what surrounds the text: input boxes, prompts in the gutter, the state bar."""

from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from vitrail_widgets.console.cell_note import CellNotes
from vitrail_widgets.console.entries import CellLayout, EntryLayout, NoticeLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.folding.painter import FoldPainter
from vitrail_widgets.console.geometry import BAR_WIDTH, BAR_X, INPUT_PAD_Y, RADIUS, Geometry
from vitrail_widgets.console.selection import Selection
from vitrail_widgets.render.block import Block, Canvas, Clip
from vitrail_widgets.render.places import placed
from vitrail_widgets.transcript.cells import EARLIER, Cell, CellStatus, ErrorOutput, RichOutput
from vitrail_widgets.transcript.prompt import USUAL, Prompt, Prompts, pieces_of

OVERHANG = 1  # cells that a number of four digits may hang over to the left
STALE_OPACITY = 0.55  # of outputs whose kernel is gone
MARK_WIDTH = 2  # of the bar before a line that raised
MARK_STRENGTH = 0.1  # of its ground
LINES_RUN = Qt.LayoutDirection.LeftToRight  # code and terminals, in any language
FOREIGN = (2, 3, 5, 6)  # terminal colours but red, which is an error, and blue, which runs


class Marks(Protocol):
    """Draws grounds below the text of blocks."""

    def paint(
        self,
        painter: QPainter,
        at: tuple[int, int],
        block: Block,
        canvas: Canvas,
        top: int,
        clip: Clip,
    ) -> None:
        """Draw those of a block; `at` are the indices of its entry and itself."""
        ...


class Underlines(Protocol):
    """Draws lines below the text of blocks."""

    def paint(
        self, painter: QPainter, at: tuple[int, int], block: Block, canvas: Canvas, top: int
    ) -> None:
        """Draw those of a block; `at` are the indices of its entry and itself."""
        ...


@dataclass(frozen=True)
class Moment:
    """What changes from one painting to the next.

    Attributes:
        selection: What is selected.
        hovered: Index of the entry under the pointer, or -1.
        marks: Mark what was found.
        pointed: Index of the cell one has gone to, or None.
        links: Underlines what would be followed by a click.
        flashed: The entry, and the line of its code, that lights up; 0 is all lines.
        pulse: Strength of the running bar, 0 to 1; 0 also while it is too early to show one.
        now: Seconds since the epoch.
    """

    selection: Selection | None = None
    hovered: int = -1
    pulse: float = 0.0
    now: float = 0.0
    marks: Marks | None = None
    pointed: int | None = None
    links: Underlines | None = None
    flashed: tuple[int, int] | None = None


class EntryPainter:
    """Draws entries for one theme, font and width.

    Attributes:
        prompts: What stands beside inputs and results.
        notes: The words at the right ends of inputs.
        folds: What is said of folded cells.
    """

    def __init__(self, geometry: Geometry, canvas: Canvas, prompts: Prompts = USUAL) -> None:
        self.geometry = geometry
        self.canvas = canvas
        self.prompts = prompts
        self.notes = CellNotes(geometry, canvas)
        self.folds = FoldPainter(geometry, canvas)

    def paint(
        self,
        painter: QPainter,
        index: int,
        layout: EntryLayout,
        top: int,
        clip: Clip,
        moment: Moment,
    ) -> None:
        """Draw an entry whose upper edge is at `top` of the viewport."""
        painter.setLayoutDirection(LINES_RUN)
        if isinstance(layout, CellLayout):
            is_pointed = moment.pointed == index
            self._paint_frame(painter, layout, top, clip, moment.pulse, is_pointed=is_pointed)
        else:
            self._paint_rule(painter, layout, top)
        for which in layout.span(clip.top - top, clip.bottom - top):
            is_past = which > 0 and isinstance(layout, CellLayout) and layout.cell.is_stale
            painter.setOpacity(STALE_OPACITY if is_past else 1.0)
            self._paint_block(painter, (index, which), layout, top, clip, moment)
        painter.setOpacity(1.0)
        if isinstance(layout, CellLayout):
            hovered = moment.hovered == index
            self.notes.paint(painter, layout, top, moment.now, hovered=hovered)
            self.folds.paint(painter, layout, top, hovered=hovered or moment.pointed == index)

    def _paint_block(
        self,
        painter: QPainter,
        at: tuple[int, int],
        layout: EntryLayout,
        top: int,
        clip: Clip,
        moment: Moment,
    ) -> None:
        """Draw a block of an entry with what lies below and beside it."""
        which = at[1]
        block, block_top = layout.block(which), top + layout.block_top(which)
        if moment.marks is not None:
            moment.marks.paint(painter, at, block, self.canvas, block_top, clip)
        if which == 0 and isinstance(layout, CellLayout) and layout.fold is not Fold.CELL:
            self._paint_raising_line(painter, block, block_top, layout.raising_line)
        if moment.flashed is not None and (moment.flashed[0], 0) == at:
            self._paint_flash(painter, block, block_top, moment.flashed[1])
        if layout.fold is Fold.CELL:  # one row of its code
            bottom = block_top + self.canvas.metrics.line_height
            clip = Clip(clip.top, min(clip.bottom, bottom))
        span = moment.selection.span(*at) if moment.selection else None
        block.paint(painter, self.canvas, block_top, clip, span)
        if moment.links is not None:
            moment.links.paint(painter, at, block, self.canvas, block_top)
        if which and isinstance(layout, CellLayout):
            self._paint_beside_output(painter, layout.cell, which - 1, block, block_top)

    def paint_box(self, painter: QPainter, rect: QRectF, *, edge: QColor | None = None) -> None:
        """Draw the ground of an input; `edge` is the colour of its outline."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.canvas.theme.surface)
        painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1))
        inset = 0.0 if edge is None else 0.5
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        painter.restore()

    def paint_prompt(
        self,
        painter: QPainter,
        prompt: Prompt,
        count: int | None,
        top: int,
        colour: QColor | None = None,
    ) -> None:
        """Draw `In [12]`, right-aligned beside the row whose upper edge is `top`.

        Args:
            painter: Draws it.
            prompt: What stands there; what is too long for the gutter is cut on the left.
            count: Its number.
            top: Of the row.
            colour: Of the number; muted, as the rest, while it is not certain.
        """
        muted, metrics = self.canvas.theme.muted, self.canvas.metrics
        columns, pieces = pieces_of(prompt, count, self.geometry.gutter_chars, OVERHANG)
        x, baseline = self.geometry.prompt_right, top + metrics.baseline
        painter.setFont(metrics.font)
        painter.setLayoutDirection(LINES_RUN)
        for piece in pieces:
            painter.setPen((colour or muted) if piece.is_number else muted)
            left = x - metrics.char_width * (columns - piece.column)
            painter.drawText(QPointF(left, baseline), piece.text)

    def _paint_frame(
        self,
        painter: QPainter,
        layout: CellLayout,
        top: int,
        clip: Clip,
        pulse: float,
        *,
        is_pointed: bool,
    ) -> None:
        """Draw the input's box, its prompt and the state bar."""
        cell, geometry = layout.cell, self.geometry
        if top + layout.input_height > clip.top:
            box = QRectF(geometry.content_x, top, geometry.content_width, layout.input_height)
            self.paint_box(painter, box, edge=self.canvas.theme.accent if is_pointed else None)
            sure = cell.count_confirmed
            count = cell.count if sure or not cell.status.is_finished else None
            colour = self.canvas.theme.in_prompt if sure and not cell.is_stale else None
            prompt = cell.prompt or self.prompts.input
            self.paint_prompt(painter, prompt, count, top + INPUT_PAD_Y, colour)
        bar = bar_colour(cell, self.canvas, pulse)
        if bar is None:
            return
        rect = QRectF(BAR_X, top, BAR_WIDTH, layout.height)
        if cell.status is CellStatus.QUEUED:
            pen = QPen(bar, BAR_WIDTH, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([1.4, 1.4])
            painter.setPen(pen)
            middle = rect.center().x()
            painter.drawLine(QPointF(middle, rect.top()), QPointF(middle, rect.bottom()))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bar)
        painter.drawRoundedRect(rect, BAR_WIDTH / 2, BAR_WIDTH / 2)
        painter.restore()

    def _paint_flash(self, painter: QPainter, block: Block, top: int, line: int) -> None:
        """Light up a line of code across its box, or the whole code for 0."""
        where = placed(block, self.canvas)
        first = where.line_top(line - 1) if line else 0
        last = where.line_top(line) if line else block.height
        x, width = self.geometry.content_x, self.geometry.content_width
        rect = QRectF(x + 1, top + first, width - 2, max(last - first, 1))
        painter.fillRect(rect, self.canvas.theme.selection)

    def _paint_raising_line(
        self, painter: QPainter, block: Block, top: int, line: int | None
    ) -> None:
        """Mark the line of code at which an exception passed: its ground, and a bar before it."""
        if line is None:
            return
        where = placed(block, self.canvas)
        first, last = where.line_top(line - 1), where.line_top(line)
        x, width = self.geometry.content_x, self.geometry.content_width
        ground = QColor(self.canvas.theme.error)
        painter.fillRect(QRectF(x, top + first, MARK_WIDTH, last - first), ground)
        ground.setAlphaF(MARK_STRENGTH)
        painter.fillRect(QRectF(x, top + first, width, last - first), ground)

    def _paint_beside_output(
        self, painter: QPainter, cell: Cell, index: int, block: Block, top: int
    ) -> None:
        """Draw the prompt of a result; beside what came late, that it did."""
        output = cell.outputs[index] if index < len(cell.outputs) else None
        if isinstance(output, RichOutput) and output.execution_count is not None:
            colour = self.canvas.theme.out_prompt
            self.paint_prompt(painter, self.prompts.output, output.execution_count, top, colour)
        elif output is not None and output.late_line is not None:
            row = top + placed(block, self.canvas).line_top(output.late_line)
            self.notes.paint_late(painter, self.geometry.prompt_right, row)

    def _paint_rule(self, painter: QPainter, layout: NoticeLayout, top: int) -> None:
        """Draw the hairline that carries on a notice to the right edge."""
        first_line = layout.notice.text.partition("\n")[0]
        start = self.canvas.x + (len(first_line) + 2) * self.canvas.metrics.char_width
        end = self.geometry.content_x + self.geometry.content_width
        if start < end:
            y = top + self.canvas.metrics.line_height // 2
            painter.fillRect(QRectF(start, y, end - start, 1), self.canvas.theme.border)


def bar_colour(cell: Cell, canvas: Canvas, pulse: float) -> QColor | None:
    """Return the colour of a cell's state bar, or None where there is nothing to say."""
    theme = canvas.theme
    if cell.status is CellStatus.QUEUED:
        return theme.muted
    if cell.status is CellStatus.RUNNING:
        colour = QColor(theme.accent)
        colour.setAlphaF(pulse)
        return colour if pulse else None
    failed = cell.status in (CellStatus.FAILED, CellStatus.LOST)
    if failed or any(isinstance(output, ErrorOutput) for output in cell.outputs):
        return theme.error
    if cell.origin == EARLIER:
        return theme.border
    if cell.origin is not None:
        return theme.ansi[FOREIGN[crc32(cell.origin.encode()) % len(FOREIGN)]]
    return None
