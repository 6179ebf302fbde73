"""Lines that will not change again, packed: a few bytes more than their text."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_width, is_narrow
from vitrail_widgets.transcript.styles import Run, TextStyle
from vitrail_widgets.transcript.wrapping import row_total

CHUNK_LINES: Final = 1024
LONG_CHUNK: Final = 1 << 20
"""Code points above which lines are not packed: they are so long that it would save nothing."""
NARROW: Final = 40
"""Cells; a window is hardly ever narrower."""


class Chunk:
    """``CHUNK_LINES`` lines that will not change again, packed into a few objects.

    Attributes:
        start: Index of the first line.
        count: How many lines.
        max_width: Cells of the widest line.
    """

    __slots__ = (
        "_packed",
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
        is_long = len(text) > LONG_CHUNK
        self._packed: bytes | tuple[str, ...] = tuple(lines) if is_long else text.encode()
        # The first narrower window should not have to unpack everything.
        is_wide = text.isascii() and self.max_width > NARROW
        self._shape = _Shape(lines) if is_wide else None
        styles: dict[TextStyle, int] = {}
        self._run_lines = array("H")
        self._run_values = array("I")
        for line in sorted(runs):
            for run in runs[line]:
                self._run_lines.append(line - start)
                style = styles.setdefault(run.style, len(styles))
                self._run_values.extend((run.start, run.end, style))
        self._styles = tuple(styles)

    def texts(self) -> Sequence[str]:
        """Return the lines, unpacked."""
        if isinstance(self._packed, tuple):
            return self._packed
        return self._packed.decode().split("\n")

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
        self._irregular = tuple(text for text in texts if not (text.isascii() or is_narrow(text)))
        counts = Counter(map(len, texts))
        counts.subtract(map(len, self._irregular))
        self._lengths = array("I", counts.keys())
        self._counts = array("I", counts.values())

    def row_total(self, columns: int) -> int:
        """Return how many rows the lines take at a width of *columns* cells."""
        pairs = zip(self._lengths, self._counts, strict=True)
        rows = sum((-(-length // columns) or 1) * count for length, count in pairs)
        return rows + sum(row_total(text, columns) for text in self._irregular)
