"""The menu of themes: which one is in use, and the others."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from vitrail.shell.appearance import Appearance
from vitrail_resources.translation import tr

THEMES = {
    "system": tr("Like the &system"),
    "light": tr("&Light"),
    "dark": tr("&Dark"),
    "contrast": tr("&High contrast"),
}


def theme_handlers(appearance: Appearance) -> dict[str, Callable[[], object]]:
    """Return what each command `view.theme_…` does."""
    return {f"view.theme_{name}": partial(appearance.choose, name) for name in THEMES}


class ThemeMenu(QMenu):
    """Holds the themes' actions; the one in use is checked."""

    def __init__(
        self, actions: Mapping[str, QAction], appearance: Appearance, parent: QWidget
    ) -> None:
        """Make the menu.

        Args:
            actions: Those of the window, by command id.
            appearance: Says which theme is in use.
            parent: The window; the appearance outlives it.
        """
        super().__init__(tr("&Theme"), parent)
        self._actions, self._appearance = actions, appearance
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)  # or a style
        for name, title in THEMES.items():
            action = actions[f"view.theme_{name}"]
            action.setText(title)
            action.setCheckable(True)
            group.addAction(action)
            self.addAction(action)
        self.addSeparator()
        self._style = self.addAction("")
        self._style.setCheckable(True)
        self._style.triggered.connect(self._on_style_triggered)
        self.aboutToShow.connect(self._check)
        appearance.theme_changed.connect(self._check)
        self._check()

    def _check(self) -> None:
        choice = self._appearance.choice
        for name in THEMES:
            self._actions[f"view.theme_{name}"].setChecked(name == choice)
        is_style = choice not in THEMES
        self._style.setText(f"{choice}…" if is_style else tr("&Pygments style…"))
        self._style.setChecked(is_style)

    def _on_style_triggered(self) -> None:
        self._check()
        self._actions["edit.settings"].trigger()
