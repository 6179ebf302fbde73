"""Up and Down at an input's edges: past inputs that start the same way, or contain the text."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console import input_editing as editing
from vitrail_widgets.editing.history import InputHistory
from vitrail_widgets.highlight.highlighter import code_of


class Recall:
    """Walks an input through its history.

    What is wanted is what stood left of the caret when the walk began; it holds until the walk is
    over or the text does not fit it any more.
    """

    def __init__(self, editor: QPlainTextEdit, history: InputHistory) -> None:
        self._editor = editor
        self._history = history
        self._wanted = ""

    def older(self, *, anywhere: bool = False) -> bool:
        """Show the next older entry; False if the caret is to move up within the text instead.

        Args:
            anywhere: Whether the entry may contain what is wanted anywhere; if there is none at
                all the key keeps its other meaning.
        """
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or not editing.on_first_row(cursor):
            return False
        text = code_of(self._editor.document())
        fits = self._wanted in text if anywhere else text.startswith(self._wanted)
        if not self._history.walking or not fits:
            self._wanted = editing.text_before(cursor)
        found = self._history.older(self._wanted, text, anywhere=anywhere)
        if found is not None:
            self._show(found, QTextCursor.MoveOperation.Start)
        return found is not None or self._history.walking or not anywhere

    def newer(self, *, anywhere: bool = False) -> bool:
        """Show the next newer entry; False if the caret is to move down instead."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or not editing.on_last_row(cursor):
            return False
        text = code_of(self._editor.document())
        found = self._history.newer(self._wanted, text, anywhere=anywhere)
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
