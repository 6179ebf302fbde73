"""Where the page of a value gets what it shows."""

from collections.abc import Callable, Mapping
from typing import Protocol

from vitrail_widgets.objects.look import Look
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Items, Shown

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

    @property
    def branches(self) -> Mapping[Target, Items]:
        """What was opened below it, and what that holds."""
        ...

    def open_item(self, place: Target) -> None:
        """Find out what stands below an item, or more of that."""
        ...

    def seek(
        self, typed: str, after: int | None, tell: Callable[[str, int | None], object]
    ) -> None:
        """Have the place of a key told; `tell` hears it, and None where no key is like that.

        Args:
            typed: The key as it is written, or a part of it.
            after: A place, to look for the next key in which that stands; None for the key itself
                where it is there.
            tell: Takes what was typed, and the place.
        """
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
