"""A line in which a condition is put together: a column, what is asked of it, a value."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.grid.arrangement import (
    ABSENCE,
    WORDS,
    Condition,
    choices,
    texts_in,
)
from vitrail_widgets.objects.grid.table import Column
from vitrail_widgets.qt.controls import control_style
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme

HINTS = {
    "between": tr("from, to"),
    "in": tr("one, another, …"),
    "contains": tr("text"),
    "matches": tr("regular expression"),
}
LONGEST_LIST = 2000  # columns that can be chosen in the list


class FilterEditor(QWidget):
    """Puts a condition together; Enter takes it, Escape gives it up.

    Attributes:
        column: Which column is asked.
        what: What is asked of it.
        value: What it is compared with.

    Signals:
        taken: A `Condition` is to be asked.
        given_up: None is.
    """

    taken = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self.column, self.what = QComboBox(self), QComboBox(self)
        self.value = QLineEdit(self)
        self.done = QToolButton(self)
        self.done.setText(tr("Apply"))
        self.column.setAccessibleName(tr("Column"))
        self.what.setAccessibleName(tr("Condition"))
        self.value.setAccessibleName(tr("Value"))
        self.column.currentIndexChanged.connect(self._on_column_changed)
        self.what.currentIndexChanged.connect(self._on_what_changed)
        self.done.clicked.connect(self._take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget, stretch in ((self.column, 3), (self.what, 2), (self.value, 4), (self.done, 0)):
            widget.setMinimumWidth(40)
            layout.addWidget(widget, stretch)

    def begin(self, columns: tuple[Column, ...], names: list[str], asked: Condition) -> None:
        """Start from a condition.

        Args:
            columns: Of the table.
            names: As they are shown.
            asked: What is asked at first.
        """
        self._columns = columns
        self.column.clear()
        self.column.addItems(names[:LONGEST_LIST])
        self.column.setCurrentIndex(asked.column)
        self._on_column_changed()
        at = self.what.findData(asked.what)
        self.what.setCurrentIndex(max(0, at))
        self.value.setText(", ".join(asked.texts))
        self.value.selectAll()
        self.show()
        (self.value if self.value.isEnabled() else self.what).setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(
            field_style(theme)
            + control_style(theme.palette())
            + f"QToolButton {{ border: none; color: {theme.accent.name()}; padding: 4px 8px; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape (Qt)."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _on_column_changed(self) -> None:
        at = self.column.currentIndex()
        if not 0 <= at < len(self._columns):
            return
        before = self.what.currentData()
        self.what.clear()
        for what in choices(self._columns[at].kind):
            self.what.addItem(WORDS[what], what)
        self.what.setCurrentIndex(max(0, self.what.findData(before)))

    def _on_what_changed(self) -> None:
        what = str(self.what.currentData() or "")
        self.value.setEnabled(what not in ABSENCE)
        self.value.setPlaceholderText("" if what in ABSENCE else HINTS.get(what, tr("value")))

    def _take(self) -> None:
        what = str(self.what.currentData() or "")
        texts = texts_in(what, self.value.text())
        if texts is not None and self.column.currentIndex() >= 0:
            self.taken.emit(Condition(self.column.currentIndex(), what, texts))
