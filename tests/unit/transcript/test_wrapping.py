"""Rows hold what fits, and no cluster is torn."""

import itertools
from array import array
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from vitrail_widgets.transcript import wrapping
from vitrail_widgets.transcript.cell_width import cell_width, cell_widths
from vitrail_widgets.transcript.wrapping import (
    LONG_LINE,
    LooseBreaks,
    grown_breaks,
    row_breaks,
    row_total,
)

patient = settings(deadline=None)


FAMILY = "👨\u200d👩\u200d👧"
CLUSTERS = ["a", "bc", "é", "e\u0301", "漢", "字字", FAMILY, "🇫🇷", "❤\ufe0f", "\u0301"]
texts = st.lists(st.sampled_from(CLUSTERS), max_size=40).map("".join)


def rows(text: str, columns: int) -> list[str]:
    breaks = [*row_breaks(text, columns), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(breaks)]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("", 3, [""]),
        ("abc", 3, ["abc"]),
        ("abcd", 3, ["abc", "d"]),
        ("éééé", 3, ["ééé", "é"]),
        ("漢字漢", 3, ["漢", "字", "漢"]),
        ("漢字漢", 4, ["漢字", "漢"]),
        ("a漢字", 3, ["a漢", "字"]),
        ("ab漢", 3, ["ab", "漢"]),
        ("漢a", 1, ["漢", "a"]),
        ("e\u0301e\u0301", 1, ["e\u0301", "e\u0301"]),
        (FAMILY + FAMILY, 3, [FAMILY, FAMILY]),
        (FAMILY + "a", 1, [FAMILY, "a"]),
        ("🇫🇷🇩🇪", 2, ["🇫🇷", "🇩🇪"]),
        ("\u0301\u0301", 1, ["\u0301\u0301"]),
    ],
)
def test_a_row_holds_as_many_clusters_as_fit(text: str, columns: int, expected: list[str]) -> None:
    assert rows(text, columns) == expected
    assert row_total(text, columns) == len(expected)


@patient
@given(texts, st.integers(1, 9))
def test_rows_are_full_but_never_too_wide(text: str, columns: int) -> None:
    found = rows(text, columns)
    assert "".join(found) == text
    assert [cluster for row in found for cluster in iter_graphemes(row)] == list(
        iter_graphemes(text)
    )
    for row, following in itertools.pairwise(found):
        assert cell_width(row) <= columns or len(list(iter_graphemes(row))) == 1
        assert cell_width(row) + cell_width(next(iter(iter_graphemes(following)))) > columns


@settings(deadline=None, max_examples=20)
@given(texts, st.integers(10, 500), st.integers(1, 99))
def test_long_lines_are_broken_in_blocks_as_if_in_one(text: str, times: int, columns: int) -> None:
    text = (text + "漢") * times
    starts, width, clusters = [0], 0, list(iter_graphemes(text))
    offset = 0
    for cluster in clusters:
        if offset > starts[-1] and width + cell_width(cluster) > columns:
            starts.append(offset)
            width = 0
        width += cell_width(cluster)
        offset += len(cluster)
    assert list(row_breaks(text, columns)) == starts


def test_a_run_without_width_that_is_longer_than_a_block_is_one_row() -> None:
    text = "漢" + "\u0301" * 20_000 + "b"
    assert rows(text, 2) == [text[:-1], "b"]


@settings(deadline=None, max_examples=4)
@given(texts, st.integers(22, 200))
def test_rows_of_a_huge_line_hold_whole_clusters_that_fit(text: str, columns: int) -> None:
    text = (text + "漢a") * (LONG_LINE // (len(text) + 2) + 1)
    breaks = row_breaks(text, columns)
    assert isinstance(breaks, LooseBreaks)
    found = rows(text, columns)
    assert "".join(found) == text
    assert len(found) == row_total(text, columns)
    assert max(map(cell_width, found)) <= columns
    assert [cluster for row in found for cluster in iter_graphemes(row)] == list(
        iter_graphemes(text)
    )


def test_a_huge_line_is_not_measured_before_somebody_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured: list[int] = []

    def note(text: str) -> Iterable[int]:
        measured.append(len(text))
        return cell_widths(text)

    monkeypatch.setattr(wrapping, "cell_widths", note)
    text = (FAMILY + "x") * 250_000
    breaks = row_breaks(text, 80)
    assert len(breaks) == len(text) / 40
    assert not measured
    assert breaks[20_000:20_002] == [799_998, 800_040]
    assert sum(measured) < 400


def test_a_huge_line_of_narrow_characters_has_full_rows() -> None:
    assert set(map(len, rows("é" * 100_000, 100))) == {100}


def test_ascii_is_cut_by_arithmetic() -> None:
    assert row_breaks("x" * 5_000_000, 100) == range(0, 5_000_000, 100)
    assert row_total("x" * 5_000_000, 100) == 50_000


@patient
@given(texts, texts, st.integers(1, 9), st.booleans())
def test_breaks_grow_with_the_text(text: str, more: str, columns: int, is_other: bool) -> None:
    old = text * 9
    new = more if is_other else old + more
    assert list(grown_breaks(old, row_breaks(old, columns), new, columns)) == list(
        row_breaks(new, columns)
    )


def test_growing_keeps_the_breaks_that_cannot_move() -> None:
    old = "a漢" * 10_000
    breaks = row_breaks(old, 10)
    assert isinstance(breaks, array)
    assert grown_breaks(old, breaks, old + "b", 10) is breaks
