"""Places as somebody types them."""

import pytest

from vitrail_widgets.objects.places import place_in


@pytest.mark.parametrize(
    ("typed", "place"),
    [("0", 0), ("7", 7), ("1 000", 99), ("1_0", 10), ("-1", 99), ("-100", 0), ("-500", 0)],
)
def test_a_number_is_the_nearest_place_and_negative_ones_count_from_the_end(
    typed: str, place: int
) -> None:
    assert place_in(typed, 100) == place


@pytest.mark.parametrize("typed", ["", "-", "--1", "key", "1.5", "1e3", "\u00b2"])
def test_what_is_no_number_is_no_place(typed: str) -> None:
    assert place_in(typed, 100) is None
