"""What typing a character does beyond inserting it: other halves come, lines move out."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console.input_buffer import apply_edit, buffer_of
from vitrail_widgets.editing.edits import Buffer, Edit
from vitrail_widgets.editing.indentation import indented, leading
from vitrail_widgets.editing.languages import (
    Notation,
    in_string,
    in_string_or_comment,
    indent_in,
    notation_at,
)
from vitrail_widgets.editing.offsets import to_utf16
from vitrail_widgets.editing.pairing import emptied_pair, is_inside_empty_pair, typed_half
from vitrail_widgets.editing.reindenting import reindented
from vitrail_widgets.editing.scan import CLOSING, OPENING

MAX_TEXT = 10_000
"""UTF-16 units; in a longer text a key is only a key: here it takes up to 5 ms besides."""

_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Half(NamedTuple):
    """A closing half that nobody typed, and where its pair begins."""

    opening: QTextCursor
    closing: QTextCursor
    character: str


class Typing:
    """Types into an input; knows which closing halves came by themselves.

    Those are typed over, and deleted with the half that brought them. What was typed stands before
    the caret in any case: only behind it something may have come.

    Attributes:
        closes: Whether brackets and quotes get their other half.
    """

    def __init__(self, editor: QPlainTextEdit, lexer_name: Callable[[], str]) -> None:
        self.closes = True
        self._editor = editor
        self._lexer_name = lexer_name
        self._halves: list[_Half] = []

    @property
    def lexer_name(self) -> str:
        """The name of the lexer of what is typed."""
        return self._lexer_name()

    def indent_after(self, before: str) -> str:
        """Return the white space that a new line after a text starts with."""
        return indent_in(before, notation_at(before, len(before), self._lexer_name()))

    def is_cut(self, text: str) -> bool:
        """Say whether a text ends within a string or a comment that goes on in the next line.

        A blank line at its end says that it does not, whatever the lexer thinks.
        """
        notation = notation_at(text, len(text), self._lexer_name())
        ends_blank = not text.rpartition("\n")[2].strip()
        return not ends_blank and in_string_or_comment(f"{text}\n", notation)

    def notation(self, buffer: Buffer) -> Notation:
        """Return how the language at the caret is written."""
        return notation_at(buffer.text, buffer.caret, self._lexer_name())

    def typed_text(self) -> str:
        """Return the text without the halves at the caret that nobody typed."""
        buffer = buffer_of(self._editor)
        after = buffer.text[buffer.caret :]
        return buffer.text[: buffer.caret] + after[len(self._added()) :]

    def press(self, event: QKeyEvent) -> bool:
        """Type a key's character if that does more than insert it; say whether it was typed."""
        held = event.modifiers() & ~_MODIFIERS
        is_text = held in (Qt.KeyboardModifier.NoModifier, _ALT_GR)
        return is_text and len(event.text()) == 1 and self._type(event.text())

    def delete_pair(self) -> bool:
        """Delete both halves around the caret; False where there are none."""
        if not self._may_look():
            return False
        buffer = buffer_of(self._editor)
        added = len(self._added()) if self.closes else 0
        edit = emptied_pair(buffer, self.notation(buffer), added) if self.closes else None
        return apply_edit(self._editor, buffer, edit)

    def enter(self) -> bool:
        """Break the line where code goes on behind which a pair closed by itself; else False.

        It goes on after an opening bracket or a comma, and in a long string. Otherwise the caret
        leaves the halves that nobody typed, if nothing else follows.
        """
        added = self._added()
        if not added or not self._may_look():
            return False
        buffer = buffer_of(self._editor)
        if is_inside_empty_pair(buffer):
            return self.break_pair()
        if self._goes_on(buffer, added[0].character):
            return self._break_line(buffer)
        if len(buffer.after) == len(added):
            self._editor.moveCursor(QTextCursor.MoveOperation.End)
        return False

    def break_pair(self) -> bool:
        """Put the caret in a line of its own between two brackets; False where it is not there."""
        if not self._may_look():
            return False
        buffer = buffer_of(self._editor)
        if not is_inside_empty_pair(buffer):
            return False
        white = leading(buffer.line_before)
        inside = indented(white)
        caret = buffer.caret + 1 + len(inside)
        edit = Edit(buffer.caret, buffer.caret, f"\n{inside}\n{white}", caret, caret)
        return apply_edit(self._editor, buffer, edit)

    def _goes_on(self, buffer: Buffer, closing: str) -> bool:
        if closing in CLOSING:
            return buffer.before.rstrip(" ").endswith(",")
        is_long = buffer.after.startswith(closing * 3)
        return is_long and in_string(buffer.before, self.notation(buffer))

    def _break_line(self, buffer: Buffer) -> bool:
        white = self.indent_after(buffer.before)
        caret = buffer.caret + 1 + len(white)
        edit = Edit(buffer.caret, buffer.caret, f"\n{white}", caret, caret)
        return apply_edit(self._editor, buffer, edit)

    def _type(self, character: str) -> bool:
        if not self._is_special(character) or not self._may_look():
            return False
        added = self._added()
        if added and added[0].character == character:
            self._editor.moveCursor(QTextCursor.MoveOperation.NextCharacter)
            return True
        buffer = buffer_of(self._editor)
        notation = self.notation(buffer)
        edit = reindented(buffer, character, notation)
        if edit is not None:
            return apply_edit(self._editor, buffer, edit)
        edit = typed_half(buffer, character, notation) if self.closes else None
        if edit is None:
            return False
        apply_edit(self._editor, buffer, edit)
        if not buffer.selected:
            self._remember(buffer, edit)
        return True

    def _is_special(self, character: str) -> bool:
        return character in OPENING or character in CLOSING or character in ":\"'`"

    def _may_look(self) -> bool:
        return self._editor.document().characterCount() <= MAX_TEXT

    def _remember(self, buffer: Buffer, edit: Edit) -> None:
        """Note the closing halves that an edit brought: all behind its caret."""
        document = self._editor.document()
        start = to_utf16(buffer.text, edit.start)
        closing = edit.text[1:]
        for number, character in enumerate(closing):
            left, right = QTextCursor(document), QTextCursor(document)
            left.setPosition(start)
            right.setPosition(start + 1 + number)
            self._halves.append(_Half(left, right, character))

    def _added(self) -> list[_Half]:
        """Return the halves that nobody typed which follow the caret directly, in order."""
        caret = self._editor.textCursor().position()
        document = self._editor.document()
        self._halves = [
            half
            for half in self._halves
            if half.opening.position() < caret <= half.closing.position()
            and document.characterAt(half.closing.position()) == half.character
        ]
        by_place = {half.closing.position(): half for half in self._halves}
        found: list[_Half] = []
        while caret + len(found) in by_place:
            found.append(by_place[caret + len(found)])
        return [] if self._editor.textCursor().hasSelection() else found
