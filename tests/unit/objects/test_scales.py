"""Colours around zero: even steps, told apart by everybody."""

import math
from itertools import pairwise

import pytest

from vitrail_widgets.objects.scales import Scale, diverging_colour, is_diverging, place_of

STEPS = 20
Lab = tuple[float, float, float]

SIMULATED = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Of linear red, green and blue: Machado, Oliveira and Fernandes, 2009."""


def linear(place: float, *, is_dark: bool) -> list[float]:
    shares = [one / 255 for one in diverging_colour(place, is_dark=is_dark)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]


def oklab(rgb: list[float]) -> Lab:
    red, green, blue = (max(0.0, one) for one in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def apart(one: Lab, other: Lab) -> float:
    return math.dist(one, other)


@pytest.mark.parametrize("is_dark", [False, True])
def test_equal_steps_look_equal(is_dark: bool) -> None:
    labs = [oklab(linear(step / STEPS, is_dark=is_dark)) for step in range(-STEPS, STEPS + 1)]
    steps = [apart(one, other) for one, other in pairwise(labs)]
    assert max(steps) <= 1.35 * min(steps)
    lights = [lab[0] for lab in labs]
    inner = lights[: STEPS + 1]
    assert inner == sorted(inner, reverse=is_dark)
    assert abs(lights[0] - lights[-1]) < 0.01, "neither side weighs more"


@pytest.mark.parametrize("kind", SIMULATED)
@pytest.mark.parametrize("is_dark", [False, True])
def test_both_sides_are_told_apart_without_a_kind_of_cone(kind: str, is_dark: bool) -> None:
    def seen(place: float) -> Lab:
        rgb = linear(place, is_dark=is_dark)
        rows = SIMULATED[kind]
        return oklab(
            [sum(share * one for share, one in zip(row, rgb, strict=True)) for row in rows]
        )

    for place in (0.4, 0.7, 1.0):
        assert apart(seen(place), seen(-place)) > 0.05 * place


def test_the_middle_has_no_colour() -> None:
    for is_dark in (False, True):
        assert len(set(diverging_colour(0.0, is_dark=is_dark))) == 1


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-1, 1, True), (-1, 8, True), (-1, 100, False), (0, 5, False), (-5, 0, False), (2, 3, False)],
)
def test_numbers_on_both_sides_of_zero_suit_a_scale_around_it(
    low: float, high: float, expected: bool
) -> None:
    assert is_diverging(Scale.SUITED, low, high) is expected
    assert is_diverging(Scale.DIVERGING, low, high)
    assert not is_diverging(Scale.RISING, low, high)


def test_the_longer_side_reaches_the_end() -> None:
    assert (place_of(-4, -4, 2), place_of(0, -4, 2), place_of(2, -4, 2)) == (-1, 0, 0.5)
    assert place_of(3, 0, 0) == 0
