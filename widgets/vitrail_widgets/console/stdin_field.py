"""The field in which a running cell's question is answered."""

import textwrap
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme

END_OF_FILE = "\x04"
"""What ipykernel's `input()` turns into an EOFError."""

PADDING_X = 10  # as the inputs of cells have it
PADDING_Y = 4
RADIUS = 6
BESIDE_COLUMNS = 60
ABOVE_COLUMNS = 80


class StdinField(QWidget):
    """A question and a line to answer it; a password is masked and forgotten when sent.

    Enter answers, Ctrl+D on an empty line answers with the end of the file, Ctrl+C without a
    selection interrupts, as long as the keymap says nothing else.

    Signals:
        answered: What was typed.
        interrupted: The user would rather interrupt the cell.
        pasted_ahead: What follows the first of several pasted lines; `answered` comes next.
        recalled: An older (-1) or a newer (1) answer is wanted.
    """

    answered = Signal(str)
    interrupted = Signal()
    pasted_ahead = Signal(str)
    recalled = Signal(int)

    def __init__(
        self,
        prompt: str,
        *,
        password: bool = False,
        commands: CommandDispatch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask something.

        Args:
            prompt: The question.
            password: Whether the answer is masked.
            commands: Say what keys do in it; its maker has given `register_question` to them.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._commands = commands or CommandDispatch()
        if commands is None:
            register_question(self._commands, lambda: self)
        self._theme: Theme | None = None
        self._prompt = prompt or (tr("Password:") if password else "")
        above, beside = divided(self._prompt)
        self._above = _label(above, self)
        self._beside = _label(beside, self)
        self._line = QLineEdit(self)
        self._line.setFrame(False)
        self._line.setAccessibleName(
            prompt.strip() or (tr("Password") if password else tr("Answer"))
        )
        if password:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        grid = QGridLayout(self)
        grid.setContentsMargins(PADDING_X, PADDING_Y, PADDING_X, PADDING_Y)
        grid.setSpacing(0)
        grid.addWidget(self._above, 0, 0, 1, 2)
        grid.addWidget(self._beside, 1, 0)
        grid.addWidget(self._line, 1, 1)
        self._beside.setBuddy(self._line)
        self.setFocusProxy(self._line)
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._on_line_text_changed)

    @property
    def is_password(self) -> bool:
        """Whether a password is asked for."""
        return self._line.echoMode() is QLineEdit.EchoMode.Password

    def fit(self, columns: int) -> None:
        """Wrap the question for a width, in cells of the code font."""
        above, beside = divided(self._prompt, columns)
        for label, text in ((self._above, above), (self._beside, beside)):
            label.setText(text)
            label.setVisible(bool(text))
        self.updateGeometry()

    @property
    def line(self) -> QLineEdit:
        """Where the answer is typed."""
        return self._line

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        muted, text = theme.muted, theme.text
        for widget, colour in ((self._above, muted), (self._beside, muted), (self._line, text)):
            widget.setFont(font)
            palette = theme.palette()
            clear = QColor(0, 0, 0, 0)
            palette.setColor(palette.ColorRole.WindowText, colour)
            palette.setColor(palette.ColorRole.Base, clear)
            palette.setColor(palette.ColorRole.Text, colour)
            widget.setPalette(palette)
        # Below a style sheet, as of a splitter, Qt draws a line's ground whatever its palette says.
        self._line.setStyleSheet(
            f"background: transparent; border: none; padding: 0; color: {text.name()};"
        )
        row_height = Metrics.of(font).line_height
        self._line.setFixedHeight(row_height)
        self._beside.setFixedHeight(row_height)
        self.updateGeometry()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+C and Ctrl+D from the line, and repaint the edge when the focus goes."""
        if watched is self._line:
            if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
                self.update()
            elif isinstance(event, QKeyEvent):
                return self._takes(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, and the edge that says where the focus is."""
        if self._theme is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = self._theme.accent if self._line.hasFocus() else self._theme.border
            painter.setPen(QPen(edge, 1))
            painter.setBrush(self._theme.surface)
            ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(ground, RADIUS, RADIUS)

    def answer(self) -> None:
        """Answer with what is typed."""
        value = self._line.text()
        self._line.clear()  # a password is in no undo and in no widget that lives on
        self.answered.emit(value)

    def interrupt(self) -> bool:
        """Ask for an interrupt, unless text is selected: then the keys copy it."""
        if self._line.hasSelectedText():
            return False
        self.interrupted.emit()
        return True

    def end_file(self) -> bool:
        """Answer with the end of the file, unless something is typed."""
        if self._line.text():
            return False
        self.answered.emit(END_OF_FILE)
        return True

    def recall(self, by: int) -> bool:
        """Ask for an earlier answer; there is none to a password."""
        if self.is_password:
            return False
        self.recalled.emit(by)
        return True

    def _on_line_text_changed(self, text: str) -> None:
        """Answer with the first of several lines, however they came; a password has one."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        first, newline, rest = lines.partition("\n")
        if not newline:
            return
        self._line.setText(first)
        if not self.is_password:
            self.pasted_ahead.emit(rest)
            self.answer()

    def _takes(self, event: QKeyEvent) -> bool:
        """Handle a key of ours; True if the line is not to see it."""
        match event.type():
            case QEvent.Type.KeyPress:
                return self._commands.press(event, Scope.QUESTION)
            case QEvent.Type.ShortcutOverride if self._commands.claims(event, Scope.QUESTION):
                event.accept()
                return True
            case _:
                return False


def divided(prompt: str, columns: int = ABOVE_COLUMNS) -> tuple[str, str]:
    """Divide a prompt into what stands above the line and what stands beside it."""
    above, _, beside = prompt.expandtabs().rpartition("\n")
    if len(beside) > min(BESIDE_COLUMNS, columns // 2):
        above, beside = (f"{above}\n{beside}" if above else beside), ""
    width = max(1, min(columns, ABOVE_COLUMNS))
    return "\n".join(textwrap.fill(line, width) for line in above.split("\n")), beside


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setVisible(bool(text))
    return label


def register_question(commands: CommandDispatch, field: Callable[[], StdinField | None]) -> None:
    """Let commands act on the field that there is at the time.

    Args:
        commands: Those of a console.
        field: Returns the field; None while nothing is asked.
    """

    def register(command_id: str, act: Callable[[StdinField], bool | None]) -> None:
        def run() -> bool | None:
            found = field()
            return found is not None and act(found)

        commands.register(command_id, run, lambda: "" if field() else tr("No cell asks anything"))

    register("question.answer", StdinField.answer)
    register("question.interrupt", StdinField.interrupt)
    register("question.end_of_file", StdinField.end_file)
    register("question.older", lambda field: field.recall(-1))
    register("question.newer", lambda field: field.recall(1))
