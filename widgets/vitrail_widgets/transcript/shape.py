"""How long many lines are: enough to count their rows at any width, and small."""

from collections.abc import Iterable, Sequence
from typing import Final

from vitrail_widgets.transcript.cell_width import cell_width, cell_widths, is_narrow, is_simple
from vitrail_widgets.transcript.wrapping import LONG_LINE, row_total

_WIDE: Final = 2


class Shape:
    """The lengths of lines, and those lines that have to be looked at again for some widths."""

    __slots__ = ("_irregular", "_regular")

    def __init__(self) -> None:
        self._regular: dict[int, int] = {}  # length in cells of one cell each -> how many lines
        # Cells and those of the widest cluster -> the lines.
        self._irregular: dict[tuple[int, int], list[str]] = {}

    @staticmethod
    def of(texts: Sequence[str]) -> "Shape":
        """Return the shape of lines."""
        shape = Shape()
        regular = shape._regular
        for text in texts:
            if text.isascii() or (len(text) <= LONG_LINE and is_narrow(text)):
                regular[len(text)] = regular.get(len(text), 0) + 1
            else:
                shape._irregular.setdefault(_extent(text), []).append(text)
        return shape

    @staticmethod
    def joined(shapes: Iterable["Shape"]) -> "Shape":
        """Return the shape of all lines of some shapes."""
        made = Shape()
        for shape in shapes:
            made.add(shape)
        return made

    def add(self, other: "Shape") -> None:
        """Count the lines of another shape, too."""
        regular = self._regular
        for length, count in other._regular.items():
            regular[length] = regular.get(length, 0) + count
        for extent, texts in other._irregular.items():
            self._irregular.setdefault(extent, []).extend(texts)

    def row_total(self, columns: int) -> int:
        """Return how many rows the lines take at a width of *columns* cells."""
        rows = sum((-(-length // columns) or 1) * count for length, count in self._regular.items())
        for (cells, widest), texts in self._irregular.items():
            least = -(-cells // columns) or 1
            # A cluster that does not fit leaves less than its own width empty.
            most = -(-cells // (columns - widest + 1)) or 1 if columns >= widest else 0
            is_known = least == most and widest
            rows += least * len(texts) if is_known else sum(row_total(t, columns) for t in texts)
        return rows


def _extent(text: str) -> tuple[int, int]:
    """Return the cells of a line and of its widest cluster; the latter 0 if it is too long."""
    if len(text) > LONG_LINE:
        return 0, 0
    if is_simple(text):
        return cell_width(text), _WIDE
    widths = list(cell_widths(text))
    return sum(widths), max(widths, default=0)
