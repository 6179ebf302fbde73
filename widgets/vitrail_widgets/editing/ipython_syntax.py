"""What IPython adds to Python's syntax: magics, shell lines, help. Recognised line by line."""

import re
from enum import StrEnum
from typing import NamedTuple


class EscapeKind(StrEnum):
    """What a line that is not Python asks of IPython."""

    MAGIC = "magic"
    SHELL = "shell"
    HELP = "help"
    AUTOCALL = "autocall"


class Escape(NamedTuple):
    """A line that is not Python; offsets are code points in the line.

    Attributes:
        start: Where the escape begins: 0 or the indentation's end, after "x =" for an assignment.
        marker: The escape's punctuation: "%", "%%", "!", "!!", "?", "??" ...
        name: The magic's or the object's name; empty range if there is none.
    """

    kind: EscapeKind
    start: int
    marker: tuple[int, int]
    name: tuple[int, int]


MAX_LINE = 2_000
"""Characters; of a longer line only the start is looked at, for the rest backtracks."""

_SUBSCRIPT = r"""\[(?:'[^'\n]*'|"[^"\n]*")\]"""
_LEADING = re.compile(r"\s*(?P<marker>%%?|\?\??|[,;/](?=[^\W\d]))(?P<name>[\w.*]*)")
_SHELL = re.compile(r"\s*(?P<marker>!!?)(?P<name>)")  # before _TRAILING: "!ls a?" is no help
_TRAILING = re.compile(
    rf"\s*(?P<name>(?:{_SUBSCRIPT}|[^\n#'\"])*?(?:{_SUBSCRIPT}|[\w*\])]))(?P<marker>\?\??)[ \t;]*$"
)
_ASSIGNED = re.compile(
    rf"\s*(?:{_SUBSCRIPT}|[^\n#='\"()!<>])+=[ \t]*(?P<marker>%(?=\w)|!!?(?!=))(?P<name>(?<=%)\w+|)"
)
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>[\w.!]+)(?P<rest>.*)")
_KINDS = {"%": EscapeKind.MAGIC, "!": EscapeKind.SHELL, "?": EscapeKind.HELP}


def escape_of(line: str) -> Escape | None:
    """Return what IPython makes of a line that starts a statement; None if it is plain Python."""
    if not ("%" in line or "!" in line or "?" in line or line.lstrip()[:1] in {",", ";", "/"}):
        return None
    if len(line) > MAX_LINE:
        match = _SHELL.match(line) or _LEADING.match(line)
        return _escape(match) if match else None
    match = _SHELL.match(line) or _TRAILING.match(line) or _LEADING.match(line)
    match = match or _ASSIGNED.match(line)
    return _escape(match) if match else None


def _escape(match: re.Match[str]) -> Escape:
    marker = match["marker"]
    kind = _KINDS.get(marker[0], EscapeKind.AUTOCALL)
    start = min(match.start("marker"), match.start("name"))
    return Escape(kind, start, match.span("marker"), match.span("name"))


def cell_magic(line: str) -> tuple[str, str] | None:
    """Return name and arguments of a "%%name" line; None if it is none or asks for help on it."""
    match = _CELL_MAGIC.match(line)
    if match is None or match["rest"].rstrip().endswith("?"):
        return None
    return match["name"], match["rest"].strip()
