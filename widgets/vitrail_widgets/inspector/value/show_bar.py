"""Offers to have an object show itself, and says what that means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.value import Shown, ShownState, Value
from vitrail_widgets.qt.theme import Theme


class ShowBar(QWidget):
    """A sentence and a button; hidden where there is nothing to offer.

    Attributes:
        button: Asks, or goes back to what is known without asking.

    Signals:
        wanted: The object is to show itself.
        unwanted: What it showed is to go.
    """

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_button_clicked)
        self._is_shown = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_state(self, value: Value, shown: Shown | None) -> None:
        """Offer what fits."""
        self.setVisible(value.is_rich or value.is_path)
        self._is_shown = shown is not None and shown.state is ShownState.DONE
        self.button.setEnabled(shown is None or shown.state is not ShownState.ASKED)
        self.button.setText(
            tr("&Hide") if self._is_shown else tr("&Ask") if value.is_path else tr("&Show")
        )
        if shown is not None and not self._is_shown:
            self.words.setText(
                tr("It is asked…")
                if shown.state is ShownState.ASKED
                else tr("It could not show itself.")
            )
        else:
            self.words.setText(
                tr("Whether it exists is asked of the disk only when you want it.")
                if value.is_path
                else tr("It can show itself as in the console, which runs its own code.")
            )

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.words.setStyleSheet(f"color: {theme.muted.name()};")
        accent = theme.accent.name()
        self.button.setStyleSheet(
            f"QPushButton {{ background: {theme.raised.name()}; color: {theme.text.name()};"
            f" border: 1px solid {theme.border.name()}; border-radius: 6px; padding: 4px 12px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {accent}; color: {accent}; }}"
            f"QPushButton:disabled {{ color: {theme.muted.name()}; }}"
        )

    def _on_button_clicked(self) -> None:
        (self.unwanted if self._is_shown else self.wanted).emit()
