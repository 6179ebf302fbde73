"""Lines cut into rows of a given number of cells.

A line of one-cell characters is cut by arithmetic, whatever its length. For others the offsets
where rows start are found once; ``RowIndex`` keeps them while the line is looked at.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_widths, uniform_width

_BLOCK: Final = 8192
_LOOKAHEAD: Final = 64
"""Code points after a cut that may still move it: longer than any cluster that has a width."""


def row_breaks(text: str, columns: int) -> Sequence[int]:
    """Return the offset where each row of *text* starts; the first is 0, there is always one.

    No cluster straddles two rows; one that is wider than a row stands alone in one.
    """
    width = uniform_width(text)
    if width:
        return range(0, max(len(text), 1), max(columns // width, 1))
    return extend_breaks(array("I", [0]), text, columns)


def row_total(text: str, columns: int) -> int:
    """Return how many rows *text* takes."""
    return -(-len(text) // columns) or 1 if text.isascii() else len(row_breaks(text, columns))


def grown_breaks(old: str, breaks: Sequence[int], text: str, columns: int) -> Sequence[int]:
    """Return the breaks of *text*, reusing those of *old* when it is a beginning of *text*."""
    if not isinstance(breaks, array) or not text.startswith(old):
        return row_breaks(text, columns)
    del breaks[max(bisect_right(breaks, len(old) - _LOOKAHEAD), 1) :]
    return extend_breaks(breaks, text, columns)


def extend_breaks(breaks: "array[int]", text: str, columns: int) -> "array[int]":
    """Find the breaks of *text* after the last of *breaks*, which it reaches, and add them."""
    size = max(_BLOCK, 4 * columns)  # in blocks, so that the widths of a huge line do not pile up
    start = breaks[-1]
    while True:
        block = text[start : start + size]
        is_last = start + size >= len(text)
        cells = list(accumulate(cell_widths(block)))
        safe = len(block) if is_last else len(block) - _LOOKAHEAD
        row = 0
        while (end := _row_end(cells, row, columns)) < safe:
            row = end
            breaks.append(start + row)
        if is_last:
            return breaks
        start += row
        size *= 1 if row else 2  # not one row ended: a run without width


def _row_end(cells: Sequence[int], row: int, columns: int) -> int:
    before = cells[row - 1] if row else 0
    end = bisect_right(cells, before + columns, lo=row)
    # At least one cluster, however wide.
    return end if end > row else bisect_right(cells, cells[row], lo=row)
