"""Arithmetic of colours, as plain numbers 0xRRGGBB; no Qt, so that exports can do without it."""

from functools import lru_cache

READABLE = 4.5  # WCAG 2.2, 1.4.3
MIXING_STEPS = 16  # from a colour that cannot be read to black or white


@lru_cache(maxsize=4096)
def readable_rgb(colour: int, ground: int, least: float = READABLE) -> int | None:
    """Return the nearest colour that can be read on `ground`; None where it is `colour` itself.

    In plain numbers: a picture made of text has thousands of colours on a screen.

    Args:
        colour: 0xRRGGBB.
        ground: Likewise.
        least: The contrast ratio that is wanted; on some grounds no colour has more than 4.5.
    """
    under = luminance(ground) + 0.05
    own = luminance(colour) + 0.05
    if max(own, under) >= least * min(own, under):
        return None
    darker = under * under > 0.05 * 1.05  # black stands out more than white
    end, wanted = (0, under / least) if darker else (0xFFFFFF, under * least)
    low, high = 0, MIXING_STEPS
    while high - low > 1:  # the nearer to the end, the better
        middle = (low + high) // 2
        reached = luminance(between(colour, end, middle)) + 0.05
        if reached <= wanted if darker else reached >= wanted:
            high = middle
        else:
            low = middle
    return between(colour, end, high)


def between(one: int, other: int, step: int) -> int:
    """Return a colour on the way from `one` to `other`; `step` of `MIXING_STEPS` have been gone."""
    rest = MIXING_STEPS - step
    red = ((one >> 16 & 255) * rest + (other >> 16 & 255) * step) // MIXING_STEPS
    green = ((one >> 8 & 255) * rest + (other >> 8 & 255) * step) // MIXING_STEPS
    blue = ((one & 255) * rest + (other & 255) * step) // MIXING_STEPS
    return red << 16 | green << 8 | blue


def mixed(one: int, other: int, share: float) -> int:
    """Return `one` with a share of `other` in it; all are 0xRRGGBB."""
    parts = ((one >> at & 255, other >> at & 255, at) for at in (16, 8, 0))
    return sum(round(a * (1 - share) + b * share) << at for a, b, at in parts)


def ratio(one: int, other: int) -> float:
    """Return the contrast ratio of two colours 0xRRGGBB, 1 to 21 (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: int) -> float:
    """Return the relative luminance of a colour 0xRRGGBB, 0 to 1 (WCAG 2.2)."""
    red, green, blue = rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(value / 255) for value in range(256))
