"""Where the next line starts, and what Tab, Backspace and Home do to a line's start."""

import re
from collections.abc import Iterable

from vitrail_widgets.editing.scan import Scan, Statement, Unfinished, scan

UNIT = 4
"""Columns of one level."""

MAX_ALIGNED = 40
"""Columns up to which a continuation line is aligned with its bracket; beyond, it hangs."""

_LEAVES_BLOCK = re.compile(r"(?:return|pass|break|continue|raise)\b")
_SPACE = re.compile(r"[ \t]*")


def indent_after(source: str) -> str:
    """Return the white space that a new line after `source` starts with.

    Args:
        source: The text before the new line; its last line may be cut anywhere.
    """
    found = scan(source)
    last_line = source.rpartition("\n")[2]
    if found.unfinished is Unfinished.STRING or not found.statements:
        return leading(last_line)
    statement = found.statements[-1]
    if found.open_brackets and found.unfinished is not Unfinished.NO:
        return _indent_in_bracket(found)
    if found.unfinished is Unfinished.BACKSLASH:
        goes_on = statement.start < len(source) - len(last_line)
        return leading(last_line) if goes_on else indented(found.indentation(statement))
    return _indent_of_next_statement(found, statement, last_line)


def leading(line: str) -> str:
    """Return the white space that a line starts with."""
    match = _SPACE.match(line)
    return match.group() if match else ""


def shared_indentation(lines: Iterable[str]) -> str:
    """Return the white space that all lines start with."""
    whites = [leading(line) for line in lines]
    if not whites:
        return ""
    first, last = min(whites), max(whites)  # what these two share, all share
    shared = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[:shared]


def indented(white: str) -> str:
    """Return indentation one level deeper; tabs stay tabs."""
    return white + ("\t" if white.endswith("\t") else " " * UNIT)


def outdented(white: str) -> str:
    """Return indentation one level less deep, on a multiple of the level."""
    if white.endswith("\t"):
        return white[:-1]
    spaces = len(white) - len(white.rstrip(" "))
    return white[: len(white) - min(spaces, (len(white) - 1) % UNIT + 1)]


def indent_lines(lines: list[str]) -> list[str]:
    """Indent every line that has text by one level."""
    return [" " * UNIT + line if line.strip() else line for line in lines]


def outdent_lines(lines: list[str]) -> list[str]:
    """Take one level of indentation off every line that has one."""
    return [outdented(leading(line)) + line[len(leading(line)) :] for line in lines]


def tab_width(before: str) -> int:
    """Return how many spaces Tab inserts after `before`, the line's text left of the caret."""
    return UNIT - len(before) % UNIT


def backspace_width(before: str) -> int:
    """Return how many characters Backspace takes: one level within indentation, else one."""
    if before.strip(" ") or not before:
        return 1
    return (len(before) - 1) % UNIT + 1


def home_column(line: str, column: int) -> int:
    """Return where Home goes: to the first letter, and from there to the line's start."""
    first = len(leading(line))
    return 0 if column == first else first


def _indent_of_next_statement(found: Scan, statement: Statement, last_line: str) -> str:
    white = found.indentation(statement)
    if statement.escape:
        return leading(last_line)
    code = found.code(statement)
    if code.endswith(":"):
        return indented(white)
    if not last_line.strip():
        return leading(last_line)
    if _LEAVES_BLOCK.match(code):
        return outdented(white)
    return white if found.source.endswith(found.text(statement)) else leading(last_line)


def _indent_in_bracket(found: Scan) -> str:
    """Follow the lines in the innermost open bracket, else what stands behind it, else hang."""
    source, offset = found.source, found.open_brackets[-1]
    line_start = source.rfind("\n", 0, offset) + 1
    rest, _, below = source[offset + 1 :].partition("\n")
    if below.strip():
        return leading(next(line for line in below.split("\n") if line.strip()))
    code = rest.split("#")[0]
    white = leading(source[line_start:])
    column = offset - line_start + 1 + len(leading(code))
    if not code.strip() or column > MAX_ALIGNED:
        return indented(white)
    return white + " " * (column - len(white))
