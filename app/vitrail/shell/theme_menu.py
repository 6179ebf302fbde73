"""The menu of themes: which one is in use, and the others."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from vitrail.shell.appearance import Appearance

THEMES = {
    "system": "Like the &system",
    "light": "&Light",
    "dark": "&Dark",
    "contrast": "&High contrast",
}


def theme_handlers(appearance: Appearance) -> dict[str, Callable[[], object]]:
    """Return what each command `view.theme_…` does."""
    return {f"view.theme_{name}": partial(appearance.choose, name) for name in THEMES}


def add_theme_menu(menu: QMenu, actions: Mapping[str, QAction], appearance: Appearance) -> None:
    """Put the themes' actions into a menu below `menu`; the one in use is checked."""
    themes = menu.addMenu("&Theme")
    group = QActionGroup(themes)
    for name, title in THEMES.items():
        action = actions[f"view.theme_{name}"]
        action.setText(title)
        action.setCheckable(True)
        group.addAction(action)
        themes.addAction(action)

    def check() -> None:
        actions[f"view.theme_{appearance.choice}"].setChecked(True)

    themes.aboutToShow.connect(check)
    check()
