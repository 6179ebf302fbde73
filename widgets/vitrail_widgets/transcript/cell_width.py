"""How many terminal cells text takes: wide characters two, combining ones none.

Grapheme clusters (a base with its combining marks, emoji joined by ZWJ, a flag) are one unit.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import repeat
from typing import Final, NamedTuple

# Code points that are a cluster of their own, one or two cells wide, unless one outside of this
# set stands next to them. Not complete, only safe: the rest takes the slow path.
_NARROW: Final = (
    r" -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u048a-\u052f"  # Latin, Greek …
    r"\u2010-\u2027\u2030-\u203b\u203d-\u2048\u204a-\u205e\u2500-\u25a9"  # dashes, boxes, bars
)
_SIMPLE: Final = "".join(
    (
        _NARROW,
        r"\u0370-\u0482\u048a-\u052f\u0531-\u058a\u10a0-\u10ff\u1e00-\u1fff",  # Greek, Cyrillic …
        r"\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u0904-\u0939\u0e01-\u0e30",  # Hebrew, Arabic …
        r"\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2cee\u2e00-\u3029",  # symbols
        r"\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d",  # CJK
        r"\U0001f300-\U0001f3fa\U0001f400-\U0001faff\U00020000-\U0003fffd",  # emoji, more CJK
    )
)

_all_narrow: Final = re.compile(f"[{_NARROW}]*").fullmatch


class _Tools(NamedTuple):
    """What is needed for text that is not Latin, and worth ten milliseconds at the start."""

    all_simple: re.Pattern[str]
    pieces: re.Pattern[str]
    wcwidth: Callable[[str], int]
    wcswidth: Callable[[str], int]
    iter_graphemes: Callable[[str], Iterator[str]]


@cache
def _tools() -> _Tools:
    from wcwidth import iter_graphemes, wcswidth, wcwidth

    pieces = f"[{_SIMPLE}]+(?![^{_SIMPLE}])|[{_SIMPLE}]?(?:[^{_SIMPLE}]+[{_SIMPLE}]?)+"
    return _Tools(
        re.compile(f"[{_SIMPLE}]*"), re.compile(pieces), wcwidth, wcswidth, iter_graphemes
    )


def is_narrow_at_sight(text: str) -> bool:
    """Whether it is ASCII, or each code point stands for itself and takes exactly one cell.

    The quick answer to European text and to progress bars, and to no other.
    """
    return text.isascii() or _all_narrow(text) is not None


def is_simple(text: str) -> bool:
    """Whether each code point stands for itself and has a width of one or two."""
    return is_narrow_at_sight(text) or _tools().all_simple.fullmatch(text) is not None


def uniform_width(text: str) -> int:
    """Return 1 or 2 when each code point takes that many cells; 0 when they differ."""
    if is_narrow_at_sight(text):
        return 1
    if not is_simple(text):
        return 0
    width, rest = divmod(_tools().wcswidth(text), len(text))
    return 0 if rest else width  # all are 1 or 2: the mean is whole only where they are the same


def is_narrow(text: str) -> bool:
    """Whether each code point takes exactly one cell."""
    return uniform_width(text) == 1


def cell_width(text: str) -> int:
    """Return the cells that *text* takes; it must hold no control characters."""
    if is_narrow_at_sight(text):
        return len(text)
    if len(text) == 1:
        return _character_width(text)
    if is_simple(text):
        return _tools().wcswidth(text)
    return sum(cell_widths(text))


def cell_widths(text: str) -> Iterable[int]:
    """Return the width of each code point; a cluster's is at its first, the rest of it has 0."""
    width = uniform_width(text)
    if width:
        return repeat(width, len(text))
    if is_simple(text):
        return map(_tools().wcwidth, text)
    widths: list[int] = []
    for piece in _tools().pieces.findall(text):
        if is_simple(piece):
            widths += cell_widths(piece)
        else:
            widths += _short_odd_widths(piece) if len(piece) <= _SHORT else _odd_widths(piece)
    return widths


def _odd_widths(piece: str) -> tuple[int, ...]:
    widths: list[int] = []
    for cluster in _tools().iter_graphemes(piece):
        widths.append(max(_tools().wcswidth(cluster), 0))
        if len(cluster) > 1:
            widths += repeat(0, len(cluster) - 1)
    return tuple(widths)


@lru_cache(maxsize=1024)  # pictures made of text repeat theirs
def _character_width(character: str) -> int:
    return sum(cell_widths(character))


_SHORT: Final = 16
_short_odd_widths = lru_cache(maxsize=1024)(_odd_widths)  # texts repeat their emoji
