"""What an object holds, as values: the code that leads to a member, pages that are joined."""

import pytest

from vitrail_widgets.objects.members import (
    Group,
    Inside,
    Mark,
    Member,
    Members,
    Run,
    RunState,
    code_of,
    is_found,
)
from vitrail_widgets.objects.target import Step, Target

THING = Target("thing")


def member(name: str, step: Step | None = None) -> Member:
    return Member(step or Step("attribute", name, f".{name}"), name, "instance", "int", "", "1")


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([Step("attribute", "a", ".a"), Step("item", 0, "['k']")], "thing.a['k']"),
        ([Step("item", 3, "{3}")], "list(thing)[3]"),
        ([Step("item", 2, "<Key>"), Step("attribute", "b", ".b")], "list(thing.values())[2].b"),
        ([Step("items", 0, "⟨items⟩")], "list(thing)"),
        ([Step("kept", 7, "⟨items⟩"), Step("item", 1, "[1]")], "list(thing)[1]"),
        ([Step("kept", 7, ".area")], "thing.area"),
    ],
)
def test_a_member_is_written_as_code(steps: list[Step], code: str) -> None:
    assert code_of(Target("thing", tuple(steps))) == code


def test_a_further_page_comes_behind_the_first() -> None:
    known = Inside((Group("data", 3, (member("a"),)), Group("method", 1)))
    joined = known.extended(Group("data", 3, (member("b"),)))
    assert [row.name for row in joined.group("data").rows] == ["a", "b"]
    assert joined.group("data").missing == 1
    assert joined.group("method") == Group("method", 1)
    assert joined.group("class") == Group("class", 0)


def test_what_is_below_a_result_is_found_by_its_number() -> None:
    area = THING.attribute("area")
    result = member("", Step("kept", 4, ".area"))
    known = Members(THING, runs={area: Run(RunState.DONE, result)})
    assert known.place_of(area).path == ["thing", ["kept", 4]]
    assert known.place_of(THING.attribute("other")) == THING.attribute("other")


def test_marks_say_what_running_would_tell() -> None:
    assert [mark for mark in Mark if mark.is_runnable] == [Mark.RUN, Mark.ITERATE, Mark.CONSUME]


def test_names_are_found_by_words_in_any_case() -> None:
    assert is_found("first_Name", "NAME fi")
    assert not is_found("first", "second")
