"""Whole lines moved, doubled, joined and selected."""

from vitrail_widgets.editing.edits import Buffer, Edit, selecting
from vitrail_widgets.editing.scan import CLOSING, OPENING


def moved_lines(buffer: Buffer, *, down: bool) -> Edit | None:
    """Return the edit that swaps the selected lines with the next one; None at the edge."""
    start, end = buffer.lines
    text = buffer.text
    block = text[start:end]
    if down:
        if end == len(text):
            return None
        other_end = _line_end(text, end + 1)
        other = text[end + 1 : other_end]
        shift = len(other) + 1
        return _shifted(buffer, start, other_end, f"{other}\n{block}", shift)
    if start == 0:
        return None
    other_start = text.rfind("\n", 0, start - 1) + 1
    other = text[other_start : start - 1]
    return _shifted(buffer, other_start, end, f"{block}\n{other}", other_start - start)


def doubled_lines(buffer: Buffer, *, down: bool) -> Edit:
    """Return the edit that writes the selected lines twice; the caret is in the lower or upper."""
    start, end = buffer.lines
    block = buffer.text[start:end]
    return _shifted(buffer, end, end, f"\n{block}", len(block) + 1 if down else 0)


def joined_lines(buffer: Buffer) -> Edit | None:
    """Return the edit that makes one line of the selected ones, or of this and the next.

    One space stands between what was joined; none inside of a bracket's edge. None where there
    is nothing to join.
    """
    start, end = buffer.lines
    if "\n" not in buffer.text[start:end]:
        if end == len(buffer.text):
            return None
        end = _line_end(buffer.text, end + 1)
    first, *others = buffer.text[start:end].split("\n")
    joined, caret = first, start
    for line in others:
        left, right = joined.rstrip() or joined, line.strip()
        if left.endswith("\\") and right:
            left = left[:-1].rstrip()
        caret = start + len(left)
        tight = not left.strip() or not right or left[-1] in OPENING or right[0] in CLOSING
        joined = left + ("" if tight else " ") + right
    return Edit(start, end, joined, caret, caret)


def selected_lines(buffer: Buffer) -> Edit:
    """Return the edit that selects whole lines with their line ends, and the next one each time."""
    start, end = buffer.lines
    end = min(end + 1, len(buffer.text))
    if (buffer.start, buffer.end) == (start, end):
        end = min(_line_end(buffer.text, end) + 1, len(buffer.text))
    return selecting(start, end)


def _shifted(buffer: Buffer, start: int, end: int, text: str, shift: int) -> Edit:
    """Return an edit with which the selection moves, as far as it is in its lines."""
    last = buffer.lines[1]
    anchor, caret = min(buffer.anchor, last), min(buffer.caret, last)
    return Edit(start, end, text, anchor + shift, caret + shift)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
