"""Where the page of a value gets what it shows."""

from collections.abc import Callable
from typing import Protocol

from vitrail_widgets.objects.look import Look
from vitrail_widgets.objects.value import Shown

At = tuple[int, ...]
"""Indices of an element, one for each axis."""


class ValueSource(Protocol):
    """Knows how an object is looked at, and can be asked for more of it."""

    @property
    def look(self) -> Look:
        """How it is looked at."""
        ...

    @property
    def shown(self) -> Shown | None:
        """What the object wrote of itself; None before it was asked to."""
        ...

    def look_at(self, look: Look) -> None:
        """Look at it in another way."""
        ...

    def tell_element(self, at: At, tell: Callable[[At, str], object]) -> None:
        """Have an element written in full; `tell` hears it, if that can be said."""
        ...

    def show_itself(self) -> None:
        """Have the object write itself, which runs its own code."""
        ...

    def forget_shown(self) -> None:
        """Forget what the object wrote of itself."""
        ...
