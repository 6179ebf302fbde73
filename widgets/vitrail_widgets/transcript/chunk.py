"""Lines that will not change again, packed: a few bytes more than their text."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_width
from vitrail_widgets.transcript.shape import Shape
from vitrail_widgets.transcript.styles import Run, StyledLine, TextStyle
from vitrail_widgets.transcript.wrapping import LONG_LINE

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
        max_width: Cells of the widest line, or more.
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
        self.max_width = max(map(len if text.isascii() else _width_bound, lines))
        is_long = len(text) > LONG_CHUNK
        self._packed: bytes | tuple[str, ...] = tuple(lines) if is_long else text.encode()
        # The first narrower window should not have to unpack everything.
        self._shape = Shape.of(lines) if self.max_width > NARROW else None
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

    def plain_text(self, first: int, stop: int) -> str:
        """Return those of the lines of the buffer [first, stop) that are here, joined."""
        if first <= self.start and stop >= self.start + self.count:
            packed = self._packed
            return "\n".join(packed) if isinstance(packed, tuple) else packed.decode()
        return "\n".join(self.texts()[max(first - self.start, 0) : stop - self.start])

    @property
    def is_shaped(self) -> bool:
        """Whether the lines need not be unpacked to be counted."""
        return self._shape is not None

    @property
    def shape(self) -> Shape:
        """How long the lines are."""
        if self._shape is None:
            self._shape = Shape.of(self.texts())
        return self._shape

    def lines(self) -> list[StyledLine]:
        """Return all lines with their styles; cheaper than line by line."""
        found = [StyledLine(text) for text in self.texts()]
        runs: dict[int, list[Run]] = {}
        values = self._run_values
        for index, start, end, style in zip(
            self._run_lines, values[::3], values[1::3], values[2::3], strict=True
        ):
            runs.setdefault(index, []).append(Run(start, end, self._styles[style]))
        for index, styled in runs.items():
            found[index] = StyledLine(found[index].text, tuple(styled))
        return found

    def row_total(self, columns: int) -> int:
        """Return how many rows the lines take at a width of *columns* cells."""
        if self.max_width <= columns:
            return self.count
        return self.shape.row_total(columns)

    def runs(self, index: int) -> tuple[Run, ...]:
        """Unpack the runs of a line, counted within the chunk."""
        first = bisect_left(self._run_lines, index)
        last = bisect_right(self._run_lines, index, lo=first)
        values = self._run_values[3 * first : 3 * last]
        return tuple(
            Run(start, end, self._styles[style])
            for start, end, style in zip(values[::3], values[1::3], values[2::3], strict=True)
        )


def _width_bound(line: str) -> int:
    # No code point is wider than two cells.
    return cell_width(line) if len(line) <= LONG_LINE else 2 * len(line)
