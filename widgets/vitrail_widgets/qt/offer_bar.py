"""A strip that offers something: a sentence, and a button for each answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from vitrail_widgets.qt.theme import Theme

PAD_X, PAD_Y = 16, 6


class OfferBar(QFrame):
    """Hidden until there is something to offer; the window goes on meanwhile.

    Attributes:
        label: The sentence.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD_X, PAD_Y, PAD_X, PAD_Y)
        layout.setSpacing(8)
        layout.addWidget(self.label, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def add_button(self, text: str = "") -> QPushButton:
        """Add an answer, right of the others."""
        button = QPushButton(text, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(True)  # Enter presses the one with the focus
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        return button

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        edge, accent = theme.border.name(), theme.accent.name()
        self.setStyleSheet(
            f"OfferBar {{ background: {theme.surface.name()}; border: none;"
            f" border-top: 1px solid {edge}; }}"
            f"QLabel {{ color: {theme.muted.name()}; }}"
            f"QPushButton {{ background: {theme.raised.name()}; color: {theme.text.name()};"
            f" border: 1px solid {edge}; border-radius: 6px; padding: 3px 12px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {accent}; color: {accent}; }}"
        )
