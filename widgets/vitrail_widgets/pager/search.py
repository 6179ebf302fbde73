"""Searching in the pager."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QTextEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.key_events import spellings_of
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.pager.text import PagerText
from vitrail_widgets.qt.theme import Theme, opaque

LEADING = ("pager.find_next", "pager.find_previous")
MOST_MARKED = 2000
"""Matches that are marked and counted."""


class SearchField(QLineEdit):
    """Takes what to find; Esc goes back to the text, and keys that lead to matches do so here.

    Signals:
        left: Esc was pressed.
    """

    left = Signal()

    def __init__(self, commands: CommandDispatch, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, go from match to match; all else is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text():
            super().keyPressEvent(event)
        elif (command := self._leading(event)) is not None:
            self._commands.run(command)
        else:
            super().keyPressEvent(event)

    def _leading(self, event: QKeyEvent) -> str | None:
        """Return which command leads from match to match by a key."""
        keymap = self._commands.live.keymap
        found = (one.id for key in spellings_of(event) for one in keymap.at((key,), Scope.PAGER))
        return next((each for each in found if each in LEADING), None)


class PagerSearch(QWidget):
    """A field below the text; all matches are marked, capitals count once one is typed.

    Attributes:
        field: What to find.
    """

    def __init__(self, commands: CommandDispatch, text: PagerText, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._theme = Theme.load("light")
        self._matches: list[QTextCursor] = []
        self._at = -1
        self.field = SearchField(commands, self)
        self.field.setPlaceholderText(tr("Find in this page"))
        self.field.setAccessibleName(tr("Find in this page"))
        self._report = QLabel(self)
        self._report.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._report)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.returnPressed.connect(self._on_field_return_pressed)
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
        if 0 <= self._at < len(self._matches):
            self._text.setTextCursor(self._matches[self._at])
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def why_not(self) -> str:
        """Say why there is no next match; empty when there is one, or may be."""
        if not self.field.text():
            return tr("Nothing was looked for in the pager")
        return "" if self._matches or self.isHidden() else tr("Not found in the pager")

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
        here = self._text.textCursor().selectionStart()
        starts = [match.selectionStart() for match in self._matches]
        self._at = starts.index(here) if here in starts else -1
        self._mark()

    def _go(self, step: int) -> None:
        if self.isHidden() and self.field.text():
            self.show()
            self._find_all()
        if self._matches:
            here = 0 if self._at < 0 and step < 0 else self._at
            self._show((here + step) % len(self._matches))

    def _show(self, at: int) -> None:
        self._at = at
        self._text.setTextCursor(self._matches[at])
        place = self._text.textCursor()
        place.setPosition(place.selectionStart())
        self._text.setTextCursor(place)  # a selection would lie over the mark
        self._mark()

    def _mark(self) -> None:
        """Mark what was found, the one gone to most, and say how much that is."""
        marks: list[QTextEdit.ExtraSelection] = []
        for at, cursor in enumerate(self._matches):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(cursor)
            if at == self._at:
                mark.format.setBackground(self._theme.accent)
                mark.format.setForeground(self._theme.bg)
            else:
                mark.format.setBackground(opaque(self._theme.selection, self._theme.bg))
            marks.append(mark)
        self._text.setExtraSelections(marks)
        count = f"{len(self._matches)}{'+' if len(self._matches) == MOST_MARKED else ''}"
        if not self.field.text():
            self._report.setText("")
        elif not self._matches:
            self._report.setText(tr("Not found"))
        else:
            self._report.setText(f"{self._at + 1} of {count}")

    def _on_field_return_pressed(self) -> None:
        """Go back to the text, with the match; without one something else can be typed."""
        if self._matches:
            self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.field.text():
            self.close_field()

    def _on_field_text_changed(self) -> None:
        """Go to the nearest match from where one is on, so that a longer text keeps the place."""
        here = self._text.textCursor().selectionStart()
        self._find_all()
        starts = [match.selectionStart() for match in self._matches]
        if starts:
            self._show(next((at for at, start in enumerate(starts) if start >= here), 0))
