"""The name in an input that is being completed: where it stands, and what is put in its place."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completions import CompletionList
from vitrail_widgets.editing.languages import is_prose, notation_at
from vitrail_widgets.editing.offsets import from_utf16, to_utf16


class NameInInput:
    """Reads and edits an input where completions belong."""

    def __init__(self, editor: InputArea) -> None:
        self._editor = editor

    def here(self) -> tuple[str, int]:
        """Return the code and the cursor's place in it, in code points."""
        code = self._editor.text()
        return code, from_utf16(code, self._editor.textCursor().position())

    @property
    def may_be_completed(self) -> bool:
        """Whether Tab means completion here, and not indentation."""
        cursor = self._editor.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return not cursor.hasSelection() and bool(before.strip()) and not before[-1].isspace()

    @property
    def is_prose(self) -> bool:
        """Whether words are typed here, not names: in comments, in strings of several lines."""
        code, cursor = self.here()
        return is_prose(code[:cursor], notation_at(code, cursor, self._editor.lexer_name))

    def replace(self, completions: CompletionList, text: str) -> None:
        """Replace the stretch that an answer names, and what was typed of it since."""
        code, _ = self.here()
        cursor = self._editor.textCursor()
        end = to_utf16(code, completions.end_in(code))
        cursor.beginEditBlock()
        cursor.setPosition(to_utf16(code, completions.start))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._editor.setTextCursor(cursor)

    def line_from(self, completions: CompletionList, within: QWidget) -> QRect:
        """Return the line that is typed on, from the name's start, in another widget's pixels."""
        code, _ = self.here()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(to_utf16(code, completions.start))
        rect = self._editor.cursorRect(cursor)
        at = self._editor.viewport().mapToGlobal(QPoint(rect.left(), rect.top()))
        return QRect(within.mapFromGlobal(at), rect.size())
