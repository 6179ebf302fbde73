"""What a block may do beside being drawn: each is optional, and asked for by its protocol."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QImage

from vitrail_widgets.render.block import Block


@runtime_checkable
class Reshaping(Protocol):
    """A block that changes by itself: what it shows, or its height."""

    def watch(self, reshaped: Callable[[], None]) -> None:
        """Call `reshaped` after each change."""
        ...


@runtime_checkable
class Succeeding(Protocol):
    """A block that takes a while to be drawn, and meanwhile looks like the one it replaces."""

    def succeed(self, before: Block) -> None:
        """Look like this one, if it is of the same kind, until there is more to show."""
        ...


@runtime_checkable
class Enclosing(Protocol):
    """A block that shows others: what the pointer does is done to those."""

    def enclosed_at(self, y: int) -> tuple[Block, int]:
        """Return the block at a height, and the height in it."""
        ...


@runtime_checkable
class Clickable(Protocol):
    """A block that does something when it is clicked. Points count from its upper left corner."""

    def is_clickable(self, x: int, y: int) -> bool:
        """Tell whether a click there does something."""
        ...

    def click(self, x: int, y: int) -> bool:
        """Do it; say whether there was something to do."""
        ...


@runtime_checkable
class Sideways(Protocol):
    """A block that may be wider than the console."""

    def scroll_sideways(self, pixels: int) -> bool:
        """Move what is seen to the right; say whether the block can be moved at all."""
        ...


@runtime_checkable
class Copied(Protocol):
    """A block that can be copied in other forms than its text."""

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:
        """Return the forms by what a menu calls them; some depend on the point."""
        ...


@runtime_checkable
class Pictured(Protocol):
    """A block that is a picture."""

    @property
    def mime(self) -> str:
        """The type in which it came."""
        ...

    @property
    def original(self) -> bytes:
        """What came."""
        ...

    @property
    def harmless(self) -> bytes:
        """What came, without what another program might run; ValueError where it cannot be had."""
        ...

    def picture(self) -> QImage:
        """Return it at its own size."""
        ...
