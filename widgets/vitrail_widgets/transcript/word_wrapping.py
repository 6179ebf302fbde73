"""Lines of code and sentences cut into rows between words, where Qt cuts those of the input.

Qt goes by Unicode's rules (UAX 14), of which code needs few: a row ends behind
spaces, which may stand over its edge, and behind some punctuation. A word that no row holds is
cut anywhere, and an indentation that leaves room beside it does not stand alone.
"""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_widths
from vitrail_widgets.transcript.wrapping import row_breaks, row_end

LONGEST: Final = 5_000
"""Code points above which a line is cut anywhere, as it is while it is typed."""

_WIDE: Final = 2
_SPACES: Final = " \t"
_CLOSING: Final = ",;:.)]}"
_OPENING: Final = "([{"
_JOINING: Final = "-|"


def word_breaks(text: str, columns: int) -> Sequence[int]:
    """Return the offset where each row of *text* starts; the first is 0, there is always one."""
    if len(text) > LONGEST:
        return row_breaks(text, columns)
    widths = list(cell_widths(text))
    cells = list(accumulate(widths))
    indent = len(text) - len(text.lstrip(_SPACES))
    breaks, row = array("I", [0]), 0
    while row < len(text) and (end := row_end(cells, row, columns)) < len(text):
        row = _word_end(text, widths, max(row + 1, indent + 1), end)
        if row < len(text):
            breaks.append(row)
    return breaks


def _word_end(text: str, widths: Sequence[int], least: int, end: int) -> int:
    """Return where a row ends that has room up to *end*: there, if it cannot be in [least, end]."""
    if text[end] in _SPACES:
        while end < len(text) and (text[end] in _SPACES or not widths[end]):
            end += 1
        return end
    for offset in range(end, least - 1, -1):
        if widths[offset] and _may_end(text, offset, widths[offset]):
            return offset
    return end


def _may_end(text: str, offset: int, width: int) -> bool:
    """Tell whether a row may end before a character that is *width* cells wide."""
    last, following = text[offset - 1], text[offset]
    if last in _SPACES:
        return True
    if last in _CLOSING and following in _OPENING:
        return True
    if last in _JOINING:  # but not behind a sign
        return following.isalpha() and text[offset - 2 : offset - 1] not in _SPACES
    return width == _WIDE and following.isalpha()
