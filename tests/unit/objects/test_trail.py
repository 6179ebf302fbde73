"""The way back and forward."""

from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.trail import LONGEST, Trail

A, B, C = Target("a"), Target("b"), Target("c")


def test_one_goes_back_and_forward() -> None:
    trail = Trail()
    assert (trail.target, trail.can_go_back, trail.can_go_forward) == (None, False, False)
    assert trail.visit(A)
    assert trail.visit(B)
    assert trail.can_go_back
    assert trail.go(0)
    assert (trail.target, trail.at, trail.can_go_forward) == (A, 0, True)


def test_what_lay_ahead_is_forgotten_when_one_goes_elsewhere() -> None:
    trail = Trail()
    for each in (A, B):
        trail.visit(each)
    trail.go(0)
    trail.visit(C)
    assert trail.visited == (A, C)


def test_the_same_is_not_visited_twice_in_a_row() -> None:
    trail = Trail()
    trail.visit(A)
    assert not trail.visit(Target("a"))
    assert not trail.go(0)
    assert not trail.go(7)
    assert trail.visited == (A,)


def test_what_is_seen_in_passing_leaves_one_step_behind() -> None:
    trail = Trail()
    trail.visit(A)
    trail.visit(B, in_passing=True)
    trail.visit(C, in_passing=True)
    trail.visit(C)
    trail.visit(B, in_passing=True)
    assert [each.name for each in trail.visited] == ["a", "c", "b"]
    trail.go(0)
    trail.visit(C, in_passing=True)
    assert [each.name for each in trail.visited] == ["a", "c"]


def test_a_long_way_loses_its_beginning() -> None:
    trail = Trail()
    for number in range(LONGEST + 5):
        trail.visit(Target(f"n{number}"))
    assert len(trail.visited) == LONGEST
    assert trail.target == Target(f"n{LONGEST + 4}")
