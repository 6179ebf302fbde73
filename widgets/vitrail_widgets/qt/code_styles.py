"""A theme for each style of Pygments: its ground, its text and its code; the rest follows."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar

from vitrail_resources import theme_table
from vitrail_widgets.qt.contrast import READABLE, luminance, mixed, ratio, readable_rgb

TOKENS: Final = {
    "keyword": "Keyword",
    "string": "Literal.String",
    "number": "Literal.Number",
    "comment": "Comment",
    "function": "Name.Function",
    "class": "Name.Class",
    "builtin": "Name.Builtin",
    "operator": "Operator",
    "decorator": "Name.Decorator",
    "error": "Generic.Error",
    "name": "Name",
}
"""The token of Pygments whose colour each syntax name has."""

SHARES: Final = {"surface": 0.035, "raised": 0.06, "border": 0.14}
"""How much of the text's colour is in grounds and hairlines."""

FAINT: Final = 0.38
"""How much of the ground's colour is in secondary text."""

Key = TypeVar("Key")

MIDDLE: Final = 0.18
"""The luminance that is half way between black and white to the eye."""


@cache
def style_names() -> tuple[str, ...]:
    """Return the names of all styles, of plugins too."""
    from pygments.styles import get_all_styles

    return tuple(sorted(get_all_styles()))


@cache
def style_table(name: str) -> dict[str, Any]:
    """Return a theme made of a style, in the form of our own themes' files.

    Its colours are moved towards black or white where they could not be read.

    Raises:
        ValueError: There is no such style, or it cannot be loaded.
    """
    style = _style(name)
    ground = _rgb(style.background_color, 0xFFFFFF)
    is_dark = luminance(ground) < MIDDLE
    base = theme_table("dark" if is_dark else "light")
    own = _token_colours(style)
    text = _text(style, base["tokens"]["text"], ground)
    grounds = {"bg": ground} | {key: mixed(ground, text, share) for key, share in SHARES.items()}
    under = (grounds["raised"], grounds["surface"], ground)
    tokens = {
        "text": text,
        "muted": mixed(text, ground, FAINT),
        **{key: _rgb(base["tokens"][key]) for key in ("ok", "warn", "error")},
        **_accents(own, base["tokens"]),
    }
    plain = dict.fromkeys(own, text) | {"error": tokens["error"]}
    syntax = {key: _or(colour, plain[key]) for key, colour in own.items()}
    return {
        "name": name,
        "dark": is_dark,
        "tokens": {
            **{key: _css(colour) for key, colour in grounds.items()},
            **_readable(tokens, under),
            "selection_alpha": _selection_alpha(
                tokens["accent"], ground, text, base["tokens"]["selection_alpha"]
            ),
        },
        "ansi": {
            key: list(_readable(dict(enumerate(map(_rgb, colours))), under).values())
            for key, colours in base["ansi"].items()
        },
        "syntax": _readable(syntax, under),
    }


def _style(name: str) -> Any:
    from pygments.styles import (
        get_style_by_name,  # pyright: ignore[reportUnknownVariableType] # half typed
    )
    from pygments.util import ClassNotFound

    try:
        return get_style_by_name(name)
    except ClassNotFound as error:
        raise ValueError(f"there is no style {name!r}") from error
    except Exception as error:  # of a plugin's code
        raise ValueError(f"the style {name!r} cannot be loaded: {error}") from error


def _token_colours(style: Any) -> dict[str, int | None]:
    """Return the colour of each syntax name; None where the style has none of its own."""
    from pygments.token import string_to_tokentype

    found = {
        key: style.style_for_token(string_to_tokentype(token))["color"]
        for key, token in TOKENS.items()
    }
    return {key: None if colour is None else int(colour, 16) for key, colour in found.items()}


def _text(style: Any, usual: str, ground: int) -> int:
    """Return the colour of plain text, readable on `ground`."""
    from pygments.token import Token

    colour = style.style_for_token(Token)["color"]
    text = _rgb(usual) if colour is None else int(colour, 16)
    return _or(readable_rgb(text, ground), text)


def _selection_alpha(accent: int, ground: int, text: int, usual: float) -> float:
    """Return how strong a selection can be for its text to be read."""
    strengths = (usual * step / 8 for step in range(8, 0, -1))
    readable = (each for each in strengths if ratio(text, mixed(ground, accent, each)) >= READABLE)
    return next(readable, usual / 8)


def _accents(own: Mapping[str, int | None], base: Mapping[str, Any]) -> dict[str, int]:
    """Return the colours of focus and prompts: the style's where it sets such apart."""
    accent = own["function"] if own["function"] != own["name"] else own["keyword"]
    chosen = _or(accent, _rgb(base["accent"]))
    return {"accent": chosen, "in": chosen, "out": _or(own["number"], _rgb(base["out"]))}


def _or(colour: int | None, other: int) -> int:
    return other if colour is None else colour


def _readable(colours: Mapping[Key, int], grounds: tuple[int, ...]) -> dict[Key, str]:
    """Return colours as CSS has them, changed as little as can be read on all the grounds."""
    shown: dict[Key, str] = {}
    for key, colour in colours.items():
        for ground in grounds:
            colour = _or(readable_rgb(colour, ground), colour)
        shown[key] = _css(colour)
    return shown


def _rgb(css: str, other: int = 0) -> int:
    """Return a colour like #fff or #ffffff as a number."""
    digits = css.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        return int(digits, 16)
    except ValueError:
        return other


def _css(colour: int) -> str:
    return f"#{colour:06x}"
