"""The fields in which a running cell's `input()` is answered."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from vitrail_resources.translation import tr
from vitrail_widgets.console.answers import Answers
from vitrail_widgets.console.geometry import OUTPUT_GAP
from vitrail_widgets.console.stdin_field import END_OF_FILE, StdinField, register_question
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.qt.theme import Theme


class InputRequests(QObject):
    """Shows at most one field: a kernel asks one question at a time.

    Signals:
        answered: The cell's id and what was typed.
        interrupted: The user would rather interrupt the cell.
    """

    answered = Signal(str, str)
    interrupted = Signal()

    def __init__(self, view: Surface, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._field: StdinField | None = None
        self._entry_id = ""
        self._answers = Answers()
        view.input.commands.register("input.answer", self.take_focus)
        register_question(view.input.commands, lambda: self._field)

    @property
    def field(self) -> StdinField | None:
        """The field shown now."""
        return self._field

    def ask(self, entry_id: str, prompt: str, *, password: bool) -> bool:
        """Show a field at the end of a cell; an earlier field goes.

        The field takes the focus unless something is being typed, here or in another part of the
        window: half a line of code would become the answer, and be sent with its Enter.

        Returns:
            False when there is no such cell.
        """
        self._remove()
        if self._view.document.cell_layout(entry_id) is None:
            return False
        field = StdinField(
            prompt,
            password=password,
            commands=self._view.input.commands,
            parent=self._view.viewport(),
        )
        field.apply_theme(self._view.theme, self._view.metrics.font)
        field.answered.connect(self._on_field_answered)
        field.interrupted.connect(self.interrupted)
        field.pasted_ahead.connect(self._answers.keep_ahead)
        field.recalled.connect(self._on_field_recalled)
        self._answers.begin()
        self._field, self._entry_id = field, entry_id
        field.fit(self._view.across.columns)
        field.show()
        self._reserve()
        self._view.scroll_to_end()
        if self._view.is_being_typed_in or self._focus_is_elsewhere():
            field.line.setPlaceholderText(tr("Esc, or a click, to answer"))
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        if not password:
            field.line.setText(self._answers.take_ahead())  # a whole line answers at once
        return True

    def take_focus(self) -> bool:
        """Go to the field; say whether there is one."""
        if self._field is None:
            return False
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def fit(self, columns: int) -> None:
        """Wrap the question for another width, and keep its room."""
        if self._field is not None:
            self._field.fit(columns)
            self._reserve()

    def withdraw(self) -> None:
        """Remove the field, answered or not: the cell has ended, and asks no more."""
        self._answers.take_ahead()
        self._remove()

    def _remove(self) -> None:
        if self._field is None:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._field.isAncestorOf(focused)
        self._field.hide()
        self._field.deleteLater()
        self._field = None
        self._view.document.set_trailing(self._entry_id, 0)
        self._view.arrange()
        if had_focus:
            self._view.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours."""
        if self._field is not None:
            self._field.apply_theme(theme, font)

    def place(self) -> None:
        """Put the field below its cell's outputs."""
        layout = self._view.document.cell_layout(self._entry_id) if self._field else None
        if self._field is None or layout is None:
            return
        geometry = self._view.across
        height = self._field.sizeHint().height()
        y = self._view.viewport_y(self._entry_id) + layout.height - height
        self._field.setGeometry(geometry.content_x, y, geometry.content_width, height)

    def _focus_is_elsewhere(self) -> bool:
        focused, console = QApplication.focusWidget(), self._view.viewport().parentWidget()
        if focused is None or console is None or focused is console:
            return False
        return not console.isAncestorOf(focused)

    def _reserve(self) -> None:
        """Keep the room free that the field takes."""
        assert self._field is not None
        height = self._field.sizeHint().height() + OUTPUT_GAP
        self._view.document.set_trailing(self._entry_id, height)

    def _on_field_answered(self, value: str) -> None:
        entry_id = self._entry_id
        is_password = self._field is not None and self._field.is_password
        if not is_password and value != END_OF_FILE:
            self._answers.note(value)
        self._remove()
        self.answered.emit(entry_id, value)

    def _on_field_recalled(self, by: int) -> None:
        if self._field is not None:
            answer = self._answers.step(by, self._field.line.text())
            if answer is not None:
                self._field.line.setText(answer)
