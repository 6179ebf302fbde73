"""What completion shows: the list, and documentation beside it. Loaded when there is some."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from vitrail_widgets.completion.beside import Beside
from vitrail_widgets.completion.popup import CompletionPopup
from vitrail_widgets.qt.theme import Theme


class CompletionPanes:
    """The popup and its companion.

    Attributes:
        popup: The list.
        beside: Documentation of the chosen completion.
    """

    def __init__(self, parent: QWidget) -> None:
        self.popup = CompletionPopup(parent)
        self.beside = Beside(self.popup, parent)
        self.popup.chosen.connect(self.beside.follow)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self.popup.apply_theme(theme, font)
        self.beside.apply_theme(theme, font)
