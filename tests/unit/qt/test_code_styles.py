"""Each style of Pygments is a theme that can be read."""

import pytest

from vitrail_widgets.qt.code_styles import style_names
from vitrail_widgets.qt.theme import Theme, opaque
from vitrail_widgets.render.formats import contrast

TEXT = ("text", "muted", "accent", "in_prompt", "out_prompt", "ok", "warn", "error")


@pytest.mark.parametrize("name", style_names())
def test_all_text_reads_at_four_and_a_half_to_one(name: str) -> None:
    theme = Theme.load(name)
    colours = {token: getattr(theme, token) for token in TEXT}
    colours |= {f"ansi {number}": colour for number, colour in enumerate(theme.ansi)}
    colours |= dict(theme.syntax)
    for ground in (theme.bg, theme.surface, theme.raised):
        faint = {key for key, colour in colours.items() if contrast(colour, ground) < 4.5}
        assert not faint, f"on {ground.name()}"
    assert contrast(theme.text, opaque(theme.selection, theme.bg)) >= 4.5


def test_a_style_keeps_the_colours_that_can_be_read() -> None:
    theme = Theme.load("monokai")
    assert theme.dark
    assert theme.bg.name() == "#272822"
    assert theme.text.name() == "#f8f8f2"
    assert theme.syntax["keyword"].name() == "#66d9ef"
    assert theme.syntax["string"].name() == "#e6db74"


def test_what_a_style_says_nothing_of_comes_from_the_theme_of_its_lightness() -> None:
    assert Theme.load("bw").accent == Theme.load("light").accent
    assert not Theme.load("bw").dark


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no style 'monokay'"):
        Theme.load("monokay")
