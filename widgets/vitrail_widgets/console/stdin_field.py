"""The field in which a running cell's question is answered."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme

END_OF_FILE = "\x04"
"""What ipykernel's `input()` turns into an EOFError."""

PADDING_X = 8
PADDING_Y = 4
RADIUS = 6
PROMPT_GAP = 4


class StdinField(QWidget):
    """A question and a line to answer it; a password is masked and forgotten when sent.

    Enter answers, Ctrl+D on an empty line answers with the end of the file, Ctrl+C without a
    selection interrupts.

    Signals:
        answered: What was typed.
        interrupted: The user would rather interrupt the cell.
    """

    answered = Signal(str)
    interrupted = Signal()

    def __init__(
        self, prompt: str, *, password: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._label = QLabel(prompt, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._line = QLineEdit(self)
        self._line.setFrame(False)
        self._line.setAccessibleName(prompt.strip() or ("Password" if password else "Answer"))
        if password:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING_X, PADDING_Y, PADDING_X, PADDING_Y)
        row.setSpacing(PROMPT_GAP)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._line, 1, Qt.AlignmentFlag.AlignBottom)
        self._label.setVisible(bool(prompt))
        self._label.setBuddy(self._line)
        self.setFocusProxy(self._line)
        self._line.installEventFilter(self)
        self._line.returnPressed.connect(self._on_line_return_pressed)

    @property
    def line(self) -> QLineEdit:
        """Where the answer is typed."""
        return self._line

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        for widget, colour in ((self._label, theme.muted), (self._line, theme.text)):
            widget.setFont(font)
            palette = theme.palette()
            clear = QColor(0, 0, 0, 0)
            palette.setColor(palette.ColorRole.WindowText, colour)
            palette.setColor(palette.ColorRole.Base, clear)
            palette.setColor(palette.ColorRole.Text, colour)
            widget.setPalette(palette)
        self._line.setFixedHeight(max(Metrics.of(font).line_height, self._line.minimumHeight()))
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

    def _takes(self, event: QKeyEvent) -> bool:
        """Handle a key of ours; True if the line is not to see it."""
        is_press = event.type() == QEvent.Type.KeyPress
        if event.type() not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return False
        if event.matches(QKeySequence.StandardKey.Copy) and not self._line.hasSelectedText():
            what = self.interrupted.emit
        elif _is_end_of_file(event) and not self._line.text():
            what = self._end_of_file
        else:
            return False
        event.accept()
        if is_press:
            what()
        return True

    def _end_of_file(self) -> None:
        self.answered.emit(END_OF_FILE)

    def _on_line_return_pressed(self) -> None:
        value = self._line.text()
        self._line.clear()  # a password is in no undo and in no widget that lives on
        self.answered.emit(value)


def _is_end_of_file(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
