"""What Enter does: submit what is complete, else go on with a new line."""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console import input_editing as editing
from vitrail_widgets.console.input_question import CompletenessQuestion
from vitrail_widgets.editing.completeness import Completeness
from vitrail_widgets.editing.history import InputHistory
from vitrail_widgets.editing.indentation import indent_after
from vitrail_widgets.highlight.highlighter import code_of

Judge = Callable[[str], tuple[Completeness, str]]


class Submission(QObject):
    """Takes an input from its editor when it is complete.

    Attributes:
        judge: Decides at once whether a text is complete; None or its UNKNOWN to ask the kernel.
        indent: Returns the white space that a new line after a text starts with.
        is_cut: Says whether a text ends within a string or a comment that goes on in the next line;
            asked where the kernel does not know.

    Signals:
        submitted: The text, to be run; the editor is empty by then.
        completeness_wanted: The text, to be judged by the kernel.
    """

    submitted = Signal(str)
    completeness_wanted = Signal(str)

    def __init__(self, editor: QPlainTextEdit, history: InputHistory) -> None:
        super().__init__(editor)
        self.judge: Judge | None = None
        self.indent: Callable[[str], str] = indent_after
        self.is_cut: Callable[[str], bool] = lambda _: False
        self._editor = editor
        self._history = history
        self._question = CompletenessQuestion(self)
        self._question.expired.connect(self._on_question_expired)

    @property
    def is_asking(self) -> bool:
        """Whether the kernel is being asked: keys that edit have to wait."""
        return self._question.is_open

    def hold(self, event: QKeyEvent) -> bool:
        """Keep a key back while the kernel is asked; False if it is not."""
        if self._question.is_open:
            self._question.hold(event)
        return self._question.is_open

    def enter(self) -> None:
        """Submit, ask, or break the line: as the text and the caret's place in it demand."""
        source = self._text()
        cursor = self._editor.textCursor()
        rest = source[len(editing.text_before(cursor)) :]
        if "\n" in source and rest.strip():
            editing.break_line(cursor, self.indent)
            self._editor.setTextCursor(cursor)
        elif not source.strip():
            self.force()
        else:
            self._judge(source)

    def force(self) -> None:
        """Submit the text as it is; a blank one is only cleared."""
        source = without_blank_end(self._text())
        if source.strip():
            self._history.append(source)
            self.submitted.emit(source)  # first: the kernel works while the input is cleared
        editing.replace_all(self._editor.textCursor(), "")

    def apply(self, source: str, verdict: Completeness, indent: str) -> None:
        """Take the kernel's answer; one that is late or for another text is ignored."""
        if not self._question.close(source):
            return
        if source == self._text():
            self._act_on_answer(source, verdict, indent)
        self._replay_held_keys()

    def _judge(self, source: str) -> None:
        verdict, indent = Completeness.UNKNOWN, ""
        if self.judge is not None:
            verdict, indent = self.judge(source)
        if verdict is Completeness.UNKNOWN:
            self._question.open(source)
            self.completeness_wanted.emit(source)
        else:
            self._act_on(verdict, indent)

    def _act_on_answer(self, source: str, verdict: Completeness, indent: str) -> None:
        if verdict is Completeness.UNKNOWN and self.is_cut(source):
            verdict, indent = Completeness.INCOMPLETE, self.indent(source)
        self._act_on(verdict, indent)

    def _act_on(self, verdict: Completeness, indent: str) -> None:
        if verdict is not Completeness.INCOMPLETE:
            self.force()
            return
        cursor = self._editor.textCursor()
        editing.append_line(cursor, indent)
        self._editor.setTextCursor(cursor)

    def _text(self) -> str:
        return code_of(self._editor.document())

    def _on_question_expired(self, source: str) -> None:
        if source == self._text():
            self._act_on_answer(source, Completeness.UNKNOWN, "")
        self._replay_held_keys()

    def _replay_held_keys(self) -> None:
        for event in self._question.take_held():
            self._editor.keyPressEvent(event)  # one of them may ask again: then the rest waits


def without_blank_end(text: str) -> str:
    """Return text without the blank lines at its end: they only said that a block is over."""
    return re.sub(r"(?:\n[ \t]*)+\Z", "", text)
