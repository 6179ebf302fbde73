"""The laid-out form of transcript entries: blocks below each other."""

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from vitrail_widgets.console.flow import Flow
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.geometry import INPUT_GAP, INPUT_PAD_Y, OUTPUT_GAP
from vitrail_widgets.console.note_words import least_columns
from vitrail_widgets.render.block import Block, Canvas
from vitrail_widgets.render.choices import ChoiceBlock
from vitrail_widgets.render.fold_note import FoldNote
from vitrail_widgets.render.folded_text import hidden_words
from vitrail_widgets.render.live import Succeeding
from vitrail_widgets.render.long_block import FoldPolicy, LongBlock
from vitrail_widgets.render.registry import RendererRegistry
from vitrail_widgets.render.text_block import CodeBlock, TextBlock, between_words
from vitrail_widgets.render.traceback_block import TracebackBlock
from vitrail_widgets.transcript.cell_width import cell_width
from vitrail_widgets.transcript.cells import (
    Cell,
    Entry,
    ErrorOutput,
    Notice,
    NoticeLevel,
    Output,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.tracebacks import raising_line

GAP_BEHIND = 3  # cells between folded code and what is said of the rest


class Room(NamedTuple):
    """Room in a row: its upper edge from the entry's, and how many cells are free at its end."""

    top: int
    columns: int


BlockMaker = Callable[[Output, str], Block]
"""Makes an output's block; of a bundle in that form (a MIME type), or the best if it is empty."""

KEPT_WHEN_CLEARED = 4  # blocks, so that what is drawn anew does not flicker
HEAD_LINES = 3  # in which an error of syntax says where it is
NOTICE_TONES = {NoticeLevel.INFO: "muted", NoticeLevel.WARN: "warn", NoticeLevel.ERROR: "error"}


class _Made(NamedTuple):
    """A block, and what it was made from."""

    bundle: MimeBundle
    form: str
    block: Block


class CellLayout:
    """A cell: its input box and its outputs.

    Attributes:
        canvas: What it is laid out for.
        trailing: Pixels kept free below the outputs, for the field of `input()`.
        fold: What of it is folded away; `set_fold` changes it.
    """

    def __init__(self, cell: Cell, lexer_name: str, canvas: Canvas, make: BlockMaker) -> None:
        self.cell = cell
        self.trailing = 0
        self._forms: dict[int, str] = {}
        self._made: dict[int, _Made] = {}
        self.fold = Fold.NONE
        self.canvas = canvas
        self._make = make
        self._input = CodeBlock(cell.code, lexer_name)
        self._input.resize(canvas)
        self._outputs: Flow[Block] = Flow(OUTPUT_GAP)
        self.sync(len(cell.outputs))

    @property
    def block_count(self) -> int:
        """Number of blocks, the input included."""
        return 1 + len(self._outputs)

    @property
    def input_height(self) -> int:
        """Height of the input box."""
        return self._code_height + self._note_height + 2 * INPUT_PAD_Y

    @property
    def _code_height(self) -> int:
        return self.canvas.metrics.line_height if self.fold is Fold.CELL else self._input.height

    @property
    def _note_height(self) -> int:
        return self.canvas.metrics.line_height if self.has_note_row else 0

    # Beside the code

    @property
    def has_note_row(self) -> bool:
        """Whether what is said of the cell has a row of its own below its code."""
        least = least_columns(self.cell)
        return least > 0 and all(room.columns < least for room in self._rows_beside())

    def note_rooms(self) -> list[Room]:
        """Return where something can be said of the cell, the best place first."""
        if self.has_note_row:
            return [Room(INPUT_PAD_Y + self._code_height, self.canvas.columns)]
        least, rooms = least_columns(self.cell), self._rows_beside()
        rooms = [room for room in rooms if room.columns >= least]
        if self.fold is Fold.CELL and rooms and (behind := self.fold_note.columns):
            return [rooms[0]._replace(columns=rooms[0].columns - behind - GAP_BEHIND + 1)]
        return rooms

    @property
    def first_row_columns(self) -> int:
        """How many cells the code's first row takes."""
        return min(cell_width(self._input.line(0)), self.canvas.columns)

    @property
    def fold_note(self) -> FoldNote:
        """What is said of what is folded away, behind the code or in place of the outputs."""
        if self.fold is Fold.NONE:
            return FoldNote("", 0, 0)
        columns, start = self.canvas.columns, 0
        if self.fold is Fold.CELL:
            start = self.first_row_columns + GAP_BEHIND
            columns -= start + (0 if self.has_note_row else least_columns(self.cell))
        return FoldNote.of(hidden_words(self.hidden_lines), start, columns)

    def _rows_beside(self) -> list[Room]:
        """Return the free ends of the code's first and last row."""
        columns = self.canvas.columns
        rooms = [Room(INPUT_PAD_Y, columns - self.first_row_columns - 1)]
        if self.fold is not Fold.CELL and self._input.row_count > 1:
            line = self._input.line_count - 1
            end = len(self._input.line(line))
            rects = self._input.rects(self.canvas, line, max(0, end - 1), end)
            taken = ceil(rects[-1].right() / self.canvas.metrics.char_width) if rects else 0
            top = INPUT_PAD_Y + self._input.height - self.canvas.metrics.line_height
            rooms.append(Room(top, columns - taken - 1))
        return rooms

    @property
    def raising_line(self) -> int | None:
        """The line of the code at which its last exception is said to have passed, from 1."""
        errors = [each for each in self.cell.outputs if isinstance(each, ErrorOutput)]
        if not errors:
            return None
        lines = errors[-1].text.buffer
        first = [lines.text(index) for index in range(min(len(lines), HEAD_LINES))]
        line = raising_line(errors[-1].frames, first, self.cell.count)
        return line if line is not None and line <= self._input.line_count else None

    @property
    def outputs_top(self) -> int:
        """Where the outputs begin, from the entry's top."""
        return self.input_height + INPUT_GAP

    @property
    def height(self) -> int:
        """Height with all outputs and the trailing field."""
        height = self.input_height
        if self.fold is Fold.OUTPUTS:
            height += INPUT_GAP + self.canvas.metrics.line_height
        elif len(self._outputs) and self.fold is Fold.NONE:
            height += INPUT_GAP + self._outputs.height
        return height + self.trailing

    def block(self, index: int) -> Block:
        """Return a block; 0 is the input."""
        return self._outputs[index - 1] if index else self._input

    def block_top(self, index: int) -> int:
        """Return a block's upper edge from the entry's top; if hidden, that of what tells so."""
        if self.is_hidden(index):
            return self.outputs_top if self.fold is Fold.OUTPUTS else INPUT_PAD_Y
        return self.outputs_top + self._outputs.top(index - 1) if index else INPUT_PAD_Y

    def span(self, top: int, bottom: int) -> range:
        """Return the indices of the blocks that touch [top, bottom) of the entry."""
        if self.fold is not Fold.NONE:
            return range(1 if top < self.input_height and bottom > 0 else 0)
        outputs = self._outputs.span(top - self.outputs_top, bottom - self.outputs_top)
        first = 0 if top < self.input_height else outputs.start + 1
        return range(first, outputs.stop + 1 if outputs else 1)

    def index_at(self, y: int) -> int:
        """Return the index of the block nearest to `y`."""
        if y < self.outputs_top or not len(self._outputs) or self.fold is not Fold.NONE:
            return 0
        return 1 + self._outputs.index_at(y - self.outputs_top)

    # Folding

    def set_fold(self, fold: Fold) -> None:
        """Fold something else away, or nothing."""
        self.fold = fold

    def hides(self, fold: Fold) -> bool:
        """Say whether there would be something to hide."""
        if fold is Fold.CELL:
            return self._input.row_count > 1 or len(self._outputs) > 0
        return fold is Fold.OUTPUTS and len(self._outputs) > 0

    def is_hidden(self, index: int) -> bool:
        """Say whether a block is folded away."""
        return index > 0 and self.fold is not Fold.NONE

    @property
    def hidden_lines(self) -> int:
        """How many lines are folded away."""
        if self.fold is Fold.NONE:
            return 0
        of_code = self._input.line_count - 1 if self.fold is Fold.CELL else 0
        return of_code + sum(block.line_count for block in self._outputs)

    def touch_all(self) -> None:
        """Note that the height of any output may have changed."""
        for index in range(len(self._outputs)):
            self._outputs.touch(index)

    # Following the model

    def sync(self, count: int) -> None:
        """Add blocks up to those of the first `count` outputs; drop all that were cleared.

        The cell may have more: their turn comes with the changes that tell of them.
        """
        outputs = self.cell.outputs
        if len(outputs) < len(self._outputs):
            self._outputs.truncate(0)
        for output in outputs[len(self._outputs) : count]:
            index = len(self._outputs)
            self._outputs.insert(index, self._block_of(index, output, ""))

    def touch(self, block: Block) -> bool:
        """Note that the height of an output's block may have changed; False if it is not here."""
        for index, each in enumerate(self._outputs):
            if each is block:
                self._outputs.touch(index)
                return True
        return False

    def clear_outputs(self) -> None:
        """Drop the blocks of all outputs."""
        self._forms.clear()
        self._made = {at: made for at, made in self._made.items() if at < KEPT_WHEN_CLEARED}
        self._outputs.truncate(0)

    def refresh_output(self, index: int, from_line: int) -> None:
        """Read an output again that changed from a line on."""
        # A later change of the same batch may have cleared what this one speaks of.
        if index >= min(len(self._outputs), len(self.cell.outputs)):
            return
        output = self.cell.outputs[index]
        block = self._outputs[index]
        if isinstance(output, RichOutput):  # its bundle was replaced: another block
            self._replace(index, output)
            return
        block.refresh(from_line)
        self._outputs.touch(index)

    def show_form(self, index: int, mime: str) -> None:
        """Show an output in another form of its bundle, and those that replace it likewise."""
        output = self.cell.outputs[index]
        if isinstance(output, RichOutput):
            self._forms[index] = mime
            self._replace(index, output)

    def form(self, index: int) -> str:
        """Return the form that was chosen for an output; empty for none."""
        return self._forms.get(index, "")

    def _replace(self, index: int, output: RichOutput) -> None:
        form = self._forms.get(index, "")
        form = form if form in output.bundle.data else ""
        block = self._block_of(index, output, form)
        if block is not self._outputs[index]:
            self._outputs.replace(index, block)

    def _block_of(self, index: int, output: Output, form: str) -> Block:
        """Return the block of an output: one is made for all changes of a batch.

        It looks like the one that stood there until there is more to show: nothing flickers.
        """
        bundle = output.bundle if isinstance(output, RichOutput) else None
        before = self._made.get(index)
        if (
            before is not None
            and bundle is not None
            and before.bundle is bundle
            and before.form == form
        ):
            return before.block
        block = self._make(output, form)
        if before is not None and isinstance(block, Succeeding):
            block.succeed(before.block)
        block.resize(self.canvas)
        if bundle is not None:
            self._made[index] = _Made(bundle, form, block)
        return block

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas."""
        self.canvas = canvas
        self._input.resize(canvas)
        for block in self._outputs:
            block.resize(canvas)
        self.touch_all()

    def set_lexer(self, name: str) -> None:
        """Highlight the input as another language."""
        self._input.set_lexer(name)


class NoticeLayout:
    """A line of ours between cells."""

    trailing = 0
    block_count = 1
    fold = Fold.NONE

    def __init__(self, notice: Notice, canvas: Canvas) -> None:
        self.notice = notice
        self.canvas = canvas
        terminal = TerminalText()
        terminal.feed(notice.text)
        tone = NOTICE_TONES[notice.level]
        self._block = TextBlock(terminal.buffer, tone=tone, cut=between_words)
        self._block.resize(canvas)

    @property
    def height(self) -> int:
        """Height of the text."""
        return self._block.height

    def block(self, index: int) -> Block:  # noqa: ARG002 - there is one
        """Return the text."""
        return self._block

    def block_top(self, index: int) -> int:  # noqa: ARG002 - there is one
        """Return the upper edge of the text."""
        return 0

    def is_hidden(self, index: int) -> bool:  # noqa: ARG002 - it never is
        """Say whether the text is folded away."""
        return False

    def span(self, top: int, bottom: int) -> range:
        """Return the index of the text when it touches [top, bottom)."""
        return range(1 if top < self.height and bottom > 0 else 0)

    def index_at(self, y: int) -> int:  # noqa: ARG002 - there is one
        """Return the index of the text."""
        return 0

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas."""
        self.canvas = canvas
        self._block.resize(canvas)


EntryLayout = CellLayout | NoticeLayout


def output_maker(registry: RendererRegistry, policy: FoldPolicy) -> BlockMaker:
    """Return the function that makes an output's block; text that may get long can be folded."""

    def make(output: Output, form: str) -> Block:
        block = made(output, form)
        if isinstance(block, TextBlock) and isinstance(output, ErrorOutput) and output.frames:
            return TracebackBlock(block, output.frames, policy)
        if isinstance(block, ChoiceBlock) and isinstance(block.inner, TextBlock):
            block.inner = LongBlock(block.inner, policy)
        return LongBlock(block, policy) if isinstance(block, TextBlock) else block

    def made(output: Output, form: str) -> Block:
        match output:
            case StreamOutput(name=name, text=text):
                return TextBlock(text.buffer, edge="warn" if name == "stderr" else "")
            case ErrorOutput(text=text):
                return TextBlock(text.buffer, cut=between_words)  # the cell's bar says it
            case RichOutput(bundle=bundle):
                return registry.create(bundle, form)

    return make


def lay_out(entry: Entry, lexer_name: str, canvas: Canvas, make: BlockMaker) -> EntryLayout:
    """Return the layout of an entry."""
    match entry:
        case Cell():
            return CellLayout(entry, lexer_name, canvas, make)
        case Notice():
            return NoticeLayout(entry, canvas)
