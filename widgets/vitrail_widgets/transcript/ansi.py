"""Control sequences: terminal output cut into tokens.

What is said here is ECMA-48 as xterm reads it, with one difference: a newline ends every
unfinished sequence, so that a stray escape cannot swallow the rest of an output.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, Final


class Kind(Enum):
    """What a token is; its value comes beside it."""

    TEXT = auto()
    r"""Text; no control character but ``\n \r \t``."""
    SGR = auto()
    """Parameters of ``CSI … m``."""
    CSI = auto()
    """Final byte, then parameters, of any other CSI without private marker."""
    BACKSPACE = auto()
    """As many of them as there are in a row."""
    COMMAND = auto()
    """The character after an escape that stands for a command."""
    ESCAPE = auto()
    """An escape that starts no sequence."""
    LINK = auto()
    """Target of an OSC 8 hyperlink, empty where it ends."""


Token = tuple[Kind, str]

STRING_LIMIT: Final = 4096
"""Longest control string that is kept; longer ones (images) are swallowed as they come."""

_TOKEN: Final = re.compile(
    r"""
      (?P<text>[^\a\b\x1b]+)
    | \x1b\[ (?P<sgr>[0-9;:]{0,128}) m
    | \x1b\[ (?P<params>[0-?]{0,128}) (?P<intermediate>[ -/]{0,4}) (?P<final>[@-~])
    | \x1b[\]PX^_] (?P<string>[^\a\x1b\n]*) (?: \a | \x1b\\ | (?=[\n\x1b]) | \Z )
    | (?P<backspace>[\b]+)
    | \x1b (?P<command> [78DEMc] )
    | (?P<ignored> \a | \x1b (?: [ -/]{1,4}[0-~] | [0-OQ-WYZ\\`-~] ) )
    | (?P<escape> \x1b )
    """,
    re.VERBOSE,
)
_UNFINISHED: Final = re.compile(
    r"\x1b(?:\[[0-?]{0,128}[ -/]{0,4}|[ -/]{0,4}|[\]PX^_][^\a\x1b\n]*\x1b?)"
)
_STRING_START: Final = re.compile(r"\x1b[\]PX^_][^\a\x1b\n]*\x1b\Z")
_STRING_END: Final = re.compile(r"\a|\x1b\\|(?=\n|\x1b[^\\])")
_STYLING: Final = re.compile(r"\x1b\[(?:([0-9;:]{0,128})m|0?K)")
_LINK: Final = re.compile(r"8;[^;]*;(.*)")


class SequenceJoiner:
    """Holds a control sequence back until the rest of it has come."""

    def __init__(self) -> None:
        self._pending = ""
        self._swallowing = False

    @property
    def is_idle(self) -> bool:
        """Whether the next text starts outside of any sequence."""
        return not (self._pending or self._swallowing)

    def join(self, text: str) -> str:
        """Return what was held back and *text*, up to where a sequence begins and does not end."""
        text, self._pending = self._pending + text, ""
        if self._swallowing:
            text = self._after_swallowed(text)
        start = _last_sequence(text)
        if start < 0 or not _UNFINISHED.fullmatch(text, start):
            return text
        self._keep(text[start:])
        return text[:start]

    def _keep(self, unfinished: str) -> None:
        if len(unfinished) <= STRING_LIMIT + 3:
            self._pending = unfinished
        else:
            self._swallow(unfinished)

    def _after_swallowed(self, text: str) -> str:
        end = _STRING_END.search(text)
        if end is None:
            self._swallow(text)
            return ""
        self._swallowing = False
        return text[end.end() :]

    def _swallow(self, text: str) -> None:
        self._swallowing = True
        self._pending = "\x1b" if text.endswith("\x1b") else ""  # half of a terminator


def _last_sequence(text: str) -> int:
    last = text.rfind("\x1b")
    if last > 0 and last == len(text) - 1:
        before = text.rfind("\x1b", 0, last)
        if before >= 0 and _STRING_START.match(text, before):
            return before
    return last


def tokens(text: str) -> Iterator[Token]:
    r"""Yield the tokens of *text*, which must not end within a sequence: see ``SequenceJoiner``.

    Args:
        text: Without control characters other than ``\n \r \t \a \b \x1b``.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "text":
            yield Kind.TEXT, match[0]
        elif kind == "sgr":
            yield Kind.SGR, match["sgr"]
        elif kind == "final":
            yield from _csi_token(match)
        elif kind == "string":
            yield from _string_token(match["string"])
        elif kind == "backspace":
            yield Kind.BACKSPACE, match["backspace"]
        elif kind == "command":
            yield Kind.COMMAND, match["command"]
        elif kind == "escape":
            yield Kind.ESCAPE, ""


def split_styling(text: str) -> tuple[list[str], list[str | None]]:
    """Return the texts between styles, and the SGR parameters between these texts.

    "Erase to the end of the line" counts as a style that changes nothing, None, for it does
    nothing at the end of a line; GNU grep and GCC write it after each style. Only for text that
    is written at the end.
    """
    fields: list[str | Any] = _STYLING.split(text)
    return fields[::2], fields[1::2]


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
