"""Which bracket belongs to which."""

from collections.abc import Sequence

from vitrail_widgets.editing.scan import CLOSING, OPENING, scan

MAX_TEXT = 50_000
"""Characters; in a longer text nothing is matched, for it is looked at with every caret move."""


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
    if not 0 <= position < len(text) or len(text) > MAX_TEXT:
        return None
    if text[position] not in OPENING and text[position] not in CLOSING:
        return None
    return _pairs(text, opaque).get(position)


def _pairs(text: str, opaque: Sequence[tuple[int, int]] | None) -> dict[int, int]:
    brackets = scan(text).brackets if opaque is None else _brackets(text, opaque)
    pairs: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for offset, character in brackets:
        if character in OPENING:
            waiting.append((offset, character))
        elif waiting and waiting[-1][1] == CLOSING[character]:
            opened, _ = waiting.pop()
            pairs[opened], pairs[offset] = offset, opened
    return pairs


def _brackets(text: str, opaque: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    done = 0
    for start, end in (*opaque, (len(text), len(text))):
        found += [
            (offset, text[offset])
            for offset in range(done, start)
            if text[offset] in OPENING or text[offset] in CLOSING
        ]
        done = max(done, end)
    return found
