"""Up and Down at an input's edges: the inputs of the past that start the same way."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console import input_editing as editing
from vitrail_widgets.editing.history import InputHistory
from vitrail_widgets.highlight.highlighter import code_of


class Recall:
    """Walks an input through its history.

    The prefix is what stood left of the caret when the walk began; it holds until the walk is over
    or the text starts with something else.
    """

    def __init__(self, editor: QPlainTextEdit, history: InputHistory) -> None:
        self._editor = editor
        self._history = history
        self._prefix = ""

    def older(self) -> bool:
        """Show the next older entry; False if the caret is to move up within the text instead."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or not editing.on_first_row(cursor):
            return False
        text = code_of(self._editor.document())
        if not self._history.walking or not text.startswith(self._prefix):
            self._prefix = editing.text_before(cursor)
        found = self._history.older(self._prefix, text)
        if found is not None:
            self._show(found, QTextCursor.MoveOperation.Start)
        return True

    def newer(self) -> bool:
        """Show the next newer entry; False if the caret is to move down instead."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or not editing.on_last_row(cursor):
            return False
        found = self._history.newer(self._prefix, code_of(self._editor.document()))
        if found is None:
            return False
        self._show(found, QTextCursor.MoveOperation.End)
        return True

    def _show(self, text: str, edge: QTextCursor.MoveOperation) -> None:
        """Show an entry with the caret where the same key goes on walking."""
        cursor = self._editor.textCursor()
        editing.replace_all(cursor, text)
        cursor.movePosition(edge)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
        self._editor.setTextCursor(cursor)
