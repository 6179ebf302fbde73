"""Rows are found from lines and lines from rows, and an index that followed equals a new one."""

import gc
from itertools import accumulate, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.chunk import Chunk
from vitrail_widgets.transcript.row_index import RowIndex
from vitrail_widgets.transcript.sealed_rows import GROUP_CHUNKS
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.text_buffer import TextBuffer
from vitrail_widgets.transcript.wrapping import row_breaks

patient = settings(deadline=None)


def fed(text: str) -> TextBuffer:
    terminal = TerminalText()
    terminal.feed(text)
    return terminal.buffer


def check(index: RowIndex, buffer: TextBuffer) -> None:
    """Compare with rows that are counted line by line."""
    texts = [line.text for line in buffer]
    breaks = [row_breaks(text, index.columns) for text in texts]
    ends = list(accumulate(map(len, breaks), initial=0))
    assert index.row_count == ends[-1]
    some = {*range(0, len(texts), 97), *range(max(len(texts) - 20, 0), len(texts))}
    for line in some:
        assert index.rows_before_line(line) == ends[line]
        for row, start in list(enumerate(breaks[line]))[:3]:
            assert index.line_at_row(ends[line] + row) == (line, row)
            end = breaks[line][row + 1] if row + 1 < len(breaks[line]) else len(texts[line])
            assert index.row_span(line, row) == (start, end)
    assert index.rows_before_line(len(texts)) == ends[-1]


def test_an_empty_buffer_has_no_rows() -> None:
    index = RowIndex(TextBuffer(), 80)
    assert index.row_count == 0
    assert index.rows_before_line(0) == 0
    with pytest.raises(IndexError):
        index.line_at_row(0)


def test_rows_outside_are_refused() -> None:
    index = RowIndex(fed("a\nb\n"), 80)
    assert index.line_at_row(1) == (1, 0)
    for row in (-1, 2):
        with pytest.raises(IndexError):
            index.line_at_row(row)


LINES = (
    "short",
    "a longer line of text",
    "",
    "漢字とかな",
    "e\u0301\u0301 👨\u200d👩\u200d👧 é" * 3,
    "é" * 30,
)


@pytest.mark.parametrize(
    ("columns", "kinds"), [*product([1, 7, 80], [LINES, LINES[:3], LINES[:1]])]
)
def test_rows_of_sealed_and_fresh_lines_are_found(columns: int, kinds: tuple[str, ...]) -> None:
    buffer = fed(("\n".join(kinds) + "\n") * (5000 // len(kinds)))
    check(RowIndex(buffer, columns), buffer)


def test_another_width_wraps_anew() -> None:
    buffer = fed(("\n".join(LINES) + "\n") * 800)
    index = RowIndex(buffer, 80)
    for columns in (10, 11, 3, 200, 10):
        index.set_columns(columns)
        assert index.columns == columns
        check(index, buffer)


def test_a_width_is_counted_for_groups_of_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = fed("".join("x" * (number % 300) + "\n" for number in range(60_000)))
    index = RowIndex(buffer, 400)
    counted: list[Chunk] = []
    row_total = Chunk.row_total

    def note(chunk: Chunk, columns: int) -> int:
        counted.append(chunk)
        return row_total(chunk, columns)

    monkeypatch.setattr(Chunk, "row_total", note)
    index.set_columns(100)
    assert len(counted) < GROUP_CHUNKS < len(buffer.chunks)
    assert index.line_at_row(59_800) == (30_000, 0)  # 101 lines of a row, 100 of two, 99 of three
    assert len(counted) < 2 * GROUP_CHUNKS


@pytest.mark.parametrize("columns", [100, 61, 23, 2])
def test_lines_of_wide_characters_are_counted_by_their_width_where_it_says_enough(
    columns: int,
) -> None:
    family = "👨\u200d👩\u200d👧"
    lines = ["漢é" * (number % 70) + family * (number % 3) for number in range(4000)]
    buffer = fed("\n".join(lines))
    index = RowIndex(buffer, 400)
    index.set_columns(columns)
    check(index, buffer)


def test_rows_are_found_in_more_chunks_than_are_kept() -> None:
    buffer = fed("a line that is wrapped\n" * 9000)
    index = RowIndex(buffer, 10)
    for _ in range(2):
        assert [index.line_at_row(row) for row in range(0, 24_000, 3000)] == [
            (row // 3, 0) for row in range(0, 24_000, 3000)
        ]


def test_a_width_below_one_counts_as_one() -> None:
    buffer = fed("abc")
    index = RowIndex(buffer, 0)
    assert (index.columns, index.row_count) == (1, 3)
    index.set_columns(-5)
    assert index.row_count == 3


def test_a_line_of_many_rows_is_sliced_where_it_is_looked_at() -> None:
    buffer = fed("x" * 5_000_000)
    index = RowIndex(buffer, 100)
    assert index.row_count == 50_000
    assert index.line_at_row(49_999) == (0, 49_999)
    assert index.row_span(0, 49_999) == (4_999_900, 5_000_000)


def test_rows_that_are_gone_before_the_index_knows_are_empty() -> None:
    for text in ("x" * 1000, "漢a" * 500):
        terminal = TerminalText()
        terminal.feed(text)
        index = RowIndex(terminal.buffer, 10)
        terminal.feed("\r\x1b[K" + text[:3])
        assert index.row_span(0, 50)[0] >= index.row_span(0, 50)[1] - 10
        index.refresh(0)
        assert index.row_span(0, 0) == (0, 3)
        start, end = index.row_span(0, 50)
        assert start == end == 3


PIECES = st.one_of(
    st.sampled_from(["a", "漢", "e", "\u0301", "🇫", "\u200d👩", "\n", "\r", "\x1b[A", "\x1b[J"]),
    st.sampled_from(
        ["\x1b[2K", "\x1b[2A", "word " * 5, "漢字 " * 50, "line\n" * 700, "長い行\n" * 900]
    ),
)


@patient
@given(st.lists(PIECES, max_size=25), st.integers(1, 12), st.integers(1, 3))
def test_an_incremental_index_equals_a_new_one(
    pieces: list[str], columns: int, feeds_per_refresh: int
) -> None:
    terminal = TerminalText()
    index = RowIndex(terminal.buffer, columns)
    changed: list[int] = []
    for number, piece in enumerate(pieces, 1):
        changed.append(terminal.feed(piece))
        if number % feeds_per_refresh == 0 or number == len(pieces):
            index.refresh(min(changed))
            changed.clear()
            assert index.row_count == RowIndex(terminal.buffer, columns).row_count
    check(index, terminal.buffer)


def test_a_short_text_costs_few_objects() -> None:
    """The collector looks through all of them, and a session has thousands of short outputs."""
    buffer = fed("a line\n")
    index = RowIndex(buffer, 80)
    before = len(gc.get_objects())
    kept = [RowIndex(buffer, 80) for _ in range(100)]
    assert (len(gc.get_objects()) - before) / len(kept) < 4
    assert index.row_count == kept[0].row_count
