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
    "select_row_up": (Move.Up, SELECT),
    "select_row_down": (Move.Down, SELECT),
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
