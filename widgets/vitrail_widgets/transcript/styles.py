"""How text looks: colours and attributes as values, and the runs that carry them."""

from typing import Final, NamedTuple

TRUE_COLOUR: Final = 1 << 24
"""Set in a colour that is ``0xRRGGBB``; without it, it is an index into the palette of 256."""


class TextStyle(NamedTuple):
    """The look of one stretch of text.

    A colour is None (the theme's own), an index 0-255 into the terminal palette, or
    ``TRUE_COLOUR | 0xRRGGBB``.

    Attributes:
        link: Where the text leads (OSC 8), as the kernel sent it: not to be trusted.
    """

    fg: int | None = None
    bg: int | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False
    link: str | None = None


PLAIN: Final = TextStyle()


class Run(NamedTuple):
    """A styled stretch of a line: code point offsets, end exclusive, never empty."""

    start: int
    end: int
    style: TextStyle


class StyledLine(NamedTuple):
    """One line without its newline; runs are sorted, disjoint and never plain."""

    text: str
    runs: tuple[Run, ...] = ()


def true_colour(red: int, green: int, blue: int) -> int:
    """Return the colour of three components; what is above 255 counts as 255."""
    return TRUE_COLOUR | min(red, 255) << 16 | min(green, 255) << 8 | min(blue, 255)
