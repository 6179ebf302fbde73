"""Lines cut into rows of a given number of cells.

A line of one-cell characters is cut by arithmetic, whatever its length. For others the offsets
where rows start are found once; ``RowIndex`` keeps them while the line is looked at. Very long ones
are cut by arithmetic again: their rows have room for the widest characters and may not be full.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, overload

from vitrail_widgets.transcript.cell_width import cell_widths, is_narrow, uniform_width

LONG_LINE: Final = 30_000
"""Code points above which the rows of a line are not filled; up to it they take 10 ms to find."""
_MEASURED: Final = 1_000_000
"""Code points above which nobody looks whether all of a line are narrow."""
_BLOCK: Final = 8192
_LOOKAHEAD: Final = 64
"""Code points after a cut that may still move it: longer than any cluster that has a width."""


def row_breaks(text: str, columns: int) -> Sequence[int]:
    """Return the offset where each row of *text* starts; the first is 0, there is always one.

    No cluster straddles two rows; one that is wider than a row stands alone in one.
    """
    if len(text) > LONG_LINE and not text.isascii():
        return LooseBreaks(text, columns)
    width = uniform_width(text)
    if width:
        return range(0, max(len(text), 1), max(columns // width, 1))
    return extend_breaks(array("I", [0]), text, columns)


class LooseBreaks(Sequence[int]):
    """The offsets where rows start that have room for any characters.

    As many code points as would fit if all were wide, less what goes on over the row's end. A
    run of more than ``_LOOKAHEAD`` code points without width may be torn.
    """

    def __init__(self, text: str, columns: int) -> None:
        self._text = text
        may_be_narrow = len(text) <= _MEASURED and is_narrow(text[:LONG_LINE])
        width = 1 if may_be_narrow and is_narrow(text) else 2
        self._step = max(columns // width, 1)

    def __len__(self) -> int:
        return (len(self._text) - 1) // self._step + 1

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._cluster_start(self._step * (index % len(self)))

    def _cluster_start(self, offset: int) -> int:
        """Return where the cluster begins that goes on over an offset."""
        before = max(offset - _LOOKAHEAD, 0)
        if self._text[before : offset + 1].isascii():
            return offset
        widths = list(cell_widths(self._text[before : offset + _LOOKAHEAD]))
        start = offset - before
        while start and not widths[start]:
            start -= 1
        return before + start if start else offset


def row_total(text: str, columns: int) -> int:
    """Return how many rows *text* takes."""
    return -(-len(text) // columns) or 1 if text.isascii() else len(row_breaks(text, columns))


def grown_breaks(old: str, breaks: Sequence[int], text: str, columns: int) -> Sequence[int]:
    """Return the breaks of *text*, reusing those of *old* when it is a beginning of *text*."""
    if not isinstance(breaks, array) or len(text) > LONG_LINE or not text.startswith(old):
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
        while (end := row_end(cells, row, columns)) < safe:
            row = end
            breaks.append(start + row)
        if is_last:
            return breaks
        start += row
        size *= 1 if row else 2  # not one row ended: a run without width


def row_end(cells: Sequence[int], row: int, columns: int) -> int:
    """Return where the row that starts at an offset is full.

    Args:
        cells: The width of the text up to the end of each code point.
    """
    before = cells[row - 1] if row else 0
    end = bisect_right(cells, before + columns, lo=row)
    # At least one cluster, however wide.
    return end if end > row else bisect_right(cells, cells[row], lo=row)
