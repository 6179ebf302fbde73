"""Where the text of a block stands: what is marked, gone to and underlined.

Blocks of text know it. Of others, tables for one, it is found by asking what lies at a point; there
a line is marked as a whole.
"""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF

from vitrail_widgets.render.block import Block, Canvas


@runtime_checkable
class Placed(Protocol):
    """A block that knows where its lines stand; pixels count from its upper left text edge."""

    def lines_in(self, top: int, bottom: int) -> Iterable[int]:
        """Return the lines that touch the pixels [top, bottom)."""
        ...

    def line_top(self, line: int) -> int:
        """Return where a line begins. Cheap; the one after the last line begins at the end."""
        ...

    def rects(self, canvas: Canvas, line: int, start: int, end: int) -> list[QRectF]:
        """Return where the code points [start, end) of a line stand, one rectangle for each row."""
        ...


def placed(block: Block, canvas: Canvas) -> Placed:
    """Return what knows where the text of a block stands."""
    return block if isinstance(block, Placed) else _Probed(block, canvas)


class _Probed:
    """Finds lines by asking a block what is at a height."""

    def __init__(self, block: Block, canvas: Canvas) -> None:
        self._block, self._canvas = block, canvas

    def lines_in(self, top: int, bottom: int) -> range:
        """Return the lines that touch the pixels [top, bottom)."""
        top, bottom = max(0, top), min(bottom, self._block.height)
        return (
            range(self._line_at(top), self._line_at(bottom - 1) + 1) if top < bottom else range(0)
        )

    def line_top(self, line: int) -> int:
        """Return where a line begins."""
        low, high = 0, self._block.height
        while low < high:
            middle = (low + high) // 2
            if self._line_at(middle) < line:
                low = middle + 1
            else:
                high = middle
        return low

    def rects(self, canvas: Canvas, line: int, start: int, end: int) -> list[QRectF]:
        """Return where a line stands as a whole."""
        del start, end
        top = self.line_top(line)
        return [QRectF(0, top, canvas.width, max(1, self.line_top(line + 1) - top))]

    def _line_at(self, y: int) -> int:
        return self._block.place_at(self._canvas, 0, y).line
