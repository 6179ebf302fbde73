"""Rows of code end between words, where Qt ends those of the input."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from vitrail_widgets.transcript.cell_width import cell_width, cell_widths
from vitrail_widgets.transcript.row_index import RowIndex
from vitrail_widgets.transcript.text_buffer import TextBuffer
from vitrail_widgets.transcript.word_wrapping import LONGEST, word_breaks
from vitrail_widgets.transcript.wrapping import row_breaks

FAMILY = "👨\u200d👩\u200d👧"
PIECES = [
    "a",
    "bc",
    " ",
    "  ",
    "-",
    "x = ",
    "(",
    ")",
    "é",
    "e\u0301",
    " \u0301",
    "漢",
    "字字",
    FAMILY,
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)

CODE = (
    "rng, n = np.random.default_rng(4), 200_000",
    'weather = pd.DataFrame({"station": rng.choice(["Kiruna", "Uppsala"], n, p=[.4, .6])})',
    '    "pressure": rng.normal(1013, 9, n).round(2),',
    "plt.figure(figsize=(6, 2.2)); plt.plot(steps.cumsum(), linewidth=1); plt.show()",
    "    return [row for row in rows if row.total > 0 and not row.is_hidden]  # those that count",
    "for i in range(1_000_000): print(i, 'some text here')",
)


def rows(text: str, columns: int) -> list[str]:
    breaks = [*word_breaks(text, columns), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(breaks)]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("", 3, [""]),
        ("word", 4, ["word"]),
        ("two words", 5, ["two ", "words"]),
        ("two words", 3, ["two ", "wor", "ds"]),
        ("two   words", 3, ["two   ", "wor", "ds"]),
        ("one two  ", 7, ["one two  "]),
        ("verylongword", 5, ["veryl", "ongwo", "rd"]),
        ("        indented", 10, ["        in", "dented"]),
        ("            deep", 8, ["            ", "deep"]),
        ("call(one)(two)", 11, ["call(one)", "(two)"]),
        ("well-known", 6, ["well-", "known"]),
        ("size - -offset", 9, ["size - ", "-offset"]),
        ("x = 漢字漢字", 8, ["x = 漢字", "漢字"]),
        (f"x = {FAMILY}{FAMILY}", 6, ["x = ", FAMILY + FAMILY]),
        ("ab e\u0301e\u0301e\u0301", 4, ["ab ", "e\u0301e\u0301e\u0301"]),
    ],
)
def test_rows_end_between_words_where_they_can(
    text: str, columns: int, expected: list[str]
) -> None:
    assert rows(text, columns) == expected


@settings(deadline=None)
@given(texts, st.integers(1, 12))
def test_rows_hold_what_fits_and_no_cluster_is_torn(text: str, columns: int) -> None:
    found = rows(text, columns)
    assert "".join(found) == text
    for row in found:
        seen = row.rstrip(" \u0301")
        is_one_cluster = sum(width > 0 for width in cell_widths(seen)) <= 1
        assert cell_width(seen) <= columns or is_one_cluster
    widths = list(cell_widths(text))
    assert all(widths[start] for start in word_breaks(text, columns)[1:])


def test_line_too_long_to_look_at_is_cut_anywhere() -> None:
    text = "word " * LONGEST
    assert word_breaks(text, 72) == row_breaks(text, 72)


def test_index_counts_rows_of_words_and_finds_them() -> None:
    buffer = TextBuffer()
    buffer.extend(["two words", "", "short", "漢字 and words"])
    index = RowIndex(buffer, 5, word_breaks)
    cut = [buffer.text(line)[slice(*index.row_span(line, row))] for line, row in all_rows(index)]
    assert cut == ["two ", "words", "", "short", "漢字 ", "and ", "words"]
    assert [index.row_of(0, offset) for offset in (0, 3, 4, 9)] == [0, 0, 1, 1]
    index.set_columns(9)
    assert index.row_count == 5


def test_code_of_thousands_of_lines_is_counted_without_looking_at_each() -> None:
    buffer = TextBuffer()
    buffer.extend(["two words"] * 5_000)
    assert buffer.chunks
    assert RowIndex(buffer, 5, word_breaks).row_count == RowIndex(buffer, 5).row_count == 10_000


@pytest.mark.parametrize("text", CODE)
def test_code_keeps_the_rows_it_had_while_it_was_typed(qapp: object, text: str) -> None:
    font = QFont("DejaVu Sans Mono", 10)
    for columns in range(16, 80):
        assert list(word_breaks(text, columns)) == rows_of_qt(text, font, columns), columns


def rows_of_qt(text: str, font: QFont, columns: int) -> list[int]:
    layout, option, starts = QTextLayout(text, font), QTextOption(), list[int]()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (row := layout.createLine()).isValid():
        row.setLineWidth((columns + 0.01) * QFontMetricsF(font).horizontalAdvance("m"))
        starts.append(row.textStart())
    layout.endLayout()
    return starts


def all_rows(index: RowIndex) -> list[tuple[int, int]]:
    return [index.line_at_row(row) for row in range(index.row_count)]
