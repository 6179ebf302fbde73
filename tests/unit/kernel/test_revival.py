"""A kernel that keeps dying is left dead."""

from vitrail.kernel.revival import LIMIT, WITHIN_S, Revivals


def test_a_kernel_that_dies_now_and_then_is_started_again() -> None:
    revivals = Revivals()
    assert all(revivals.allow(number * WITHIN_S) for number in range(10))


def test_one_that_keeps_dying_is_left_dead_until_it_has_held_for_a_while() -> None:
    revivals = Revivals()
    assert [revivals.allow(second) for second in range(LIMIT + 2)] == [True] * LIMIT + [False] * 2
    assert revivals.allow(2 * WITHIN_S)
