"""What the probe tells of a value becomes a value in words."""

import msgspec
import pytest

from vitrail.presenters.inspector.value_answer import shown_in, value_in
from vitrail_widgets.objects.value import Labelled, Nothing, ShownState

TOLD = {"type": "list", "kind": "instance"}


def test_facts_and_the_reason_for_no_picture_are_put_into_words() -> None:
    facts = [["memory", 96], ["missing", ["about", {"number": "12"}]], ["dtype", "int8"]]
    value = value_in({**TOLD, "facts": facts, "body": {"kind": "none", "reason": ["empty", {}]}})
    assert value.facts == (("memory", 96), ("missing", "about 12"), ("dtype", "int8"))
    assert value.body == Nothing("It is empty.")


def test_lines_are_put_into_words() -> None:
    rows = [["next-number", "0.5"], ["time-zone", ["foreign-zone", {"zone": "Zone"}]]]
    value = value_in({**TOLD, "body": {"kind": "lines", "rows": rows}})
    said = (("next is further by", "0.5"), ("time zone", "Zone, which is not asked"))
    assert value.body == Labelled(said)


@pytest.mark.parametrize(
    "told",
    [
        {"body": {"kind": "lines", "rows": [["digits"]]}},
        {"body": {"kind": "lines"}},
        {"body": {"kind": "none"}, "facts": 7},
        {"body": {"kind": "else"}},
        {"body": []},
        {},
    ],
)
def test_what_no_probe_tells_is_no_value(told: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        value_in({**TOLD, **told})


def test_what_the_disk_says_of_a_path_is_put_into_words() -> None:
    shown = shown_in({"said": ["directory", {"size": 4096, "when": "2024-01-31 12:00:00"}]})
    text = "a directory, 4096 bytes, changed 2024-01-31 12:00:00"
    assert (shown.state, shown.bundle) == (ShownState.DONE, {"text/plain": text})
