from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.console.flow import Flow


@dataclass
class Box:
    height: int


def flow_of(heights: list[int], gap: int = 0) -> Flow[Box]:
    flow: Flow[Box] = Flow(gap)
    for height in heights:
        flow.insert(len(flow), Box(height))
    return flow


def naive_tops(heights: list[int], gap: int) -> list[int]:
    return [sum(heights[:index]) + gap * index for index in range(len(heights))]


def test_an_empty_flow_has_no_height_and_no_items() -> None:
    flow = flow_of([])
    assert flow.height == 0
    assert list(flow.span(0, 100)) == []


def test_the_gap_lies_between_items_only() -> None:
    assert flow_of([10, 20, 30], gap=4).height == 68


def test_a_height_that_changed_moves_what_lies_below() -> None:
    flow = flow_of([10, 10, 10])
    assert flow.top(2) == 20
    flow[1].height = 15
    flow.touch(1)
    assert (flow.top(1), flow.top(2), flow.height) == (10, 25, 35)


def test_a_pixel_in_a_gap_belongs_to_the_item_above_it() -> None:
    flow = flow_of([10, 10], gap=6)
    assert [flow.index_at(y) for y in (0, 9, 10, 15, 16, 99)] == [0, 0, 0, 0, 1, 1]


def test_a_span_holds_the_items_that_touch_it() -> None:
    flow = flow_of([10, 10, 10], gap=5)
    assert list(flow.span(0, 10)) == [0]
    assert list(flow.span(10, 15)) == []
    assert list(flow.span(12, 16)) == [1]
    assert list(flow.span(9, 31)) == [0, 1, 2]


def test_what_is_dropped_takes_no_room() -> None:
    flow = flow_of([10, 10, 10])
    flow.truncate(1)
    assert (len(flow), flow.height) == (1, 10)


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=30),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 50)), max_size=10),
)
def test_tops_are_prefix_sums_after_any_changes(
    heights: list[int], gap: int, changes: list[tuple[int, int]]
) -> None:
    flow = flow_of(heights, gap)
    for index, height in changes:
        at = index % len(heights)
        if height % 2:
            flow.insert(at, Box(height))
            heights.insert(at, height)
        else:
            flow[at].height = heights[at] = height
            flow.touch(at)
        flow.top(height % len(heights))  # some tops are read between changes
    assert [flow.top(index) for index in range(len(flow))] == naive_tops(heights, gap)
