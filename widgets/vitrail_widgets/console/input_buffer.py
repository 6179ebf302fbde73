"""Between an input's document and the pure functions that edit code."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console.input_editing import KEEP, one_step
from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.highlight.highlighter import code_of


def buffer_of(editor: QPlainTextEdit) -> Buffer:
    """Return an input's text and selection."""
    text = code_of(editor.document())
    cursor = editor.textCursor()
    return Buffer(text, from_utf16(text, cursor.anchor()), from_utf16(text, cursor.position()))


def apply_edit(editor: QPlainTextEdit, buffer: Buffer, edit: Edit | None) -> bool:
    """Make an edit, in one step of undo; False if there is none.

    Args:
        editor: The input; it holds `buffer` still.
        buffer: What the edit was made for.
        edit: What to do.
    """
    if edit is None:
        return False
    cursor = editor.textCursor()
    start, end = to_utf16(buffer.text, edit.start), to_utf16(buffer.text, edit.end)
    if buffer.text[edit.start : edit.end] != edit.text:
        with one_step(cursor):
            cursor.setPosition(start)
            cursor.setPosition(end, KEEP)
            cursor.insertText(edit.text)
    text = buffer.changed(edit).text
    cursor.setPosition(to_utf16(text, edit.anchor))
    cursor.setPosition(to_utf16(text, edit.caret), KEEP)
    editor.setTextCursor(cursor)
    return True


def span_cursor(editor: QPlainTextEdit, buffer: Buffer, start: int, end: int) -> QTextCursor:
    """Return a cursor that selects a stretch of a buffer that the editor holds still."""
    cursor = editor.textCursor()
    cursor.setPosition(to_utf16(buffer.text, start))
    cursor.setPosition(to_utf16(buffer.text, end), KEEP)
    return cursor
