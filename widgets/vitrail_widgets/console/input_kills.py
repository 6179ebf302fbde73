"""Killing and yanking in an input."""

from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console.input_buffer import apply_edit, buffer_of
from vitrail_widgets.editing.edits import Edit, replaced
from vitrail_widgets.editing.killing import KillRing, Reach, reached


class Kills:
    """Cuts text into a kill ring, and brings it back."""

    def __init__(self, editor: QPlainTextEdit, ring: KillRing | None = None) -> None:
        self._editor = editor
        self._ring = ring or KillRing()
        self._killed = self._yanked = (-1, -1)  # the state right after it
        self._yank_start = 0

    def kill(self, reach: Reach) -> bool:
        """Cut what is selected, or from the caret so far; kills in a row are yanked as one."""
        buffer = buffer_of(self._editor)
        start, end = reached(buffer, reach)
        forward = reach in (Reach.LINE_END, Reach.WORD_END)
        goes_on = self._state() == self._killed
        self._ring.kill(buffer.text[start:end], forward=forward, goes_on=goes_on)
        apply_edit(self._editor, buffer, Edit(start, end, "", start, start))
        self._killed = self._state()
        return True

    def yank(self) -> bool:
        """Insert what was killed last."""
        text = self._ring.yank()
        if text:
            buffer = buffer_of(self._editor)
            self._yank_start = buffer.start
            apply_edit(self._editor, buffer, replaced(buffer, text))
            self._yanked = self._state()
        return True

    def yank_older(self) -> bool:
        """Put an older kill in place of what was just yanked; after anything else do nothing."""
        if self._state() != self._yanked:
            return True
        buffer = buffer_of(self._editor)
        start, text = self._yank_start, self._ring.rotate()
        caret = start + len(text)
        apply_edit(self._editor, buffer, Edit(start, buffer.caret, text, caret, caret))
        self._yanked = self._state()
        return True

    def _state(self) -> tuple[int, int]:
        """Return what is another one after each edit and each move of the caret."""
        return self._editor.document().revision(), self._editor.textCursor().position()
