"""Text on the columns of a terminal: what tabs lead to, and what is left of what is overwritten."""

from typing import Final

from vitrail_widgets.transcript.cell_width import cell_width, is_narrow_at_sight
from vitrail_widgets.transcript.open_line import OpenLine

TAB_COLUMNS: Final = 8


def expand_tabs(text: str, column: int) -> str:
    """Return lines of text with spaces for its tabs.

    Args:
        text: Lines, joined by newlines.
        column: Where the first one begins, in cells.
    """
    if text.isascii():
        offset = column % TAB_COLUMNS
        return (" " * offset + text).expandtabs(TAB_COLUMNS)[offset:]
    first, *lines = text.split("\n")
    return "\n".join([_expanded(first, column), *(_expanded(line, 0) for line in lines)])


def _expanded(line: str, column: int) -> str:
    first, *rest = line.split("\t")
    parts = [first]
    column += cell_width(first)
    for part in rest:
        gap = TAB_COLUMNS - column % TAB_COLUMNS
        parts += [" " * gap, part]
        column += gap + cell_width(part)
    return "".join(parts)


def overlaid(texts: list[str]) -> str:
    """Return what is left of texts that were written over each other."""
    if not all(map(is_narrow_at_sight, texts)):
        line = OpenLine()
        for text in texts:
            line.write(0, text)
        return line.text
    seen = texts[-1]
    for text in reversed(texts):
        if len(text) > len(seen):
            seen += text[len(seen) :]
    return seen
