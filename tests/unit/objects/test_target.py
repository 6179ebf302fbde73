"""A target is the way to an object, as the probe takes it and as the user writes it."""

from typing import Any

import pytest

from vitrail_widgets.objects.target import Target, linked_target, target_of


def test_a_dotted_name_leads_by_attributes() -> None:
    target = target_of("frame.columns.size")
    assert target is not None
    assert target.path == ["frame", ["attribute", "columns"], ["attribute", "size"]]
    assert target.text == "frame.columns.size"


@pytest.mark.parametrize("text", ["", "1a", "a.", ".a", "a b", "a[0]", "a..b", "a()"])
def test_what_is_no_dotted_name_is_no_target(text: str) -> None:
    assert target_of(text) is None


def test_items_are_written_as_the_user_would() -> None:
    target = Target("table").item(3, "['key']").attribute("real")
    assert target.text == "table['key'].real"
    assert target.path == ["table", ["item", 3], ["attribute", "real"]]


def test_a_parent_is_one_step_before() -> None:
    target = Target("table").item(0, "['a']")
    assert target.parent == Target("table")
    assert Target("table").parent is None


def test_names_may_be_of_any_script() -> None:
    assert target_of("größe.täler") == Target("größe").attribute("täler")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (["df"], "df"),
        (["df", ["attribute", "shape"]], "df.shape"),
        (["", ["module", "numpy"], ["attribute", "linspace"]], "numpy.linspace"),
        (["p", ["class", ""]], "p.__class__"),
    ],
)
def test_a_link_of_the_probe_is_a_target_with_the_same_path(path: list[Any], text: str) -> None:
    target = linked_target(path)
    assert target is not None
    assert target.path == path
    assert target.text == text


@pytest.mark.parametrize("path", [[], [""], [3], ["a", "b"], ["a", ["unheard", "of"]], ["a", [1]]])
def test_a_link_that_is_not_understood_leads_nowhere(path: list[Any]) -> None:
    assert linked_target(path) is None
