"""Which colours numbers have: from low to high, or to both sides of zero; pure.

The diverging colours are made in OKLab (Björn Ottosson, 2020), in which equal steps look equal:
lightness and chroma change evenly from the middle to either end. Blue and orange are told apart by
protanopes, deuteranopes and tritanopes too. The middle is next to the ground, light or dark.
"""

import math
from enum import StrEnum
from typing import Final

from vitrail_resources.translation import tr

LEAST_SIDE: Final = 0.1
"""Of the longer side of zero: a shorter one is no reason for a scale around zero."""

BLUE, ORANGE = math.radians(252), math.radians(58)
"""Hues of the ends."""

LIGHT: Final = (0.96, 0.47, 0.105)
DARK: Final = (0.26, 0.8, 0.095)
"""Lightness in the middle and at the ends, and chroma there."""


class Scale(StrEnum):
    """How colours are given to numbers."""

    SUITED = ""
    RISING = "rising"
    DIVERGING = "diverging"


SCALES: Final = {
    Scale.SUITED: tr("As it suits"),
    Scale.RISING: tr("From low to high"),
    Scale.DIVERGING: tr("Around zero"),
}
"""What users read."""


def is_diverging(chosen: Scale, low: float, high: float) -> bool:
    """Tell whether numbers get colours around zero.

    Args:
        chosen: What the user wants.
        low: The lowest number.
        high: The highest.
    """
    if chosen is Scale.SUITED:
        return low < 0 < high and min(-low, high) >= LEAST_SIDE * max(-low, high)
    return chosen is Scale.DIVERGING


def place_of(number: float, low: float, high: float) -> float:
    """Return where a number stands around zero: -1 to 1, as far as the longer side reaches."""
    reach = max(abs(low), abs(high))
    return max(-1.0, min(1.0, number / reach)) if reach else 0.0


def diverging_colour(place: float, *, is_dark: bool) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255, of a place from -1 to 1."""
    middle, end, chroma = DARK if is_dark else LIGHT
    far = abs(place)
    hue = ORANGE if place > 0 else BLUE
    lightness = middle + (end - middle) * far
    red, green, blue = _linear(
        lightness, chroma * far * math.cos(hue), chroma * far * math.sin(hue)
    )
    return _byte(red), _byte(green), _byte(blue)


def _linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """Return linear shares of red, green and blue of a colour in OKLab."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _byte(share: float) -> int:
    """Return a linear share as sRGB has it."""
    kept = max(0.0, min(1.0, share))
    coded = 12.92 * kept if kept <= 0.0031308 else 1.055 * kept ** (1 / 2.4) - 0.055
    return round(coded * 255)
