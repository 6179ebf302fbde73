"""Lines are read the same whether they are open, in the tail or sealed."""

import pytest

from vitrail_widgets.transcript.chunk import CHUNK_LINES
from vitrail_widgets.transcript.styles import Run, StyledLine, TextStyle
from vitrail_widgets.transcript.text_buffer import TAIL_LINES, TextBuffer

RED, BLUE = TextStyle(fg=1), TextStyle(fg=4)


def numbered(count: int) -> TextBuffer:
    buffer = TextBuffer()
    buffer.extend([*map(str, range(count)), ""])
    return buffer


def test_a_new_buffer_has_no_line() -> None:
    buffer = TextBuffer()
    assert (len(buffer), list(buffer), buffer.plain_text()) == (0, [], "")
    assert not buffer.ends_with_newline


@pytest.mark.parametrize(
    ("first", "stop"), [(0, 10), (1000, 1030), (1024, 3072), (1, 4100), (4000, 5000), (7, 7)]
)
def test_some_of_the_lines_are_read_as_text(first: int, stop: int) -> None:
    buffer = numbered(5 * CHUNK_LINES + 7)
    assert buffer.plain_text(first, stop) == "\n".join(map(str, range(first, stop)))


def test_an_empty_last_line_does_not_count() -> None:
    buffer = TextBuffer()
    buffer.extend(["a", ""])
    assert (len(buffer), buffer.ends_with_newline) == (1, True)
    buffer.extend(["", ""])
    assert (len(buffer), buffer.plain_text()) == (2, "a\n")
    buffer.extend(["b"])
    assert (len(buffer), buffer.ends_with_newline) == (3, False)


@pytest.mark.parametrize("count", [10, TAIL_LINES - 1, TAIL_LINES, 5 * CHUNK_LINES + 7])
def test_each_line_is_read_where_it_was_written(count: int) -> None:
    buffer = numbered(count)
    assert len(buffer) == count
    assert [line.text for line in buffer] == [str(index) for index in range(count)]
    assert buffer.plain_text() == "\n".join(map(str, range(count)))
    assert [buffer.text(index) for index in (0, count // 2, count - 1)] == [
        "0", str(count // 2), str(count - 1),
    ]  # fmt: skip


def test_sealing_depends_on_how_many_lines_there_are_and_not_on_how_they_came() -> None:
    bulk = numbered(5 * CHUNK_LINES)
    single = TextBuffer()
    for index in range(5 * CHUNK_LINES):
        single.open.append(str(index))
        single.newline()
    assert single.tail_start == bulk.tail_start > 0
    assert [chunk.start for chunk in bulk.chunks] == [0, 1024, 2048, 3072]
    assert list(single) == list(bulk)


def test_runs_come_along_into_the_chunks() -> None:
    buffer = TextBuffer()
    buffer.extend(["first"])
    buffer.extend(
        ["line", *["line"] * 3000],
        {0: [Run(5, 9, RED)], 1: [Run(0, 1, RED)], 3000: [Run(1, 2, RED)]},
    )
    assert buffer.tail_start > 0
    assert buffer[0] == StyledLine("firstline", (Run(5, 9, RED),))
    assert buffer[1] == StyledLine("line", (Run(0, 1, RED),))
    assert buffer[2] == StyledLine("line")
    assert buffer[3000] == StyledLine("line", (Run(1, 2, RED),))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 9, StyledLine("abcdefghi", (Run(2, 4, RED), Run(6, 8, BLUE)))),
        (3, 7, StyledLine("defg", (Run(0, 1, RED), Run(3, 4, BLUE)))),
        (4, 6, StyledLine("ef")),
        (7, 99, StyledLine("hi", (Run(0, 1, BLUE),))),
        (3, 3, StyledLine("")),
    ],
)
def test_a_section_has_the_runs_that_are_in_it(start: int, end: int, expected: StyledLine) -> None:
    buffer = TextBuffer()
    buffer.extend(["abcdefghi", ""], {0: [Run(2, 4, RED), Run(6, 8, BLUE)]})
    assert buffer.section(0, start, end) == expected


def test_lines_outside_are_refused() -> None:
    buffer = numbered(3)
    for index in (-1, 4):
        with pytest.raises(IndexError):
            buffer[index]


def test_only_ascii_lines_have_an_ascii_length() -> None:
    buffer = TextBuffer()
    buffer.extend(["ab", "é", "", "abc"])
    assert [buffer.ascii_length(index) for index in range(4)] == [2, None, 0, 3]
    buffer.open.append("é")
    assert buffer.ascii_length(3) is None
    buffer.open.truncate(3)
    assert buffer.ascii_length(3) == 3


def test_the_cursor_opens_lines_above_and_comes_back() -> None:
    buffer = numbered(3)
    buffer.move_to(1)
    buffer.open.append("!", RED)
    assert [line.text for line in buffer] == ["0", "1!", "2"]
    buffer.move_to(2)
    buffer.move_to(2)
    assert buffer[1] == StyledLine("1!", (Run(1, 2, RED),))
    buffer.newline()
    assert buffer.open_index == 3
    buffer.move_to(1)
    buffer.open.truncate(0)
    buffer.move_to(3)
    assert buffer[1] == StyledLine("")


def test_lines_can_be_emptied_and_dropped() -> None:
    buffer = TextBuffer()
    buffer.extend(["a", "b", "c", "d"], {0: [Run(0, 1, RED)], 2: [Run(0, 1, RED)]})
    buffer.blank(0, 1)
    assert buffer[0] == StyledLine("")
    buffer.move_to(1)
    buffer.drop_after(1)
    buffer.newline()
    buffer.open.append("new")
    assert list(buffer) == [StyledLine(""), StyledLine("b"), StyledLine("new")]


def test_lines_far_above_the_end_are_not_live() -> None:
    assert numbered(10).first_live == 0
    buffer = numbered(5000)
    assert buffer.first_live == buffer.row_total - CHUNK_LINES >= buffer.tail_start
