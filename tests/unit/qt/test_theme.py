import pytest
from PySide6.QtGui import QColor

from vitrail_resources import THEMES
from vitrail_widgets.qt.theme import Theme, opaque
from vitrail_widgets.render.formats import contrast

TEXT = ("text", "muted", "accent", "in_prompt", "out_prompt", "ok", "warn", "error")


@pytest.mark.parametrize("name", THEMES)
def test_all_text_of_a_theme_reads_at_four_and_a_half_to_one(name: str) -> None:
    theme = Theme.load(name)
    colours = {token: getattr(theme, token) for token in TEXT}
    colours |= {f"ansi {number}": colour for number, colour in enumerate(theme.ansi)}
    colours |= dict(theme.syntax)
    for ground in (theme.bg, theme.surface):
        faint = {
            key: contrast(c, ground) for key, c in colours.items() if contrast(c, ground) < 4.5
        }
        assert not faint, f"on {ground.name()}: {faint}"


def test_high_contrast_is_seven_to_one_and_shows_its_edges() -> None:
    theme = Theme.load("contrast")
    colours = [getattr(theme, token) for token in TEXT]
    for colour in (*colours, *theme.ansi, *theme.syntax.values()):
        assert contrast(colour, theme.bg) >= 7, colour.name()
        assert contrast(colour, theme.surface) >= 7, colour.name()
    assert contrast(theme.border, theme.bg) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_text_stays_readable_when_it_is_selected(name: str) -> None:
    theme = Theme.load(name)
    assert contrast(theme.text, opaque(theme.selection, theme.bg)) >= 7


def test_a_colour_with_alpha_is_laid_over_its_ground() -> None:
    half = QColor(255, 255, 255)
    half.setAlphaF(0.5)
    assert abs(opaque(half, QColor(0, 0, 0)).red() - 128) <= 1
