"""The line under the cursor: text that grows at its end for nothing and can be overwritten.

Columns are cells of a terminal, from 0; where in the text one is depends on the characters before.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate

from vitrail_widgets.transcript.cell_width import cell_width, cell_widths, is_narrow_at_sight
from vitrail_widgets.transcript.styles import PLAIN, Run, StyledLine, TextStyle

_MANY_PARTS = 64


def run_start(run: Run) -> int:
    """Return the start, as a key to search by."""
    return run.start


def run_end(run: Run) -> int:
    """Return the end, as a key to search by."""
    return run.end


def add_run(runs: list[Run], run: Run) -> None:
    """Add a run at the end; when it continues the last one, that grows instead."""
    if runs and runs[-1].end == run.start and runs[-1].style == run.style:
        runs[-1] = Run(runs[-1].start, run.end, run.style)
    else:
        runs.append(run)


class OpenLine:
    """A line being written.

    The text is a list of parts that are joined when somebody reads it, so that a long line which
    arrives in many pieces, or whose beginning is rewritten, costs only what is new.

    Attributes:
        length: In code points.
        is_ascii: Whether it is surely ASCII; False only says that some part was not.
    """

    __slots__ = ("_parts", "_runs", "_runs_read", "_width", "is_ascii", "length")

    def __init__(self, line: StyledLine = StyledLine("")) -> None:  # noqa: B008 immutable
        self._parts = [line.text] if line.text else []
        self._runs = list(line.runs)
        self._runs_read: tuple[Run, ...] | None = line.runs
        self.length = len(line.text)
        self.is_ascii = line.text.isascii()
        self._width: int | None = None

    @property
    def width(self) -> int:
        """In cells."""
        if self.is_ascii:
            return self.length
        if self._width is None:
            self._width = cell_width(self.text)
        return self._width

    @property
    def text(self) -> str:
        """The text so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def runs(self) -> tuple[Run, ...]:
        """The styled stretches so far."""
        if self._runs_read is None:
            self._runs_read = tuple(self._runs)
        return self._runs_read

    def append(self, text: str, style: TextStyle = PLAIN) -> None:
        """Write at the end."""
        start = self.length
        if self.is_ascii:
            self._width = None if text.isascii() else start + cell_width(text)
        elif self._width is not None:
            self._width += cell_width(text)
        self._parts.append(text)
        self.is_ascii = self.is_ascii and text.isascii()
        self.length = start + len(text)
        if style != PLAIN and text:
            self.add_run(Run(start, self.length, style))

    def add_run(self, run: Run) -> None:
        """Style text at the end of what is styled already; adjoining equal runs become one."""
        self._runs_read = None
        add_run(self._runs, run)

    def write(self, column: int, text: str, style: TextStyle = PLAIN) -> None:
        """Write over what is at *column*; a gap before it is filled with spaces."""
        width = self.width
        if column >= width:
            self.append(" " * (column - width))
            self.append(text, style)
        elif self._has_narrow_cells and is_narrow_at_sight(text):
            over = text[: self.length - column]
            if over:
                self._overwrite(column, over, style)
            self.append(text[len(over) :], style)
        else:
            self._put_for(column, column + cell_width(text), text, style)

    def truncate(self, column: int) -> None:
        """Drop everything from *column* on."""
        if column < self.width:
            self._truncate(self._boundary(column))

    def insert_gap(self, column: int, count: int) -> None:
        """Put plain spaces before what is at *column*, which moves to the right."""
        if column < self.width:
            self._put_for(column, column, " " * count)

    def cut(self, column: int, count: int) -> None:
        """Take out what is at *column*; what comes after it moves to the left."""
        if column < self.width:
            self._put_for(column, column + count, "")

    @property
    def _has_narrow_cells(self) -> bool:
        """Whether each code point is a cell."""
        return self.is_ascii or is_narrow_at_sight(self.text)

    def _put_for(self, column: int, end: int, text: str, style: TextStyle = PLAIN) -> None:
        """Put text in the place of the cells from *column* up to *end*."""
        start = self._boundary(column)
        end = self._boundary(end)
        whole, runs = self.text, self.runs
        self._truncate(start)
        self.append(text, style)
        self._append_rest(whole, runs, end)

    def _boundary(self, column: int) -> int:
        """Return where in the text a column begins.

        A wide character of which it would be the second half becomes two blanks.
        """
        if self._has_narrow_cells:
            return min(column, self.length)
        at, first = 0, 0
        for index, width in enumerate(cell_widths(self.text)):
            if width and at >= column:
                return index if at == column else self._halve(first, index)
            first = index if width else first
            at += width
        return self.length if at <= column else self._halve(first, self.length)

    def _halve(self, start: int, end: int) -> int:
        """Make blanks of a wide cluster; return where the second is."""
        text, runs = self.text, self.runs
        style = next((run.style for run in runs if run.start <= start < run.end), PLAIN)
        self._truncate(start)
        self.append("  ", style)
        self._append_rest(text, runs, end)
        return start + 1

    def _truncate(self, index: int) -> None:
        if index >= self.length:
            return
        self._replace_parts(index, self.length, "")
        self._replace_runs(index, self.length, [])
        self.length = index
        self._width = None

    def _append_rest(self, text: str, runs: tuple[Run, ...], start: int) -> None:
        """Write the part of another line that begins at an index."""
        shift = self.length - start
        self.append(text[start:])
        for run in runs[bisect_right(runs, start, key=run_end) :]:
            self.add_run(Run(max(run.start, start) + shift, run.end + shift, run.style))

    def _overwrite(self, start: int, text: str, style: TextStyle) -> None:
        end = start + len(text)
        self.is_ascii = self.is_ascii and text.isascii()
        self._width = None
        self._replace_parts(start, end, text)
        self._replace_runs(start, end, [] if style == PLAIN else [Run(start, end, style)])

    def _replace_parts(self, start: int, end: int, text: str) -> None:
        if len(self._parts) > _MANY_PARTS:
            self._parts = ["".join(self._parts)]
        ends = list(accumulate(map(len, self._parts)))
        first = bisect_right(ends, start)
        last = bisect_left(ends, end)
        before = self._parts[first][: start - (ends[first] - len(self._parts[first]))]
        after = self._parts[last][len(self._parts[last]) - (ends[last] - end) :]
        self._parts[first : last + 1] = [part for part in (before, text, after) if part]

    def _replace_runs(self, start: int, end: int, new: list[Run]) -> None:
        self._runs_read = None
        first = bisect_right(self._runs, start, key=run_end)
        last = bisect_left(self._runs, end, key=run_start)
        old = self._runs[first:last]
        before = [Run(old[0].start, start, old[0].style)] if old and old[0].start < start else []
        after = [Run(end, old[-1].end, old[-1].style)] if old and old[-1].end > end else []
        tail = self._runs[last:]
        del self._runs[first:]
        for run in before + new + after:
            self.add_run(run)
        if tail:
            self.add_run(tail[0])
            self._runs += tail[1:]
