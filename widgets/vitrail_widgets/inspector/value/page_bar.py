"""Goes from page to page of what is too long for one, or anywhere in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.places import place_in
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme

FIELD_ROOM = 40
"""Beside what the field asks for."""


class PageBar(QWidget):
    """Says which page is shown; hidden where one is all.

    Attributes:
        words: Which part it is.
        back: To the page before.
        on: To the page after.
        field: Takes a place, or a key, to go to.

    Signals:
        look_wanted: Another page is wanted; with the field of `Look` that changes.
        place_wanted: One wants to go to a place, from 0.
        key_wanted: One wants to go to what is found by a text.
        left: The focus is to go back to what is above.
    """

    look_wanted = Signal(object)
    place_wanted = Signal(object)
    key_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(self)
        self.field = QLineEdit(self)
        self.back = self._button("‹", tr("Previous page"))
        self.on = self._button("›", tr("Next page"))
        self._offset = self._page = self._total = 0
        self._is_keyed = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addWidget(self.on)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.field)
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        self.field.returnPressed.connect(self._on_field_return_pressed)

    def show_page(
        self, offset: int, page: int, total: int, unit: str, *, keyed: bool = False
    ) -> None:
        """Say what is shown of something with `total` of a unit.

        Args:
            offset: Of the first.
            page: How many there are on a page.
            total: How many there are.
            unit: What they are called.
            keyed: Whether there are keys to look for, and not places alone.
        """
        self._offset, self._page, self._total, self._is_keyed = offset, page, total, keyed
        asked = tr("Go to a key") if keyed else tr("Go to a place")
        self.field.setPlaceholderText(asked)
        self.field.setFixedWidth(self.fontMetrics().horizontalAdvance(asked) + FIELD_ROOM)
        self.field.setAccessibleName(asked)
        self.setVisible(total > page)
        last = min(offset + page, total)
        numbers = {"first": _grouped(offset + 1), "last": _grouped(last), "total": _grouped(total)}
        self.words.setText(tr("{first} – {last} of {total} {unit}", unit=unit, **numbers))
        self.back.setEnabled(offset > 0)
        self.on.setEnabled(last < total)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.words.setStyleSheet(f"color: {theme.muted.name()};")
        style = (
            f"QToolButton {{ border: none; color: {theme.text.name()}; padding: 2px 6px; }}"
            f"QToolButton:hover, QToolButton:focus {{ color: {theme.accent.name()}; }}"
            f"QToolButton:disabled {{ color: {theme.border.name()}; }}"
        )
        for button in (self.back, self.on):
            button.setStyleSheet(style)
        self.field.setStyleSheet(field_style(theme).replace("padding: 4px 8px", "padding: 2px 8px"))

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _on_back_clicked(self) -> None:
        self._go_to(max(0, self._offset - self._page))

    def _on_on_clicked(self) -> None:
        self._go_to(self._offset + self._page)

    def _go_to(self, offset: int) -> None:
        self.look_wanted.emit({"offset": offset})

    def ask(self) -> bool:
        """Ask where to go; return whether there is anywhere to go."""
        if self.isVisible():
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        return self.isVisible()

    def place_of(self, typed: str) -> int | None:
        """Return the place that a number means; None for what is no number."""
        return place_in(typed, self._total)

    def page_of(self, place: int) -> int:
        """Return where the page begins on which a place is."""
        return place // self._page * self._page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape (Qt)."""
        if event.key() == Qt.Key.Key_Escape and self.field.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_field_return_pressed(self) -> None:
        typed = self.field.text().strip()
        place = self.place_of(typed)
        if self._is_keyed and typed:
            self.key_wanted.emit(typed)
        elif place is not None:
            self.left.emit()
            self.place_wanted.emit(place)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
