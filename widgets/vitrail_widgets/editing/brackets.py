"""Which bracket belongs to which."""

import re
from collections.abc import Sequence

from vitrail_widgets.editing.scan import CLOSING, OPENING, scan

MAX_TEXT = 20_000
"""Characters; in a longer text nothing is matched: this one takes 2 ms, 15 if it is all brackets.

It is looked at after every key that leaves the caret beside a bracket.
"""

_BRACKET = re.compile(r"[()\[\]{}]")


def match(text: str, position: int, opaque: Sequence[tuple[int, int]] | None = None) -> int | None:
    """Return the offset of the bracket that belongs to the one at `position`.

    Args:
        text: Any text.
        position: Offset of a bracket; of anything else there is no match.
        opaque: Where `text` is string or comment, in order; None to find out as for Python.

    Returns:
        None where there is no bracket, it is inside a string or comment, or nothing of its kind
        closes or opens it.
    """
    if not 0 <= position < len(text):
        return None
    if text[position] not in OPENING and text[position] not in CLOSING:
        return None
    return pairs(text, opaque).get(position)


def pairs(text: str, opaque: Sequence[tuple[int, int]] | None = None) -> dict[int, int]:
    """Return, by the offset of each bracket that has another half, the offset of that half.

    Args:
        text: Any text; there are no pairs in one longer than `MAX_TEXT`.
        opaque: As for `match`.
    """
    if len(text) > MAX_TEXT:
        return {}
    brackets = scan(text).brackets if opaque is None else _brackets(text, opaque)
    found: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for offset, character in brackets:
        if character in OPENING:
            waiting.append((offset, character))
        elif waiting and waiting[-1][1] == CLOSING[character]:
            opened, _ = waiting.pop()
            found[opened], found[offset] = offset, opened
    return found


def _brackets(text: str, opaque: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    done = 0
    for start, end in (*opaque, (len(text), len(text))):
        found += [(one.start(), one.group()) for one in _BRACKET.finditer(text, done, start)]
        done = max(done, end)
    return found
