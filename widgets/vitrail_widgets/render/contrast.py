"""Arithmetic of colours, as plain numbers 0xRRGGBB; no Qt, so that exports can do without it."""

from functools import lru_cache

from vitrail_widgets.transcript.styles import TRUE_COLOUR

READABLE = 4.5  # WCAG 2.2, 1.4.3
MIXING_STEPS = 16  # from a colour that cannot be read to black or white
CUBE = (0, 95, 135, 175, 215, 255)  # the six levels of xterm's 6x6x6 colour cube


def rgb_of(colour: int) -> int:
    """Return a terminal colour from 16 on, or a true one, as 0xRRGGBB."""
    if colour & TRUE_COLOUR:
        return colour & 0xFFFFFF
    if colour < 232:
        colour -= 16
        return CUBE[colour // 36] << 16 | CUBE[colour // 6 % 6] << 8 | CUBE[colour % 6]
    return (8 + 10 * (colour - 232)) * 0x010101


@lru_cache(maxsize=4096)
def readable_rgb(colour: int, ground: int) -> int | None:
    """Return the nearest colour that can be read on `ground`; None where it is `colour` itself.

    Colours are 0xRRGGBB.

    In plain numbers: a picture made of text has thousands of colours on a screen.
    """
    under = luminance(ground) + 0.05
    own = luminance(colour) + 0.05
    if max(own, under) >= READABLE * min(own, under):
        return None
    darker = under * under > 0.05 * 1.05  # black stands out more than white
    end, wanted = (0, under / READABLE) if darker else (0xFFFFFF, under * READABLE)
    low, high = 0, MIXING_STEPS
    while high - low > 1:  # the nearer to the end, the better
        middle = (low + high) // 2
        reached = luminance(_between(colour, end, middle)) + 0.05
        if reached <= wanted if darker else reached >= wanted:
            high = middle
        else:
            low = middle
    return _between(colour, end, high)


def _between(one: int, other: int, step: int) -> int:
    rest = MIXING_STEPS - step
    red = ((one >> 16 & 255) * rest + (other >> 16 & 255) * step) // MIXING_STEPS
    green = ((one >> 8 & 255) * rest + (other >> 8 & 255) * step) // MIXING_STEPS
    blue = ((one & 255) * rest + (other & 255) * step) // MIXING_STEPS
    return red << 16 | green << 8 | blue


def luminance(rgb: int) -> float:
    """Return the relative luminance of a colour 0xRRGGBB, 0 to 1 (WCAG 2.2)."""
    red, green, blue = rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(value / 255) for value in range(256))
