"""The editing commands of a code input, on a text cursor; each is one step of undo."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtGui import QTextCursor

from vitrail_widgets.editing import indentation
from vitrail_widgets.editing.indentation import (
    backspace_width,
    home_column,
    leading,
    outdent_lines,
    tab_width,
)

KEEP = QTextCursor.MoveMode.KeepAnchor
MOVE = QTextCursor.MoveMode.MoveAnchor


@contextmanager
def one_step(cursor: QTextCursor) -> Generator[QTextCursor, None, None]:
    """Make everything done with `cursor` one step of undo."""
    cursor.beginEditBlock()
    try:
        yield cursor
    finally:
        cursor.endEditBlock()


def replace_all(cursor: QTextCursor, text: str) -> None:
    """Replace the whole text; undo brings the old one back."""
    with one_step(cursor):
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)


def text_before(cursor: QTextCursor) -> str:
    """Return the text left of a cursor's selection, or of its caret."""
    before = QTextCursor(cursor.document())
    before.setPosition(cursor.selectionStart(), KEEP)
    return before.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def break_line(cursor: QTextCursor, indent: Callable[[str], str]) -> None:
    """Break the line at the caret.

    Args:
        cursor: What it selects goes.
        indent: Returns the white space that a new line after a text starts with.
    """
    before = text_before(cursor)
    with one_step(cursor):
        cursor.removeSelectedText()
        rest = cursor.block().text()[cursor.positionInBlock() :]
        if rest:
            cursor.movePosition(QTextCursor.MoveOperation.Right, KEEP, len(leading(rest)))
        cursor.insertText("\n" + indent(before))


def append_line(cursor: QTextCursor, indent: str) -> None:
    """Add a line at the text's end and go there."""
    with one_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n" + indent)


def indent(cursor: QTextCursor) -> None:
    """Indent the selected lines; without a selection, go to the next tab stop."""
    if cursor.hasSelection():
        _change_lines(cursor, indentation.indent_lines)
    else:
        cursor.insertText(" " * tab_width(_line_before(cursor)))


def indent_lines(cursor: QTextCursor) -> None:
    """Indent the caret's line, or the selected ones."""
    _change_lines(cursor, indentation.indent_lines)


def outdent(cursor: QTextCursor) -> None:
    """Take one level of indentation off the caret's line, or off the selected ones."""
    _change_lines(cursor, outdent_lines)


def backspace(cursor: QTextCursor) -> bool:
    """Delete a level of indentation left of the caret; False where there is none to delete."""
    before = _line_before(cursor)
    width = backspace_width(before)
    if cursor.hasSelection() or not before or width == 1:
        return False
    with one_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.Left, KEEP, width)
        cursor.removeSelectedText()
    return True


def home(cursor: QTextCursor, mode: QTextCursor.MoveMode) -> bool:
    """Go to the line's first letter or its start; False on a continuation row of a wrapped line."""
    column = cursor.positionInBlock()
    block = cursor.block()
    row = block.layout().lineForTextPosition(column)
    if row.isValid() and row.lineNumber() > 0:
        return False
    cursor.setPosition(block.position() + home_column(block.text(), column), mode)
    return True


def on_first_row(cursor: QTextCursor) -> bool:
    """Say whether the caret is in the first row that the text shows."""
    row = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
    return cursor.blockNumber() == 0 and (not row.isValid() or row.lineNumber() == 0)


def on_last_row(cursor: QTextCursor) -> bool:
    """Say whether the caret is in the last row that the text shows."""
    layout = cursor.block().layout()
    row = layout.lineForTextPosition(cursor.positionInBlock())
    is_last = not row.isValid() or row.lineNumber() == layout.lineCount() - 1
    return is_last and not cursor.block().next().isValid()


def _line_before(cursor: QTextCursor) -> str:
    return cursor.block().text()[: cursor.positionInBlock()]


def _change_lines(cursor: QTextCursor, change: Callable[[list[str]], list[str]]) -> None:
    """Put changed lines in place of the selected ones; what was selected stays selected."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if last != first and cursor.selectionEnd() == last.position():
        last = last.previous()  # a selection that ends at a line's start does not reach into it
    with one_step(cursor):
        block = first
        while block.isValid() and block.position() <= last.position():
            _change_indentation(QTextCursor(block), change)
            block = block.next()


def _change_indentation(cursor: QTextCursor, change: Callable[[list[str]], list[str]]) -> None:
    """Change only the white space, so that carets and selections in the line stay in place."""
    text = cursor.block().text()
    white, wanted = leading(text), leading(change([text])[0])
    if len(wanted) > len(white):
        cursor.insertText(wanted[len(white) :])
    elif len(wanted) < len(white):
        cursor.movePosition(QTextCursor.MoveOperation.Right, KEEP, len(white) - len(wanted))
        cursor.removeSelectedText()
