"""A query finds what it says, in many lines at once as in each of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.query import (
    BadQueryError,
    Matcher,
    Query,
    SlowQueryError,
    matcher_of,
)

PATIENCE_S = 5.0
CATASTROPHE = r"(x|xx)+$"


def matcher(text: str, **options: bool) -> Matcher:
    found = matcher_of(Query(text, **options))
    assert found is not None
    return found


def found_in(line: str, text: str, **options: bool) -> list[str]:
    spans = matcher(text, **options).spans(line, PATIENCE_S)
    return [line[start:end] for start, end in spans]


def test_nothing_is_found_by_an_empty_query() -> None:
    assert matcher_of(Query("")) is None
    assert matcher_of(Query("", regex=True)) is None


@pytest.mark.parametrize(
    ("line", "text", "options", "expected"),
    [
        ("Some some SOME", "some", {}, ["Some", "some", "SOME"]),
        ("Some some SOME", "some", {"case": True}, ["some"]),
        ("cat concat cats cat", "cat", {"word": True}, ["cat", "cat"]),
        ("a.b a.bc", "a.b", {"word": True}, ["a.b"]),
        ("--x -x", "-x", {"word": True}, ["-x", "-x"]),
        ("a+b (a+b)", "a+b", {}, ["a+b", "a+b"]),
        ("GRÜN grün", "grün", {}, ["GRÜN", "grün"]),
        ("İx ix", "x", {}, ["x", "x"]),
        ("e1 e22", r"e\d+", {"regex": True}, ["e1", "e22"]),
        ("E1 e22", r"e\d+", {"regex": True, "case": True}, ["e22"]),
        ("aab ab", r"a*", {"regex": True}, ["aa", "a"]),
        ("one two", r"^one|two$", {"regex": True}, ["one", "two"]),
        ("tat tatt", r"t.t", {"regex": True, "word": True}, ["tat"]),
        ("aXbX", r"(?<=a)x", {"regex": True}, ["X"]),
        ("x", r"$", {"regex": True}, []),
    ],
)
def test_what_is_found(line: str, text: str, options: dict[str, bool], expected: list[str]) -> None:
    assert found_in(line, text, **options) == expected
    assert matcher(text, **options).count(line, PATIENCE_S) == len(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(a", "missing )"),
        ("[a", "unterminated"),
        ("*", "nothing to repeat at character 1"),
        ("a{99999999999}", "repeat count"),
    ],
)
def test_what_is_no_regular_expression_is_said_in_words(text: str, said: str) -> None:
    with pytest.raises(BadQueryError, match=re.escape(said)) as caught:
        matcher_of(Query(text, regex=True))
    assert str(caught.value).startswith("Not a regular expression: ")


def test_as_a_word_a_bad_expression_is_not_mended_by_what_is_put_around_it() -> None:
    with pytest.raises(BadQueryError):
        matcher_of(Query("a)(?:b", regex=True, word=True))


def test_an_expression_that_takes_for_ever_is_given_up() -> None:
    slow = matcher(CATASTROPHE, regex=True)
    line = "x" * 60 + "y"
    with pytest.raises(SlowQueryError):
        slow.spans(line, 0.01)
    with pytest.raises(SlowQueryError):
        slow.count(f"fine\n{line}\n", 0.01)


def test_nothing_reaches_over_the_end_of_a_line() -> None:
    for pattern in (r"a\s+b", r"a[^x]b", r"a\nb", r"(?s)a.b", r"\Ab", r"a\Z", r"a\W*b?"):
        whole = matcher(pattern, regex=True)
        expected = sum(len(whole.spans(line, PATIENCE_S)) for line in ("a", "b"))
        assert whole.count("a\nb", PATIENCE_S) == expected


PATTERNS = st.sampled_from(
    [
        "a",
        "ab",
        "a+",
        "a*b?",
        r"\w+",
        r"\s*b",
        "[^a]",
        "^a",
        "b$",
        "(a|b)c",
        "a|ab",
        r"\bb",
        "(?i)A",
    ]
)
TEXTS = st.lists(st.text("abcA ß_-İ", max_size=12), max_size=8)
OPTIONS = st.fixed_dictionaries({"case": st.booleans(), "word": st.booleans()})


@settings(deadline=None)
@given(PATTERNS, OPTIONS, TEXTS)
def test_a_regular_expression_counts_in_many_lines_what_it_finds_in_each(
    pattern: str, options: dict[str, bool], lines: list[str]
) -> None:
    query = matcher(pattern, regex=True, **options)
    expected = sum(len(query.spans(line, PATIENCE_S)) for line in lines)
    assert query.count("\n".join(lines), PATIENCE_S) == expected


@settings(deadline=None)
@given(st.text("abcAß_-İ", min_size=1, max_size=3), OPTIONS, TEXTS)
def test_plain_words_count_in_many_lines_what_they_find_in_each(
    text: str, options: dict[str, bool], lines: list[str]
) -> None:
    query = matcher(text, **options)
    expected = sum(len(query.spans(line, PATIENCE_S)) for line in lines)
    assert query.count("\n".join(lines), PATIENCE_S) == expected
