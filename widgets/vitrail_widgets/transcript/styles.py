"""How text looks: colours and attributes as values, and the runs that carry them."""

from enum import IntEnum
from typing import Final, NamedTuple

TRUE_COLOUR: Final = 1 << 24
"""Set in a colour that is ``0xRRGGBB``; without it, it is an index into the palette of 256."""

CUBE: Final = (0, 95, 135, 175, 215, 255)
"""The six levels of xterm's 6x6x6 colour cube."""


class Underline(IntEnum):
    """The shape of an underline, by its number in ``CSI 4:n m``."""

    NONE = 0
    STRAIGHT = 1
    DOUBLE = 2
    CURLY = 3
    DOTTED = 4
    DASHED = 5


class TextStyle(NamedTuple):
    """The look of one stretch of text.

    A colour is None (the theme's own), an index 0-255 into the terminal palette, or
    ``TRUE_COLOUR | 0xRRGGBB``.

    Attributes:
        underline: One of ``Underline``, 0 for none.
        underline_colour: None for that of the text.
        blink: Which we show by no motion.
        conceal: Not to be seen, though it can be selected and copied.
        link: Where the text leads (OSC 8), as the kernel sent it: not to be trusted.
    """

    fg: int | None = None
    bg: int | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: int = 0
    reverse: bool = False
    strike: bool = False
    link: str | None = None
    underline_colour: int | None = None
    overline: bool = False
    blink: bool = False
    conceal: bool = False


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


def rgb_of(colour: int) -> int:
    """Return a terminal colour from 16 on, or a true one, as 0xRRGGBB."""
    if colour & TRUE_COLOUR:
        return colour & 0xFFFFFF
    if colour < 232:
        colour -= 16
        return CUBE[colour // 36] << 16 | CUBE[colour // 6 % 6] << 8 | CUBE[colour % 6]
    return (8 + 10 * (colour - 232)) * 0x010101
