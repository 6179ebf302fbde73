"""The bracket beside the caret and its other half, marked in an input."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from vitrail_widgets.editing import brackets
from vitrail_widgets.editing.ipython_syntax import cell_magic
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.editing.scan import scan
from vitrail_widgets.highlight.highlighter import code_of
from vitrail_widgets.highlight.lexing import IPYTHON, PYTHON
from vitrail_widgets.highlight.surroundings import opaque
from vitrail_widgets.qt.theme import Theme

GROUND_ALPHA = 0.28
MAX_FOREIGN = 2_000
"""Characters up to which the language of a cell magic's body says what its strings are."""

_BRACKETS = frozenset("()[]{}")


class BracketFinder:
    """Knows the brackets of a document; finds them once for each text that it has."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._known = (-1, "")  # revision and lexer name
        self._text = ""
        self._pairs: Mapping[int, int] = {}

    def marks(
        self, cursor: QTextCursor, lexer_name: str, theme: Theme
    ) -> list[QTextEdit.ExtraSelection]:
        """Return the marks for the pair at a cursor; none where there is no pair.

        Args:
            cursor: The bracket left of it comes before the one right of it.
            lexer_name: Says what strings and comments are.
            theme: Gives the colour.
        """
        document = self._document
        beside = {document.characterAt(cursor.position() - one) for one in (0, 1)}
        if cursor.hasSelection() or not beside & _BRACKETS:
            return []
        self._follow(lexer_name)
        caret = from_utf16(self._text, cursor.position())
        opened = next((one for one in (caret - 1, caret) if one in self._pairs), None)
        pair = () if opened is None else (opened, self._pairs[opened])
        return [_mark(document, to_utf16(self._text, offset), theme) for offset in pair]

    def _follow(self, lexer_name: str) -> None:
        wanted = (self._document.revision(), lexer_name)
        if wanted != self._known:
            self._known = wanted
            self._text = code_of(self._document)
            self._pairs = bracket_pairs(self._text, lexer_name)


def bracket_pairs(text: str, lexer_name: str) -> dict[int, int]:
    """Return, by the offset of each bracket that has another half, the offset of that half.

    Args:
        text: The input.
        lexer_name: Says what strings and comments are.
    """
    return brackets.pairs(text, opaque_in(text, lexer_name))


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


def opaque_in(text: str, lexer_name: str) -> Sequence[tuple[int, int]]:
    """Return where strings and comments are in an input."""
    is_python = lexer_name in IPYTHON or lexer_name in PYTHON
    if is_python and not (len(text) <= MAX_FOREIGN and cell_magic(text.partition("\n")[0])):
        # A twentieth of the time that the lexer takes. Brackets of magics, too, have pairs.
        return scan(text).opaque if len(text) <= brackets.MAX_TEXT else ()
    return opaque(text, lexer_name)
