"""Where code is string or comment, as the lexer of its language sees it; pure."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from vitrail_widgets.highlight.lexing import MAX_WHOLE, CodeLexer, lexer_for
from vitrail_widgets.highlight.spans import Token, colour_of


class Inside(StrEnum):
    """What a place in a text is inside of."""

    CODE = ""
    STRING = "string"
    COMMENT = "comment"


_PROBE = "x"
_ENDS = "*/]]'\"`"
"""What ends those that a grammar knows as a whole only: with one of these it sees them."""

_HERE_DOCUMENT = re.compile(r"<<[-~<]?\s*\\?['\"]?(\w+)")
_SYMBOL = "Symbol"  # Ruby's :name, Lisp's 'name; a string to Pygments, code to whoever types


@lru_cache(maxsize=8)  # a key may ask more than once
def inside(before: str, lexer_name: str) -> Inside | None:
    """Return what that is inside of which is typed after a text.

    Args:
        before: Code that may end anywhere, also in the middle of a string of several lines.
        lexer_name: A Pygments lexer's name.

    Returns:
        None where nobody can tell: there is no such lexer, or the text is longer than
        `MAX_WHOLE`. It takes 6 ms at most.
    """
    lexer = lexer_for(lexer_name).whole if len(before) <= MAX_WHOLE else None
    if lexer is None:
        return None
    ends = "".join(f"\n{word}" for word in _HERE_DOCUMENT.findall(before))
    place = len(before)
    for start, kind, text in lexer.get_tokens_unprocessed(f"{before}{_PROBE}{_ENDS}{ends}\n"):
        if start <= place < start + len(text):
            return _inside(kind, text)
    return None


@lru_cache(maxsize=4)  # the caret moves through the same text
def opaque(text: str, lexer_name: str) -> Sequence[tuple[int, int]]:
    """Return where a text is string or comment, in order; nothing in one over `MAX_WHOLE`.

    Args:
        text: Code.
        lexer_name: A Pygments lexer's name, or IPython's.
    """
    if len(text) > MAX_WHOLE:
        return ()
    lexer = lexer_for(lexer_name)
    return tuple(_opaque_tokens(text, lexer.whole) if lexer.whole else _opaque_spans(text, lexer))


def _opaque_tokens(text: str, lexer: Any) -> Iterator[tuple[int, int]]:
    """Find them in what the lexer says of the whole: a string may go over several lines."""
    first, last, was = 0, 0, Inside.CODE
    for start, kind, part in lexer.get_tokens_unprocessed(text):
        now = _inside(kind, part)
        if now is not was or start != last:
            if was is not Inside.CODE:
                yield first, last
            first, was = start, now
        last = start + len(part)
    if was is not Inside.CODE:
        yield first, min(last, len(text))


def _opaque_spans(text: str, lexer: CodeLexer) -> Iterator[tuple[int, int]]:
    """Find them line by line: in what follows a cell magic, too."""
    start = 0
    for line, spans in zip(text.split("\n"), lexer.highlight(text), strict=True):
        for one in spans:
            if one.name in (Inside.STRING, Inside.COMMENT):
                yield start + one.start, start + one.end
        start += len(line) + 1


def _inside(kind: Token, text: str) -> Inside:
    colour = colour_of(kind)
    if colour in (Inside.STRING, Inside.COMMENT):
        return Inside.CODE if kind[-1] == _SYMBOL else Inside(colour)
    is_quoted_name = kind[:1] == ("Name",) and text.startswith("`")
    return Inside.STRING if is_quoted_name else Inside.CODE
