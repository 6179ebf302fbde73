"""Looks for a text in one column."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme


class FindField(QWidget):
    """A line that is there while one looks for something in a column.

    Attributes:
        field: Takes the text; Enter goes to the next row, Shift+Enter to the one before.

    Signals:
        wanted: A text is to be found: downwards (1) or upwards (-1).
        left: The focus is to go back to the rows.
    """

    wanted = Signal(str, int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self._label, self._said = QLabel(self), QLabel(self)
        for label in (self._label, self._said):
            label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._said)
        self.hide()

    def begin(self, title: str) -> None:
        """Look for something in the column of this title."""
        self._label.setText(tr("Find in {column}", column=title))
        self.field.setAccessibleName(self._label.text())
        self.say("")
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def say(self, text: str) -> None:
        """Say what came of it."""
        self._said.setText(text)

    @property
    def said(self) -> str:
        """What came of it, in words; empty where it was found."""
        return self._said.text()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(field_style(theme) + f"QLabel {{ color: {theme.muted.name()}; }}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on on Enter, give up on Escape (Qt)."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.field.text():
                upwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.say("…")
                self.wanted.emit(self.field.text(), -1 if upwards else 1)
        else:
            super().keyPressEvent(event)
