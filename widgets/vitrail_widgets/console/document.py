"""The transcript laid out: entries below each other, found by pixel and by position."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRect

from vitrail_widgets.console.entries import (
    BlockMaker,
    CellLayout,
    EntryLayout,
    lay_out,
    output_maker,
)
from vitrail_widgets.console.flow import Flow
from vitrail_widgets.console.geometry import CELL_GAP
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.render.block import Block, Canvas, Place, Span
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.live import Reshaping
from vitrail_widgets.render.long_block import FoldPolicy
from vitrail_widgets.render.places import placed
from vitrail_widgets.render.registry import RendererRegistry
from vitrail_widgets.transcript.cells import Entry, Output, RichOutput
from vitrail_widgets.transcript.changes import (
    Change,
    EntryAppended,
    EntryChanged,
    EntryRemoved,
    OutputAppended,
    OutputChanged,
    OutputsCleared,
)
from vitrail_widgets.transcript.transcript import Transcript

PLAIN = "text/plain"
SETTLE_STEP = 16  # entries between two looks at the clock


class Stretch(NamedTuple):
    """A part of a block's text, as far as it goes now: more may be added to the block."""

    block: Block
    start: Place
    end: Place

    @staticmethod
    def of(block: Block, span: Span) -> "Stretch":
        """Return what a span covers of a block."""
        last = block.line_count - 1
        return Stretch(block, span.start, span.end or Place(last, len(block.line(last))))


def joined(stretches: Iterable[Stretch]) -> str:
    """Return the text of stretches, each on lines of its own."""
    return "\n".join(block.text(start, end) for block, start, end in stretches)


class ConsoleDocument:
    """Keeps the layout of a transcript in step with its changes.

    Vertical pixels are counted from the top of the first entry.

    Attributes:
        flow: The entries' layouts, in the order of the transcript.
        fold_policy: When long texts fold by themselves.
        reshaped: Called after a block changed by itself, and all heights are right again.
    """

    def __init__(
        self, transcript: Transcript, registry: RendererRegistry, canvas: Canvas, lexer: str
    ) -> None:
        self.transcript = transcript
        self.canvas = canvas
        self.reshaped: Callable[[], None] = lambda: None
        self.flow: Flow[EntryLayout] = Flow(CELL_GAP)
        self._lexer = lexer
        self.fold_policy = FoldPolicy()
        self._make = self._watching(output_maker(registry, self.fold_policy))
        self._settled = 0
        self._rearranged = transcript.rearranged
        for entry in transcript.entries:
            self._append(entry.id)

    @property
    def height(self) -> int:
        """Height of all entries."""
        return self.flow.height

    def top_of(self, entry_id: str) -> int:
        """Return the pixel at which an entry begins."""
        return self.flow.top(self.transcript.position(entry_id))

    def apply(self, changes: Iterable[Change]) -> list[int]:
        """Follow what happened to the transcript; return where entries were inserted.

        The transcript may be ahead, with changes that come here later. Whatever moved in it is
        followed at once, so that it is ahead by entries at its end alone.
        """
        inserted = self._follow_order()
        changed: list[str] = []
        for change in changes:
            match change:
                case EntryAppended(entry_id=entry_id):
                    inserted += self._append(entry_id)
                case EntryRemoved():
                    pass  # it is no longer here
                case EntryChanged(entry_id=entry_id):
                    changed.append(entry_id)
                case OutputAppended(entry_id=entry_id, output_index=output):
                    self._sync(entry_id, output + 1)
                case OutputChanged(entry_id=entry_id, output_index=output, from_line=line):
                    self._refresh(entry_id, output, line)
                case OutputsCleared(entry_id=entry_id):
                    self._clear(entry_id)
        # Prompts and bars are read when they are painted; but a note may want a row of its own.
        for entry_id in filter(self.transcript.holds, changed):
            self.flow.touch(self.transcript.position(entry_id))
        return inserted

    def set_canvas(self, canvas: Canvas) -> None:
        """Lay out for another canvas from now on: `lay` what is visible, `settle` the rest."""
        self.canvas = canvas
        self._settled = 0

    @property
    def is_settled(self) -> bool:
        """Whether all entries are laid out for the canvas."""
        return self._settled >= len(self.flow)

    def lay(self, entries: range) -> bool:
        """Lay out some entries that are not; say whether there were any."""
        stale = [index for index in entries if self.flow[index].canvas is not self.canvas]
        for index in stale:
            self.flow[index].resize(self.canvas)
            self.flow.touch(index)
        return bool(stale)

    def settle(self, go_on: Callable[[], bool]) -> bool:
        """Lay out more entries while `go_on` says so; say whether that was all."""
        while not self.is_settled and go_on():
            self.lay(range(self._settled, min(self._settled + SETTLE_STEP, len(self.flow))))
            self._settled += SETTLE_STEP
        return self.is_settled

    def complete(self) -> None:
        """Make all blocks that are not there yet, however long it takes."""
        for layout in self.flow:
            for index in range(layout.block_count):
                block = layout.block(index)
                if isinstance(block, DeferredBlock):
                    block.complete()

    def set_lexer(self, name: str) -> None:
        """Highlight inputs as another language from now on."""
        self._lexer = name
        for layout in self.flow:
            if isinstance(layout, CellLayout):
                layout.set_lexer(name)

    def set_trailing(self, entry_id: str, height: int) -> None:
        """Keep pixels free below the outputs of a cell."""
        index = self.transcript.position(entry_id)
        self.flow[index].trailing = height
        self.flow.touch(index)

    def cell_layout(self, entry_id: str) -> CellLayout | None:
        """Return the layout of a cell, if one of that id is shown."""
        if not self.transcript.holds(entry_id):
            return None
        layout = self.flow[self.transcript.position(entry_id)]
        return layout if isinstance(layout, CellLayout) else None

    def position_at(self, x: int, y: int) -> Position:
        """Return the position nearest to a point; `x` counts from the text's left edge.

        There must be an entry.
        """
        entry = self.flow.index_at(max(0, y))
        layout = self.flow[entry]
        inside = y - self.flow.top(entry)
        index = layout.index_at(inside)
        block = layout.block(index)
        below = inside - layout.block_top(index)
        if below >= block.height:  # in the gap below: the end of the block
            last = block.line_count - 1
            return Position(entry, index, last, len(block.line(last)))
        place = block.place_at(self.canvas, max(0, x), max(0, below))
        return Position(entry, index, place.line, place.offset)

    def holds(self, position: Position) -> bool:
        """Say whether there is such a position."""
        if not 0 <= position.entry < len(self.flow):
            return False
        layout = self.flow[position.entry]
        if position.block >= layout.block_count:
            return False
        block = layout.block(position.block)
        return position.line < block.line_count and position.offset <= len(
            block.line(position.line)
        )

    def is_cell(self, entry: int) -> bool:
        """Say whether an entry is a cell and no notice."""
        return isinstance(self.flow[entry], CellLayout)

    def rect_of(self, position: Position, end: int) -> QRect:
        """Return where a stretch of a line stands, from the first entry's upper left text edge.

        Args:
            position: Where it begins.
            end: The offset where it ends.
        """
        layout = self.flow[position.entry]
        top = self.flow.top(position.entry) + layout.block_top(position.block)
        where = placed(layout.block(position.block), self.canvas)
        rects = where.rects(self.canvas, position.line, position.offset, end)
        return rects[0].toAlignedRect().translated(0, top) if rects else QRect(0, top, 1, 1)

    def end(self) -> Position:
        """Return the last position; there must be an entry."""
        entry = len(self.flow) - 1
        index = self.flow[entry].block_count - 1
        block = self.flow[entry].block(index)
        last = block.line_count - 1
        return Position(entry, index, last, len(block.line(last)))

    def text(self, selection: Selection) -> str:
        """Return the selected text, blocks on lines of their own."""
        return joined(self.stretches(selection))

    def stretches(self, selection: Selection) -> list[Stretch]:
        """Return the selected part of each block; it can be read when its entry is gone, too."""
        first, last = selection.first, selection.last
        found: list[Stretch] = []
        for entry in range(first.entry, min(last.entry, len(self.flow) - 1) + 1):
            layout = self.flow[entry]
            for index in range(layout.block_count):
                span = selection.span(entry, index)
                if span is not None:
                    found.append(Stretch.of(layout.block(index), span))
        return found

    def forms(self, entry: int, block: int) -> tuple[str, ...]:
        """Return the forms (MIME types) in which an output came, if it came in several."""
        layout = self.flow[entry]
        if not isinstance(layout, CellLayout) or not 0 < block <= len(layout.cell.outputs):
            return ()
        output = layout.cell.outputs[block - 1]
        forms = tuple(output.bundle.data) if isinstance(output, RichOutput) else ()
        return forms if len(forms) > 1 else ()

    def show_form(self, entry: int, block: int, mime: str) -> None:
        """Show an output in another of its forms, without running anything again."""
        layout = self.flow[entry]
        if isinstance(layout, CellLayout):
            layout.show_form(block - 1, mime)
            self.flow.touch(entry)
            self.reshaped()

    def toggle_plain(self, entry: int) -> bool:
        """Show all outputs of a cell as plain text, or as they were; say whether any can be."""
        layout = self.flow[entry]
        if not isinstance(layout, CellLayout):
            return False
        blocks = range(1, len(layout.cell.outputs) + 1)
        rich = [block for block in blocks if PLAIN in self.forms(entry, block)]
        are_plain = all(layout.form(block - 1) == PLAIN for block in rich)
        for block in rich:
            self.show_form(entry, block, "" if are_plain else PLAIN)
        return bool(rich)

    def _watching(self, make: BlockMaker) -> BlockMaker:
        """Return a maker whose blocks are heard when they change by themselves."""

        def making(output: Output, form: str) -> Block:
            block = make(output, form)
            if isinstance(block, Reshaping):
                block.watch(partial(self._on_block_reshaped, block))
            return block

        return making

    def _on_block_reshaped(self, block: Block) -> None:
        for index, layout in enumerate(self.flow):
            if isinstance(layout, CellLayout) and layout.touch(block):
                self.flow.touch(index)
                self.reshaped()
                return

    def _lay_out(self, entry: Entry) -> EntryLayout:
        return lay_out(entry, self._lexer, self.canvas, self._make)

    def _append(self, entry_id: str) -> list[int]:
        """Add an entry at the end, unless it is here already; return its index."""
        end = len(self.flow)
        if not self.transcript.holds(entry_id) or self.transcript.position(entry_id) < end:
            return []
        self.flow.insert(end, self._lay_out(self.transcript.entries[end]))
        return [end]

    def _follow_order(self) -> list[int]:
        """Follow where entries came, went or moved elsewhere than at the end."""
        if self._rearranged == self.transcript.rearranged:
            return []
        from vitrail_widgets.console.entry_order import bring_into_order  # a start does without

        self._rearranged = self.transcript.rearranged
        self._settled = 0
        return bring_into_order(self.flow, self.transcript.entries, self._lay_out)

    def _sync(self, entry_id: str, count: int) -> None:
        index = self.transcript.position(entry_id)
        layout = self.flow[index]
        if isinstance(layout, CellLayout):
            layout.sync(count)
            self.flow.touch(index)

    def _refresh(self, entry_id: str, output: int, line: int) -> None:
        index = self.transcript.position(entry_id)
        layout = self.flow[index]
        if isinstance(layout, CellLayout):
            layout.refresh_output(output, line)
            self.flow.touch(index)

    def _clear(self, entry_id: str) -> None:
        index = self.transcript.position(entry_id)
        layout = self.flow[index]
        if isinstance(layout, CellLayout):
            layout.clear_outputs()
            self.flow.touch(index)
