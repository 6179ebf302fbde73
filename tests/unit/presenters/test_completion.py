from typing import Any

import pytest

from vitrail.presenters.completion import TYPES, completion_list
from vitrail.protocol.replies import CompleteReply
from vitrail_widgets.editing.completions import Completion


def reply(*matches: str, start: int | None = 2, end: int | None = 4, **meta: Any) -> CompleteReply:
    return CompleteReply(matches=list(matches), cursor_start=start, cursor_end=end, metadata=meta)


def test_matches_become_items_with_what_is_told_of_them() -> None:
    types: Any = [
        {"text": "abs", "type": "function", "signature": "(x)"},
        {"text": "all", "type": "<unknown>"},
    ]
    made = completion_list(reply("abs", "all", "any", **{TYPES: types}), "f(ab", 4)
    assert made.items == (
        Completion("abs", "function", "(x)"),
        Completion("all"),
        Completion("any"),
    )
    assert (made.start, made.end) == (2, 4)


def test_a_match_that_comes_twice_is_offered_once() -> None:
    assert len(completion_list(reply("a", "a"), "f(ab", 4).items) == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (4, 4)),
        (-2, None, (2, 4)),
        (2, 99, (2, 4)),
        (-99, 4, (0, 4)),
        (3, 1, (1, 1)),
    ],
)
def test_bounds_of_any_kernel_are_put_right(
    start: int | None, end: int | None, expected: tuple[int, int]
) -> None:
    made = completion_list(reply("a", start=start, end=end), "f(ab", 4)
    assert (made.start, made.end) == expected


@pytest.mark.parametrize("odd", [None, 5, "x", [5, None], [{"type": "x"}], [{"text": None}]])
def test_odd_metadata_is_left_out(odd: Any) -> None:
    assert completion_list(reply("a", **{TYPES: odd}), "f(ab", 4).items == (Completion("a"),)
