from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.past import PastInput, merged


def ours(code: str, time_s: float, session: str = "a", count: int | None = None) -> PastInput:
    return PastInput(code, session, count, time_s, "Python 3")


def theirs(code: str, session: int, line: int) -> PastInput:
    return PastInput(code, str(session), line)


def codes(inputs: list[PastInput]) -> list[str]:
    return [each.code for each in inputs]


def test_what_both_noted_is_there_once_with_its_time() -> None:
    mine = [ours("x", 10.0, count=1), ours("y", 11.0, count=2)]
    both = merged(mine, [theirs("x", 7, 1), theirs("y", 7, 2)])
    assert both == mine


def test_another_clients_inputs_stand_between_ours_by_their_numbers() -> None:
    mine = [ours("x", 10.0, count=2), ours("z", 12.0, count=4)]
    kernel = [theirs("w", 7, 1), theirs("x", 7, 2), theirs("y", 7, 3), theirs("z", 7, 4)]
    assert codes(merged(mine, kernel)) == ["w", "x", "y", "z"]


def test_sessions_that_only_the_kernel_knows_come_between_those_that_both_know() -> None:
    mine = [ours("a1", 10.0, "a", 1), ours("b1", 20.0, "b", 1)]
    kernel = [theirs("old", 1, 1), theirs("a1", 2, 1), theirs("mid", 3, 1), theirs("b1", 4, 1)]
    kernel.append(theirs("new", 5, 1))
    assert codes(merged(mine, kernel)) == ["old", "a1", "mid", "b1", "new"]


def test_a_kernel_whose_sessions_are_all_strange_comes_first() -> None:
    assert codes(merged([ours("x", 1.0, count=1)], [theirs("z", 1, 1)])) == ["z", "x"]


def test_equal_first_lines_do_not_make_one_session_of_two() -> None:
    mine = [ours("import a", 10.0, count=1), *(ours(f"x{n}", 10.0 + n, count=n) for n in (2, 3, 4))]
    kernel = [theirs("import a", 1, 1), *(theirs(f"y{n}", 1, n) for n in (2, 3, 4))]
    assert len(merged(mine, kernel)) == 8


def test_a_tail_that_begins_within_a_session_is_still_known() -> None:
    mine = [ours(f"x{n}", float(n), count=n) for n in range(1, 9)]
    assert merged(mine, [theirs("x7", 3, 7), theirs("x8", 3, 8)]) == mine


def test_windows_that_worked_at_the_same_time_are_merged_by_time() -> None:
    mine = [ours("a", 1.0, "a", 1), ours("b", 2.0, "b", 1), ours("c", 3.0, "a", 2)]
    assert codes(merged(mine, [])) == ["a", "b", "c"]


def test_what_has_not_run_has_no_number_and_is_kept() -> None:
    mine = [ours("x", 1.0, count=1), ours("waiting", 2.0)]
    assert codes(merged(mine, [theirs("x", 1, 1)])) == ["x", "waiting"]


CODES = st.sampled_from(["x", "y", "z"])
OURS = st.lists(st.tuples(CODES, st.sampled_from("ab"), st.integers(1, 4)), max_size=8)
THEIRS = st.lists(st.tuples(CODES, st.integers(1, 3), st.integers(1, 4)), max_size=8)


@given(OURS, THEIRS)
def test_nothing_is_lost_and_nothing_is_invented(
    mine: list[tuple[str, str, int]], kernel: list[tuple[str, int, int]]
) -> None:
    kept = [ours(code, float(at), name, count) for at, (code, name, count) in enumerate(mine)]
    given_ = [theirs(*each) for each in sorted(kernel, key=lambda each: each[1:])]
    both = merged(kept, given_)
    assert [each for each in both if each.time_s is not None] == kept
    assert {each.code for each in both} == {each.code for each in [*kept, *given_]}
    assert all(each in given_ for each in both if each.time_s is None)
