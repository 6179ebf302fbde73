"""Lines of text at a few bytes each: sealed chunks of packed lines and a tail that still moves."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import not_
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_width, is_narrow
from vitrail_widgets.transcript.open_line import OpenLine
from vitrail_widgets.transcript.styles import Run, StyledLine, TextStyle
from vitrail_widgets.transcript.wrapping import row_total

CHUNK_LINES: Final = 1024
TAIL_LINES: Final = 2 * CHUNK_LINES
"""Longest tail; when it grows beyond, its first ``CHUNK_LINES`` are sealed."""
_NO_RUNS: Final[Mapping[int, Sequence[Run]]] = {}


class Chunk:
    """``CHUNK_LINES`` lines that will not change again, as one UTF-8 string and packed runs.

    Attributes:
        start: Index of the first line.
        count: How many lines.
        max_width: Cells of the widest line.
    """

    __slots__ = (
        "_encoded",
        "_run_lines",
        "_run_values",
        "_shape",
        "_styles",
        "count",
        "max_width",
        "start",
    )

    def __init__(
        self, start: int, lines: Sequence[str], runs: Mapping[int, tuple[Run, ...]]
    ) -> None:
        text = "\n".join(lines)
        self.start = start
        self.count = len(lines)
        self.max_width = max(map(len if text.isascii() else cell_width, lines))
        self._encoded = text.encode()
        self._shape: _Shape | None = None
        styles: dict[TextStyle, int] = {}
        self._run_lines = array("H")
        self._run_values = array("I")
        for line in sorted(runs):
            for run in runs[line]:
                self._run_lines.append(line - start)
                style = styles.setdefault(run.style, len(styles))
                self._run_values.extend((run.start, run.end, style))
        self._styles = tuple(styles)

    def texts(self) -> list[str]:
        """Unpack the lines."""
        return self._encoded.decode().split("\n")

    def row_total(self, columns: int) -> int:
        """Return how many rows the lines take at a width of *columns* cells."""
        if self.max_width <= columns:
            return self.count
        if self._shape is None:
            self._shape = _Shape(self.texts())
        return self._shape.row_total(columns)

    def runs(self, index: int) -> tuple[Run, ...]:
        """Unpack the runs of a line, counted within the chunk."""
        first = bisect_left(self._run_lines, index)
        last = bisect_right(self._run_lines, index, lo=first)
        values = self._run_values[3 * first : 3 * last]
        return tuple(
            Run(start, end, self._styles[style])
            for start, end, style in zip(values[::3], values[1::3], values[2::3], strict=True)
        )


class _Shape:
    """How long the lines of a chunk are: enough to count their rows at any width, and small."""

    __slots__ = ("_counts", "_irregular", "_lengths")

    def __init__(self, texts: Sequence[str]) -> None:
        regular = [is_narrow(text) for text in texts]
        counts = Counter(map(len, compress(texts, regular)))
        self._lengths = array("I", counts.keys())
        self._counts = array("I", counts.values())
        self._irregular = tuple(compress(texts, map(not_, regular)))

    def row_total(self, columns: int) -> int:
        """Return how many rows the lines take at a width of *columns* cells."""
        pairs = zip(self._lengths, self._counts, strict=True)
        rows = sum((-(-length // columns) or 1) * count for length, count in pairs)
        return rows + sum(row_total(text, columns) for text in self._irregular)


class TextBuffer:
    """Lines under a cursor that writes at the end, or up to ``CHUNK_LINES`` above it.

    A last line that is empty does not count as a line: it is where the next text will go.

    Attributes:
        chunks: The sealed lines.
        open: The line under the cursor.
        open_index: Its index; ``len(buffer)`` when it is that empty last line.
    """

    __slots__ = ("_lines", "_runs", "_unpacked", "chunks", "open", "open_index")

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.open = OpenLine()
        self.open_index = 0
        self._lines: list[str] = [""]  # from tail_start on; stale at open_index
        self._runs: dict[int, tuple[Run, ...]] = {}
        self._unpacked: tuple[int, list[str]] = (-1, [])

    @property
    def tail_start(self) -> int:
        """Index of the first line that is not sealed."""
        return len(self.chunks) * CHUNK_LINES

    @property
    def row_total(self) -> int:
        """How many lines were begun, with the empty last one."""
        return self.tail_start + len(self._lines)

    @property
    def first_live(self) -> int:
        """Index of the first line that the cursor may go to."""
        return max(self.tail_start, self.row_total - CHUNK_LINES)

    def __len__(self) -> int:
        last = self.row_total - 1
        is_empty = not (self.open.length if last == self.open_index else self._lines[-1])
        return last if is_empty else last + 1

    def __getitem__(self, index: int) -> StyledLine:
        if index == self.open_index:
            return StyledLine(self.open.text, self.open.runs)
        if not 0 <= index < self.row_total:
            raise IndexError(index)
        if index >= self.tail_start:
            return StyledLine(self.text(index), self._runs.get(index, ()))
        chunk = self.chunks[index // CHUNK_LINES]
        return StyledLine(self.text(index), chunk.runs(index - chunk.start))

    def __iter__(self) -> Iterator[StyledLine]:
        return map(self.__getitem__, range(len(self)))

    def text(self, index: int) -> str:
        """Return the text of a line; *index* must be one."""
        if index == self.open_index:
            return self.open.text
        if index >= self.tail_start:
            return self._lines[index - self.tail_start]
        return self._unpack(index // CHUNK_LINES)[index % CHUNK_LINES]

    def ascii_length(self, index: int) -> int | None:
        """Return the length of a line that is ASCII, None for others; cheap while it grows."""
        if index == self.open_index and self.open.is_ascii:
            return self.open.length
        text = self.text(index)
        return len(text) if text.isascii() else None

    def plain_text(self) -> str:
        """Return all lines, without styles, each with a newline but the last."""
        packed = ["\n".join(chunk.texts()) for chunk in self.chunks]
        tail = [self.text(index) for index in range(self.tail_start, len(self))]
        return "\n".join(packed + tail)

    def newline(self) -> None:
        """Go to the start of the next line; begin one when there is none."""
        if self.open_index + 1 == self.row_total:
            self._lines.append("")
        self.move_to(self.open_index + 1)
        self._seal()

    def move_to(self, index: int) -> None:
        """Open another live line."""
        if index == self.open_index:
            return
        self._close()
        text = self._lines[index - self.tail_start]
        self.open = OpenLine(StyledLine(text, self._runs.pop(index, ())))
        self.open_index = index

    def extend(self, texts: list[str], runs: Mapping[int, Sequence[Run]] = _NO_RUNS) -> None:
        """Write many lines at once: the first goes on the open line, which must be the last.

        Args:
            texts: At least one, without newlines.
            runs: Line index in the buffer to the runs of what is new in that line.
        """
        self.open.append(texts[0])
        for run in runs.get(self.open_index, ()):
            self.open.add_run(run)
        if len(texts) == 1:
            return
        first, last = self.open_index, self.open_index + len(texts) - 1
        self._close()
        self._lines += texts[1:]
        self._runs.update({line: tuple(runs[line]) for line in runs if first < line < last})
        self.open = OpenLine(StyledLine(texts[-1], tuple(runs.get(last, ()))))
        self.open_index = last
        self._seal()

    def blank(self, first: int, stop: int) -> None:
        """Empty live lines; the open one must not be among them."""
        for line in range(first, stop):
            self._runs.pop(line, None)
        self._lines[first - self.tail_start : stop - self.tail_start] = [""] * (stop - first)

    def drop_after(self, index: int) -> None:
        """Forget the lines after *index*, where the cursor must be already."""
        for gone in range(index + 1, self.row_total):
            self._runs.pop(gone, None)
        del self._lines[index + 1 - self.tail_start :]

    def _close(self) -> None:
        self._lines[self.open_index - self.tail_start] = self.open.text
        if self.open.runs:
            self._runs[self.open_index] = self.open.runs

    def _seal(self) -> None:
        sealed = 0
        while len(self._lines) - sealed > TAIL_LINES:
            start = self.tail_start
            lines = self._lines[sealed : sealed + CHUNK_LINES]
            held = [line for line in range(start, start + CHUNK_LINES) if line in self._runs]
            runs = {line: self._runs.pop(line) for line in held}
            self.chunks.append(Chunk(start, lines, runs))
            sealed += CHUNK_LINES
        del self._lines[:sealed]

    def _unpack(self, chunk: int) -> list[str]:
        if self._unpacked[0] != chunk:
            self._unpacked = (chunk, self.chunks[chunk].texts())
        return self._unpacked[1]
