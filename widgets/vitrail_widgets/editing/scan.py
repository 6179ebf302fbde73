"""One pass over source text: its statements, strings, comments and brackets.

Not `tokenize`: that stops at the first error, and what is being typed is mostly erroneous.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from vitrail_widgets.editing.ipython_syntax import escape_of

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}

_NEXT = re.compile(r"\"\"\"|'''|[\"'#()\[\]{}\n]|\\\n?")
_STRING_ENDS = {
    '"""': re.compile(r'\\[\s\S]|"""'),
    "'''": re.compile(r"\\[\s\S]|'''"),
    '"': re.compile(r'\\[\s\S]|["\n]'),
    "'": re.compile(r"\\[\s\S]|['\n]"),
}
_INDENTATION = re.compile(r"[ \t\f]*")


class Unfinished(StrEnum):
    """Why the next line belongs to what the text ends in."""

    NO = ""
    STRING = "string"
    BRACKET = "bracket"
    BACKSLASH = "backslash"


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line; blank lines and comments between statements are none.

    Attributes:
        start: Offset of its first line's first character, before the indentation.
        code: Offset of its first character after the indentation.
        end: Offset after its last character, without the line end.
        escape: It is IPython's (a magic, a shell line, help), not Python.
    """

    start: int
    code: int
    end: int
    escape: bool


@dataclass(slots=True)
class Scan:
    """What a source text consists of; offsets are code points in it.

    Attributes:
        opaque: Strings and comments, in order: (start, end).
        brackets: Every bracket outside them: (offset, character).
        open_brackets: Offsets of those that nothing closes yet, outermost first.
        mismatched: A closing bracket met no opening one of its kind.
        unfinished: What the text's end is inside of.
    """

    source: str
    statements: list[Statement] = field(default_factory=list[Statement])
    opaque: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    brackets: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    open_brackets: list[int] = field(default_factory=list[int])
    mismatched: bool = False
    unfinished: Unfinished = Unfinished.NO

    def text(self, statement: Statement) -> str:
        """Return a statement's text without its indentation."""
        return self.source[statement.code : statement.end]

    def code(self, statement: Statement) -> str:
        """Return a statement's text without indentation and without a comment at its end."""
        for start, end in reversed(self.opaque):
            if end <= statement.code:
                break
            if end == statement.end and self.source[start] == "#":
                return self.source[statement.code : start].rstrip()
        return self.text(statement).rstrip()

    def indentation(self, statement: Statement) -> str:
        """Return the white space that a statement is indented by."""
        return self.source[statement.start : statement.code]


def scan(source: str) -> Scan:
    """Scan Python source with IPython's syntax; linear in its length, never an error."""
    found = Scan(source)
    position = 0
    while position < len(source):
        position = _statement(found, position)
    return found


def _statement(found: Scan, start: int) -> int:
    """Scan what starts at a line's start: a blank line, a comment or a statement."""
    source = found.source
    code = _matched_end(_INDENTATION, source, start)
    line_end = _line_end(source, code)
    if code == line_end:
        return line_end + 1
    if source[code] == "#":
        found.opaque.append((code, line_end))
        return line_end + 1
    escape = escape_of(source[code:line_end]) is not None
    end = _escape_end(found, line_end) if escape else _python_end(found, code)
    found.statements.append(Statement(start, code, end, escape))
    return end + 1


def _escape_end(found: Scan, line_end: int) -> int:
    """Return the end of a line of IPython's, which a backslash continues."""
    source = found.source
    while source[line_end - 1] == "\\":
        if line_end == len(source):
            found.unfinished = Unfinished.BACKSLASH
            return line_end
        line_end = _line_end(source, line_end + 1)
    return line_end


def _python_end(found: Scan, position: int) -> int:
    """Scan a Python statement and return the offset of its line end."""
    source = found.source
    while match := _NEXT.search(source, position):
        piece, position = match.group(), match.end()
        if piece == "\n":
            if not found.open_brackets:
                return match.start()
        elif piece == "#":
            position = _line_end(source, position)
            found.opaque.append((match.start(), position))
        elif piece in _STRING_ENDS:
            position = _string_end(found, piece, position)
            found.opaque.append((match.start(), position))
        elif piece[0] == "\\":
            if position == len(source):
                found.unfinished = Unfinished.BACKSLASH
        else:
            _bracket(found, match.start(), piece)
    if found.open_brackets and not found.unfinished:
        found.unfinished = Unfinished.BRACKET
    return len(source)


def _string_end(found: Scan, quote: str, position: int) -> int:
    """Return the offset after a string; one line's string ends with its line at the latest."""
    source = found.source
    ends = _STRING_ENDS[quote]
    while match := ends.search(source, position):
        position = match.end()
        if match.group() == quote:
            return position
        if match.group() == "\n":
            return match.start()
    if len(quote) == 3 or source.endswith("\\"):
        found.unfinished = Unfinished.STRING
    return len(source)


def _bracket(found: Scan, offset: int, character: str) -> None:
    found.brackets.append((offset, character))
    if character in OPENING:
        found.open_brackets.append(offset)
    elif found.open_brackets and found.source[found.open_brackets[-1]] == CLOSING[character]:
        found.open_brackets.pop()
    else:
        found.mismatched = True


def _line_end(source: str, position: int) -> int:
    end = source.find("\n", position)
    return len(source) if end < 0 else end


def _matched_end(pattern: re.Pattern[str], source: str, position: int) -> int:
    match = pattern.match(source, position)
    return match.end() if match else position
