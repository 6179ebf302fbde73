import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from vitrail_widgets.qt import contrast as arithmetic
from vitrail_widgets.qt.contrast import MIXING_STEPS, luminance
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.formats import Formats, contrast, readable
from vitrail_widgets.render.row_painter import filled
from vitrail_widgets.transcript.styles import PLAIN, TextStyle, true_colour

LIGHT, DARK, HIGH = (Theme.load(name) for name in ("light", "dark", "contrast"))


@pytest.mark.parametrize(
    ("theme", "least"),
    [(LIGHT, 4.5), (DARK, 4.5), (HIGH, 7)],
    ids=("light", "dark", "contrast"),
)
@pytest.mark.parametrize("colour", range(256))
def test_each_of_the_256_colours_can_be_read_on_the_theme(
    theme: Theme, least: float, colour: int
) -> None:
    shown = Formats(theme).style(TextStyle(fg=colour))
    assert contrast(shown.fg, theme.bg) >= least


@pytest.mark.parametrize("colour", range(256))
def test_faint_text_can_be_read_where_contrast_is_high(colour: int) -> None:
    shown = Formats(HIGH).style(TextStyle(fg=colour, dim=True))
    assert contrast(shown.fg, HIGH.bg) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=("light", "dark"))
@pytest.mark.parametrize("colour", range(256))
def test_plain_text_can_be_read_on_each_of_the_256_grounds(theme: Theme, colour: int) -> None:
    shown = Formats(theme).style(TextStyle(bg=colour))
    assert shown.bg is not None
    assert contrast(shown.fg, shown.bg) >= 4.5


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_any_colour_is_made_readable_on_any_ground(colour: int, ground: int) -> None:
    assert contrast(readable(QColor(colour), QColor(ground)), QColor(ground)) >= 4.5


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_a_colour_is_changed_no_more_than_it_must_be(colour: int, ground: int) -> None:
    shown, under = readable(QColor(colour), QColor(ground)), QColor(ground)
    if shown.rgb() & 0xFFFFFF == colour:
        return
    end = max((0, 255), key=lambda end: contrast(QColor(end, end, end), under))
    # A step back, and what rounding made of it.
    parts = (shown.red(), shown.green(), shown.blue())
    own = (colour >> 16, colour >> 8 & 255, colour & 255)
    back = [
        min(max(part - round((end - was) / MIXING_STEPS) - (2 if end else -2), 0), 255)
        for part, was in zip(parts, own, strict=True)
    ]
    assert contrast(QColor(*back), under) < 4.5


def test_a_colour_is_made_readable_in_a_handful_of_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def note(rgb: int) -> float:
        tried.append(rgb)
        return luminance(rgb)

    monkeypatch.setattr(arithmetic, "luminance", note)
    greens = range(100, 200, 2)  # colours that no other test asks for, each twice
    for _ in range(2):
        for green in greens:
            assert readable(QColor(1, green, 3), QColor(3, green, 1)) != QColor(1, green, 3)
    assert 0 < len(tried) <= 6 * len(greens)


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    style = TextStyle(fg=true_colour(0, 0, 120))
    assert Formats(LIGHT).style(style).fg == QColor(0, 0, 120)


def test_bold_turns_the_normal_colours_bright() -> None:
    assert Formats(DARK).style(TextStyle(fg=1, bold=True)).fg == DARK.ansi[9]


def test_reverse_swaps_text_and_ground() -> None:
    shown = Formats(LIGHT).style(TextStyle(reverse=True))
    assert (shown.fg, shown.bg) == (LIGHT.bg, LIGHT.text)


def test_a_style_is_resolved_once() -> None:
    made = Formats(LIGHT)
    assert made.style(TextStyle(fg=3)) is made.style(TextStyle(fg=3))


def test_plain_style_draws_in_the_text_colour() -> None:
    assert Formats(DARK).style(PLAIN) == Formats(DARK).plain


def test_gaps_between_runs_are_plain() -> None:
    made = Formats(LIGHT)
    red = made.style(TextStyle(fg=1))
    runs = [(2, 4, red), (6, 9, red)]
    found = list(filled(runs, 8, made.plain))  # type: ignore[arg-type]  # tuples do
    assert [(a, b) for a, b, _ in found] == [(0, 2), (2, 4), (4, 6), (6, 8)]
