"""The rows of sealed lines: a new width is counted for whole groups of chunks."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Final

from vitrail_widgets.transcript.chunk import CHUNK_LINES, Chunk
from vitrail_widgets.transcript.shape import Shape
from vitrail_widgets.transcript.wrapping import row_total

GROUP_CHUNKS: Final = 32
_KEPT_GROUPS: Final = 4
_KEPT_CHUNKS: Final = 4


class SealedRows:
    """Counts the rows of chunks at one width.

    Lines of a few hundred lengths are as quickly counted when they are thirty thousand as when they
    are a thousand; which chunk of a group has which rows is found when somebody looks there.
    """

    def __init__(self, chunks: Sequence[Chunk], columns: int) -> None:
        """Count the rows of `chunks`, to which more may be added before `follow`."""
        self._chunks = chunks
        self._columns = columns
        self._groups: list[_Group] = []
        self._group_ends: list[int] = []
        self._last = _Group()
        self._last_ends: list[int] = []  # rows up to the end of each of its chunks, from its start
        self._inside: OrderedDict[int, list[int]] = OrderedDict()
        self._line_ends: OrderedDict[int, list[int]] = OrderedDict()

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._group_start(len(self._groups)) + (
            self._last_ends[-1] if self._last_ends else 0
        )

    def follow(self) -> None:
        """Count chunks that came since."""
        done = len(self._groups) * GROUP_CHUNKS + len(self._last_ends)
        for chunk in islice(self._chunks, done, None):
            rows = chunk.row_total(self._columns)
            self._last_ends.append(rows + (self._last_ends[-1] if self._last_ends else 0))
            self._last.add(chunk)
            if len(self._last_ends) == GROUP_CHUNKS:
                self._group_ends.append(self.total)
                self._groups.append(self._last)
                self._last, self._last_ends = _Group(), []

    def set_columns(self, columns: int) -> None:
        """Count anew at another width."""
        self._columns = columns
        self._inside.clear()
        self._line_ends.clear()
        self._group_ends = list(accumulate(group.row_total(columns) for group in self._groups))
        self._last_ends = list(accumulate(chunk.row_total(columns) for chunk in self._last.chunks))

    def before(self, line: int) -> int:
        """Return the first row of a line."""
        chunk, index = divmod(line, CHUNK_LINES)
        return self._chunk_start(chunk) + (self._rows_in_chunk(chunk, index) if index else 0)

    def line_at(self, row: int) -> int:
        """Return the line that a row is of; there must be one."""
        group = bisect_right(self._group_ends, row)
        inside = bisect_right(self._ends_in(group), row - self._group_start(group))
        chunk = group * GROUP_CHUNKS + inside
        return chunk * CHUNK_LINES + self._index_in_chunk(chunk, row - self._chunk_start(chunk))

    def _chunk_start(self, chunk: int) -> int:
        group, index = divmod(chunk, GROUP_CHUNKS)
        return self._group_start(group) + (self._ends_in(group)[index - 1] if index else 0)

    def _is_unwrapped(self, chunk: int) -> bool:
        return self._chunks[chunk].max_width <= self._columns

    def _rows_in_chunk(self, chunk: int, index: int) -> int:
        return index if self._is_unwrapped(chunk) else self._ends_in_chunk(chunk)[index - 1]

    def _index_in_chunk(self, chunk: int, row: int) -> int:
        return row if self._is_unwrapped(chunk) else bisect_right(self._ends_in_chunk(chunk), row)

    def _ends_in_chunk(self, chunk: int) -> list[int]:
        ends = self._line_ends.get(chunk)
        if ends is None:
            rows = (row_total(text, self._columns) for text in self._chunks[chunk].texts())
            ends = self._line_ends[chunk] = list(accumulate(rows))
            if len(self._line_ends) > _KEPT_CHUNKS:
                self._line_ends.popitem(last=False)
        return ends

    def _group_start(self, group: int) -> int:
        return self._group_ends[group - 1] if group else 0

    def _ends_in(self, group: int) -> list[int]:
        if group == len(self._groups):
            return self._last_ends
        ends = self._inside.get(group)
        if ends is None:
            rows = (chunk.row_total(self._columns) for chunk in self._groups[group].chunks)
            ends = self._inside[group] = list(accumulate(rows))
            if len(self._inside) > _KEPT_GROUPS:
                self._inside.popitem(last=False)
        return ends


class _Group:
    """Chunks that follow each other, and the shape of all their lines as far as it is known."""

    __slots__ = ("_count", "_max_width", "_shape", "_unshaped", "chunks")

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self._count = 0
        self._max_width = 0
        self._shape = Shape()
        self._unshaped: list[Chunk] = []

    def add(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        self._count += chunk.count
        self._max_width = max(self._max_width, chunk.max_width)
        if chunk.is_shaped:
            self._shape.add(chunk.shape)
        else:
            self._unshaped.append(chunk)

    def row_total(self, columns: int) -> int:
        if self._max_width <= columns:
            return self._count
        unwrapped = [chunk for chunk in self._unshaped if chunk.max_width <= columns]
        if len(unwrapped) < len(self._unshaped):
            for chunk in self._unshaped:
                self._shape.add(chunk.shape)
            self._unshaped, unwrapped = [], []
        return self._shape.row_total(columns) + sum(chunk.count for chunk in unwrapped)
