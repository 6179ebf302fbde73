"""How rows are to be sorted and sifted: what clicks and typed conditions make of it."""

import pytest

from vitrail_widgets.objects.grid.arrangement import (
    PLAIN,
    WORDS,
    Arrangement,
    Condition,
    Key,
    choices,
    sentence,
    texts_in,
)


def test_a_column_is_sorted_up_then_down_then_not_any_more() -> None:
    up = PLAIN.sorted_by(2, adds=False)
    down = up.sorted_by(2, adds=False)
    assert (up.sort, down.sort) == ((Key(2),), (Key(2, descends=True),))
    assert down.sorted_by(2, adds=False) == PLAIN
    assert down.sorted_by(1, adds=False).sort == (Key(1),)


def test_further_columns_are_added_and_turned_in_their_place() -> None:
    both = PLAIN.sorted_by(2, adds=False).sorted_by(1, adds=True)
    assert both.sort == (Key(2), Key(1))
    assert both.sorted_by(2, adds=True).sort == (Key(2, descends=True), Key(1))
    assert both.sorted_by(2, adds=True).sorted_by(2, adds=True).sort == (Key(1),)


def test_conditions_are_added_replaced_and_dropped() -> None:
    one, two = Condition(0, "=", ("1",)), Condition(1, "missing")
    asked = PLAIN.with_condition(one).with_condition(two)
    assert asked.filters == (one, two)
    assert asked.with_condition(two, 0).filters == (two, two)
    assert asked.without_condition(0) == Arrangement(filters=(two,))


@pytest.mark.parametrize(
    ("what", "typed", "texts"),
    [
        ("=", "a, b", ("a, b",)),
        ("=", "", None),
        ("between", "1, 2", ("1", "2")),
        ("between", "1 and 2", ("1", "2")),
        ("between", "1", None),
        ("in", "a, b ,,c", ("a", "b", "c")),
        ("in", " , ", None),
        ("missing", "whatever", ()),
    ],
)
def test_what_is_typed_becomes_the_values_of_a_condition(
    what: str, typed: str, texts: tuple[str, ...] | None
) -> None:
    assert texts_in(what, typed) == texts


def test_conditions_are_said_in_words() -> None:
    assert sentence(Condition(0, "!=", ("5",)), "n") == "n ≠ 5"
    assert sentence(Condition(0, "between", ("1", "2")), "n") == "n between 1, 2"
    assert sentence(Condition(0, "in", ("a", "b")), "n") == "n one of a, b"
    assert sentence(Condition(0, "missing"), "n") == "n is missing"


@pytest.mark.parametrize("kind", ["integer", "boolean", "time", "text", "object"])
def test_every_kind_of_column_can_be_asked_for_what_has_words(kind: str) -> None:
    assert set(choices(kind)) <= set(WORDS)
    assert len(set(choices(kind))) == len(choices(kind)) >= 3
