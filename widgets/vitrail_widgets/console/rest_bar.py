"""The offer to run what an error, an interrupt or a restart kept from running."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from vitrail_widgets.qt.theme import Theme

PAD_X, PAD_Y = 16, 6


class RestBar(QFrame):
    """A strip below the console that is there as long as there is something to offer.

    Attributes:
        run: The button that runs the rest.
        discard: The button that offers it no more.

    Signals:
        run_clicked: The rest is to be run.
        discard_clicked: It is not to be offered any more.
    """

    run_clicked = Signal()
    discard_clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cells that were not run")
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.run, self.discard = QPushButton(self), QPushButton("Discard", self)
        self.run.setAccessibleName("Run what was not run")
        self.run.clicked.connect(self.run_clicked)
        self.discard.clicked.connect(self.discard_clicked)
        self.discard.setToolTip("The cells stay here; each can still be run by itself")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD_X, PAD_Y, PAD_X, PAD_Y)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        for button in (self.run, self.discard):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(True)  # Enter presses the one with the focus
            layout.addWidget(button)
        self.hide()

    def offer(self, count: int) -> None:
        """Offer that many cells; none takes the offer away."""
        one = count == 1
        self._label.setText(f"{count} {'cell was' if one else 'cells were'} not run")
        self.run.setText("Run the one that waited" if one else f"Run the {count} that waited")
        self.setVisible(count > 0)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        edge, accent = theme.border.name(), theme.accent.name()
        self.setStyleSheet(
            f"RestBar {{ background: {theme.surface.name()}; border: none;"
            f" border-top: 1px solid {edge}; }}"
            f"QLabel {{ color: {theme.muted.name()}; }}"
            f"QPushButton {{ background: {theme.raised.name()}; color: {theme.text.name()};"
            f" border: 1px solid {edge}; border-radius: 6px; padding: 3px 12px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {accent}; color: {accent}; }}"
        )
