"""A text too long to be shown whole: its head, how much is hidden, and its tail."""

from dataclasses import dataclass

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.render.folded_text import FoldedText, Gap, Handle, hidden_words
from vitrail_widgets.render.text_block import TextBlock

HEAD_ROWS = 50
TAIL_ROWS = 150
DEFAULT_LIMIT = 1000


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


class LongBlock(FoldedText):
    """Shows a text block whole as long as it is short, or was opened.

    New rows come at the tail; while somebody reads above them nothing more is hidden.
    """

    def __init__(self, inner: TextBlock, policy: FoldPolicy) -> None:
        super().__init__(inner)
        self._policy = policy
        self._is_open = False

    @property
    def can_fold(self) -> bool:
        """Whether there is enough of it to hide something."""
        return self.inner.row_count > HEAD_ROWS + TAIL_ROWS

    def open(self) -> None:
        """Show all of it from now on."""
        self._is_open = True
        self._hide_rows(0)

    def fold(self) -> None:
        """Hide what lies between head and tail, however long it is."""
        self._is_open = False
        if self.can_fold:
            self._hide_rows(self._middle)

    def follow_policy(self) -> None:
        """Fold or not, as the policy has it now."""
        rows = self.inner.row_count
        is_long = self._policy.limit > 0 and rows >= self._policy.least
        if self._is_open or not is_long:
            self._hide_rows(0)
        elif self._policy.may_fold:
            self._hide_rows(self._middle)
        else:
            self._hide_rows(max(0, min(self.hidden_rows, rows - HEAD_ROWS - 1)))

    def handle_at(self, x: int, y: int) -> Handle | None:
        """Return what a click does: on the note it opens all."""
        is_note = x >= 0 and self.note_at(y) is not None
        return Handle(tr("Show all lines"), self.open) if is_note else None

    def resize(self, canvas: Canvas) -> None:
        """Break the lines for another number of columns."""
        was_folded = bool(self.hidden_rows)
        super().resize(canvas)
        if was_folded and self.can_fold:
            self.fold()
        else:
            self.follow_policy()

    def refresh(self, from_line: int) -> None:
        """Read the model again."""
        super().refresh(from_line)
        self.follow_policy()

    @property
    def _middle(self) -> int:
        return self.inner.row_count - HEAD_ROWS - TAIL_ROWS

    def _hide_rows(self, count: int) -> None:
        gap = Gap(HEAD_ROWS, HEAD_ROWS + count, hidden_words(count))
        self.hide((gap,) if count else ())
