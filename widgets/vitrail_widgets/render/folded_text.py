"""A text of which some rows are hidden; most of such gaps say in a row of their own how many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.fold_note import FoldNote
from vitrail_widgets.render.text_block import TextBlock


class Gap(NamedTuple):
    """The rows [first, end) of the whole text, which are hidden.

    Attributes:
        note: What stands in their place, in a row of its own; nothing where it is empty.
    """

    first: int
    end: int
    note: str

    @property
    def saved(self) -> int:
        """How many rows fewer there are because of it."""
        return self.end - self.first - bool(self.note)


class Piece(NamedTuple):
    """The rows [first, end) of the whole text that are seen together, `shift` rows further up."""

    first: int
    end: int
    shift: int


class Handle(NamedTuple):
    """What a click at a place of a text folds or unfolds.

    Attributes:
        tip: What that is, in words.
        act: Does it.
    """

    tip: str
    act: Callable[[], None]


@runtime_checkable
class Foldable(Protocol):
    """A block that hides a part of itself."""

    @property
    def hidden_rows(self) -> int:
        """How many rows are hidden that it can `open`."""
        ...

    @property
    def can_fold(self) -> bool:
        """Whether there is something that `fold` would hide."""
        ...

    def open(self) -> None:
        """Show all of it from now on."""
        ...

    def fold(self) -> None:
        """Hide what can be done without, whether or not it would be by itself."""
        ...

    def follow_policy(self) -> None:
        """Fold or not, as the console has it now."""
        ...

    def is_hidden(self, place: Place, canvas: Canvas) -> bool:
        """Say whether the text at a place is hidden."""
        ...

    def handle_at(self, x: int, y: int) -> Handle | None:
        """Return what a click does there; x is negative beside the text."""
        ...


class FoldedText:
    """Shows a text block but for its gaps.

    All of its text stays addressable: what is hidden is selected, copied and found like the rest.

    Attributes:
        inner: The whole text.
        gaps: What is hidden, from above; `hide` changes it.
    """

    def __init__(self, inner: TextBlock) -> None:
        self.inner = inner
        self.gaps: Sequence[Gap] = ()
        self.step = 1

    def hide(self, gaps: Sequence[Gap]) -> None:
        """Hide other rows than before; they are in order, and no two touch."""
        self.gaps = gaps

    @property
    def hidden_rows(self) -> int:
        """How many rows are hidden."""
        return sum(gap.end - gap.first for gap in self.gaps)

    def is_hidden(self, place: Place, canvas: Canvas) -> bool:
        """Say whether the text at a place is hidden."""
        rects = self.inner.rects(canvas, place.line, place.offset, place.offset + 1)
        return bool(rects) and self._seen(rects[0].top()) is None

    def note_at(self, y: int) -> Gap | None:
        """Return the gap whose note is at a height."""
        row, saved = y // self.step, 0
        for gap in self.gaps:
            if gap.note and gap.first - saved == row:
                return gap
            saved += gap.saved
        return None

    # Block

    @property
    def height(self) -> int:
        """Height of what is shown."""
        return self.inner.height - self.step * sum(gap.saved for gap in self.gaps)

    @property
    def line_count(self) -> int:
        """Number of all lines."""
        return self.inner.line_count

    def line(self, index: int) -> str:
        """Return the text of a line."""
        return self.inner.line(index)

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places, with what is hidden."""
        return self.inner.text(start, end)

    def resize(self, canvas: Canvas) -> None:
        """Break the lines for another number of columns."""
        self.step = canvas.metrics.line_height
        self.inner.resize(canvas)

    def refresh(self, from_line: int) -> None:
        """Read the model again."""
        self.inner.refresh(from_line)

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw the pieces and notes that lie in `clip`."""
        for piece in self._pieces():
            shift = top - piece.shift * self.step
            seen = self._within(piece, shift, clip)
            if seen.top < seen.bottom:
                self.inner.paint(painter, canvas, shift, seen, selected)
        saved = 0
        for gap in self.gaps:
            note = top + (gap.first - saved) * self.step
            if gap.note and note < clip.bottom and note + self.step > clip.top:
                FoldNote.of(gap.note, 0, canvas.columns).paint(painter, canvas, note)
            saved += gap.saved

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads."""
        return self.inner.link_at(place)

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        row, saved = y // self.step, 0
        for gap in self.gaps:
            if row < gap.first - saved:
                break
            if gap.note and row == gap.first - saved:  # the end of what stands above the note
                return self.inner.place_at(canvas, x, max(0, gap.first * self.step - 1))
            saved += gap.saved
        return self.inner.place_at(canvas, x, y + saved * self.step)

    # Placed

    def lines_in(self, top: int, bottom: int) -> Iterable[int]:
        """Return the lines that touch the pixels [top, bottom)."""
        if not self.gaps:
            return self.inner.lines_in(top, bottom)
        found: list[Iterable[int]] = []
        for piece in self._pieces():
            seen = self._within(piece, -piece.shift * self.step, Clip(top, bottom))
            if seen.top < seen.bottom:
                down = piece.shift * self.step
                found.append(self.inner.lines_in(seen.top + down, seen.bottom + down))
        return chain(*found)

    def line_top(self, line: int) -> int:
        """Return where a line begins; one that is hidden stands where its gap is."""
        y, saved = self.inner.line_top(line), 0
        for gap in self.gaps:
            if y < gap.first * self.step:
                break
            if y < gap.end * self.step:
                return (gap.first - saved) * self.step
            saved += gap.saved
        return y - saved * self.step

    def rects(self, canvas: Canvas, line: int, start: int, end: int) -> list[QRectF]:
        """Return where the code points [start, end) of a line stand; nowhere if they are hidden."""
        found: list[QRectF] = []
        for rect in self.inner.rects(canvas, line, start, end):
            seen = self._seen(rect.top())
            if seen is not None:
                found.append(rect.translated(0, seen - rect.top()))
        return found

    # Internals

    def _pieces(self) -> Iterator[Piece]:
        first = saved = 0
        for gap in self.gaps:
            yield Piece(first, gap.first, saved)
            first, saved = gap.end, saved + gap.saved
        yield Piece(first, self.inner.row_count, saved)

    def _within(self, piece: Piece, shift: int, clip: Clip) -> Clip:
        """Return which part of a clip a piece takes whose text begins at `shift`."""
        upper, lower = shift + piece.first * self.step, shift + piece.end * self.step
        return Clip(max(clip.top, upper), min(clip.bottom, lower))

    def _seen(self, y: float) -> float | None:
        """Return where a height of the whole text is seen; None if it is hidden."""
        saved = 0
        for gap in self.gaps:
            if y < gap.first * self.step:
                break
            if y < gap.end * self.step:
                return None
            saved += gap.saved
        return y - saved * self.step


def hidden_words(count: int, what: str = "line") -> str:
    """Say how many of something are hidden."""
    what = what if count == 1 else f"{what}s"
    return f"{count:,} {what} hidden".replace(",", "\u202f")
