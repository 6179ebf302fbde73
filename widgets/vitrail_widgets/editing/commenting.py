"""Comments put before lines of code and taken off again."""

from dataclasses import dataclass

from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.indentation import leading, shared_indentation
from vitrail_widgets.editing.languages import Notation


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of a line: characters removed and inserted at a column, and its new text."""

    column: int
    removed: int
    inserted: int
    text: str

    def moved(self, column: int) -> int:
        if column < self.column:
            return column
        return self.column + max(self.inserted, column - self.column - self.removed + self.inserted)


def toggled_comment(buffer: Buffer, notation: Notation) -> Edit:
    """Return the edit that makes the selected lines comments, or code if all are comments.

    Blank lines do not count unless all are blank. The marks stand in one column, and a second
    time gives the same text again.
    """
    start, end = buffer.lines
    lines = buffer.text[start:end].split("\n")
    counted = [line for line in lines if line.strip()] or lines
    if any(line.strip() for line in lines) and all(_is_comment(one, notation) for one in counted):
        changes = [_uncommented(line, notation) for line in lines]
    else:
        column = len(shared_indentation(counted))
        is_code = len(counted) == len(lines)
        changes = [
            _commented(line, column, notation)
            if is_code or line.strip()
            else _Change(0, 0, 0, line)
            for line in lines
        ]
    text = "\n".join(change.text for change in changes)
    return Edit(
        start,
        end,
        text,
        _moved(buffer.anchor, start, lines, changes),
        _moved(buffer.caret, start, lines, changes),
    )


def _is_comment(line: str, notation: Notation) -> bool:
    body = line.strip()
    return body.startswith(notation.comment) and body.endswith(notation.comment_end)


def _commented(line: str, column: int, notation: Notation) -> _Change:
    end = f" {notation.comment_end}" if notation.comment_end else ""
    mark = notation.comment + " "
    return _Change(column, 0, len(mark), line[:column] + mark + line[column:] + end)


def _uncommented(line: str, notation: Notation) -> _Change:
    if not line.strip():
        return _Change(0, 0, 0, line)
    column = len(leading(line))
    mark = len(notation.comment)
    body = line[column + mark :]
    if body.startswith(" "):
        mark, body = mark + 1, body[1:]
    if notation.comment_end:
        body = body.rstrip().removesuffix(notation.comment_end).removesuffix(" ")
    return _Change(column, mark, 0, line[:column] + body)


def _moved(offset: int, start: int, lines: list[str], changes: list[_Change]) -> int:
    """Return where an offset of the text is after the changes."""
    old = new = start
    if offset < start:
        return offset
    for line, change in zip(lines, changes, strict=True):
        if offset <= old + len(line):
            return new + min(change.moved(offset - old), len(change.text))
        old += len(line) + 1
        new += len(change.text) + 1
    return new + offset - old
