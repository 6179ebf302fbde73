"""Every character has a shape in the end, or commands the terminal."""

import pytest
from wcwidth import wcwidth

from vitrail_widgets.transcript.control_characters import is_plain, pictured

COMMANDS = "\a\b\t\n\r\x1b"


def test_each_control_character_has_a_picture_or_is_a_command() -> None:
    controls = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xDFFF)]
    for control in controls:
        assert is_plain(control) == (control in "\n\t")
        picture = pictured(control)
        if control in "\x0e\x0f":  # they choose character sets
            assert picture == ""
            continue
        assert (picture == control) == (control in COMMANDS)
        assert control in COMMANDS or wcwidth(picture) == 1


@pytest.mark.parametrize("fill", ["x" * 10, "x" * 10_000, "é" * 10_000])
def test_one_control_character_is_found_wherever_it_is(fill: str) -> None:
    assert is_plain(fill + "\n\t" + fill)
    for control in "\0\a\b\r\x1b\x1f\x7f":
        assert not is_plain(control + fill)
        assert not is_plain(fill + control)


def test_text_without_them_is_left_as_it_is() -> None:
    text = "a\tb\n漢字 👨\u200d👩\u200d👧 שלום"
    assert pictured(text) is text
    assert is_plain(text)
