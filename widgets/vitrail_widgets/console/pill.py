"""The button that says there is new output below."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme

FROM_BOTTOM = 16
PAD_Y = 4


class NewOutputPill(QPushButton):
    """Appears while the user reads further up and output comes in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("New output ↓"), parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(tr("Scrolls to the end of the console"))
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        radius = (self.fontMetrics().height() + 2 * PAD_Y + 2) // 2  # Qt ignores larger ones
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.raised.name()}; color: {theme.accent.name()};"
            f" border: 1px solid {theme.border.name()}; border-radius: {radius}px;"
            f" padding: {PAD_Y}px 14px; }}"
            f"QPushButton:hover {{ border-color: {theme.accent.name()}; }}"
        )

    def place(self, area: QRect) -> None:
        """Move to the middle of the lower end of `area`."""
        self.adjustSize()
        x = area.center().x() - self.width() // 2
        self.move(x, area.bottom() - self.height() - FROM_BOTTOM)
