"""Terminal text agrees with pyte on the sequences that both know.

Left out is where we differ on purpose: lines are as long as they like and never scroll away, the
cursor goes down only to lines that were begun, and erasing all of the display goes home, too.
"""

from typing import Any

import pyte
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyte.graphics import FG_BG_256
from pyte.modes import LNM

from vitrail_widgets.transcript.screen import SCREEN_ROWS
from vitrail_widgets.transcript.styles import PLAIN, TRUE_COLOUR, StyledLine, TextStyle
from vitrail_widgets.transcript.terminal_text import TerminalText

COLUMNS = 700
ROWS = 100
NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")

patient = settings(deadline=None, max_examples=100)

TEXT = st.text("abcdéf─", min_size=1, max_size=9)
CONTROL = st.sampled_from(["\n", "\r", "\b", "\t", "\r\n"])
CODES = [
    "0",
    "1",
    "3",
    "4",
    "5",
    "7",
    "9",
    "22",
    "23",
    "24",
    "25",
    "27",
    "29",
    "39",
    "49",
    "31",
    "36",
    "43",
    "97",
    "101",
    "38;5;16",
    "38;5;231",
    "48;5;240",
    "1;4;33;44",
    "38;2;1;2;3",
    "48;2;250;0;7",
    "0;1;7;92",
]
SGR = st.sampled_from(["", *CODES]).map("\x1b[{}m".format)
NUMBER = st.integers(0, 7)
ACROSS = st.builds("\x1b[{1}{0}".format, st.sampled_from("ACDGF@PX"), NUMBER)
ABSOLUTE = st.builds("\x1b[{};{}H".format, st.integers(1, 6), st.integers(1, 30))
ROW = st.builds("\x1b[{}d".format, st.integers(1, 6))
ERASE = st.sampled_from(["\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[J", "\x1b[1J"])
SAVED = st.lists(st.one_of(TEXT, SGR, ACROSS), max_size=4).map(
    lambda some: "\x1b7" + "".join(some) + "\x1b8"
)
JUNK = st.sampled_from(
    ["\x1b[?25l", "\x1b(B", "\x1b]0;title\x07", "\x1b]2;t\x1b\\", "\x1b[?2004h", "\x1b="]
)
ON_A_SCREEN = st.lists(
    st.one_of(TEXT, TEXT, CONTROL, SGR, ACROSS, ABSOLUTE, ROW, ERASE, SAVED, JUNK), max_size=25
)
LINES = st.builds("\x1b[{1}{0}".format, st.sampled_from("LM"), st.integers(1, 3))
BY_LINES = st.lists(st.one_of(TEXT, CONTROL, LINES, ACROSS), max_size=25)
PAIRS = st.lists(st.sampled_from(["ab", "漢", "é─", "字"]), min_size=1, max_size=5).map("".join)
EVEN = st.builds("\x1b[{1}{0}".format, st.sampled_from("CDPX@"), st.sampled_from([2, 4, 6]))
WIDE = st.lists(st.one_of(PAIRS, PAIRS, st.sampled_from(["\r", "\n", "\t", "\x1b[K"]), EVEN, SGR))
"""All on even columns: pyte leaves halves of wide characters, and terminals blank them."""


class Screen(pyte.Screen):
    """Has all rows: 0.8.2 deletes a line that nothing follows by leaving it as it is."""

    def delete_lines(self, count: int | None = None) -> None:
        for row in range(self.lines):
            self.buffer[row]
        super().delete_lines(count)


def shown_by_pyte(text: str, rows: int) -> list[list[tuple[str, Any]]]:
    screen = Screen(COLUMNS, rows)
    screen.set_mode(LNM)
    pyte.Stream(screen).feed(text)
    shown = []
    for row in range(rows):
        line = screen.buffer[row]
        cells = [line[column] for column in range(max(line, default=-1) + 1) if line[column].data]
        shown.append(trimmed([(cell.data, look_of(cell)) for cell in cells]))
    return without_trailing_blanks(shown)


def look_of(cell: Any) -> tuple[Any, ...]:
    return (
        cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.strikethrough,
        cell.reverse, cell.blink,
    )  # fmt: skip


def shown_by_us(text: str) -> list[list[tuple[str, Any]]]:
    terminal = TerminalText()
    terminal.feed(text)
    return without_trailing_blanks([trimmed(cells_of(line)) for line in terminal.buffer])


def cells_of(line: StyledLine) -> list[tuple[str, Any]]:
    styles = [PLAIN] * len(line.text)
    for run in line.runs:
        styles[run.start : run.end] = [run.style] * (run.end - run.start)
    return [(character, look(style)) for character, style in zip(line.text, styles, strict=True)]


def look(style: TextStyle) -> tuple[Any, ...]:
    return (
        colour_name(style.fg), colour_name(style.bg), style.bold, style.italic,
        bool(style.underline), style.strike, style.reverse, style.blink,
    )  # fmt: skip


def colour_name(colour: int | None) -> str:
    if colour is None:
        return "default"
    if colour & TRUE_COLOUR:
        return f"{colour & 0xFFFFFF:06x}"
    if colour < 8:
        return NAMES[colour]
    return f"bright{NAMES[colour - 8]}" if colour < 16 else FG_BG_256[colour]


def trimmed(cells: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Drop blanks at the end; a blank's look does not count, for pyte erases in colour."""
    kept = [(" ", None) if data == " " else (data, look) for data, look in cells]
    while kept and kept[-1][0] == " ":
        kept.pop()
    return kept


def without_trailing_blanks(
    lines: list[list[tuple[str, Any]]],
) -> list[list[tuple[str, Any]]]:
    while lines and not lines[-1]:
        lines.pop()
    return lines


@patient
@given(ON_A_SCREEN.map("".join))
def test_what_is_written_all_over_a_screen_looks_as_in_pyte(text: str) -> None:
    assume(text.count("\n") + 6 <= SCREEN_ROWS)  # nothing scrolls
    assert shown_by_us(text) == shown_by_pyte(text, SCREEN_ROWS)


@patient
@given(BY_LINES.map("".join))
def test_lines_and_characters_are_inserted_and_deleted_as_in_pyte(text: str) -> None:
    assert shown_by_us(text) == shown_by_pyte(text, ROWS)


@patient
@given(WIDE.map("".join))
def test_wide_characters_take_two_cells_as_in_pyte(text: str) -> None:
    assert shown_by_us(text) == shown_by_pyte(text, ROWS)


@patient
@given(BY_LINES.map("".join), st.integers(0, 200))
def test_a_sequence_that_is_cut_looks_as_in_pyte(text: str, cut: int) -> None:
    whole = TerminalText()
    whole.feed(text[:cut])
    whole.feed(text[cut:])
    shown = without_trailing_blanks([trimmed(cells_of(line)) for line in whole.buffer])
    assert shown == shown_by_pyte(text, ROWS)
