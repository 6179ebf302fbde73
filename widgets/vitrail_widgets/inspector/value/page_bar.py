"""Goes from page to page of what is too long for one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme


class PageBar(QWidget):
    """Says which page is shown; hidden where one is all.

    Attributes:
        words: Which part it is.
        back: To the page before.
        on: To the page after.

    Signals:
        look_wanted: Another page is wanted; with the field of `Look` that changes.
    """

    look_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.back = self._button("‹", tr("Previous page"))
        self.on = self._button("›", tr("Next page"))
        self._offset = self._page = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addWidget(self.words)
        layout.addWidget(self.on)
        layout.addStretch()
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)

    def show_page(self, offset: int, page: int, total: int, unit: str) -> None:
        """Say what is shown of something with `total` of a unit."""
        self._offset, self._page = offset, page
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


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
