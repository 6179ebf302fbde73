"""A selection that grows by units of code, and shrinks by the same steps."""

from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console.input_brackets import opaque_in
from vitrail_widgets.console.input_buffer import buffer_of, span_cursor
from vitrail_widgets.editing.brackets import MAX_TEXT
from vitrail_widgets.editing.edits import Buffer
from vitrail_widgets.editing.enlarging import enlarged


class Enlargement:
    """Selects larger units, and remembers the smaller ones as long as nothing else happens."""

    def __init__(self, editor: QPlainTextEdit, lexer_name: Callable[[], str]) -> None:
        self._editor = editor
        self._lexer_name = lexer_name
        self._smaller: list[tuple[int, int]] = []
        self._last: Buffer | None = None

    def enlarge(self) -> bool:
        """Select the smallest unit that holds more than what is selected."""
        if self._editor.document().characterCount() > MAX_TEXT:
            self._editor.selectAll()
            return True
        buffer = buffer_of(self._editor)
        if buffer != self._last:
            self._smaller.clear()
        start, end = enlarged(buffer, opaque_in(buffer.text, self._lexer_name()))
        if (start, end) != (buffer.start, buffer.end):
            self._smaller.append((buffer.anchor, buffer.caret))
            self._select(span_cursor(self._editor, buffer, start, end))
        return True

    def shrink(self) -> bool:
        """Select what was selected before the last `enlarge`; False after anything else."""
        buffer = buffer_of(self._editor)
        if buffer != self._last or not self._smaller:
            return False
        self._select(span_cursor(self._editor, buffer, *self._smaller.pop()))
        return True

    def _select(self, cursor: QTextCursor) -> None:
        self._editor.setTextCursor(cursor)
        self._last = buffer_of(self._editor)
