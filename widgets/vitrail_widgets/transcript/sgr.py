"""SGR codes: what ``CSI … m`` does to the style of the text that follows.

Source:
    ECMA-48 8.3.117; xterm ctlseqs, "Character Attributes"; ITU T.416 for the colon forms.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from vitrail_widgets.transcript.styles import PLAIN, TextStyle, Underline, true_colour

_Change = Callable[[TextStyle], TextStyle]
_CHANGES: Final[dict[int, _Change]] = {
    0: lambda style: PLAIN._replace(link=style.link),
    1: lambda style: style._replace(bold=True),
    2: lambda style: style._replace(dim=True),
    3: lambda style: style._replace(italic=True),
    4: lambda style: style._replace(underline=Underline.STRAIGHT),
    5: lambda style: style._replace(blink=True),
    6: lambda style: style._replace(blink=True),
    7: lambda style: style._replace(reverse=True),
    8: lambda style: style._replace(conceal=True),
    9: lambda style: style._replace(strike=True),
    21: lambda style: style._replace(underline=Underline.DOUBLE),
    22: lambda style: style._replace(bold=False, dim=False),
    23: lambda style: style._replace(italic=False),
    24: lambda style: style._replace(underline=Underline.NONE),
    25: lambda style: style._replace(blink=False),
    27: lambda style: style._replace(reverse=False),
    28: lambda style: style._replace(conceal=False),
    29: lambda style: style._replace(strike=False),
    39: lambda style: style._replace(fg=None),
    49: lambda style: style._replace(bg=None),
    53: lambda style: style._replace(overline=True),
    55: lambda style: style._replace(overline=False),
    59: lambda style: style._replace(underline_colour=None),
}
_EXTENDED: Final = ("38", "48", "58")
"""Foreground, background and the colour of underlines."""
_VALUES: Final = {5: 1, 2: 3}
"""How many values follow: an index, or red, green and blue."""


@lru_cache(maxsize=4096)
def apply_sgr(style: TextStyle, params: str) -> TextStyle:
    """Return *style* after ``CSI params m``; codes that are not known change nothing."""
    codes = iter(params.split(";"))
    for code in codes:
        if ":" in code:
            style = _apply_colon_form(style, code.split(":"))
        elif code in _EXTENDED:
            style = _apply_extended(style, int(code), codes)
        else:
            style = _apply_code(style, _number(code))
    return style


def apply_link(style: TextStyle, target: str) -> TextStyle:
    """Return *style* as part of a link, or of none where *target* is empty."""
    return style._replace(link=target or None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _apply_code(style: TextStyle, code: int) -> TextStyle:
    if code in _CHANGES:
        return _CHANGES[code](style)
    for base, first in ((30, 0), (90, 8)):
        if base <= code < base + 8:
            return style._replace(fg=first + code - base)
        if base + 10 <= code < base + 18:
            return style._replace(bg=first + code - base - 10)
    return style


def _apply_extended(style: TextStyle, code: int, rest: Iterator[str]) -> TextStyle:
    mode = _number(next(rest, ""))
    values = [_number(value) for value in islice(rest, _VALUES.get(mode, 0))]
    return _with_colour(style, code, mode, values)


def _apply_colon_form(style: TextStyle, parts: list[str]) -> TextStyle:
    code, mode = _number(parts[0]), _number(parts[1])
    if code == 4:
        return style._replace(underline=_underline(mode))
    values = [_number(part) for part in parts[2:]]
    if mode == 2 and len(values) > 3:
        values = values[1:4]  # 38:2:<colour space>:r:g:b
    return _with_colour(style, code, mode, values)


def _with_colour(style: TextStyle, code: int, mode: int, values: list[int]) -> TextStyle:
    if mode == 5 and len(values) >= 1 and values[0] < 256:
        colour = values[0]
    elif mode == 2 and len(values) >= 3:
        colour = true_colour(*values[:3])
    else:
        return style
    if code == 38:
        return TextStyle(colour, *style[1:])  # pictures made of text have a new colour per cell
    if code == 48:
        return TextStyle(style.fg, colour, *style[2:])
    return style._replace(underline_colour=colour) if code == 58 else style


def _underline(shape: int) -> Underline:
    return Underline(shape) if shape <= Underline.DASHED else Underline.STRAIGHT
