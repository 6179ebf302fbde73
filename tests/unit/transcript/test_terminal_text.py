"""Terminal output becomes the lines that a terminal would show, however it is cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.terminal_reference import Move, ReferenceTerminal, Sgr, Step, as_text
from vitrail_widgets.transcript.screen import COLUMN_LIMIT, SCREEN_ROWS
from vitrail_widgets.transcript.styles import Run, StyledLine, TextStyle
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.text_buffer import TAIL_LINES

patient = settings(deadline=None)


RED = TextStyle(fg=1)


def fed(*pieces: str) -> TerminalText:
    text = TerminalText()
    for piece in pieces:
        text.feed(piece)
    return text


def lines(*pieces: str) -> list[str]:
    return [line.text for line in fed(*pieces).buffer]


def styled(*pieces: str) -> list[StyledLine]:
    return list(fed(*pieces).buffer)


# -- lines and cursor ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\n", ["a", ""]),
        ("\n", [""]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\r\r\nb", ["a", "b"]),
        ("10%\r20%\r100%", ["100%"]),
        ("longer\rab", ["abnger"]),
        ("one\rtwo\x1b[K", ["two"]),
        ("abc\b\bX", ["aXc"]),
        ("\b\bx", ["x"]),
        ("ding\adong", ["dingdong"]),
        ("a\tb", ["a       b"]),
        ("12345678\tb", ["12345678        b"]),
        ("abcdefghij\r\tX", ["abcdefghXj"]),
        ("ab\rx\ty", ["xb      y"]),
        ("a\nb\x1b[AX", ["aX", "b"]),
        ("a\nb\n\x1b[2AX\nY\nZ", ["X", "Y", "Z"]),
        ("a\nb\n\x1b[99AX", ["X", "b"]),
        ("a\n\x1b[99Bb", ["a", "b"]),
        ("a\x1b[3Cb", ["a   b"]),
        ("abc\x1b[2Dx", ["axc"]),
        ("abc\x1b[2Gx", ["axc"]),
        ("abc\x1b[0Gx", ["xbc"]),
        ("abc\x1b[2D\x1b[K", ["a"]),
        ("abc\x1b[2D\x1b[1K", ["  c"]),
        ("abc\x1b[2Kx", ["   x"]),
        ("abc\r\x1b[2K", []),
        ("a\nb\nc\x1b[2A\x1b[J", ["a"]),
        ("a\nb\nc\x1b[A\x1b[1J", ["", " ", "c"]),
        ("a\nb\nc\x1b[2Jx", [" x"]),
        ("a\x1b[7Jb\x1b[7K", ["ab"]),
        ("long one\rab\rxyz\r1", ["1yzg one"]),
        ("a\nb\nc\r\x1b[3Jx", ["x"]),
        ("ab\ncd\x1b[Hx", ["xb", "cd"]),
        ("ab\ncd\x1b[1;2Hx", ["ax", "cd"]),
        ("ab\ncd\x1b[1;2fx", ["ax", "cd"]),
        ("ab\ncd\x1b[4;9Hx", ["ab", "cd", "", "        x"]),
        ("ab\ncd\x1b[1dx", ["abx", "cd"]),
        ("ab\ncd\x1b[Fx", ["xb", "cd"]),
        ("ab\ncd\x1b[A\x1b[Ex", ["ab", "xd"]),
        ("abc\x1b[2`x", ["axc"]),
        ("a\x1b[2ax", ["a  x"]),
        ("ab\ncd\x1b[A\x1b[ex", ["ab", "cdx"]),
        ("ab\x1b7cd\x1b8x", ["abxd"]),
        ("ab\x1b[scd\x1b[ux", ["abxd"]),
        ("ab\x1b7\ncd\x1b8x\x1b8y", ["aby", "cd"]),
        ("a\x1b8b\x1b[uc", ["abc"]),
        ("abcd\x1b[2G\x1b[2@x", ["ax bcd"]),
        ("abcd\x1b[2G\x1b[2P", ["ad"]),
        ("abcd\x1b[2G\x1b[9P", ["a"]),
        ("abcd\x1b[2G\x1b[2X", ["a  d"]),
        ("abcd\x1b[2G\x1b[9X", ["a   "]),
        ("abcd\x1b[9G\x1b[2X\x1b[2P\x1b[2@", ["abcd"]),
        ("a\nb\nc\x1b[A\x1b[Lx", ["a", "x", "b", "c"]),
        ("a\nb\nc\x1b[2A\x1b[2Mx", ["x"]),
        ("a\nb\nc\x1b[A\x1b[Mx", ["a", "x"]),
        ("a\nb\nc\x1b[9Mx", ["a", "b", "x"]),
        ("ab\x1bDc\x1bEd\x1bMe", ["ab", " ec", "d"]),
    ],
)
def test_text_becomes_the_lines_a_terminal_would_show(text: str, expected: list[str]) -> None:
    assert lines(text) == expected
    assert lines(*text) == expected


def test_a_cursor_far_to_the_right_does_not_fill_memory() -> None:
    assert len(lines("\x1b[999999999Cx")[0]) == COLUMN_LIMIT + 1
    assert len(lines("\x1b[999999999Gx")[0]) == COLUMN_LIMIT + 1
    assert lines("a" * 5000 + "\x1b[4000Gx")[0][3999] == "x"


def test_home_is_a_screen_above_the_end_of_a_long_output() -> None:
    text = lines("line\n" * 100, "\x1b[Hhome")
    assert text.index("home") == 101 - SCREEN_ROWS
    assert len(lines("\x1b[9999Hx")) == SCREEN_ROWS


def test_inserted_lines_take_their_styles_along() -> None:
    text = fed("a\n\x1b[31mb\nc\x1b[0m\x1b[2A\x1b[2L")
    assert [line.text for line in text.buffer] == ["", "", "a", "b", "c"]
    assert [len(line.runs) for line in text.buffer] == [0, 0, 0, 1, 1]
    text.feed("\x1b[3M")
    assert list(text.buffer) == [
        StyledLine("b", (Run(0, 1, RED),)),
        StyledLine("c", (Run(0, 1, RED),)),
    ]


def test_many_inserted_lines_do_not_fill_memory() -> None:
    text = fed("a\nb\x1b[A\x1b[99999999L")
    assert len(text.buffer) == 2 + SCREEN_ROWS
    assert len(lines("ab\r\x1b[99999999@")[0]) == COLUMN_LIMIT + 2


def test_a_restored_cursor_writes_in_the_style_it_was_saved_with() -> None:
    assert styled("\x1b[31m\x1b7\x1b[0mab\x1b8c")[0].runs == (Run(0, 1, RED),)


def test_the_cursor_does_not_go_up_into_lines_that_are_settled() -> None:
    text = fed("line\n" * 5000, "\x1b[99999Atop")
    changed = next(index for index, line in enumerate(text.buffer) if line.text == "tope")
    assert changed == len(text.buffer) + 1 - 1024
    assert changed >= text.buffer.tail_start


def test_erasing_the_display_keeps_what_scrolled_away() -> None:
    text = fed("line\n" * (TAIL_LINES + 1), "\x1b[2J")
    assert len(text.buffer) == TAIL_LINES + 2 - 1024
    assert {line.text for line in text.buffer} == {"line"}


def test_feed_returns_the_first_line_that_may_have_changed() -> None:
    text = TerminalText()
    assert [text.feed(piece) for piece in ("a\nb\n", "c\n", "\x1b[3AX", "\x1b[3B", "\n")] == [
        0, 2, 0, 0, 3,
    ]  # fmt: skip


# -- styles --------------------------------------------------------------------------------


def test_styles_become_runs() -> None:
    assert styled("a\x1b[31mb\x1b[0mc") == [StyledLine("abc", (Run(1, 2, RED),))]


def test_a_style_lasts_over_lines_and_feeds() -> None:
    expected = [
        StyledLine("ab", (Run(1, 2, RED),)),
        StyledLine("", ()),
        StyledLine("cd", (Run(0, 1, RED),)),
    ]
    assert styled("a\x1b[31mb\n", "\nc", "\x1b[md") == expected


def test_adjoining_equal_runs_are_one() -> None:
    assert styled("\x1b[31ma\x1b[31mb", "c\x1b[0;31md") == [StyledLine("abcd", (Run(0, 4, RED),))]


def test_overwriting_replaces_the_style_too() -> None:
    assert styled("\x1b[31mabcdef\r\x1b[2C\x1b[0mxy") == [
        StyledLine("abxyef", (Run(0, 2, RED), Run(4, 6, RED)))
    ]


def test_a_gap_is_filled_with_plain_spaces() -> None:
    assert styled("\x1b[31ma\x1b[2Cb") == [StyledLine("a  b", (Run(0, 1, RED), Run(3, 4, RED)))]
    assert styled("\x1b[31ma\tb") == [StyledLine("a       b", (Run(0, 1, RED), Run(8, 9, RED)))]


def test_grep_colours_with_erasures_are_read_in_bulk_and_by_the_way() -> None:
    text = "x\x1b[31m\x1b[Kred\x1b[m\x1b[K y\n"
    expected = [StyledLine("xred y", (Run(1, 4, RED),))]
    assert styled(text) == expected
    assert styled("\r" + text) == expected


def test_links_are_part_of_the_style() -> None:
    style = TextStyle(link="https://example.org/?a=1;b=2")
    text = "\x1b]8;id=1;https://example.org/?a=1;b=2\x1b\\here\x1b]8;;\x07."
    assert styled(text) == [StyledLine("here.", (Run(0, 4, style),))]


def test_a_reset_does_not_end_a_link() -> None:
    (line,) = styled("\x1b]8;;x:y\x07a\x1b[1mb\x1b[0mc\x1b]8;;\x07d")
    assert [(run.start, run.end, run.style.link) for run in line.runs] == [
        (0, 1, "x:y"), (1, 2, "x:y"), (2, 3, "x:y"),
    ]  # fmt: skip


# -- what cannot be shown ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\0b", "a␀b"),
        ("\x01\x1f\x7f", "␁␟␡"),
        ("\x0b\x0c", "␋␌"),
        ("\x9b31m\x85", "�31m�"),
        ("\ud800x\udfff", "�x�"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\x1b\nx", "␛"),
        ("\x1b[" + "1" * 200 + "m", "␛[" + "1" * 200 + "m"),
        ("שלום e\u0301 👨‍👩‍👧 漢字", "שלום e\u0301 👨‍👩‍👧 漢字"),
    ],
)
def test_what_has_no_shape_is_shown_by_one_that_has(text: str, expected: str) -> None:
    assert lines(text)[0] == expected
    assert lines("\r", *text)[0] == expected


def test_a_long_text_with_one_control_character_shows_it() -> None:
    assert lines("x" * 5000 + "\0") == ["x" * 5000 + "␀"]


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]0;title\x07",
        "\x1b]0;title\x1b\\",
        "\x1b]1337;File=:" + "A" * 100_000 + "\x07",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=1;AAAA\x1b\\",
        "\x1b^private\x1b\\",
        "\x1b[?25l",
        "\x1b[>1;2c",
        "\x1b[1 q",
        "\x1b[200~",
        "\x1b[?2004h",
        "\x1b[<0;1;1M",
        "\x0e",
        "\x0f",
        "\x1b)0",
        "\x1b[1S",
        "\x1b[5;10r",
        "\x1b(B",
        "\x1b=",
        "\x1b7",
        "\x1bc",
        "\x1b\\",
        "\x1b[m",
    ],
)
def test_other_sequences_leave_no_trace(sequence: str) -> None:
    assert styled(f"a{sequence}b") == [StyledLine("ab")]
    for cut in range(1, min(len(sequence), 50)):
        assert styled("a" + sequence[:cut], sequence[cut:] + "b") == [StyledLine("ab")]


def test_a_newline_ends_a_sequence_that_was_never_finished() -> None:
    assert lines("a\x1b]0;title\nb\nc") == ["a", "b", "c"]
    assert lines("a\x1b]0;" + "x" * 10_000, "yyy", "zzz\nb") == ["a", "b"]


def test_a_long_string_in_pieces_ends_where_its_terminator_was_cut() -> None:
    assert lines("a\x1b]0;" + "x" * 5000, "xx\x1b", "\\b") == ["ab"]
    assert lines("a\x1b]0;" + "x" * 5000, "xx\x1b", "[31mb") == ["ab"]


# -- properties ----------------------------------------------------------------------------

FRAGMENTS = st.one_of(
    st.sampled_from(["a", "bc", "déf", "漢", *"\n\r\b\t\a\0\ud83d\x1b[]\\m1;?"]),
    st.sampled_from(["\x1b[31m", "\x1b[0m", "\x1b[1;48;5;9m", "\x1b]8;;x:y\x1b\\", "\x1b]8;;\x07"]),
    st.sampled_from(["\x1b[A", "\x1b[2K", "\x1b[K", "\x1b[3C", "\x1b[J", "\x1b[?25l"]),
    st.sampled_from(
        ["\x1b7", "\x1b8", "\x1b[2L", "\x1b[M", "\x1b[2@", "\x1b[P", "\x1b[H", "\x1bM"]
    ),
    st.sampled_from(["\x1b]0;t", "\x1bP", "\x1b(", "\x1b\\", "\r\n", "x" * 3000]),
)


@patient
@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.data())
def test_any_split_gives_the_same_lines(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    bounds = [0, *cuts, len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    assert styled(*pieces) == styled(text)


TEXTS: st.SearchStrategy[Step] = st.text("ab漢é", min_size=1, max_size=12)
CONTROLS: st.SearchStrategy[Step] = st.sampled_from(["\n", "\r", "\b", "\t", "\r\n", "x\n"])
STYLES: st.SearchStrategy[Step] = st.sampled_from(["", "0", "31", "1", "44"]).map(Sgr)
MOVES: st.SearchStrategy[Step] = st.builds(Move, st.sampled_from("ABCDG"), st.integers(0, 9))
ERASURES: st.SearchStrategy[Step] = st.builds(Move, st.sampled_from("KJ"), st.integers(0, 3))
STEPS = st.lists(st.one_of(TEXTS, CONTROLS, STYLES, MOVES, ERASURES), max_size=40)


@patient
@given(STEPS, st.booleans())
def test_it_agrees_with_a_terminal_that_writes_character_by_character(
    steps: list[Step], is_split: bool
) -> None:
    steps = [step for step in steps if step != Move("J", 3)]
    text = as_text(steps)
    expected = ReferenceTerminal().run(steps)
    assert styled(*text if is_split else [text]) == expected


@patient
@given(STEPS, STEPS)
def test_lines_before_the_reported_one_have_not_changed(
    first: list[Step], then: list[Step]
) -> None:
    text = fed(as_text(first))
    before = list(text.buffer)
    changed = text.feed(as_text(then))
    assert list(text.buffer)[:changed] == before[:changed]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["plain", "\x1b[1mbold\x1b[0m x", "漢字", "", "a\tb"]), max_size=9))
def test_sealed_lines_read_like_fresh_ones(some: list[str]) -> None:
    some = [*some, "last"]
    repeats = TAIL_LINES // len(some) + 100
    buffer = fed(("\n".join(some) + "\n") * repeats).buffer
    fresh = [styled(line + "\n")[0] for line in some]
    assert buffer.tail_start > 0
    assert list(buffer) == fresh * repeats
