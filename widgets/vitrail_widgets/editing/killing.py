"""The kill ring: text that was cut by key, and brought back by key, as in Emacs."""

from enum import Enum, auto

from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.words import word_end, word_start

MAX_KILLS = 60
"""Texts kept; the oldest goes first."""


class Reach(Enum):
    """How far a key kills."""

    LINE_END = auto()
    LINE_START = auto()
    WORD_END = auto()
    WORD_START = auto()


class KillRing:
    """Texts that were killed; the newest is yanked first."""

    def __init__(self) -> None:
        self._kills: list[str] = []
        self._at = 0  # how far the ring was turned

    def kill(self, text: str, *, forward: bool, goes_on: bool) -> None:
        """Take a text that was cut.

        Args:
            text: What was cut; nothing is done with an empty one.
            forward: It stood right of the caret.
            goes_on: Nothing was done since the last kill: it becomes one text with that one.
        """
        if not text:
            return
        if goes_on and self._kills:
            last = self._kills.pop()
            text = last + text if forward else text + last
        self._kills.append(text)
        del self._kills[:-MAX_KILLS]
        self._at = 0

    def yank(self) -> str:
        """Return the text that the ring is turned to; empty when nothing was killed."""
        return self._kills[-1 - self._at] if self._kills else ""

    def rotate(self) -> str:
        """Turn to the next older text, from the oldest to the newest, and return it."""
        if self._kills:
            self._at = (self._at + 1) % len(self._kills)
        return self.yank()


def reached(buffer: Buffer, reach: Reach) -> tuple[int, int]:
    """Return the stretch that is killed: what is selected, else from the caret as far as `reach`.

    At a line's edge it is the line end beyond; at the text's edge it is empty.
    """
    if buffer.selected:
        return buffer.start, buffer.end
    text, caret = buffer.text, buffer.caret
    match reach:
        case Reach.LINE_END:
            end = text.find("\n", caret)
            end = len(text) if end < 0 else end
            return caret, min(end + (end == caret), len(text))
        case Reach.LINE_START:
            start = text.rfind("\n", 0, caret) + 1
            return max(start - (start == caret), 0), caret
        case Reach.WORD_END:
            return caret, word_end(text, caret)
        case Reach.WORD_START:
            return word_start(text, caret), caret
