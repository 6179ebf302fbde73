"""SGR codes change the style they name and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.sgr import apply_link, apply_sgr
from vitrail_widgets.transcript.styles import PLAIN, TextStyle, Underline, true_colour

ALL = TextStyle(
    fg=1, bg=2, bold=True, dim=True, italic=True, underline=Underline.CURLY, reverse=True,
    strike=True, link="x:y", underline_colour=3, overline=True, blink=True, conceal=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("1", TextStyle(bold=True)),
        ("2", TextStyle(dim=True)),
        ("3", TextStyle(italic=True)),
        ("4", TextStyle(underline=Underline.STRAIGHT)),
        ("21", TextStyle(underline=Underline.DOUBLE)),
        ("4:2", TextStyle(underline=Underline.DOUBLE)),
        ("4:3", TextStyle(underline=Underline.CURLY)),
        ("4:4", TextStyle(underline=Underline.DOTTED)),
        ("4:5", TextStyle(underline=Underline.DASHED)),
        ("4:9", TextStyle(underline=Underline.STRAIGHT)),
        ("5", TextStyle(blink=True)),
        ("6", TextStyle(blink=True)),
        ("8", TextStyle(conceal=True)),
        ("53", TextStyle(overline=True)),
        ("7", TextStyle(reverse=True)),
        ("9", TextStyle(strike=True)),
        ("30", TextStyle(fg=0)),
        ("37", TextStyle(fg=7)),
        ("90", TextStyle(fg=8)),
        ("97", TextStyle(fg=15)),
        ("40", TextStyle(bg=0)),
        ("107", TextStyle(bg=15)),
        ("38;5;200", TextStyle(fg=200)),
        ("48;5;0", TextStyle(bg=0)),
        ("38:5:200", TextStyle(fg=200)),
        ("38;2;1;2;3", TextStyle(fg=true_colour(1, 2, 3))),
        ("38:2:1:2:3", TextStyle(fg=true_colour(1, 2, 3))),
        ("48:2::1:2:3", TextStyle(bg=true_colour(1, 2, 3))),
        ("38;2;999;0;0", TextStyle(fg=true_colour(255, 0, 0))),
        ("38;2;;;", TextStyle(fg=true_colour(0, 0, 0))),
        ("1;31;44", TextStyle(fg=1, bg=4, bold=True)),
        ("38;5;1;1", TextStyle(fg=1, bold=True)),
        ("1;0", PLAIN),
        ("1;", PLAIN),
        ("58;5;9;1", TextStyle(bold=True, underline_colour=9)),
        ("58;2;1;2;3;1", TextStyle(bold=True, underline_colour=true_colour(1, 2, 3))),
        ("58:5:9", TextStyle(underline_colour=9)),
        ("58:2::1:2:3", TextStyle(underline_colour=true_colour(1, 2, 3))),
        ("38", PLAIN),
        ("38;5", PLAIN),
        ("38;2;1;2", PLAIN),
        ("38;5;256", PLAIN),
        ("38:5", PLAIN),
        ("38;7;1", TextStyle(bold=True)),
        ("38;5:1;1", TextStyle(bold=True)),
        (":", PLAIN),
        ("10;11;20;51;73;999", PLAIN),
    ],
)
def test_codes_set_what_they_name(params: str, expected: TextStyle) -> None:
    assert apply_sgr(PLAIN, params) == expected


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("22", ALL._replace(bold=False, dim=False)),
        ("23", ALL._replace(italic=False)),
        ("24", ALL._replace(underline=0)),
        ("4:0", ALL._replace(underline=0)),
        ("25", ALL._replace(blink=False)),
        ("28", ALL._replace(conceal=False)),
        ("55", ALL._replace(overline=False)),
        ("59", ALL._replace(underline_colour=None)),
        ("27", ALL._replace(reverse=False)),
        ("29", ALL._replace(strike=False)),
        ("39", ALL._replace(fg=None)),
        ("49", ALL._replace(bg=None)),
        ("", TextStyle(link="x:y")),
        ("0", TextStyle(link="x:y")),
    ],
)
def test_codes_reset_what_they_name(params: str, expected: TextStyle) -> None:
    assert apply_sgr(ALL, params) == expected


@settings(deadline=None)
@given(st.text("0123456789;:", max_size=40))
def test_any_parameters_give_a_style(params: str) -> None:
    style = apply_sgr(ALL, params)
    assert style.link == "x:y"
    for colour in (style.fg, style.bg, style.underline_colour):
        assert colour is None or 0 <= colour < 256 or 0 <= colour - true_colour(0, 0, 0) < 1 << 24


def test_a_link_begins_and_ends() -> None:
    assert apply_link(PLAIN, "x:y") == TextStyle(link="x:y")
    assert apply_link(TextStyle(link="x:y"), "") == PLAIN
