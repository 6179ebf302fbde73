"""Which line stands in which row of a wrapped text, kept up to date while the text grows."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice
from typing import Final

from vitrail_widgets.transcript.sealed_rows import SealedRows
from vitrail_widgets.transcript.text_buffer import TextBuffer
from vitrail_widgets.transcript.wrapping import grown_breaks, row_breaks

Cut = Callable[[str, int], Sequence[int]]

_KEPT_LINES: Final = 128
_MOST_CELLS: Final = 2  # of a code point


class RowIndex:
    """The rows of a buffer at a width of *columns* cells.

    It does not watch the buffer: call ``refresh`` after each change and before the next question.
    """

    def __init__(self, buffer: TextBuffer, columns: int, cut: Cut = row_breaks) -> None:
        """Count the rows.

        Args:
            cut: Gives the offsets where the rows of a line start, at least one; a buffer so
                long that it has sealed lines is cut by `row_breaks` all the same.
        """
        self._cut = row_breaks if buffer.chunks else cut
        self._buffer = buffer
        self._columns = max(columns, 1)
        self._sealed: SealedRows | None = None  # most outputs are short, and there are many
        self._tail_ends: list[int] = []  # rows up to the end of each line of the tail
        self._tail_start = 0
        self._breaks: dict[int, tuple[str, Sequence[int]]] = {}  # the last one read is the last
        self._stale: dict[int, tuple[str, Sequence[int]]] = {}
        self.refresh(0)

    @property
    def columns(self) -> int:
        """The width, in cells; at least 1."""
        return self._columns

    @property
    def row_count(self) -> int:
        """How many rows the buffer takes; 0 when it has no line."""
        return self._tail_ends[-1] if self._tail_ends else self._sealed_total

    @property
    def line_count(self) -> int:
        """How many lines were counted; the buffer may be ahead of that."""
        return self._tail_start + len(self._tail_ends)

    def set_columns(self, columns: int) -> None:
        """Wrap anew at another width."""
        if max(columns, 1) == self._columns:
            return
        self._columns = max(columns, 1)
        if self._sealed is not None:
            self._sealed.set_columns(self._columns)
        self._tail_ends.clear()
        self._breaks.clear()
        self._stale.clear()
        self.refresh(0)

    def refresh(self, from_line: int) -> None:
        """Follow the buffer after a change of the line *from_line* and any that come after it."""
        self._spoil_breaks(from_line)
        buffer = self._buffer
        if buffer.chunks:
            self._sealed = self._sealed or SealedRows(buffer.chunks, self._columns)
            self._sealed.follow()
        if buffer.tail_start != self._tail_start:
            self._tail_start = buffer.tail_start
            self._tail_ends.clear()
        del self._tail_ends[max(from_line - self._tail_start, 0) :]
        first = self._tail_start + len(self._tail_ends)
        lines = map(self._rows_of, range(first, len(buffer)))
        self._tail_ends += _running_totals(lines, self.row_count)
        self._stale.clear()

    def rows_before_line(self, line: int) -> int:
        """Return the first row of a line; the row count for the index after the last line."""
        if self._sealed is not None and line < self._tail_start:
            return self._sealed.before(line)
        index = line - self._tail_start
        return self._tail_ends[index - 1] if index else self._sealed_total

    def line_at_row(self, row: int) -> tuple[int, int]:
        """Return the line that stands in *row*, and which of the line's rows it is.

        Raises:
            IndexError: There is no such row.
        """
        if not 0 <= row < self.row_count:
            raise IndexError(row)
        if self._sealed is not None and row < self._sealed.total:
            line = self._sealed.line_at(row)
        else:
            line = self._tail_start + bisect_right(self._tail_ends, row)
        return line, row - self.rows_before_line(line)

    def row_span(self, line: int, row_in_line: int) -> tuple[int, int]:
        """Return the code point offsets, end exclusive, of one row of a line.

        Empty for a row that the line no longer has: painting may be ahead of ``refresh``.
        """
        length = self._regular_length(line)
        if length is not None:
            start = min(row_in_line * self._columns, length)
            return start, min(start + self._columns, length)
        breaks = self.breaks(line)[row_in_line : row_in_line + 2]
        length = len(self._buffer.text(line))
        return (breaks[0] if breaks else length), (breaks[1] if len(breaks) > 1 else length)

    def breaks(self, line: int) -> Sequence[int]:
        """Return the offsets where the rows of a line start."""
        text = self._buffer.text(line)
        if _MOST_CELLS * len(text) <= self._columns:
            return (0,)
        kept = self._breaks.get(line)
        if kept is None:
            old = self._stale.pop(line, None)
            found = grown_breaks(*old, text, self._columns) if old else None
            kept = self._breaks[line] = (text, found or self._cut(text, self._columns))
            if len(self._breaks) > _KEPT_LINES:
                del self._breaks[next(iter(self._breaks))]
        else:
            self._breaks[line] = self._breaks.pop(line)
        return kept[1]

    def row_of(self, line: int, offset: int) -> int:
        """Return which of a line's rows an offset stands in."""
        length = self._regular_length(line)
        if length is not None:
            return min(offset, max(length - 1, 0)) // self._columns
        return max(0, bisect_right(self.breaks(line), offset) - 1)

    def _regular_length(self, line: int) -> int | None:
        """Return the length of a line whose rows are full and as long as they have cells."""
        length = self._buffer.ascii_length(line)
        is_full = self._cut is row_breaks or length is None or length <= self._columns
        return length if is_full else None

    def _rows_of(self, line: int) -> int:
        length = self._regular_length(line)
        if length is not None:
            return -(-length // self._columns) or 1
        return len(self.breaks(line))

    def _spoil_breaks(self, from_line: int) -> None:
        for line in [line for line in self._breaks if line >= from_line]:
            spoilt = self._breaks.pop(line)
            if self._cut is row_breaks:
                self._stale[line] = spoilt

    @property
    def _sealed_total(self) -> int:
        return 0 if self._sealed is None else self._sealed.total


def _running_totals(rows: Iterable[int], base: int) -> Iterable[int]:
    return islice(accumulate(rows, initial=base), 1, None)
