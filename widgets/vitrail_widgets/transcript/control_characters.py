r"""Characters without a shape, and the pictures that stand for them.

``\n \r \t \b \a`` and escape are commands to a terminal and have none.
"""

import re
from typing import Final

_PICTURES: Final[dict[int, str | None]] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\a\b\t\n\r\x1b"},
    0x0E: None,  # these two choose a character set, which says nothing today
    0x0F: None,
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    0x2028: "\u2424",  # these two would break the line when it is drawn
    0x2029: "\u2424",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
)
_CONTROL: Final = re.compile(f"[\a\b\r\x1b{_UNPRINTABLE.pattern[1:]}")
_ASCII_CONTROLS: Final = [*"\x1b\r\b\a", *(chr(code) for code in _PICTURES if code < 0x80)]
_LONG: Final = 2000


def is_plain(text: str) -> bool:
    """Whether *text* holds no control characters but newlines and tabs."""
    if len(text) > _LONG and text.isascii():
        return not any(map(text.__contains__, _ASCII_CONTROLS))  # nine times faster than re
    return _CONTROL.search(text) is None


def pictured(text: str) -> str:
    """Return *text* with a picture for each character that has no shape and is no command."""
    return text.translate(_PICTURES) if _UNPRINTABLE.search(text) else text
