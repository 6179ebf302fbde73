"""A text with its selection, and a change of it, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Text put in place of a stretch, and what is selected then; offsets are code points.

    Attributes:
        start: Where the replaced stretch begins.
        end: Where it ends; equal to `start` to insert.
        text: What comes in its place.
        anchor: Where the selection begins afterwards.
        caret: Where the caret is afterwards; at `anchor` when nothing is selected.
    """

    start: int
    end: int
    text: str
    anchor: int
    caret: int


@dataclass(frozen=True, slots=True)
class Buffer:
    """A text and what is selected in it; offsets are code points.

    Attributes:
        anchor: Where the selection was begun.
        caret: Where it goes on; at `anchor` when nothing is selected.
    """

    text: str
    anchor: int
    caret: int

    @property
    def start(self) -> int:
        """Where the selection begins in the text."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> int:
        """Where the selection ends in the text."""
        return max(self.anchor, self.caret)

    @property
    def before(self) -> str:
        """The text left of the selection, or of the caret."""
        return self.text[: self.start]

    @property
    def after(self) -> str:
        """The text right of the selection, or of the caret."""
        return self.text[self.end :]

    @property
    def selected(self) -> str:
        """The selected text; empty if there is only a caret."""
        return self.text[self.start : self.end]

    @property
    def line_before(self) -> str:
        """What stands left of the selection in its first line."""
        return self.before.rpartition("\n")[2]

    @property
    def lines(self) -> tuple[int, int]:
        """Where the lines of the selection begin and end, without the last one's line end.

        A selection that ends at a line's start does not reach into that line.
        """
        start = self.text.rfind("\n", 0, self.start) + 1
        last = self.end
        if last > self.start and self.text[last - 1] == "\n":
            last -= 1
        end = self.text.find("\n", last)
        return start, len(self.text) if end < 0 else end

    def changed(self, edit: Edit) -> "Buffer":
        """Return what an edit makes of it."""
        text = self.text[: edit.start] + edit.text + self.text[edit.end :]
        return Buffer(text, edit.anchor, edit.caret)


def replaced(buffer: Buffer, text: str) -> Edit:
    """Return the edit that puts a text in place of the selection, or at the caret."""
    caret = buffer.start + len(text)
    return Edit(buffer.start, buffer.end, text, caret, caret)


def selecting(anchor: int, caret: int) -> Edit:
    """Return the edit that only selects."""
    return Edit(caret, caret, "", anchor, caret)
