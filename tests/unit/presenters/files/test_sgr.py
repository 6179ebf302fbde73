import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.presenters.files.sgr import with_sgr
from vitrail_widgets.transcript.terminal_text import TerminalText

CODES = (
    "0", "1", "2", "3", "4", "4:3", "21", "24", "5", "7", "8", "9", "53", "58;5;3", "58;2;1;2;3",
    "59", "31", "97", "44", "103", "38;5;200", "48;2;1;2;3", "22",
)  # fmt: skip


def fed(text: str) -> TerminalText:
    terminal = TerminalText()
    terminal.feed(text)
    return terminal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain\n",
        "no newline",
        "\x1b[31mred\x1b[0m",
        "\n\n",
        "\x1b]8;;https://a.example/?q=1\x1b\\link\x1b]8;;\x1b\\ after",
        "\x1b[1m\x1b]8;;https://a.example\x1b\\bold link\x1b]8;;\x1b\\\x1b[0m",
    ],
)
def test_what_a_terminal_shows_is_told_again(text: str) -> None:
    assert with_sgr(fed(text).buffer) == text


@given(st.lists(st.one_of(st.sampled_from(CODES), st.text("ab \n")), max_size=12))
def test_text_and_styles_survive_the_way_there_and_back(parts: list[str]) -> None:
    text = "".join(f"\x1b[{part}m" if part in CODES else part for part in parts)
    once = fed(text).buffer
    again = fed(with_sgr(once)).buffer
    assert list(again) == list(once)
