"""Control sequences: terminal output cut into tokens, and SGR codes applied to a style.

What is said here is ECMA-48 as xterm reads it, with one difference: a newline ends every
unfinished sequence, so that a stray escape cannot swallow the rest of an output.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from vitrail_widgets.transcript.styles import PLAIN, TextStyle, true_colour


class Kind(Enum):
    """What a token is; its value comes beside it."""

    TEXT = auto()
    """Text; no control character but newlines."""
    SGR = auto()
    """Parameters of ``CSI … m``."""
    CSI = auto()
    """Final byte, then parameters, of any other CSI without private marker."""
    CONTROL = auto()
    r"""One of ``\a \b \t \r``, or an escape that starts no sequence."""
    LINK = auto()
    """Target of an OSC 8 hyperlink, empty where it ends."""


Token = tuple[Kind, str]

STRING_LIMIT: Final = 4096
"""Longest control string that is kept; longer ones (images) are swallowed as they come."""

_TOKEN: Final = re.compile(
    r"""
      (?P<text>[^\a\b\t\r\x1b]+)
    | \x1b\[ (?P<sgr>[0-9;:]{0,128}) m
    | \x1b\[ (?P<params>[0-?]{0,128}) (?P<intermediate>[ -/]{0,4}) (?P<final>[@-~])
    | \x1b[\]PX^_] (?P<string>[^\a\x1b\n]*) (?: \a | \x1b\\ | (?=\n|\x1b[^\\]) )
    | (?P<unfinished>
        \x1b (?: \[[0-?]{0,128}[ -/]{0,4} | [ -/]{0,4} | [\]PX^_][^\a\x1b\n]*\x1b? ) \Z
      )
    | (?P<escape> \x1b (?: [ -/]{1,4}[0-~] | [0-OQ-WYZ\\`-~] ) )
    | (?P<control>.)
    """,
    re.VERBOSE,
)
_STRING_END: Final = re.compile(r"\a|\x1b\\|(?=\n|\x1b[^\\])")
_LINK: Final = re.compile(r"8;[^;]*;(.*)")


class Tokenizer:
    """Cuts a stream into tokens; a sequence may be split over any number of feeds."""

    def __init__(self) -> None:
        self._pending = ""
        self._swallowing = False

    @property
    def is_idle(self) -> bool:
        """Whether the next text starts outside of any sequence."""
        return not (self._pending or self._swallowing)

    def feed(self, text: str) -> Iterator[Token]:
        r"""Yield the tokens that *text* completes; exhaust it before the next feed.

        Args:
            text: Without control characters other than newline and ``\a \b \t \r \x1b``.
        """
        text, self._pending = self._pending + text, ""
        start = self._end_of_swallowed(text) if self._swallowing else 0
        for match in _TOKEN.finditer(text, start):
            kind = match.lastgroup
            if kind == "text":
                yield Kind.TEXT, match[0]
            elif kind == "sgr":
                yield Kind.SGR, match["sgr"]
            elif kind == "final":
                yield from _csi_token(match)
            elif kind == "string":
                yield from _string_token(match["string"])
            elif kind == "unfinished":
                self._keep(match[0])
            elif kind == "control":
                yield Kind.CONTROL, match[0]

    def _keep(self, unfinished: str) -> None:
        if len(unfinished) <= STRING_LIMIT + 2:
            self._pending = unfinished
        else:
            self._swallowing = True
            self._pending = "\x1b" if unfinished.endswith("\x1b") else ""

    def _end_of_swallowed(self, text: str) -> int:
        end = _STRING_END.search(text)
        if end is not None:
            self._swallowing = False
            return end.end()
        self._pending = "\x1b" if text.endswith("\x1b") else ""
        return len(text)


def _csi_token(match: re.Match[str]) -> Iterator[Token]:
    params = match["params"]
    if not match["intermediate"] and not params.startswith(("<", "=", ">", "?")):
        yield Kind.CSI, match["final"] + params


def _string_token(payload: str) -> Iterator[Token]:
    link = _LINK.fullmatch(payload) if len(payload) <= STRING_LIMIT else None
    if link is not None:
        yield Kind.LINK, link[1]


def csi_number(params: str, default: int = 1) -> int:
    """Return the first parameter of a CSI; *default* when it is missing, 0 or no number."""
    first = params.split(";", 1)[0]
    return (int(first) if first.isdecimal() and first.isascii() else 0) or default


_Change = Callable[[TextStyle], TextStyle]
_CHANGES: Final[dict[int, _Change]] = {
    0: lambda style: PLAIN._replace(link=style.link),
    1: lambda style: style._replace(bold=True),
    2: lambda style: style._replace(dim=True),
    3: lambda style: style._replace(italic=True),
    4: lambda style: style._replace(underline=True),
    7: lambda style: style._replace(reverse=True),
    9: lambda style: style._replace(strike=True),
    21: lambda style: style._replace(underline=True),
    22: lambda style: style._replace(bold=False, dim=False),
    23: lambda style: style._replace(italic=False),
    24: lambda style: style._replace(underline=False),
    27: lambda style: style._replace(reverse=False),
    29: lambda style: style._replace(strike=False),
    39: lambda style: style._replace(fg=None),
    49: lambda style: style._replace(bg=None),
}
_EXTENDED: Final = (38, 48, 58)
"""Foreground, background and the colour of underlines, which is read and not used."""


@lru_cache(maxsize=4096)
def apply_sgr(style: TextStyle, params: str) -> TextStyle:
    """Return *style* after ``CSI params m``; codes that are not known change nothing.

    Source:
        ECMA-48 8.3.117; xterm ctlseqs, "Character Attributes"; ITU T.416 for the colon forms.
    """
    codes = params.split(";")
    while codes:
        code = codes.pop(0)
        if ":" in code:
            style = _apply_colon_form(style, code.split(":"))
        elif (number := _number(code)) in _EXTENDED:
            style = _apply_extended(style, number, codes)
        else:
            style = _apply_code(style, number)
    return style


def _number(text: str) -> int:
    return int(text) if text else 0


def _apply_code(style: TextStyle, code: int) -> TextStyle:
    if code in _CHANGES:
        return _CHANGES[code](style)
    for base, first in ((30, 0), (90, 8)):
        if base <= code < base + 8:
            return style._replace(fg=first + code - base)
        if base + 10 <= code < base + 18:
            return style._replace(bg=first + code - base - 10)
    return style


def _apply_extended(style: TextStyle, code: int, rest: list[str]) -> TextStyle:
    mode = _number(rest.pop(0)) if rest and ":" not in rest[0] else 0
    count = {5: 1, 2: 3}.get(mode, 0)
    values = [_number(value) for value in rest[:count] if ":" not in value]
    del rest[:count]
    return _with_colour(style, code, mode, values) if len(values) == count else style


def _apply_colon_form(style: TextStyle, parts: list[str]) -> TextStyle:
    code, mode = _number(parts[0]), _number(parts[1])
    if code == 4:
        return style._replace(underline=mode != 0)
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
        return style._replace(fg=colour)
    return style._replace(bg=colour) if code == 48 else style
