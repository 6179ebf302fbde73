"""Colours as style sheets write them."""

import re
from typing import Final

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})[^)]*\)$")
NAMED: Final = {
    "black": 0x000000,
    "blue": 0x0000FF,
    "brown": 0xA52A2A,
    "cyan": 0x00FFFF,
    "darkblue": 0x00008B,
    "darkgreen": 0x006400,
    "darkorange": 0xFF8C00,
    "darkred": 0x8B0000,
    "gold": 0xFFD700,
    "gray": 0x808080,
    "green": 0x008000,
    "grey": 0x808080,
    "lightblue": 0xADD8E6,
    "lightgray": 0xD3D3D3,
    "lightgreen": 0x90EE90,
    "lightgrey": 0xD3D3D3,
    "lightyellow": 0xFFFFE0,
    "magenta": 0xFF00FF,
    "navy": 0x000080,
    "orange": 0xFFA500,
    "pink": 0xFFC0CB,
    "purple": 0x800080,
    "red": 0xFF0000,
    "salmon": 0xFA8072,
    "skyblue": 0x87CEEB,
    "steelblue": 0x4682B4,
    "teal": 0x008080,
    "tomato": 0xFF6347,
    "violet": 0xEE82EE,
    "white": 0xFFFFFF,
    "yellow": 0xFFFF00,
}
"""Those that people write into `style.apply`; others are not coloured."""


def css_colour(text: str) -> int | None:
    """Return a colour as 0xRRGGBB; None where it is none, or is not known."""
    bare = text.strip().lower()
    if match := _HEX.match(bare):
        digits = match[1]
        return int("".join(each * 2 for each in digits) if len(digits) == 3 else digits, 16)
    if match := _RGB.match(bare):
        red, green, blue = (min(255, int(each)) for each in match.groups())
        return red << 16 | green << 8 | blue
    return NAMED.get(bare)
