"""Who does what the keys of an input mean."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.console import input_editing as editing
from vitrail_widgets.console.input_buffer import apply_edit, buffer_of, span_cursor
from vitrail_widgets.console.input_kills import Kills
from vitrail_widgets.console.input_recall import Recall
from vitrail_widgets.console.input_selecting import Enlargement
from vitrail_widgets.console.input_submission import Submission
from vitrail_widgets.console.input_transfer import Transfer
from vitrail_widgets.console.input_typing import Typing
from vitrail_widgets.editing.commenting import toggled_comment
from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.killing import Reach
from vitrail_widgets.editing.line_moves import (
    doubled_lines,
    joined_lines,
    moved_lines,
    selected_lines,
)
from vitrail_widgets.editing.words import word_end, word_start

Move = QTextCursor.MoveOperation


class InputKeys:
    """Does the commands of an input, each in one step of undo."""

    def __init__(
        self,
        editor: QPlainTextEdit,
        commands: CommandDispatch,
        submission: Submission,
        recall: Recall,
        typing: Typing,
        transfer: Transfer,
    ) -> None:
        self._editor = editor
        self._typing = typing
        self._submission, self._recall, self._transfer = submission, recall, transfer
        self._kills = Kills(editor)
        self._register = commands.register
        self._register_running()
        self._register_motion()
        self._register_deleting()
        self._register_lines()
        self._register_selecting(Enlargement(editor, lambda: typing.lexer_name))

    def _register_running(self) -> None:
        self._register("input.open_pair", self._typing.enter)
        self._register("input.enter", self._submission.enter)
        self._register("input.run", self._submission.force)
        self._register("input.break_line", self._break_line)
        self._register("input.clear", self._clear)
        self._register("input.paste_verbatim", self._transfer.paste_verbatim)

    def _register_motion(self) -> None:
        self._register("input.home", lambda: self._go_home(editing.MOVE))
        self._register("input.select_home", lambda: self._go_home(editing.KEEP))
        self._register("input.line_end", lambda: self._go(Move.EndOfLine))
        self._register("input.left", lambda: self._go(Move.Left))
        self._register("input.right", lambda: self._go(Move.Right))
        self._register("input.word_left", lambda: self._go_by_word(word_start))
        self._register("input.word_right", lambda: self._go_by_word(word_end))
        self._register("input.start", lambda: self._go(Move.Start))
        self._register("input.end", lambda: self._go(Move.End))
        self._register("input.older", self._recall.older)
        self._register("input.newer", self._recall.newer)
        self._register("input.older_containing", partial(self._recall.older, anywhere=True))
        self._register("input.newer_containing", partial(self._recall.newer, anywhere=True))
        self._register("input.up", lambda: self._recall.older() or self._go(Move.Up))
        self._register("input.down", lambda: self._recall.newer() or self._go(Move.Down))

    def _register_deleting(self) -> None:
        self._register("input.outdent_back", lambda: self._change(editing.backspace))
        self._register("input.delete_pair", self._typing.delete_pair)
        self._register("input.delete_left", lambda: self._change(QTextCursor.deletePreviousChar))
        self._register("input.delete_right", self._delete_right)
        for name, reach in (
            ("kill_line", Reach.LINE_END),
            ("kill_line_back", Reach.LINE_START),
            ("kill_word", Reach.WORD_END),
            ("kill_word_back", Reach.WORD_START),
        ):
            self._register(f"input.{name}", partial(self._kills.kill, reach))
        self._register("input.yank", self._kills.yank)
        self._register("input.yank_older", self._kills.yank_older)

    def _register_lines(self) -> None:
        self._register("input.indent", lambda: self._change(editing.indent))
        self._register("input.outdent", lambda: self._change(editing.outdent))
        self._register("input.indent_lines", lambda: self._change(editing.indent_lines))
        self._register("input.comment", lambda: self._apply(self._commented))
        self._register("input.join_lines", lambda: self._apply(joined_lines))
        for name, down in (("up", False), ("down", True)):
            self._register(f"input.move_{name}", partial(self._apply, _moved(down)))
            self._register(f"input.double_{name}", partial(self._apply, _doubled(down)))

    def _register_selecting(self, enlargement: Enlargement) -> None:
        self._register("input.select_line", lambda: self._apply(selected_lines))
        self._register("input.enlarge", enlargement.enlarge)
        self._register("input.shrink", enlargement.shrink)

    def _change(self, command: Callable[[QTextCursor], object]) -> bool:
        """Let a command work on the caret; False if it had nothing to do."""
        cursor = self._editor.textCursor()
        done = command(cursor) is not False
        if done:
            self._editor.setTextCursor(cursor)
        return done

    def _apply(self, edit: Callable[[Buffer], Edit | None]) -> bool:
        """Make an edit; without one the key does nothing at all."""
        buffer = buffer_of(self._editor)
        if apply_edit(self._editor, buffer, edit(buffer)):
            self._editor.ensureCursorVisible()
        return True

    def _go(self, move: QTextCursor.MoveOperation) -> bool:
        self._editor.moveCursor(move)
        return True

    def _go_home(self, mode: QTextCursor.MoveMode) -> bool:
        if not self._change(lambda cursor: editing.home(cursor, mode)):
            self._editor.moveCursor(Move.StartOfLine, mode)
        return True

    def _go_by_word(self, find: Callable[[str, int], int]) -> bool:
        buffer = buffer_of(self._editor)
        place = find(buffer.text, buffer.caret)
        self._editor.setTextCursor(span_cursor(self._editor, buffer, place, place))
        return True

    def _break_line(self) -> None:
        if not self._typing.break_pair():
            self._change(partial(editing.break_line, indent=self._typing.indent_after))

    def _clear(self) -> bool:
        """Take the selection away, else the text; False if there is neither."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self._editor.setTextCursor(cursor)
            return True
        if self._editor.document().isEmpty():
            return False
        editing.replace_all(cursor, "")
        return True

    def _delete_right(self) -> bool:
        if self._editor.document().isEmpty():
            return False
        return self._change(QTextCursor.deleteChar)

    def _commented(self, buffer: Buffer) -> Edit:
        return toggled_comment(buffer, self._typing.notation(buffer))


def _moved(down: bool) -> Callable[[Buffer], Edit | None]:
    return lambda buffer: moved_lines(buffer, down=down)


def _doubled(down: bool) -> Callable[[Buffer], Edit | None]:
    return lambda buffer: doubled_lines(buffer, down=down)
