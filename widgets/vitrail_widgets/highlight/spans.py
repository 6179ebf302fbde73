"""From Pygments tokens to the few colour names that a theme knows."""

from collections.abc import Iterable
from typing import Any, NamedTuple

Token = Any
"""A Pygments token type: a tuple with a `parent`; Pygments ships no types."""


class Span(NamedTuple):
    """A coloured stretch of one line.

    Attributes:
        start: Offset in the line in code points, not in Qt's UTF-16 units.
        end: The offset after the last character.
        name: A key of `Theme.syntax`; text without a span is plain.
    """

    start: int
    end: int
    name: str


COLOURS: dict[tuple[str, ...], str] = {
    ("Keyword",): "keyword",
    ("Keyword", "Type"): "builtin",
    ("Name",): "",
    ("Name", "Attribute"): "decorator",
    ("Name", "Builtin"): "builtin",
    ("Name", "Class"): "class",
    ("Name", "Constant"): "builtin",
    ("Name", "Decorator"): "decorator",
    ("Name", "Entity"): "string",
    ("Name", "Exception"): "class",
    ("Name", "Function"): "function",
    ("Name", "Label"): "decorator",
    ("Name", "Tag"): "keyword",
    ("Name", "Variable", "Magic"): "builtin",
    ("Literal",): "number",
    ("Literal", "Number"): "number",
    ("Literal", "String"): "string",
    ("Operator",): "operator",
    ("Operator", "Word"): "keyword",
    ("Comment",): "comment",
    ("Comment", "Preproc"): "decorator",
    ("Comment", "PreprocFile"): "string",
    ("Error",): "error",
    ("Generic", "Deleted"): "error",
    ("Generic", "Error"): "error",
    ("Generic", "Heading"): "keyword",
    ("Generic", "Inserted"): "string",
    ("Generic", "Prompt"): "comment",
    ("Generic", "Subheading"): "keyword",
}
"""Colour by token path; a token that is not here has the colour of its nearest ancestor."""

_known: dict[Token, str] = {}


def colour_of(token: Token) -> str:
    """Return the colour name of a Pygments token; empty for plain text."""
    colour = _known.get(token)
    if colour is None:
        path = tuple(token)
        while path and path not in COLOURS:
            path = path[:-1]
        colour = _known[token] = COLOURS.get(path, "")
    return colour


def merged(pieces: Iterable[tuple[int, int, str]], length: int) -> tuple[Span, ...]:
    """Join neighbours of one colour, and drop what is plain.

    Args:
        pieces: Stretches of one line in order; what overlaps or leaves the line is cut, for
            Pygments' own positions are not always right (its "psql", its "nodejsrepl").
        length: The line's.
    """
    spans: list[Span] = []
    done = 0
    for start, end, name in pieces:
        start, end = max(start, done), min(end, length)
        if not name or start >= end:
            continue
        done = end
        if spans and spans[-1].name == name and spans[-1].end == start:
            spans[-1] = Span(spans[-1].start, end, name)
        else:
            spans.append(Span(start, end, name))
    return tuple(spans)
