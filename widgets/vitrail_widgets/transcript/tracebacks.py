"""The frames of a Python traceback, found in its text.

Source:
    What IPython 0.13 to 9 (modes Context, Verbose, Plain), xeus-python and CPython print.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from vitrail_widgets.transcript.mentions import ARROW_WITHIN, CellLine, Page, Source, mentions

LONGEST: Final = 40_000
"""Lines of a traceback that are looked through; more are left as they are."""

FEW_LINES: Final = 24
"""Up to so many lines a traceback is shown whole."""

OWN_AT_AN_END: Final = 5
"""Frames of the user's that are shown at either end, where a recursion has very many."""


class Frame(NamedTuple):
    """The lines [start, end) of one call.

    Attributes:
        of: The place of the code that runs; None where it has neither file nor cell.
        is_own: Whether the user wrote it: it is in a cell, or in a file that is no library's.
    """

    start: int
    end: int
    of: Source | CellLine | None
    is_own: bool


class _In(Enum):
    """What the lines are part of that come next."""

    OTHER = auto()  # nothing yet, or the sentence of the exception
    HEAD = auto()  # below "Traceback (most recent call last)"
    CONTEXT = auto()  # a frame of IPython's
    PLAIN = auto()  # a frame of CPython's


_HEAD: Final = re.compile(r"(?:\S+ +)?Traceback \(most recent call last\):?$")
_CONTEXT: Final = re.compile(
    r"Cell In ?\[\d+\], line \d+"
    r"|Input In \[\d+\], in "
    r"|File (?!\")\S.*?:\d+(?:, in |$|\()"
    r"|<[^<>\n]+> in \S"
    r"|(?:~|[A-Za-z]:|\.{0,2})[/\\][^\n]*?\.\w{1,4} in \S"
)
_PLAIN: Final = re.compile(
    r"  (?:File \"[^\"\n]+\", line \d+|Cell In ?\[\d+\], line \d+|File (?!\")\S.*?:\d+ in )"
)
_NAME: Final = re.compile(r"(?:File \"?)?(<[^<>\n]+>)")
_SKIPPED: Final = re.compile(r" *\[?\.\.\. (?:skipping|last \d+ frames) ")
_GROUP: Final = re.compile(r" *[+|] ")
_LIBRARY: Final = re.compile(
    r"(?:site|dist)-packages[/\\]"
    r"|[/\\]lib(?:64)?[/\\]python\d"
    r"|(?:python[\d.]*|conda\d*|envs[/\\][^/\\]+)[/\\]lib[/\\]"
    r"|\.egg[/\\]"
    # Cython's frames have the path that their source had where it was built.
    r"|^(?![/\\~.]|[A-Za-z]:)[^\n]*[/\\][^\n]*\.(?:pyx|pxi|pxd)$",
    re.IGNORECASE,
)
_OWN_NAMES: Final = frozenset(("<string>", "<stdin>", "<unknown>"))


def frames_of(lines: Sequence[str]) -> list[Frame]:
    """Return the frames of a traceback, in order; none where it is no Python's.

    What follows the frames, the sentence of the exception, is looked through for no more of them:
    it may hold anything. A group of exceptions is left whole.
    """
    if len(lines) > LONGEST or any(_GROUP.match(line) for line in lines[:3]):
        return []
    starts = list(_starts(lines))
    return [_frame(lines, start, end) for start, end in starts]


def hidden_frames(frames: Sequence[Frame], line_count: int) -> list[Frame]:
    """Return the frames that a long traceback is read without: those that are not the user's.

    Of very many of the user's own (a recursion) those in the middle, too. Where none is the user's
    all are read.
    """
    own = [frame for frame in frames if frame.is_own]
    if line_count <= FEW_LINES or not own:
        return []
    middle = own[OWN_AT_AN_END:-OWN_AT_AN_END]
    spared = {frame.start for frame in own} - {frame.start for frame in middle}
    return [frame for frame in frames if frame.start not in spared]


def raising_line(frames: Sequence[Frame], lines: Sequence[str], count: int | None) -> int | None:
    """Return the line of a cell's code in which the exception passed last; the first is 1.

    Args:
        frames: Of the traceback.
        lines: The first ones of the traceback.
        count: The number of the cell.
    """
    places = [frame.of for frame in frames]
    if not frames:  # errors of syntax have no frames, and say where they are
        mentioned = [mention.of for line in lines for mention in mentions(line)]
        places = [place for place in mentioned if not isinstance(place, Page)]
    found = [
        place.line
        for place in places
        if isinstance(place, CellLine) and place.number == count and place.line
    ]
    return found[-1] if found else None


def _starts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Return from where to where the frames go."""
    state, begun, after_blank = _In.OTHER, -1, False
    for index, line in enumerate(lines):
        is_head = bool(_HEAD.match(line))
        kind = _In.HEAD if is_head else _kind(line, state, after_blank=after_blank)
        if begun >= 0 and (kind is not state or _begins(line, kind)):
            yield begun, index
            begun = -1
        if begun < 0 and _begins(line, kind):
            begun = index
        state, after_blank = kind, not line.strip()
    if begun >= 0:
        yield begun, len(lines)


def _begins(line: str, kind: _In) -> bool:
    pattern = {_In.CONTEXT: _CONTEXT, _In.PLAIN: _PLAIN}.get(kind)
    return pattern is not None and bool(pattern.match(line))


def _kind(line: str, state: _In, *, after_blank: bool) -> _In:
    """Return what a line is part of, after one that was part of `state`."""
    if state is _In.OTHER or not line.strip():
        return state
    for kind, pattern in ((_In.CONTEXT, _CONTEXT), (_In.PLAIN, _PLAIN)):
        if pattern.match(line):
            return kind
    if state is _In.PLAIN:
        return _In.PLAIN if line.startswith("  ") else _In.OTHER
    if state is _In.CONTEXT and (not after_blank or _SKIPPED.match(line)):
        return _In.CONTEXT
    return state if state is _In.HEAD and line.startswith(" ") else _In.OTHER


def _frame(lines: Sequence[str], start: int, end: int) -> Frame:
    below = lines[start + 1 : min(end, start + 1 + ARROW_WITHIN)]
    for mention in mentions(lines[start], below):
        if isinstance(mention.of, CellLine):
            return Frame(start, end, mention.of, is_own=True)
        if isinstance(mention.of, Source):
            return Frame(start, end, mention.of, is_own=not _LIBRARY.search(mention.of.path))
    name = _NAME.match(lines[start].strip())
    return Frame(start, end, None, is_own=name is not None and name[1] in _OWN_NAMES)
