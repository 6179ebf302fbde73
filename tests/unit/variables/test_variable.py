"""Lists of variables: what changed, what is found, in which order."""

import struct
import tracemalloc
from dataclasses import replace

import pytest

from vitrail_widgets.variables.variable import (
    Column,
    Listing,
    Variable,
    changed_names,
    extent,
    in_units,
    ordered,
    searchable,
    sifted,
)


def made(
    name: str,
    kind: str = "instance",
    type: str = "int",  # noqa: A002
    size: str = "",
    memory: int | None = None,
    preview: str = "",
    identity: int = 0,
) -> Variable:
    return Variable(name, kind, type, size, memory, preview, identity)


def names(rows: list[Variable]) -> list[str]:
    return [row.name for row in rows]


def test_numbers_in_names_count_as_numbers() -> None:
    rows = [made("x10"), made("x2"), made("X1"), made("a"), made("10")]
    assert names(ordered(rows, Column.NAME, descends=False)) == ["10", "a", "X1", "x2", "x10"]


def test_sizes_are_ordered_by_the_number_of_items() -> None:
    rows = [
        made("none"),
        made("wide", size="3 x 100"),
        made("long", size="200"),
        made("e", size="0"),
    ]
    assert names(ordered(rows, Column.SIZE, descends=True)) == ["wide", "long", "e", "none"]


def test_unknown_memory_counts_as_the_least() -> None:
    rows = [made("b", memory=5), made("a"), made("c", memory=0)]
    assert names(ordered(rows, Column.MEMORY, descends=False)) == ["a", "c", "b"]


def test_sifting_makes_no_object_for_a_row() -> None:
    rows = [made(f"v{at:05}", preview=str(at)) for at in range(10_000)]
    texts = [searchable(row) for row in rows]
    tracemalloc.start()
    try:
        found = sifted(rows, "v 1", Listing(), texts)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) > 1000
    places = 6 * struct.calcsize("P")  # in lists of rows, of texts, of what was found in them
    assert most_bytes < places * len(rows), "a pair for each would take 56 bytes more"


def test_modules_and_code_can_be_left_out() -> None:
    rows = [made("m", "module"), made("f", "function"), made("C", "class"), made("x")]
    assert names(sifted(rows, "", Listing())) == ["x"]
    assert names(sifted(rows, "", Listing(functions=True))) == ["f", "C", "x"]


def test_all_words_must_be_found_in_name_type_or_value() -> None:
    rows = [made("rain", type="ndarray", preview="[1, 2]"), made("grain", type="str")]
    assert names(sifted(rows, "RAIN nd", Listing())) == ["rain"]
    assert names(sifted(rows, "rain", Listing())) == ["rain", "grain"]


def test_what_is_new_or_another_object_or_shows_another_value_changed() -> None:
    before = [made("same"), made("moved", identity=1), made("grown", preview="[1]"), made("gone")]
    after = [made("same"), made("moved", identity=2), made("grown", preview="[1, 2]"), made("new")]
    assert changed_names(before, after) == {"moved", "grown", "new"}


@pytest.mark.parametrize(
    ("memory", "text"),
    [
        (None, ""),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (9_960, "10 kB"),
        (999_700, "1.0 MB"),
        (7_372_800, "7.4 MB"),
        (5 * 10**15, "5000 TB"),
    ],
)
def test_bytes_are_written_in_units(memory: int | None, text: str) -> None:
    assert in_units(memory) == text


def test_an_extent_is_the_product_of_a_shape() -> None:
    assert [extent("3 x 4"), extent("12"), extent("()"), extent("")] == [12, 12, -1, -1]


def test_names_with_an_underscore_are_left_out_unless_they_are_wanted() -> None:
    rows = [made("_hidden"), made("seen")]
    assert names(sifted(rows, "", Listing())) == ["seen"]
    assert names(sifted(rows, "", Listing(underscores=True))) == ["_hidden", "seen"]


def test_brief_rows_have_changed_if_they_stand_for_another_object_or_text() -> None:
    old = made("a", preview="[1]", size="1", identity=7)
    same = Variable("a", "instance", "int", "", None, "", 7, is_brief=True)
    other = Variable("a", "instance", "int", "", None, "", 8, is_brief=True)
    unseen = replace(old, is_brief=True)
    assert changed_names([same], [old]) == frozenset()
    assert changed_names([unseen], [old]) == frozenset()
    assert changed_names([unseen], [replace(old, preview="[2]")]) == {"a"}
    assert changed_names([old], [same]) == frozenset()
    assert changed_names([old], [other]) == {"a"}
