"""Widths agree with wcwidth's, and clusters stay whole."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth, wcwidth

from vitrail_widgets.transcript.cell_width import (
    cell_width,
    cell_widths,
    is_narrow,
    is_narrow_at_sight,
    is_simple,
    uniform_width,
)

patient = settings(deadline=None)


FAMILY = "👨\u200d👩\u200d👧"
ODD = [
    "a",
    "é",
    "e\u0301",
    "漢",
    "😀",
    FAMILY,
    "🇫🇷",
    "🇫",
    "❤\ufe0f",
    "👍🏽",
    "क्षि",
    "\u0301",
    "\u200d",
]
ODD += ["\u1112\u1161\u11ab", "한", "\u0600", "1", "\u200b", "ﷺ", "ﾞ", " ", "\u00a9", "\ufe0f"]
texts = st.lists(st.sampled_from(ODD), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("漢字", 4),
        (FAMILY, 2),
        ("🇫🇷", 2),
        ("❤\ufe0f", 2),
    ],
)
def test_text_takes_the_cells_of_its_clusters(text: str, width: int) -> None:
    assert cell_width(text) == width


@patient
@given(texts)
def test_widths_are_those_of_the_clusters_each_at_its_first_code_point(text: str) -> None:
    expected: list[int] = []
    for cluster in iter_graphemes(text):
        expected += [wcswidth(cluster), *(0 for _ in cluster[1:])]
    assert list(cell_widths(text)) == expected
    assert cell_width(text) == sum(expected)


@patient
@given(texts)
def test_a_uniform_width_is_the_width_of_each(text: str) -> None:
    width = uniform_width(text)
    assert width in (0, 1, 2)
    if width:
        assert list(cell_widths(text)) == [width] * len(text)
    assert is_narrow(text) == (width == 1)


def test_characters_of_different_widths_are_measured_one_by_one() -> None:
    assert list(cell_widths("a漢éб😀")) == [1, 2, 1, 1, 2]
    assert (uniform_width("a漢"), uniform_width("漢字"), uniform_width("éб")) == (0, 2, 1)


def test_simple_characters_are_clusters_of_their_own() -> None:
    """All of them: each next to an "a" and an ideograph."""
    simple = [
        char
        for char in map(chr, (*range(0x20, 0x7F), *range(0x80, sys.maxunicode)))
        if is_simple(char)
    ]
    assert len(simple) > 100_000
    assert {wcwidth(char) for char in simple} == {1, 2}
    joined = "a漢".join(simple)
    assert list(iter_graphemes(joined)) == list(joined)
    assert re.search(r"[\u0300-\u036f\u200d\ufe0f\U0001f1e6-\U0001f1ff]", joined) is None


def test_what_is_narrow_at_sight_takes_one_cell_and_is_a_cluster_of_its_own() -> None:
    narrow = [chr(code) for code in range(0x20, 0x3000) if is_narrow_at_sight(chr(code))]
    narrow = [each for each in narrow if each != "\x7f"]
    assert {"a", "é", "α", "Ж", "█", "━"} <= set(narrow)
    assert {wcwidth(each) for each in narrow} == {1}
    assert [*iter_graphemes("".join(narrow))] == narrow


@pytest.mark.parametrize("odd", ["e\u0301", "\u00ad", "\u00a9", "\u0085", "漢", "क"])
def test_what_needs_a_second_look_is_not_narrow_at_sight(odd: str) -> None:
    assert not is_narrow_at_sight(f"a{odd}")
