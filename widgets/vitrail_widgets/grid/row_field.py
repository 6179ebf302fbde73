"""Asks for the number of a row to go to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.places import place_in
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme


class RowField(QWidget):
    """A line that is there while one types the number of a row.

    Attributes:
        field: Takes the number.

    Signals:
        chosen: A row, from 0.
        left: The focus is to go back to the rows.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = 0
        self.field = QLineEdit(self)
        self.field.setAccessibleName(tr("Row to go to"))
        self._label = QLabel(tr("Go to row"), self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setBuddy(self.field)
        self.field.returnPressed.connect(self._take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self.field, 1)
        self.hide()

    def begin(self, rows: int) -> None:
        """Ask for one of so many rows."""
        if rows:
            self._rows = rows
            self.field.setPlaceholderText(f"0 – {rows - 1:,}".replace(",", "\u202f"))
            self.field.clear()
            self.show()
            self.field.setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(field_style(theme) + f"QLabel {{ color: {theme.muted.name()}; }}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape (Qt)."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        row = place_in(self.field.text(), self._rows)
        if row is not None:
            self._leave()
            self.chosen.emit(row)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
