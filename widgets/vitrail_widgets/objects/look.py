"""How a value is looked at: which part of it, in how many pixels."""

from dataclasses import dataclass
from typing import Any, Final

from vitrail_widgets.objects.scales import Scale

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What of a value is wanted.

    Attributes:
        width: Device pixels that there are, in either direction.
        height: The same.
        x: First index and the one after the last, of what goes from left to right; None for all.
        y: The same for what goes from top to bottom.
        axes: Of an array with several: the one that goes down, the one that goes right.
        at: Indices at which the other axes stay, one for every axis.
        part: Of complex numbers, or the field of a structured array.
        way: Of several in which it can be shown.
        offset: Of the first character, byte or item.
        colours: Those of a map; this the kernel is not told.
    """

    width: int = 400
    height: int = 300
    x: Span | None = None
    y: Span | None = None
    axes: Span | None = None
    at: tuple[int, ...] = ()
    part: str = ""
    way: str = ""
    offset: int = 0
    colours: Scale = Scale.SUITED

    @property
    def question(self) -> dict[str, Any]:
        """The look as the probe takes it."""
        told = {name: getattr(self, name) for name in self.__slots__ if name != "colours"}
        return {name: value for name, value in told.items() if value not in (None, (), "")}


DEFAULT: Final = Look()
