"""The colours of a terminal style in the light and in the dark theme, for web pages."""

from functools import lru_cache
from typing import Any, Final

from vitrail_resources import theme_table
from vitrail_widgets.qt.contrast import mixed, readable_rgb
from vitrail_widgets.transcript.styles import TRUE_COLOUR, TextStyle, rgb_of

FAINT: Final = 0.62
"""How much of its colour text keeps that is to be faint."""

THEMES: Final = ("light", "dark")


@lru_cache(maxsize=4096)
def colours(style: TextStyle, theme: str) -> tuple[str, str]:
    """Return the colours of text and of its ground as CSS has them; empty for the page's own.

    Args:
        style: Of the text.
        theme: "light" or "dark".
    """
    table = theme_table(theme)
    page, text = _rgb(table["tokens"]["bg"]), _rgb(table["tokens"]["text"])
    ground = None if style.bg is None else _ground(style.bg, table, page)
    fg = text if style.fg is None else _colour(style.fg, table, bright=style.bold)
    if style.reverse:
        fg, ground = page if ground is None else ground, fg
    under = page if ground is None else ground
    shown = readable_rgb(fg, under)
    fg = fg if shown is None else shown
    fg = mixed(under, fg, FAINT) if style.dim else fg
    return "" if fg == text else _css(fg), "" if ground is None else _css(ground)


def _ground(colour: int, table: dict[str, Any], page: int) -> int:
    """Return a colour to write on; the dark theme's sixteen are made to be read instead."""
    found = _colour(colour, table)
    return mixed(found, page, 0.6) if colour < 16 and table["dark"] else found


def _colour(colour: int, table: dict[str, Any], *, bright: bool = False) -> int:
    if colour & TRUE_COLOUR or colour >= 16:
        return rgb_of(colour)
    sixteen = (*table["ansi"]["normal"], *table["ansi"]["bright"])
    return _rgb(sixteen[colour + 8 if bright and colour < 8 else colour])


def _rgb(css: str) -> int:
    return int(css.removeprefix("#"), 16)


def _css(rgb: int) -> str:
    return f"#{rgb:06x}"
