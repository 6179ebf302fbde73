"""Which theme and font are in use, and who must know when that changes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from vitrail.settings.model import AppearanceSettings, Settings
from vitrail.settings.store import SettingsStore
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme


class Appearance(QObject):
    """The theme and the code font of the whole application.

    Signals:
        theme_changed: Another theme is in use.
        font_changed: Another code font is in use.
    """

    theme_changed = Signal()
    font_changed = Signal()

    def __init__(self, choice: str | None = None, settings: SettingsStore | None = None) -> None:
        """Use a theme and a font, and follow the settings from then on.

        Args:
            choice: "light", "dark", "contrast", the name of a Pygments style, or "system", which
                follows the desktop; None for the setting.
            settings: Say what to use, and keep what is chosen.
        """
        super().__init__()
        self.settings = settings or SettingsStore()
        self._choice = choice or self.settings.now.appearance.theme
        self.code_font: QFont = font_of(self.settings.now.appearance)
        self.theme = self._chosen()
        self.settings.watch(self._on_settings_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    def choose(self, choice: str) -> None:
        """Use another theme from now on, and the next time."""
        self._choice = choice
        self._follow()
        self.settings.change("appearance", "theme", choice)

    @property
    def choice(self) -> str:
        """What was chosen: "light", "dark", "contrast", "system", or a Pygments style."""
        return self._choice

    def _chosen(self) -> Theme:
        theme = Theme.system() if self._choice == "system" else Theme.load(self._choice)
        return theme.fitting_figures(fits=self.settings.now.appearance.fit_figures)

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self.theme.palette())

    def _follow(self) -> None:
        theme = self._chosen()
        if theme != self.theme:
            self.theme = theme
            self._apply()
            self.theme_changed.emit()

    def _on_scheme_changed(self) -> None:
        self._follow()

    def _on_settings_changed(self, before: Settings, after: Settings) -> None:
        if before.appearance.theme != after.appearance.theme:
            self._choice = after.appearance.theme
        self._follow()
        if (font := font_of(after.appearance)) != self.code_font:
            self.code_font = font
            self.font_changed.emit()


def font_of(settings: AppearanceSettings) -> QFont:
    """Return the code font that the settings ask for."""
    return code_font(settings.font_family or None, settings.font_size)
