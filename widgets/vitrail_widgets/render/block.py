"""What the console stacks: blocks that know their height and draw themselves."""

import sys
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from PySide6.QtGui import QPainter

from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.formats import Formats
from vitrail_widgets.render.row_painter import RowPainter

LINE_END: Final = sys.maxsize
"""An offset that is not before the end of any line."""


@dataclass(frozen=True)
class Canvas:
    """What blocks are laid out for and drawn with; replaced when any of it changes.

    Attributes:
        x: Left edge of text, in the viewport.
        width: Pixels that text and pictures may take.
        columns: Cells of the code font in a row.
    """

    theme: Theme
    metrics: Metrics
    x: int
    width: int
    columns: int
    formats: Formats = field(init=False)
    rows: RowPainter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "formats", Formats(self.theme))
        object.__setattr__(self, "rows", RowPainter(self.metrics))


class Place(NamedTuple):
    """A position in a block's text: a line and a code point offset in it."""

    line: int
    offset: int


class Span(NamedTuple):
    """The selected part of a block; `end` is None when all from `start` on is selected."""

    start: Place
    end: Place | None


class Clip(NamedTuple):
    """The part of the viewport that is to be drawn, in its pixels: [top, bottom)."""

    top: int
    bottom: int


class Block(Protocol):
    """One input, output or notice of the console.

    All text of a block is addressable as lines, whatever it looks like, so that
    selection, copy and search need not know what it draws.
    """

    @property
    def height(self) -> int:
        """Height in pixels for the canvas of the last `resize`."""
        ...

    @property
    def line_count(self) -> int:
        """Number of lines that can be selected; at least one."""
        ...

    def line(self, index: int) -> str:
        """Return the text of a line."""
        ...

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places, lines joined by newlines."""
        ...

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas. It is called before anything is drawn."""
        ...

    def refresh(self, from_line: int) -> None:
        """Read the model again, which changed from `from_line` on."""
        ...

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw what lies in `clip`; the block's upper edge is at `top` of the viewport."""
        ...

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads, as the kernel said: not to be trusted."""
        ...

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point given from the block's upper left corner."""
        ...
