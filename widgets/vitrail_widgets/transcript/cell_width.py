"""How many terminal cells text takes: wide characters two, combining ones none.

Grapheme clusters (a base with its combining marks, emoji joined by ZWJ, a flag) are one unit.
"""

import re
from collections.abc import Iterator
from typing import Final

from wcwidth import iter_graphemes, wcswidth, wcwidth

# Code points that are a cluster of their own, one or two cells wide, unless one outside of this
# set stands next to them. Not complete, only safe: the rest takes the slow path.
_SIMPLE: Final = (
    " -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u2070-\u20cf\u2100-\u2cee\u2e00-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3\uf900-\ufaff"
    "\uff01-\uff9d\U0001f300-\U0001f3fa\U0001f400-\U0001faff\U00020000-\U0003fffd"
)
_ALL_SIMPLE: Final = re.compile(f"[{_SIMPLE}]*")
_PIECES: Final = re.compile(
    f"[{_SIMPLE}]+(?![^{_SIMPLE}])|[{_SIMPLE}]?(?:[^{_SIMPLE}]+[{_SIMPLE}]?)+", re.DOTALL
)


def is_simple(text: str) -> bool:
    """Whether each code point stands for itself and has a width of one or two."""
    return text.isascii() or _ALL_SIMPLE.fullmatch(text) is not None


def is_narrow(text: str) -> bool:
    """Whether each code point takes exactly one cell."""
    return text.isascii() or (is_simple(text) and wcswidth(text) == len(text))


def cell_width(text: str) -> int:
    """Return the cells that *text* takes; it must hold no control characters."""
    if text.isascii():
        return len(text)
    if is_simple(text):
        return wcswidth(text)
    return sum(cell_widths(text))


def cell_widths(text: str) -> Iterator[int]:
    """Yield the width of each code point; a cluster's is at its first, the rest of it has 0."""
    if is_simple(text):
        yield from map(wcwidth, text)
        return
    for piece in _PIECES.findall(text):
        if is_simple(piece):
            yield from map(wcwidth, piece)
            continue
        for cluster in iter_graphemes(piece):
            yield max(wcswidth(cluster), 0)
            yield from (0 for _ in cluster[1:])
