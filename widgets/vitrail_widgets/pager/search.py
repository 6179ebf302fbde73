"""Searching in the pager."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QTextEdit, QWidget

from vitrail_widgets.pager.text import PagerText
from vitrail_widgets.qt.theme import Theme, opaque

MOST_MARKED = 2000
"""Matches that are marked and counted."""


class SearchField(QLineEdit):
    """Takes what to find; Esc goes back to the text.

    Signals:
        left: Esc was pressed.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc; all else is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PagerSearch(QWidget):
    """A field below the text; all matches are marked, capitals count once one is typed.

    Attributes:
        field: What to find.
    """

    def __init__(self, text: PagerText, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._theme = Theme.load("light")
        self._matches: list[QTextCursor] = []
        self._at = -1
        self.field = SearchField(self)
        self.field.setPlaceholderText("Find in this page")
        self.field.setAccessibleName("Find in this page")
        self._report = QLabel(self)
        self._report.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._report)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.returnPressed.connect(self.go_on)
        self.field.left.connect(self.close_field)
        text.filled.connect(self._find_all)
        self.hide()

    @property
    def report(self) -> str:
        """How often it was found."""
        return self._report.text()

    def open(self) -> None:
        """Show the field and go to it."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find_all()

    def close_field(self) -> None:
        """Hide the field and the marks; go back to the text, where the match stays selected."""
        self.hide()
        self._text.setExtraSelections([])
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_on(self) -> None:
        """Go to the next match, after the last one to the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the match before, before the first one to the last."""
        self._go(-1)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        edge = theme.border.name()
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme.bg.name()}; color: {theme.text.name()};"
            f" border: 1px solid {edge}; border-radius: 5px; padding: 2px 6px; }}"
            f"QLineEdit:focus {{ border-color: {theme.accent.name()}; }}"
            f"QLabel {{ color: {theme.muted.name()}; }}"
        )
        self._mark()

    def _find_all(self) -> None:
        """Look for all matches in what is there."""
        wanted, document = self.field.text(), self._text.document()
        self._matches, self._at = [], -1
        if wanted and not self.isHidden():
            flags = QTextDocument.FindFlag(0)
            if wanted != wanted.lower():
                flags = QTextDocument.FindFlag.FindCaseSensitively
            found = document.find(wanted, 0, flags)
            while not found.isNull() and len(self._matches) < MOST_MARKED:
                self._matches.append(found)
                found = document.find(wanted, found, flags)
        self._mark()

    def _go(self, step: int) -> None:
        if self.isHidden() and self.field.text():
            at = self._at
            self.show()
            self._find_all()
            self._at = min(at, len(self._matches) - 1)
        if self._matches:
            here = 0 if self._at < 0 and step < 0 else self._at
            self._at = (here + step) % len(self._matches)
            self._text.setTextCursor(self._matches[self._at])
            self._mark()

    def _mark(self) -> None:
        """Mark what was found, and say how much that is."""
        marks: list[QTextEdit.ExtraSelection] = []
        for cursor in self._matches:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            ground = opaque(self._theme.selection, self._theme.bg)
            mark.format.setBackground(ground)
            marks.append(mark)
        self._text.setExtraSelections(marks)
        count = f"{len(self._matches)}{'+' if len(self._matches) == MOST_MARKED else ''}"
        if not self.field.text():
            self._report.setText("")
        elif not self._matches:
            self._report.setText("Not found")
        else:
            self._report.setText(f"{self._at + 1} of {count}")

    def _on_field_text_changed(self) -> None:
        self._find_all()
        self.go_on()
