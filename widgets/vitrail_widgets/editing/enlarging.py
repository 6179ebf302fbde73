"""A selection made larger by the units of code around it, one step each time."""

import re
from collections.abc import Iterator, Sequence

from vitrail_widgets.editing.brackets import pairs
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.scan import scan

Range = tuple[int, int]

_NAME = re.compile(r"\w+")
_DOTTED = re.compile(r"\w+(?:\.\w+)+")
_CALLEE = re.compile(r"[\w.]+\Z")


def enlarged(buffer: Buffer, opaque: Sequence[Range]) -> Range:
    """Return the smallest unit of code that holds the selection and more.

    Units are words, dotted names, strings and what is in them, brackets and what is in them,
    calls, arguments, statements, blocks, lines, and the whole text.

    Args:
        buffer: What is selected.
        opaque: Where the text is string or comment, in order.
    """
    start, end = buffer.start, buffer.end
    best = (0, len(buffer.text))
    for first, last in _units(buffer, opaque):
        holds = first <= start and end <= last and (first, last) != (start, end)
        if holds and last - first < best[1] - best[0]:
            best = (first, last)
    return best


def _units(buffer: Buffer, opaque: Sequence[Range]) -> Iterator[Range]:
    text = buffer.text
    line_start, line_end = buffer.lines
    for pattern in (_NAME, _DOTTED):
        for match in pattern.finditer(text, line_start, line_end):
            yield match.span()
    yield from _strings(text, opaque)
    yield from _brackets(text, opaque)
    yield from _lines(text, line_start, line_end)
    yield from _statements(text)


def _strings(text: str, opaque: Sequence[Range]) -> Iterator[Range]:
    for start, end in opaque:
        yield start, end
        mark = text[start]
        width = 3 if text.startswith(mark * 3, start) else 1
        if text[end - width : end] == mark * width and end - start >= 2 * width:
            yield start + width, end - width


def _brackets(text: str, opaque: Sequence[Range]) -> Iterator[Range]:
    found = pairs(text, opaque)
    for opening, closing in found.items():
        if opening < closing:
            yield opening, closing + 1
            yield opening + 1, closing
            yield from _arguments(text, opening, closing, found, opaque)
            if callee := _CALLEE.search(text, text.rfind("\n", 0, opening) + 1, opening):
                yield callee.start(), closing + 1


def _arguments(
    text: str, opening: int, closing: int, found: dict[int, int], opaque: Sequence[Range]
) -> Iterator[Range]:
    """Give what stands between the commas of a bracket, without white space around it."""
    skips = {start: end for start, end in opaque if opening < start < closing}
    start = position = opening + 1
    while position <= closing:
        if position == closing or text[position] == ",":
            piece = text[start:position]
            left = start + len(piece) - len(piece.lstrip())
            yield left, max(left, start + len(piece.rstrip()))
            start = position + 1
        position = skips.get(position, max(position, found.get(position, 0)) + 1)


def _lines(text: str, start: int, end: int) -> Iterator[Range]:
    code = text[start:end]
    yield start + len(code) - len(code.lstrip()), start + len(code.rstrip())
    yield start, end


def _statements(text: str) -> Iterator[Range]:
    """Give each statement, and each with what is indented below it."""
    found = scan(text)
    open_blocks: list[tuple[int, int, int]] = []  # indentation, start, end
    for statement in found.statements:
        yield statement.code, statement.end
        depth = len(found.indentation(statement))
        while open_blocks and open_blocks[-1][0] >= depth:
            _, start, end = open_blocks.pop()
            yield start, end
        open_blocks = [(one, start, statement.end) for one, start, _ in open_blocks]
        open_blocks.append((depth, statement.code, statement.end))
    yield from ((start, end) for _, start, end in open_blocks)
