"""The plain ways of the caret, those of every editor, under the names of commands."""

from functools import partial

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.commands.dispatch import CommandDispatch

Move = QTextCursor.MoveOperation
GO, SELECT = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor

_PLAIN = {
    "row_up": (Move.Up, GO),
    "row_down": (Move.Down, GO),
    "previous_word": (Move.WordLeft, GO),
    "next_word": (Move.WordRight, GO),
    "select_left": (Move.Left, SELECT),
    "select_right": (Move.Right, SELECT),
    "select_previous_word": (Move.WordLeft, SELECT),
    "select_next_word": (Move.WordRight, SELECT),
    "select_line_end": (Move.EndOfLine, SELECT),
    "select_start": (Move.Start, SELECT),
    "select_end": (Move.End, SELECT),
}


def register_caret(editor: QPlainTextEdit, commands: CommandDispatch) -> None:
    """Let an editor's caret go these ways, whatever keys they have."""
    for name, (move, mode) in _PLAIN.items():
        commands.register(f"input.{name}", partial(editor.moveCursor, move, mode))
    for name, move, edge in (("up", Move.Up, Move.Start), ("down", Move.Down, Move.End)):
        commands.register(f"input.select_row_{name}", partial(_select_row, editor, move, edge))


def _select_row(
    editor: QPlainTextEdit, move: QTextCursor.MoveOperation, edge: QTextCursor.MoveOperation
) -> None:
    """Select up to the next row, and in the outermost one all the rest."""
    before = editor.textCursor().position()
    editor.moveCursor(move, SELECT)
    if editor.textCursor().position() == before:
        editor.moveCursor(edge, SELECT)
