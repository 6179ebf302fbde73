"""Rows lie below each other, also where there are more pixels than Qt can count."""

from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.objects.grid.heights import MOST_BAR, Heights


def test_the_rows_that_are_seen() -> None:
    heights = Heights(rows=100, row=10, room=35)
    assert heights.seen(0) == range(4)
    assert heights.seen(15) == range(1, 5)
    assert heights.seen(heights.farthest) == range(96, 100)
    assert Heights(2, 10, 35).seen(0) == range(2)
    assert Heights(2, 10, 0).seen(0) == range(0)


def test_a_row_is_revealed_by_the_least_move() -> None:
    heights = Heights(rows=100, row=10, room=35)
    assert heights.revealing(2, 0) == 0
    assert heights.revealing(5, 0) == 25
    assert heights.revealing(5, 200) == 50


@given(st.integers(0, 10**10), st.integers(16, 80), st.integers(1, 3000), st.data())
def test_the_scroll_bar_reaches_both_ends(
    rows: int, row: int, room: int, data: st.DataObject
) -> None:
    heights = Heights(rows, row, room)
    assert heights.bar_end <= MOST_BAR
    assert heights.from_bar(heights.bar_end) == heights.farthest
    assert heights.to_bar(heights.farthest) == heights.bar_end
    offset = data.draw(st.integers(0, heights.farthest))
    step = max(1, heights.farthest // MOST_BAR + 1)
    assert abs(heights.from_bar(heights.to_bar(offset)) - offset) <= step
