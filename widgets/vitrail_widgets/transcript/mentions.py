"""What a line of output speaks of that one could go to: pages, files, cells.

Source:
    Tracebacks as CPython, IPython 0.13 to 9 and pytest print them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple


class Page(NamedTuple):
    """An address that is written out; whether it may be followed is for others to say."""

    target: str


class Source(NamedTuple):
    """A line of a file; 0 where none is named."""

    path: str
    line: int


class CellLine(NamedTuple):
    """A line of the code of the cell with a number; 0 where none is named."""

    number: int
    line: int


class Mention(NamedTuple):
    """A stretch of a line, in code points, and what it speaks of."""

    start: int
    end: int
    of: Page | Source | CellLine


LONGEST: Final = 4000
"""Code points of a line in which mentions are looked for."""

ARROW_WITHIN: Final = 12
"""Lines below the name of a file in which old IPythons point at the line that is meant."""

_PAGE: Final = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"'`\u2026]+", re.IGNORECASE)
_TRAILING: Final = ".,;:!?"
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_ARROW: Final = re.compile(r"-+> ?(\d+)")

_FILE_COMMA_LINE: Final = re.compile(r'File "([^"\n]{1,1000})", line (\d+)')
_FILE_COLON: Final = re.compile(r"^\s*File ([^\s\"][^\n]*?):(\d+)(?=,| *$|\(| in )")
_CELL_LINE: Final = re.compile(r"Cell In ?\[(\d+)\], line (\d+)")
_INPUT_IN: Final = re.compile(r"Input In \[(\d+)\], in (?:<cell line: (\d+)>)?")
_OLD_CELL: Final = re.compile(r"<ipython-input-(\d+)-[0-9a-f]+> in ")
_OLD_FILE: Final = re.compile(r"^((?:~|[A-Za-z]:|\.{0,2})[/\\][^\n]*?\.\w{1,4}) in \S")
_TOOL: Final = re.compile(r"^([^\s:][^\n:]*\.[A-Za-z]\w{0,4}):(\d+)(?=:)")
_COMPILED: Final = re.compile(r"\.py[co]$")
_INPUT_NAME: Final = re.compile(r"<ipython-input-(\d+)-")


def mentions(line: str, below: Sequence[str] = ()) -> list[Mention]:
    """Return what a line speaks of, in order.

    Args:
        line: Text of an output.
        below: The lines that follow, where old IPythons say which line of a file is meant.
    """
    if len(line) > LONGEST:
        return []
    found = [*_pages(line), *_frames(line, below)]
    return sorted(found, key=lambda mention: mention[:2])


def _pages(line: str) -> Iterator[Mention]:
    for match in _PAGE.finditer(line):
        target = _without_trailing(match[0])
        yield Mention(match.start(), match.start() + len(target), Page(target))


def _without_trailing(target: str) -> str:
    """Return an address without what closes the sentence or the bracket around it."""
    while target:
        last = target[-1]
        opening = _CLOSING.get(last)
        is_extra = opening is not None and target.count(last) > target.count(opening)
        if last not in _TRAILING and not is_extra:
            break
        target = target[:-1]
    return target


def _frames(line: str, below: Sequence[str]) -> Iterator[Mention]:
    if match := _CELL_LINE.search(line):
        yield Mention(*match.span(), CellLine(int(match[1]), int(match[2])))
    elif match := _INPUT_IN.search(line):
        meant = int(match[2]) if match[2] else _pointed_at(below)
        end = line.index("]", match.start()) + 1
        yield Mention(match.start(), end, CellLine(int(match[1]), meant))
    elif match := _OLD_CELL.search(line):
        end = match.end() - len(" in ")
        yield Mention(match.start(), end, CellLine(int(match[1]), _pointed_at(below)))
    elif match := _FILE_COMMA_LINE.search(line):
        yield from _named_file(match)
    elif match := _FILE_COLON.search(line):
        yield Mention(match.start(1), match.end(2), Source(match[1], int(match[2])))
    elif match := _OLD_FILE.search(line):
        path = _COMPILED.sub(".py", match[1])
        yield Mention(*match.span(1), Source(path, _pointed_at(below)))
    elif (match := _TOOL.search(line)) and not _PAGE.match(line):
        yield Mention(match.start(1), match.end(2), Source(match[1], int(match[2])))


def _named_file(match: re.Match[str]) -> Iterator[Mention]:
    name, number = match[1], int(match[2])
    cell = _INPUT_NAME.match(name)
    if cell is not None:
        yield Mention(*match.span(), CellLine(int(cell[1]), number))
    elif not (name.startswith("<") and name.endswith(">")):  # <stdin>, <string>: no file
        yield Mention(*match.span(), Source(name, number))


def _pointed_at(below: Sequence[str]) -> int:
    for line in below[:ARROW_WITHIN]:
        if match := _ARROW.match(line):
            return int(match[1])
    return 0
