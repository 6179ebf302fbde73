"""Streams are cut into tokens, and a sequence that is cut in two is one sequence."""

import pytest

from vitrail_widgets.transcript.ansi import (
    STRING_LIMIT,
    Kind,
    SequenceJoiner,
    Token,
    csi_number,
    split_styling,
    tokens,
)


def joined(*pieces: str) -> list[str]:
    joiner = SequenceJoiner()
    return [joiner.join(piece) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\tc\rd", [(Kind.TEXT, "a\nb\tc\rd")]),
        ("a\x1b[1;31mb", [(Kind.TEXT, "a"), (Kind.SGR, "1;31"), (Kind.TEXT, "b")]),
        ("\x1b[m\x1b[4:3m", [(Kind.SGR, ""), (Kind.SGR, "4:3")]),
        ("\x1b[2K\x1b[A\x1b[3;4H", [(Kind.CSI, "K2"), (Kind.CSI, "A"), (Kind.CSI, "H3;4")]),
        ("\x1b[?25h\x1b[>c\x1b[1 q\x1b[!p", []),
        ("a\ab\b", [(Kind.TEXT, "a"), (Kind.TEXT, "b"), (Kind.BACKSPACE, "\b")]),
        ("\b\b\bx", [(Kind.BACKSPACE, "\b\b\b"), (Kind.TEXT, "x")]),
        ("\x1b]8;;x:y\x1b\\\x1b]8;;\a", [(Kind.LINK, "x:y"), (Kind.LINK, "")]),
        ("\x1b]8;id=a;x:y;z\a", [(Kind.LINK, "x:y;z")]),
        ("\x1b]0;t\x1b\\\x1b]2;t\a\x1bPq\x1b\\\x1b_x\x1b\\", []),
        ("\x1b]0;t\nb", [(Kind.TEXT, "\nb")]),
        ("\x1b]0;t\x1b[1m", [(Kind.SGR, "1")]),
        ("\x1b(B\x1b=\x1b#8", []),
        ("\x1b7\x1bM", [(Kind.COMMAND, "7"), (Kind.COMMAND, "M")]),
        ("\x1b\n", [(Kind.ESCAPE, ""), (Kind.TEXT, "\n")]),
        ("\x1b[1\n", [(Kind.ESCAPE, ""), (Kind.TEXT, "[1\n")]),
        ("\x1b\x1b[1m", [(Kind.ESCAPE, ""), (Kind.SGR, "1")]),
    ],
)
def test_text_and_sequences_become_tokens(text: str, expected: list[Token]) -> None:
    assert list(tokens(text)) == expected


def test_a_string_that_is_too_long_is_no_link() -> None:
    assert list(tokens(f"\x1b]8;;{'x' * STRING_LIMIT}\a")) == []


@pytest.mark.parametrize(
    "unfinished",
    [
        "\x1b",
        "\x1b[",
        "\x1b[1;3",
        "\x1b[1 ",
        "\x1b]",
        "\x1b]8;;x",
        "\x1b]8;;x\x1b",
        "\x1b(",
        "\x1bP",
    ],
)
def test_what_is_unfinished_is_held_back(unfinished: str) -> None:
    assert joined("a" + unfinished, "") == ["a", ""]
    joiner = SequenceJoiner()
    joiner.join("a" + unfinished)
    assert not joiner.is_idle
    assert joiner.join("m\a\n") == unfinished + "m\a\n"
    assert joiner.is_idle


def test_what_is_finished_is_not_held_back() -> None:
    for text in ("\x1b[1m", "\x1b]0;t\a", "\x1b]0;t\x1b\\", "\x1b(B", "\x1b]0;t\n", "\x1b[\n"):
        assert joined(text, "b") == [text, "b"]


def test_a_long_string_is_swallowed_and_not_kept() -> None:
    joiner = SequenceJoiner()
    assert joiner.join("a\x1b]" + "x" * (STRING_LIMIT + 2)) == "a"
    assert [joiner.join("x" * 100_000) for _ in range(3)] == ["", "", ""]
    assert not joiner.is_idle
    assert joiner.join("x\ab") == "b"
    assert joiner.is_idle


@pytest.mark.parametrize("end", ["\a", "\x1b\\"])
def test_a_swallowed_string_ends_at_its_terminator_wherever_it_is_cut(end: str) -> None:
    pieces = joined("\x1b]" + "x" * 9000, *f"xx{end}bc")
    assert "".join(pieces) == "bc"


def test_a_swallowed_string_ends_before_a_newline_or_another_sequence() -> None:
    assert joined("\x1b]" + "x" * 9000, "x\nb") == ["", "\nb"]
    assert joined("\x1b]" + "x" * 9000, "x\x1b", "[1mb") == ["", "", "\x1b[1mb"]


def test_text_and_styles_are_told_apart_and_erasures_change_no_style() -> None:
    assert split_styling("a\x1b[1mb\x1b[K\x1b[mc\x1b[0Kd\x1b[2K") == (
        ["a", "b", "", "c", "d\x1b[2K"], ["1", None, "", None],
    )  # fmt: skip
    assert split_styling("") == ([""], [])


@pytest.mark.parametrize(
    ("params", "default", "number"),
    [("", 1, 1), ("0", 1, 1), ("5", 1, 5), ("5;6", 1, 5), (";6", 1, 1), ("", 0, 0), ("1:2", 1, 1)],
)
def test_a_missing_or_zero_parameter_is_the_default(params: str, default: int, number: int) -> None:
    assert csi_number(params, default) == number
