"""The bracket beside the caret and its other half, marked in an input."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from vitrail_widgets.editing import brackets
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.highlight.highlighter import code_of
from vitrail_widgets.highlight.lexing import IPYTHON, MAX_WHOLE, PYTHON, highlight_code
from vitrail_widgets.qt.theme import Theme

GROUND_ALPHA = 0.28
_BRACKETS = frozenset("()[]{}")
_OPAQUE = frozenset({"string", "comment"})


def bracket_pair(text: str, caret: int, lexer_name: str) -> tuple[int, int] | None:
    """Return the offsets of the bracket beside the caret and its other half.

    The bracket left of the caret comes before the one right of it.

    Args:
        text: The input.
        caret: Offset in code points.
        lexer_name: Says what strings and comments are.
    """
    for offset in (caret - 1, caret):
        if 0 <= offset < len(text) and text[offset] in _BRACKETS:
            other = brackets.match(text, offset, _opaque(text, lexer_name))
            if other is not None:
                return offset, other
    return None


def bracket_marks(
    document: QTextDocument, cursor: QTextCursor, lexer_name: str, theme: Theme
) -> list[QTextEdit.ExtraSelection]:
    """Return the marks for the pair at a cursor; none where there is no pair."""
    beside = {document.characterAt(cursor.position() - one) for one in (0, 1)}
    if cursor.hasSelection() or not beside & _BRACKETS:
        return []
    text = code_of(document)
    pair = bracket_pair(text, from_utf16(text, cursor.position()), lexer_name)
    return [_mark(document, to_utf16(text, offset), theme) for offset in pair or ()]


def _mark(document: QTextDocument, position: int, theme: Theme) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    ground = QColor(theme.accent)
    ground.setAlphaF(GROUND_ALPHA)
    look = QTextCharFormat()
    look.setBackground(ground)
    place = QTextCursor(document)
    place.setPosition(position)
    place.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
    mark.cursor, mark.format = place, look
    return mark


def _opaque(text: str, lexer_name: str) -> Sequence[tuple[int, int]] | None:
    """Return where strings and comments are; None to let the matcher find them as for Python."""
    if len(text) > MAX_WHOLE:
        return None if lexer_name in IPYTHON or lexer_name in PYTHON else ()
    found: list[tuple[int, int]] = []
    start = 0
    lines = text.split("\n")
    for line, spans in zip(lines, highlight_code(text, lexer_name), strict=True):
        found += [(start + one.start, start + one.end) for one in spans if one.name in _OPAQUE]
        start += len(line) + 1
    return found
