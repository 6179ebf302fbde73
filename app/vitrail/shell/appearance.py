"""Which theme and font are in use, and who must know when that changes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme


class Appearance(QObject):
    """The theme of the whole application.

    Signals:
        theme_changed: Another theme is in use.
    """

    theme_changed = Signal()

    def __init__(self, choice: str) -> None:
        """Use a theme.

        Args:
            choice: "light", "dark", or "system", which follows the desktop.
        """
        super().__init__()
        self._choice = choice
        self.code_font: QFont = code_font()
        self.theme = self._chosen()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    def choose(self, choice: str) -> None:
        """Use another theme from now on."""
        self._choice = choice
        self._follow()

    @property
    def choice(self) -> str:
        """What was chosen: "light", "dark" or "system"."""
        return self._choice

    def _chosen(self) -> Theme:
        return Theme.system() if self._choice == "system" else Theme.load(self._choice)

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self.theme.palette())

    def _follow(self) -> None:
        theme = self._chosen()
        if theme is not self.theme:
            self.theme = theme
            self._apply()
            self.theme_changed.emit()

    def _on_scheme_changed(self) -> None:
        self._follow()
