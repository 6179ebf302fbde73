"""What is said of a column as a whole."""

from support.grids import summary
from vitrail_widgets.objects.grid.summary import Summary


def test_counts_come_with_their_share_and_long_numbers_are_shortened() -> None:
    told = dict(summary().lines())
    assert told["Missing"] == "2 (10.0%)"
    assert told["Distinct"] == "9"
    assert dict(Summary(5, 0, facts=(("Mean", "0.333333333333"),)).lines())["Mean"] == "0.333333"


def test_a_sample_says_that_it_is_one() -> None:
    sampled = Summary(10_000_000, None, 200_000, distinct=1234)
    assert [*sampled.lines()] == [
        ("Looked at", "200\u202f000 of 10\u202f000\u202f000 rows"),
        ("Distinct", "1\u202f234"),
    ]
    assert sampled.looked_at == 200_000
    assert Summary(10, 4).looked_at == 6
