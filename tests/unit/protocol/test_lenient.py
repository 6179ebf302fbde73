import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.protocol import lenient

any_text = st.text(st.characters())  # surrogates too


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"[Infinity, -Infinity, 1e999]", [math.inf, -math.inf, math.inf]),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'"\\ud800"', "\ufffd"),
        (b'"\\udc00x"', "\ufffdx"),
        (b'{"\\udfff": ["\\ud800"]}', {"\ufffd": ["\ufffd"]}),
        (b'"caf\xe9"', "caf\ufffd"),
        (b"1" * 20, int("1" * 20)),
        (b"1" * 5000, math.inf),
        (b"-" + b"1" * 5000, -math.inf),
    ],
)
def test_what_msgspec_refuses_is_read(text: bytes, value: Any) -> None:
    assert lenient.loads(text) == value


def test_nan_is_read() -> None:
    assert math.isnan(lenient.loads(b"NaN"))


@pytest.mark.parametrize("text", [b"", b"{", b"nul", b'{"a":}', b"\xff", b'"\n'])
def test_what_is_not_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"line \d+ column \d+"):
        lenient.loads(text)


def test_deep_nesting_is_a_recursion_error_and_no_crash() -> None:
    with pytest.raises(RecursionError):
        lenient.loads(b"[" * 100_000 + b"]" * 100_000)


def test_a_pair_that_was_split_in_two_characters_is_joined() -> None:
    assert lenient.tidy_text("a\ud83d\ude00b") == "a😀b"


@given(any_text)
def test_tidy_text_can_be_encoded_and_tidying_again_changes_nothing(text: str) -> None:
    tidy = lenient.tidy_text(text)

    tidy.encode("utf-8")
    assert lenient.tidy_text(tidy) == tidy


@given(st.text())
def test_clean_text_comes_back_as_the_same_object(text: str) -> None:
    assert lenient.tidy_text(text) is text


@given(any_text)
def test_every_string_that_python_writes_is_read_clean(text: str) -> None:
    lenient.loads(json.dumps(text).encode()).encode("utf-8")
