"""What is selected in the transcript: two positions and the words about them."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from vitrail_widgets.render.block import Place, Span

WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Position(NamedTuple):
    """A place in the transcript; positions compare in reading order.

    Attributes:
        entry: Index of the entry.
        block: Index of the block in the entry; the input is 0.
        line: Line of the block.
        offset: Code points from the line's start.
    """

    entry: int
    block: int
    line: int
    offset: int

    @property
    def place(self) -> Place:
        """The position inside its block."""
        return Place(self.line, self.offset)


@dataclass(frozen=True)
class Selection:
    """A stretch of the transcript.

    Attributes:
        anchor: Where it was begun.
        head: Where it was led; may lie before the anchor.
    """

    anchor: Position
    head: Position

    @property
    def first(self) -> Position:
        """The end that is read first."""
        return min(self.anchor, self.head)

    @property
    def last(self) -> Position:
        """The end that is read last."""
        return max(self.anchor, self.head)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies between the ends."""
        return self.anchor == self.head

    def span(self, entry: int, block: int) -> Span | None:
        """Return what is selected of a block, or None."""
        here = (entry, block)
        first, last = self.first, self.last
        if self.is_empty or here < first[:2] or here > last[:2]:
            return None
        start = first.place if here == first[:2] else Place(0, 0)
        end = last.place if here == last[:2] else None
        return Span(start, end)

    def shifted(self, at: int) -> "Selection":
        """Return the selection after an entry was inserted at index `at`."""
        return Selection(_shift(self.anchor, at), _shift(self.head, at))


def _shift(position: Position, at: int) -> Position:
    return position._replace(entry=position.entry + (position.entry >= at))


def word_around(line: str, offset: int) -> tuple[int, int]:
    """Return the start and end of the word, or the stretch of blanks, at `offset`."""
    for match in WORD.finditer(line):
        if match.start() <= offset < match.end():
            return match.span()
    return len(line), len(line)
