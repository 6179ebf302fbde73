"""Columns lie side by side; pinned ones first, hidden ones nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.objects.grid.columns import Columns


def test_columns_lie_in_their_order_until_one_is_pinned() -> None:
    columns = Columns(4, lambda at: 10 * (at + 1))
    assert [columns.left(place) for place in range(4)] == [0, 10, 30, 60]
    columns.pin(2, pinned=True)
    assert columns.shown == [2, 0, 1, 3]
    assert (columns.pinned_width, columns.width) == (30, 70)
    assert [columns.left(place) for place in range(4)] == [0, 0, 10, 30]
    columns.pin(2, pinned=False)
    assert columns.shown == [0, 1, 2, 3]


def test_hidden_columns_take_no_room_and_one_stays() -> None:
    columns = Columns(3, lambda _: 10)
    columns.hide([1])
    assert columns.shown == [0, 2]
    columns.hide([0, 2])
    assert columns.shown == [0, 2]
    columns.show_all()
    assert columns.shown == [0, 1, 2]


def test_a_column_that_was_resized_keeps_its_width() -> None:
    columns = Columns(2, lambda _: 10)
    columns.resize(0, 25)
    columns.relearn()
    assert (columns.width_of(0), columns.left(1)) == (25, 25)


def test_only_columns_of_which_more_is_known_are_measured_again() -> None:
    asked: list[int] = []

    def natural(column: int) -> int:
        asked.append(column)
        return 10 + len(asked)

    columns = Columns(10_000, natural)
    asked.clear()
    columns.relearn([7])
    assert asked == [7]
    assert columns.left(8) - columns.left(7) == 11


@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=30),
    st.sets(st.integers(0, 29)),
    st.integers(0, 2000),
)
def test_the_column_at_an_offset_contains_it(widths: list[int], pins: set[int], x: int) -> None:
    columns = Columns(len(widths), lambda at: widths[at])
    for pin in pins:
        if pin < len(widths):
            columns.pin(pin, pinned=True)
    for is_pinned in (True, False):
        place = columns.place_at(x, is_pinned=is_pinned)
        whole = columns.pinned_width if is_pinned else columns.width
        assert (place is None) == (x >= whole)
        if place is not None:
            left = columns.left(place)
            assert left <= x < left + columns.width_of(columns.shown[place])
            if not is_pinned:
                assert place in columns.scrolled(x, x + 1)
