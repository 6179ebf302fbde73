"""Parameters as text, `(a, /, b: int = 2, *c, **d) -> int`, as `inspect` and people write them."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

from vitrail_widgets.signature.lexer import Token, TokenKind, lex
from vitrail_widgets.signature.lexicon import Lexicon, lexicon_of
from vitrail_widgets.signature.model import UNKNOWN_DEFAULT, Kind, Parameter, Signature

LONGEST_TEXT: Final = 20_000
"""Characters; in what is longer no signature is looked for beyond them."""

_NAME: Final = re.compile(r"\s*(?P<name>[^\s()\[\]{},]*)\s*\(")
_PYTHON_NAME: Final = re.compile(r"[^\W\d]\w*|\.\d+|\([^\W\d](?:[\w\s,]|[()])*\)")
_ARROW: Final = re.compile(r"\s*->\s*")


@dataclass(slots=True)
class Piece:
    """What stands between two commas, in three parts; those that are not there are None."""

    name: str
    annotation: str | None
    default: str | None
    written: str
    is_optional: bool


class Pieces(NamedTuple):
    """All of a list, and the offset after its closing parenthesis."""

    pieces: tuple[Piece, ...]
    end: int


def parse_signature(text: str, name: str = "") -> Signature | None:
    """Parse `f(a, b=2) -> int`, also on several lines; None if it is something else.

    Args:
        text: Without escape sequences; nothing but the return annotation behind the parenthesis.
        name: What to call it where the text begins with the parenthesis.
    """
    match = _NAME.match(text)
    if match is None:
        return None
    found = split_parameters(text, match.end() - 1)
    if found is None:
        return None
    parameters = python_parameters(found.pieces)
    arrow = _ARROW.match(text, found.end)
    if parameters is None or not (arrow or not text[found.end :].strip()):
        return None
    returns = text[arrow.end() :].strip() if arrow else ""
    return Signature(match["name"] or name, parameters, returns or None)


def split_parameters(text: str, start: int, language: str = "python") -> Pieces | None:
    """Cut the list that the parenthesis at `start` opens; None if nothing closes it.

    `[, b]` makes `b` optional, as documentation writes it.
    """
    lexicon = _with_reprs(language)
    end = min(len(text), start + LONGEST_TEXT)
    return _Splitter(text, lex(text, lexicon, start, end), lexicon).split()


def python_parameters(pieces: tuple[Piece, ...]) -> tuple[Parameter, ...] | None:
    """Give each parameter its kind; None if one of them has no name such as parameters have."""
    found: list[Parameter] = []
    kind = Kind.POSITIONAL_OR_KEYWORD
    for piece in pieces:
        if piece.name == "/":
            found = [replace(one, kind=Kind.POSITIONAL_ONLY) for one in found]
            continue
        if piece.name != "*":
            parameter = _parameter(piece, kind)
            if parameter is None:
                return None
            found.append(parameter)
        if piece.name.startswith("*") or piece.name == "...":
            kind = Kind.KEYWORD_ONLY
    return tuple(found)


def _parameter(piece: Piece, kind: Kind) -> Parameter | None:
    if piece.name == "...":
        return Parameter("...", Kind.VAR_POSITIONAL, written="...")
    name = piece.name.lstrip("*").strip()
    if not _PYTHON_NAME.fullmatch(name):
        return None
    stars = piece.name.count("*")
    if stars:
        kind = Kind.VAR_POSITIONAL if stars == 1 else Kind.VAR_KEYWORD
    default = UNKNOWN_DEFAULT if piece.is_optional and not stars else None
    return Parameter(name, kind, piece.annotation, piece.default or default)


@cache
def _with_reprs(language: str) -> Lexicon:
    return replace(lexicon_of(language), reprs=True)


class _Splitter:
    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon) -> None:
        self._text = text
        self._tokens = tokens
        self._lexicon = lexicon
        self._pieces: list[Piece] = []
        self._depth = 0
        self._lambdas = 0
        self._optional: list[int] = []  # depths at which optional parts have begun
        self._any_optional = False
        self._begin()

    def _begin(self) -> None:
        self._start: int | None = None
        self._end = 0
        self._is_optional = self._any_optional
        self._colon: int | None = None
        self._equals: int | None = None

    def split(self) -> Pieces | None:
        for index, token in enumerate(self._tokens):
            if token.kind is TokenKind.OPEN:
                self._open(index, token)
            elif token.kind is TokenKind.CLOSE:
                if self._close(token):
                    return Pieces(tuple(self._pieces), token.end)
            else:
                self._inside(token)
        return None

    def _open(self, index: int, token: Token) -> None:
        self._depth += 1
        if self._depth > 1 and not self._begins_optional(index, token):
            self._extend(token)

    def _begins_optional(self, index: int, token: Token) -> bool:
        if token.text != "[" or self._depth != len(self._optional) + 2:
            return False
        before = self._tokens[index - 1].text
        after = self._tokens[index + 1].text if index + 1 < len(self._tokens) else ""
        if before not in ("(", ",", "[") and after != ",":
            return False
        self._finish()
        self._optional.append(self._depth)
        self._any_optional = True
        self._begin()
        return True

    def _close(self, token: Token) -> bool:
        """Tell whether that was the end."""
        self._depth -= 1
        if self._optional and self._depth == self._optional[-1] - 1:
            self._optional.pop()
            self._finish()
            self._begin()
        elif self._depth:
            self._extend(token)
        else:
            self._finish()
        return not self._depth

    def _extend(self, token: Token) -> None:
        """Take a token as part of the piece; comments around it are none."""
        if self._start is None:
            self._start = token.start
        self._end = token.end

    def _inside(self, token: Token) -> None:
        is_direct = self._depth == len(self._optional) + 1
        if is_direct and token.text == "," and not self._lambdas:
            self._finish()
            self._begin()
            return
        if is_direct:
            self._direct(token)
        self._extend(token)

    def _direct(self, token: Token) -> None:
        if token.text == "lambda" and self._lexicon.lambdas:
            self._lambdas += 1
        elif token.text == ":" and self._lambdas:
            self._lambdas -= 1
        elif token.text == ":" and self._colon is None and self._equals is None:
            self._colon = token.start
        elif token.text == "=" and self._equals is None:
            self._equals = token.start

    def _finish(self) -> None:
        """Take what there is since the last comma as a piece, if anything is."""
        if self._start is None:
            return
        name_end = next((one for one in (self._colon, self._equals) if one is not None), self._end)
        annotation_end = self._end if self._equals is None else self._equals
        self._pieces.append(
            Piece(
                name=self._text[self._start : name_end].strip(),
                annotation=self._part(self._colon, annotation_end),
                default=self._part(self._equals, self._end),
                written=self._text[self._start : self._end],
                is_optional=self._is_optional,
            )
        )

    def _part(self, sign: int | None, end: int) -> str | None:
        return None if sign is None else self._text[sign + 1 : end].strip() or None
