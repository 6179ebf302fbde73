"""Where the console is scrolled to, and what keeps it there while its content changes."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QScrollBar


class Anchor(NamedTuple):
    """What is at the upper edge: an entry and how many of its pixels are scrolled out."""

    entry_id: str
    offset: int


class Scroller(QObject):
    """Sticks to the end until the user scrolls up, then keeps in place what is being read.

    Signals:
        moved: Another part is visible; `following` may have changed.
    """

    moved = Signal()

    def __init__(self, bar: QScrollBar, find_anchor: Callable[[int], Anchor | None]) -> None:
        """Steer `bar`.

        Args:
            bar: Its value is the pixel at the upper edge.
            find_anchor: Returns what lies at a pixel.
        """
        super().__init__(bar)
        self._bar = bar
        self._find_anchor = find_anchor
        self._following = True
        self._arranging = False
        bar.valueChanged.connect(self._on_bar_value_changed)

    @property
    def following(self) -> bool:
        """Whether the end is shown, and will be when there is more."""
        return self._following

    @property
    def top(self) -> int:
        """The pixel at the upper edge."""
        return self._bar.value()

    def anchor(self) -> Anchor | None:
        """Return what to keep in place; None while the end is followed."""
        return None if self._following else self._find_anchor(self._bar.value())

    def follow(self) -> None:
        """Stick to the end from the next `arrange` on."""
        self._following = True

    def stay(self) -> None:
        """Keep in place what is shown now, also at the end, through the next `arrange`."""
        self._following = False

    def arrange(self, total: int, visible: int, kept: int | None) -> None:
        """Take new heights, in pixels; `kept` is where the upper edge is to be."""
        self._arranging = True
        self._bar.setRange(0, max(0, total - visible))
        self._bar.setPageStep(visible)
        self._bar.setEnabled(total > visible)
        if self._following:
            self._bar.setValue(self._bar.maximum())
        elif kept is not None:
            self._bar.setValue(kept)
        if self._bar.value() >= self._bar.maximum():  # what was below is gone
            self._following = True
        self._arranging = False

    def to_start(self) -> None:
        """Show the beginning."""
        self._bar.setValue(0)

    def by(self, pixels: int) -> None:
        """Scroll down by some pixels, up if negative."""
        self._bar.setValue(self._bar.value() + pixels)

    def by_pages(self, pages: float) -> None:
        """Scroll by a part of the visible height."""
        self.by(round(pages * self._bar.pageStep()))

    def reveal(self, rect: QRect, margin: int) -> None:
        """Scroll as little as needed to show a rectangle of the viewport."""
        below = rect.bottom() + margin - self._bar.pageStep()
        if below > 0:
            self.by(below)
        elif rect.top() < 0:
            self.by(rect.top() - margin)

    def _on_bar_value_changed(self, value: int) -> None:
        if not self._arranging:
            self._following = value >= self._bar.maximum()
        self.moved.emit()
