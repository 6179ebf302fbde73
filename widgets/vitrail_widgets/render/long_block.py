"""A text too long to be shown whole: its head, how much is hidden, and its tail."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.text_block import TextBlock

HEAD_ROWS = 50
TAIL_ROWS = 150
DEFAULT_LIMIT = 1000
GAP = 2  # cells between what is hidden and what shows it
SHOW = "show"


@dataclass
class FoldPolicy:
    """When long texts are folded; shared by all of a console.

    Attributes:
        limit: Rows from which on a text is folded by itself; 0 folds none.
        may_fold: Whether now is the time: nobody reads what would be hidden.
    """

    limit: int = DEFAULT_LIMIT
    may_fold: bool = True

    @property
    def least(self) -> int:
        """Rows below which there is nothing to hide."""
        return max(self.limit, HEAD_ROWS + TAIL_ROWS + 1)


class LongBlock:
    """Shows a text block whole as long as it is short, or was opened.

    All of its text stays addressable: what is hidden is selected, copied and found like the rest.
    New rows come at the tail; while somebody reads above them nothing more is hidden.

    Attributes:
        inner: The whole text.
        hidden_rows: How many rows are hidden; 0 when it is shown whole.
    """

    def __init__(self, inner: TextBlock, policy: FoldPolicy) -> None:
        self.inner = inner
        self.hidden_rows = 0
        self._policy = policy
        self._is_open = False
        self._step = 1

    # -- folding -------------------------------------------------------------------------------

    @property
    def can_fold(self) -> bool:
        """Whether there is enough of it to hide something."""
        return self.inner.row_count > HEAD_ROWS + TAIL_ROWS

    def open(self) -> None:
        """Show all of it from now on."""
        self._is_open = True
        self.hidden_rows = 0

    def fold(self) -> None:
        """Hide what lies between head and tail, however long it is."""
        self._is_open = False
        if self.can_fold:
            self.hidden_rows = self.inner.row_count - HEAD_ROWS - TAIL_ROWS

    def follow_policy(self) -> None:
        """Fold or not, as the policy has it now."""
        rows = self.inner.row_count
        is_long = self._policy.limit > 0 and rows >= self._policy.least
        if self._is_open or not is_long:
            self.hidden_rows = 0
        elif self._policy.may_fold:
            self.hidden_rows = rows - HEAD_ROWS - TAIL_ROWS
        else:
            self.hidden_rows = max(0, min(self.hidden_rows, rows - HEAD_ROWS - 1))

    def is_hidden(self, place: Place, canvas: Canvas) -> bool:
        """Say whether the text at a place is hidden."""
        rects = self.inner.rects(canvas, place.line, place.offset, place.offset + 1)
        return bool(rects) and self._seen(rects[0].top()) is None

    def is_note(self, y: int) -> bool:
        """Say whether the row that tells what is hidden is at a height."""
        return bool(self.hidden_rows) and self._note_top <= y < self._note_top + self._step

    # -- Block ---------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """Height of what is shown."""
        hidden = (self.hidden_rows - 1) * self._step if self.hidden_rows else 0
        return self.inner.height - hidden

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
        self._step = canvas.metrics.line_height
        was_folded = bool(self.hidden_rows)
        self.inner.resize(canvas)
        if was_folded and self.can_fold:
            self.fold()
        else:
            self.follow_policy()

    def refresh(self, from_line: int) -> None:
        """Read the model again."""
        self.inner.refresh(from_line)
        self.follow_policy()

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw head, note and tail, as far as they lie in `clip`."""
        if not self.hidden_rows:
            self.inner.paint(painter, canvas, top, clip, selected)
            return
        note, tail = top + self._note_top, top + self._note_top + self._step
        upper = Clip(clip.top, min(clip.bottom, note))
        if upper.top < upper.bottom:
            self.inner.paint(painter, canvas, top, upper, selected)
        if clip.top < tail and clip.bottom > note:
            self._paint_note(painter, canvas, note)
        lower = Clip(max(clip.top, tail), clip.bottom)
        if lower.top < lower.bottom:
            self.inner.paint(painter, canvas, top - self._shift, lower, selected)

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads."""
        return self.inner.link_at(place)

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        if self.hidden_rows and y >= self._note_top:
            y = self._note_top - 1 if self.is_note(y) else y + self._shift
        return self.inner.place_at(canvas, x, y)

    # -- Placed --------------------------------------------------------------------------------

    def lines_in(self, top: int, bottom: int) -> Iterable[int]:
        """Return the lines that touch the pixels [top, bottom)."""
        if not self.hidden_rows:
            return self.inner.lines_in(top, bottom)
        note = self._note_top
        head = self.inner.lines_in(top, min(bottom, note))
        below = max(top, note + self._step)
        tail = self.inner.lines_in(below + self._shift, bottom + self._shift)
        return chain(head if top < note else (), tail if below < bottom else ())

    def line_top(self, line: int) -> int:
        """Return where a line begins; one that is hidden stands in the note."""
        seen = self._seen(self.inner.line_top(line))
        return self._note_top if seen is None else round(seen)

    def rects(self, canvas: Canvas, line: int, start: int, end: int) -> list[QRectF]:
        """Return where the code points [start, end) of a line stand; nowhere if they are hidden."""
        found: list[QRectF] = []
        for rect in self.inner.rects(canvas, line, start, end):
            seen = self._seen(rect.top())
            if seen is not None:
                found.append(rect.translated(0, seen - rect.top()))
        return found

    # -- internals -----------------------------------------------------------------------------

    @property
    def _note_top(self) -> int:
        return HEAD_ROWS * self._step

    @property
    def _shift(self) -> int:
        """How much further down the tail would be if all were shown."""
        return (self.hidden_rows - 1) * self._step

    def _seen(self, y: float) -> float | None:
        """Return where a height of the whole text is seen; None if it is hidden."""
        if not self.hidden_rows or y < self._note_top:
            return y
        return y - self._shift if y >= self._note_top + self.hidden_rows * self._step else None

    def _paint_note(self, painter: QPainter, canvas: Canvas, top: int) -> None:
        words = hidden_words(self.hidden_rows)
        width = canvas.metrics.char_width
        painter.setFont(canvas.metrics.font)
        at = QPointF(canvas.x, top + canvas.metrics.baseline)
        painter.setPen(canvas.theme.muted)
        painter.drawText(at, f"{words} ·")
        painter.setPen(canvas.theme.accent)
        painter.drawText(at + QPointF((len(words) + GAP + 1) * width, 0), SHOW)


def hidden_words(count: int) -> str:
    """Say how many lines are hidden."""
    lines = "line" if count == 1 else "lines"
    return f"{count:,} {lines} hidden".replace(",", "\u202f")
