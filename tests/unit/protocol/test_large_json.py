"""Large JSON that is read in steps says the same as JSON that is read at once."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.protocol import large_json, lenient

patient = settings(deadline=None)

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False), st.text()
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=40
)


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_json, "STEP", 24)


def read(text: str) -> Any:
    return read_counted(text)[0]


def read_counted(text: str) -> tuple[Any, int]:
    """Return what a text says, and the steps that it took."""
    return stepped(large_json.steps(text))


def stepped(steps: large_json.Steps) -> tuple[Any, int]:
    """Take all steps; return what they lead to, and how many there were."""
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value, count
        count += 1


@patient
@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_it_reads_what_is_written(value: Any, is_ascii: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    assert read(text) == lenient.loads(text.encode("utf-8", "surrogatepass"))


@patient
@given(JSON, st.data())
def test_what_is_damaged_is_refused_or_read_as_by_others(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value)
    at = data.draw(st.integers(0, len(text)))
    damaged = (
        text[:at] + data.draw(st.sampled_from(["", ",", "]", '"', "x", "\\"])) + text[at + 1 :]
    )
    try:
        expected = lenient.loads(damaged.encode())
    except ValueError:
        with pytest.raises(ValueError, match=r"char|Expecting|Invalid|Extra"):
            read(damaged)
    else:
        assert read(damaged) == expected


@pytest.mark.parametrize(
    "value",
    [
        "x" * 1000,
        "\\" * 501,
        '"' * 333,
        "\n\t" * 200,
        "😀" * 100,
        "a😀" * 100,
        [12345678901234567890] * 50,
        [{"a": n, "b": [n, {"c": "},"}]} for n in range(100)],
        {"k" * 100: {"x": list(range(200))}},
        [[n, n] for n in range(100)],
        [f"{n}," for n in range(100)],
    ],
)
@pytest.mark.parametrize("is_ascii", [True, False])
def test_values_that_are_longer_than_a_step_are_whole(value: Any, is_ascii: bool) -> None:
    assert read(json.dumps(value, ensure_ascii=is_ascii)) == value


def test_what_only_some_write_is_read() -> None:
    text = '{"data": ["\\ud83d", NaN, Infinity, "' + "x" * 50 + '\\ud83d\\ude00"]}'
    lone, nan, infinite, long = read(text)["data"]
    assert (lone, infinite, long) == ("\ufffd", math.inf, "x" * 50 + "😀")
    assert math.isnan(nan)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "[1,",
        "[1 2]",
        "{1: 2}",
        '{"a" 1}',
        '"abc',
        '["' + "x" * 100,
        "[1]]",
        "nul",
        '"\x01"',
    ],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"char|Expecting|Invalid"):
        read(text)


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(RecursionError):
        read("[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize("value", ["x" * 2400, [{"a": n} for n in range(300)], list(range(900))])
def test_others_have_their_turn_between_steps(value: Any) -> None:
    found, count = read_counted(json.dumps({"data": value}))
    assert found == {"data": value}
    assert count >= 100


RAW = [{"a": n} for n in range(20)]


@pytest.mark.parametrize("value", [RAW, {"x": RAW}, {}, {str(n): n for n in range(40)}])
def test_what_is_too_long_in_a_bundle_stays_as_it_was_written(value: Any) -> None:
    text = json.dumps({"data": {"application/json": value, "text/plain": "x" * 500}, "more": RAW})
    whole, _ = stepped(large_json.steps(text, longest=200))
    found = whole["data"]["application/json"]
    is_raw = len(json.dumps(value)) > 200
    assert isinstance(found, large_json.RawJson) is is_raw
    assert found == (json.dumps(value) if is_raw else value)
    assert whole["data"]["text/plain"] == "x" * 500
    assert whole["more"] == RAW


def test_what_stays_as_it_was_written_is_json() -> None:
    text = '{"data": {"application/json": [1, 2, ' + '"x", ' * 100 + "oops]}}"
    with pytest.raises(ValueError, match=r"char|Expecting"):
        stepped(large_json.steps(text, longest=200))
