"""A packed chunk gives back what went in."""

import pytest

from vitrail_widgets.transcript.chunk import LONG_CHUNK, Chunk
from vitrail_widgets.transcript.styles import Run, TextStyle
from vitrail_widgets.transcript.wrapping import row_total

RED, LINK = TextStyle(fg=1), TextStyle(bold=True, link="x:y")
TEXTS = ["", "plain", "é", "漢字かな", "e\u0301", "x" * 300, "x" * 300]


def test_lines_and_runs_come_back() -> None:
    runs = {2049: (Run(0, 2, RED), Run(3, 5, LINK)), 2053: (Run(100, 300, RED),)}
    chunk = Chunk(2048, TEXTS, runs)
    assert list(chunk.texts()) == TEXTS
    assert [chunk.runs(index) for index in range(7)] == [
        (), runs[2049], (), (), (), runs[2053], (),
    ]  # fmt: skip
    assert (chunk.start, chunk.count, chunk.max_width) == (2048, 7, 300)


def test_the_width_is_in_cells() -> None:
    assert Chunk(0, ["abc", "漢字"], {}).max_width == 4
    assert Chunk(0, ["", ""], {}).max_width == 0


def test_very_long_lines_are_kept_as_they_are() -> None:
    texts = ["x" * LONG_CHUNK, "é"]
    chunk = Chunk(0, texts, {1: (Run(0, 1, RED),)})
    assert list(chunk.texts()) == texts
    assert chunk.runs(1) == (Run(0, 1, RED),)


@pytest.mark.parametrize("texts", [TEXTS, ["x" * 50, "x" * 10, ""], ["漢" * 50] * 3])
@pytest.mark.parametrize("columns", [1, 3, 299, 300, 301])
def test_rows_are_counted_from_the_lengths_of_the_lines(columns: int, texts: list[str]) -> None:
    chunk = Chunk(0, texts, {})
    expected = sum(row_total(text, columns) for text in texts)
    assert [chunk.row_total(columns) for _ in range(2)] == [expected, expected]
