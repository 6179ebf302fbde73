"""What docstrings say first: builtin functions have their signature there, others a summary."""

import re
from typing import Final

from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.parameter_list import (
    LONGEST_TEXT,
    parse_signature,
)

NO_DOCSTRING: Final = "<no docstring>"
_LINES: Final = 40
"""Lines of a docstring that are looked at."""
_WORD: Final = re.compile(r"\w")
_SENTENCE: Final = re.compile(r"[^\W\d_a-z]\w*(?!\w|\s?\()")
_CALL: Final = re.compile(r"[^\s()]+\s?\(")


def signature_of_docstring(docstring: str, name: str) -> Signature | None:
    """Parse what a docstring begins with if it is `name(a, b[, c]) -> what it returns`.

    Of several ways to call it, one a line, the one with the most parameters is taken.

    Args:
        docstring: Plain text.
        name: What it documents; of a dotted name the last part counts. Empty for any.
    """
    first = _paragraph(docstring)[0]
    if not _CALL.match(first):
        return None
    ways = [parse_signature(text) for text in (*first.split("\n")[:_LINES], first)]
    named = [way for way in ways if way and (not name or _last(way.name) == _last(name))]
    return max(named, key=lambda way: len(way.parameters), default=None)


def summary_of(docstring: str) -> str:
    """Return the first line that says something, after the ways to call; empty if none does."""
    first, rest = _paragraph(docstring)
    if first == NO_DOCSTRING:
        return ""
    is_signature = _CALL.match(first) is not None
    for line in (rest if is_signature else f"{first}\n{rest}").split("\n")[:_LINES]:
        if _WORD.search(line):
            return line.strip()
    prose = [line for line in first.split("\n") if is_signature and _SENTENCE.match(line)]
    return prose[0].strip() if prose else ""


def _paragraph(text: str) -> tuple[str, str]:
    """Return the lines up to the first blank one, and the others."""
    first, _, rest = text[:LONGEST_TEXT].strip().partition("\n\n")
    return first, rest


def _last(name: str) -> str:
    return name.rpartition(".")[2]
