"""A block that takes a while to be made: a note stands in its place until then."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QPainter

from vitrail_widgets.render.block import Block, Canvas, Clip, Place, Span
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.live import Reshaping

Finish = Callable[[Any], Block]


class DeferredBlock:
    """Shows one block until another one is there; then it is that one, to all who ask."""

    def __init__(
        self, before: Block, work: Callable[[], Any], finish: Finish, loader: ImageLoader
    ) -> None:
        """Have it made soon.

        Args:
            before: Stands there meanwhile.
            work: Runs on another thread, touches no object of the GUI's, and raises nothing.
            finish: Makes the block of what `work` returned, on this thread.
        """
        self._inner = before
        self._work: Callable[[], Any] | None = work
        self._finish = finish
        self._canvas: Canvas | None = None
        self._reshaped: Callable[[], None] = lambda: None
        loader.request(self, work, self._take)

    @property
    def inner(self) -> Block:
        """What is there."""
        return self._inner

    @property
    def is_complete(self) -> bool:
        """Whether what is there is what was to come."""
        return self._work is None

    def _take(self, made: Any) -> None:
        if self._work is None:
            return  # there was no time to wait for it
        self._work = None
        self._inner = self._finish(made)
        if isinstance(self._inner, Reshaping):
            self._inner.watch(self._reshaped)
        if self._canvas is not None:
            self._inner.resize(self._canvas)
        self._reshaped()

    def complete(self) -> None:
        """Make it now: a picture of the whole console cannot be painted again later."""
        if self._work is not None:
            self._take(self._work())

    # Block

    @property
    def height(self) -> int:
        """Height of what is there."""
        return self._inner.height

    @property
    def line_count(self) -> int:
        """Number of lines of what is there."""
        return self._inner.line_count

    def line(self, index: int) -> str:
        """Return the text of a line."""
        return self._inner.line(index)

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places."""
        return self._inner.text(start, end)

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas."""
        self._canvas = canvas
        self._inner.resize(canvas)

    def refresh(self, from_line: int) -> None:
        """Read the model again."""
        self._inner.refresh(from_line)

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw what is there."""
        self._inner.paint(painter, canvas, top, clip, selected)

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads."""
        return self._inner.link_at(place)

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        return self._inner.place_at(canvas, x, y)

    # What it may do besides

    def watch(self, reshaped: Callable[[], None]) -> None:
        """Call `reshaped` when it is there, and after each change of it."""
        self._reshaped = reshaped
        if isinstance(self._inner, Reshaping):
            self._inner.watch(reshaped)

    def enclosed_at(self, y: int) -> tuple[Block, int]:
        """Return what is there."""
        return self._inner, y
