"""Source text as tokens; what is being typed is mostly erroneous, so nothing here is an error.

An f-string is a pair of brackets, its quotes, that holds pairs of braces with code in them.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple

from vitrail_widgets.signature.lexicon import Lexicon


class TokenKind(Enum):
    """What a token is."""

    NAME = auto()
    VALUE = auto()
    """A string, a number, a repr."""
    OPEN = auto()
    CLOSE = auto()
    OPERATOR = auto()
    BREAK = auto()
    """Nothing that is open here goes on: an unfinished string met the end of its line."""


class Token(NamedTuple):
    """One token.

    Attributes:
        start: Offset of its first character.
        first: It is the first one of its line.
    """

    kind: TokenKind
    text: str
    start: int
    first: bool

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)


@dataclass(slots=True)
class _Template:
    """An f-string that has begun.

    A field in the format of another needs no stack: what follows it is text either way.

    Attributes:
        opened: Brackets that are open in its current field.
    """

    quote: str
    opened: list[str] = field(default_factory=list[str])


LONGEST_REPR: Final = 1_000
"""Characters; what has not ended then is no repr."""

_STRING_ENDS: Final = {
    quote: re.compile(rf"(?:[^\\{quote[0]}\n]|\\[\s\S])*(?P<end>{quote})?") for quote in ("'", '"')
}
_LONG_ENDS: Final = {
    quote: re.compile(rf"(?:[^\\{quote[0]}]|\\[\s\S]|{quote[0]}(?!{quote[1:]}))*(?P<end>{quote})?")
    for quote in ("'''", '"""')
} | {"`": re.compile(r"(?:[^\\`]|\\[\s\S])*(?P<end>`)?")}
_TEMPLATE_NEXT: Final = re.compile(r"""\{\{|\}\}|\{|\\N\{[^}\n]*\}?|\\[\s\S]|\"{3}|'{3}|["'\n]""")
_FORMAT_NEXT: Final = re.compile(r"""[{}\n]|\"{3}|'{3}|["']""")
_ANGLE: Final = re.compile(r"[<>\n]")
_REPR_START: Final = re.compile(r"<[^\W\d]")
_REPR_PLACES: Final = frozenset("=([{,:")


def lex(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`, without space and comments; linear."""
    lexer = Lexer(lexicon)
    lexer.run(text, start, len(text) if end is None else end)
    return lexer.tokens


class Lexer:
    """Reads text piece by piece.

    Attributes:
        tokens: What was read.
        line: Where the last line began that nothing goes on in, be it a string, a comment or a
            statement with a backslash.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.tokens: list[Token] = []
        self.line = 0
        self._text = ""
        self._lexicon = lexicon
        self._end = 0
        self._templates: list[_Template] = []
        self._first = True

    def run(self, text: str, start: int, end: int) -> None:
        """Read `text[start:end]`; what was read before ended there, at the `line`."""
        self._text, self._end = text, end
        position = start
        while position < end:
            position = self._code(position)

    def copy(self) -> "Lexer":
        """Return another one that goes on where this one is."""
        other = Lexer(self._lexicon)
        other.tokens, other.line = list(self.tokens), self.line
        return other

    def _code(self, position: int) -> int:
        match = self._lexicon.pattern.match(self._text, position, self._end)
        assert match is not None  # the last alternative takes anything
        kind, text = match.lastgroup, match[0]
        if kind == "newline":
            self._newline(position)
        elif kind == "string":
            return self._string(match)
        elif kind == "open":
            if self._templates:
                self._templates[-1].opened.append(text)
            self._add(TokenKind.OPEN, text, position)
        elif kind == "close":
            return self._close(text, position)
        elif kind == "operator":
            return self._operator(text, position)
        elif kind in ("name", "number"):
            self._add(TokenKind.NAME if kind == "name" else TokenKind.VALUE, text, position)
        return match.end()

    def _add(self, kind: TokenKind, text: str, start: int) -> None:
        self.tokens.append(Token(kind, text, start, self._first))
        self._first = False

    def _newline(self, position: int) -> None:
        """Note that a line begins; a string on one line ends with it, also in its fields."""
        if self._templates and len(self._templates[-1].quote) == 1:
            self._templates.clear()
            self._add(TokenKind.BREAK, "", position)
        self._first = True
        if not self._templates:
            self.line = position + 1

    def _operator(self, text: str, position: int) -> int:
        if self._templates and text[0] == ":" and not self._templates[-1].opened:
            return self._format(position + 1)
        if text == "!" and self._lexicon.shell_lines and not self._templates:
            newline = self._text.find("\n", position, self._end)
            return self._end if newline < 0 else newline
        if text == "<" and self._lexicon.reprs and (end := self._repr_end(position)):
            self._add(TokenKind.VALUE, self._text[position:end], position)
            return end
        self._add(TokenKind.OPERATOR, text, position)
        return position + len(text)

    def _repr_end(self, position: int) -> int:
        """Return the end of what looks like `<object at 0x…>`; 0 where nothing does."""
        if not self.tokens or self.tokens[-1].text not in _REPR_PLACES:
            return 0
        if not _REPR_START.match(self._text, position):
            return 0
        depth = 0
        limit = min(self._end, position + LONGEST_REPR)
        for match in _ANGLE.finditer(self._text, position, limit):
            depth += {"<": 1, ">": -1, "\n": 0}[match[0]]
            if not depth:
                return match.end()
        return 0

    def _string(self, match: re.Match[str]) -> int:
        quote = match["quote"]
        prefix = match.groupdict().get("prefix") or ""
        if prefix.lower().strip("r") in ("f", "t"):
            self._add(TokenKind.OPEN, match[0], match.start())
            self._templates.append(_Template(quote))
            return self._literal(match.end())
        ends = _STRING_ENDS.get(quote) or _LONG_ENDS[quote]
        found = ends.match(self._text, match.end(), self._end)
        assert found is not None  # it matches nothing too
        self._add(TokenKind.VALUE, self._text[match.start() : found.end()], match.start())
        if found["end"] is None and found.end() < self._end:
            self._add(TokenKind.BREAK, "", found.end())
        return found.end()

    def _literal(self, position: int) -> int:
        """Read an f-string's text up to a field or its end."""
        quote = self._templates[-1].quote
        for match in _TEMPLATE_NEXT.finditer(self._text, position, self._end):
            piece = match[0]
            if piece == "{":
                return self._field(match.start())
            if piece == "\n" and len(quote) == 1:
                return match.start()
            if piece[: len(quote)] == quote:
                return self._end_template(quote, match.start())
        return self._end

    def _format(self, position: int) -> int:
        """Read a field's format up to a field in it or its end."""
        quote = self._templates[-1].quote
        for match in _FORMAT_NEXT.finditer(self._text, position, self._end):
            piece = match[0]
            if piece == "{":
                return self._field(match.start())
            if piece == "}":
                return self._close(piece, match.start())
            if piece == "\n" and len(quote) == 1:
                return match.start()
            if piece[: len(quote)] == quote:
                return self._end_template(quote, match.start())
        return self._end

    def _field(self, position: int) -> int:
        self._templates[-1].opened.clear()
        self._add(TokenKind.OPEN, "{", position)
        return position + 1

    def _end_template(self, quote: str, position: int) -> int:
        self._templates.pop()
        self._add(TokenKind.CLOSE, quote, position)
        return position + len(quote)

    def _close(self, text: str, position: int) -> int:
        self._add(TokenKind.CLOSE, text, position)
        if not self._templates:
            return position + 1
        opened = self._templates[-1].opened
        if text != "}":
            if opened and opened[-1] != "{":
                opened.pop()
            return position + 1
        if "{" not in opened:
            return self._literal(position + 1)  # what else is open has been forgotten
        while opened.pop() != "{":
            continue
        return position + 1
