"""A traceback: long ones shortened to what the user wrote, each frame to be folded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.chevron import paint_chevron
from vitrail_widgets.render.folded_text import FoldedText, Gap, Handle, hidden_words
from vitrail_widgets.render.long_block import FoldPolicy
from vitrail_widgets.render.text_block import TextBlock
from vitrail_widgets.transcript.tracebacks import Frame, hidden_frames

CHEVRON = 2.5  # half its height
CHEVRON_X = -6.0  # its middle, from the text's left edge


class TracebackBlock(FoldedText):
    """Shows the frames of an exception."""

    def __init__(self, inner: TextBlock, frames: Sequence[Frame], policy: FoldPolicy) -> None:
        """Show a traceback with these frames; a policy that folds nothing leaves it whole."""
        super().__init__(inner)
        self._frames = frames
        self._policy = policy
        self._skipped = hidden_frames(frames, inner.line_count)
        self._is_open = False
        self._folded: set[Frame] = set()
        self.follow_policy()

    # Folding

    @property
    def hidden_rows(self) -> int:
        """How many rows are hidden that were not folded one by one."""
        return sum(gap.end - gap.first for gap in self.gaps if gap.note)

    @property
    def can_fold(self) -> bool:
        """Whether there are frames that are not the user's, and enough of all."""
        return bool(self._skipped)

    def open(self) -> None:
        """Show all frames from now on."""
        self._is_open = True
        self._folded.clear()
        self._hide()

    def fold(self) -> None:
        """Show the user's frames."""
        self._is_open = False
        self._hide()

    def follow_policy(self) -> None:
        """Fold or not, as the policy has it now."""
        self._hide()

    def toggle(self, frame: Frame) -> None:
        """Show no more than the place of a frame, or its code again."""
        self._folded ^= {frame}
        self._hide()

    def handle_at(self, x: int, y: int) -> Handle | None:
        """Return what a click does: on the note, or beside the first line of a frame."""
        if x >= 0:
            is_note = self.note_at(y) is not None
            return Handle(tr("Show all frames"), self.open) if is_note else None
        for frame, top in self._heads():
            if top <= y < top + self.step:
                return Handle(tr("Fold or unfold the frame"), partial(self.toggle, frame))
        return None

    # Block

    def resize(self, canvas: Canvas) -> None:
        """Break the lines for another number of columns."""
        super().resize(canvas)
        self._hide()

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw what lies in `clip`, and an angle beside each frame where there are several."""
        super().paint(painter, canvas, top, clip, selected)
        for frame, y in self._heads():
            if clip.top - self.step < top + y < clip.bottom:
                at = QPointF(canvas.x + CHEVRON_X, top + y + self.step / 2)
                is_folded = frame in self._folded
                paint_chevron(painter, canvas.theme.muted, at, is_folded=is_folded, size=CHEVRON)

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:
        """Return what can be copied: all of it, without colours."""
        del x, y
        return {tr("Copy traceback"): lambda: self.text(Place(0, 0), None)}

    # Internals

    def _heads(self) -> Iterator[tuple[Frame, int]]:
        """Return the frames that are seen, if there are several, and where they begin."""
        if len(self._frames) < 2:
            return
        skipped = set(self._shortened)
        for frame in self._frames:
            if frame not in skipped:
                yield frame, self.line_top(frame.start)

    @property
    def _shortened(self) -> Sequence[Frame]:
        return () if self._is_open or not self._policy.limit else self._skipped

    def _hide(self) -> None:
        self.hide([gap for gap in self._gaps() if gap.end > gap.first])

    def _gaps(self) -> Iterator[Gap]:
        yield from self._rule()
        skipped = set(self._shortened)
        run: list[Frame] = []
        for frame in self._frames:
            if run and (frame not in skipped or frame.start != run[-1].end):
                yield self._gap(run[0].start, run[-1].end, hidden_words(len(run), "frame"))
                run = []
            if frame in skipped:
                run.append(frame)
            elif frame in self._folded:
                yield self._gap(frame.start + 1, frame.end, "")
        if run:
            yield self._gap(run[0].start, run[-1].end, hidden_words(len(run), "frame"))

    def _rule(self) -> Iterator[Gap]:
        """Return what a rule of dashes above it all takes beyond one row: IPython draws 75."""
        rows = self.inner.line_top(1) // self.step
        if rows > 1 and self.inner.line_count > 1 and not self.inner.line(0).strip("-"):
            yield Gap(1, rows, "")

    def _gap(self, start: int, end: int, note: str) -> Gap:
        """Return the rows of some lines, but for an empty one at their end: it keeps a distance."""
        if end - start > 1 and not self.inner.line(end - 1).strip():
            end -= 1
        first, last = (self.inner.line_top(line) // self.step for line in (start, end))
        return Gap(first, last, note)
