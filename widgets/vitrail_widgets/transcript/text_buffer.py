"""Lines of text at a few bytes each: sealed chunks of packed lines and a tail that still moves."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vitrail_widgets.transcript.chunk import CHUNK_LINES, Chunk
from vitrail_widgets.transcript.open_line import OpenLine, run_end, run_start
from vitrail_widgets.transcript.styles import Run, StyledLine

TAIL_LINES: Final = 2 * CHUNK_LINES
"""Longest tail; when it grows beyond, its first ``CHUNK_LINES`` are sealed."""
_NOTHING: Final[tuple[int, Sequence[str]]] = (-1, ())
_NO_RUNS: Final[Mapping[int, Sequence[Run]]] = {}


class TextBuffer:
    """Lines under a cursor that writes at the end, or up to ``CHUNK_LINES`` above it.

    A last line that is empty does not count as a line: it is where the next text will go.

    Attributes:
        chunks: The sealed lines.
        open: The line under the cursor.
        open_index: Its index; ``len(buffer)`` when it is that empty last line.
        tail_start: Index of the first line that is not sealed.
    """

    __slots__ = ("_lines", "_runs", "_unpacked", "chunks", "open", "open_index", "tail_start")

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.open = OpenLine()
        self.open_index = 0
        self.tail_start = 0
        self._lines: list[str] = [""]  # from tail_start on; stale at open_index
        self._runs: dict[int, tuple[Run, ...]] = {}
        self._unpacked: tuple[int, Sequence[str]] = _NOTHING

    @property
    def row_total(self) -> int:
        """How many lines were begun, with the empty last one."""
        return self.tail_start + len(self._lines)

    @property
    def first_live(self) -> int:
        """Index of the first line that the cursor may go to."""
        return max(self.tail_start, self.row_total - CHUNK_LINES)

    @property
    def ends_with_newline(self) -> bool:
        """Whether the last line is empty, and there is one before it."""
        return self.row_total > 1 and len(self) < self.row_total

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

    def section(self, index: int, start: int, end: int) -> StyledLine:
        """Return a part of a line, its runs counted from *start*; cheap on lines of many runs."""
        text, runs = self[index]
        first = bisect_right(runs, start, key=run_end)
        last = bisect_left(runs, end, key=run_start) if start < end else first
        inside = (
            Run(max(run.start, start) - start, min(run.end, end) - start, run.style)
            for run in runs[first:last]
        )
        return StyledLine(text[start:end], tuple(inside))

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

    def plain_text(self, first: int = 0, stop: int | None = None) -> str:
        """Return the lines from *first* up to *stop*, without styles, joined by newlines."""
        stop = len(self) if stop is None else min(stop, len(self))
        parts = [
            chunk.plain_text(first, stop)
            for chunk in self.chunks[first // CHUNK_LINES : -(-stop // CHUNK_LINES)]
        ]
        parts += [self.text(index) for index in range(max(first, self.tail_start), stop)]
        return "\n".join(parts)

    def newline(self) -> None:
        """Go to the start of the next line; begin one when there is none."""
        if self.open_index + 1 < self.row_total:
            self.move_to(self.open_index + 1)
            return
        self._close()
        self._lines.append("")
        self.open = OpenLine()
        self.open_index += 1
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

    def insert_lines(self, count: int) -> None:
        """Begin empty lines before the open one; the first of them is open then."""
        row = self.open_index
        self._close()
        self._shift_runs(row, count)
        at = row - self.tail_start
        self._lines[at:at] = [""] * count
        self.open = OpenLine()
        self._seal()

    def delete_lines(self, count: int) -> None:
        """Take the open line and some after it out; the next one, or an empty one, is open then."""
        row = self.open_index
        count = min(count, self.row_total - row)
        self._close()
        for gone in range(row, row + count):
            self._runs.pop(gone, None)
        self._shift_runs(row + count, -count)
        at = row - self.tail_start
        del self._lines[at : at + count]
        if at == len(self._lines):
            self._lines.append("")
        self.open = OpenLine(StyledLine(self._lines[at], self._runs.pop(row, ())))

    def _shift_runs(self, first: int, by: int) -> None:
        moved = {line: runs for line, runs in self._runs.items() if line >= first}
        for line in moved:
            del self._runs[line]
        self._runs.update({line + by: runs for line, runs in moved.items()})

    def _close(self) -> None:
        self._lines[self.open_index - self.tail_start] = self.open.text
        if self.open.runs:
            self._runs[self.open_index] = self.open.runs

    def _seal(self) -> None:
        if len(self._lines) <= TAIL_LINES:
            return
        sealed = 0
        while len(self._lines) - sealed > TAIL_LINES:
            start = self.tail_start
            stop = self.tail_start = start + CHUNK_LINES
            held = [line for line in range(start, stop) if line in self._runs]
            runs = {line: self._runs.pop(line) for line in held}
            lines = self._lines[sealed : sealed + CHUNK_LINES]
            self.chunks.append(Chunk(start, lines, runs))
            sealed += CHUNK_LINES
        del self._lines[:sealed]

    def _unpack(self, chunk: int) -> Sequence[str]:
        if self._unpacked[0] != chunk:
            self._unpacked = (chunk, self.chunks[chunk].texts())
        return self._unpacked[1]
