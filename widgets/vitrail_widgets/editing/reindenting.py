"""Keys that put their line back to where it belongs: the colon of `else:`, a closing bracket."""

import re

from vitrail_widgets.editing.brackets import MAX_TEXT
from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.indentation import leading
from vitrail_widgets.editing.languages import Notation, in_string_or_comment
from vitrail_widgets.editing.scan import CLOSING, Scan, Unfinished, scan

_OPENERS = {
    "else": frozenset({"if", "elif", "for", "while", "try", "except"}),
    "elif": frozenset({"if", "elif"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "else"}),
    "case": frozenset({"match", "case"}),
}
_CLAUSE = re.compile(r"(else|elif|except|finally|case)\b")
_HEADER = re.compile(r"(?:async\s+)?(\w+)")


def reindented(buffer: Buffer, character: str, notation: Notation) -> Edit | None:
    """Return the edit that types a character and moves its line out to where it belongs.

    A colon moves the line of `else`, `except` and their like below the statement that it continues;
    a closing bracket at a line's start goes below the line that opened it.

    Returns:
        None where the line stays.
    """
    line = buffer.line_before
    white = None
    if buffer.selected or not leading(line) or len(buffer.text) > MAX_TEXT:
        return None
    if character == ":" and notation.is_python:
        white = _clause_indentation(buffer.before)
    elif character in CLOSING and not line.strip():
        is_code = notation.is_python or not in_string_or_comment(buffer.before, notation)
        white = _bracket_indentation(buffer.before, character) if is_code else None
    if white is None or len(white) >= len(leading(line)):
        return None
    start = buffer.caret - len(line)
    text = white + line[len(leading(line)) :] + character
    caret = start + len(text)
    return Edit(start, buffer.caret, text, caret, caret)


def _bracket_indentation(before: str, character: str) -> str | None:
    found = scan(before)
    if not found.open_brackets or before[found.open_brackets[-1]] != CLOSING[character]:
        return None
    start = before.rfind("\n", 0, found.open_brackets[-1]) + 1
    return leading(before[start:])


def _clause_indentation(before: str) -> str | None:
    """Return the indentation of the statement that the last line continues; None to stay."""
    found = scan(before)
    if not found.statements or found.unfinished is not Unfinished.NO:
        return None
    last = found.statements[-1]
    clause = _CLAUSE.match(found.code(last))
    if clause is None or last.end != len(before) or found.opaque[-1:] == [(last.code, last.end)]:
        return None
    return _indentation_of_opener(found, clause.group(1))


def _indentation_of_opener(found: Scan, clause: str) -> str | None:
    """Look outwards through the blocks that the last statement is in."""
    openers = _OPENERS[clause]
    reach = len(found.indentation(found.statements[-1]))
    for statement in reversed(found.statements[:-1]):
        white = found.indentation(statement)
        header = _HEADER.match(found.code(statement))
        if len(white) > reach or statement.escape:
            continue
        is_header = found.code(statement).endswith(":")
        if is_header and header is not None and header.group(1) in openers:
            # A case stands in its match, and below the case before it.
            inside = clause == "case" and header.group(1) == "match"
            return None if inside or len(white) == reach == 0 else white
        reach = min(reach, len(white))
        if header is not None and header.group(1) in {"def", "class"} and is_header:
            return None
    return None
