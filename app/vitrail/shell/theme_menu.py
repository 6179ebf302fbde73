"""The menu of themes: which one is in use, and the others."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

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


def add_theme_menu(menu: QMenu, actions: Mapping[str, QAction], appearance: Appearance) -> None:
    """Put the themes' actions into a menu below `menu`; the one in use is checked."""
    themes = menu.addMenu(tr("&Theme"))
    group = QActionGroup(themes)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)  # or a style
    for name, title in THEMES.items():
        action = actions[f"view.theme_{name}"]
        action.setText(title)
        action.setCheckable(True)
        group.addAction(action)
        themes.addAction(action)
    themes.addSeparator()
    style = themes.addAction("")
    style.setCheckable(True)

    def check() -> None:
        for name in THEMES:
            actions[f"view.theme_{name}"].setChecked(name == appearance.choice)
        is_style = appearance.choice not in THEMES
        style.setText(f"{appearance.choice}…" if is_style else tr("&Pygments style…"))
        style.setChecked(is_style)

    def choose_style() -> None:
        check()
        actions["edit.settings"].trigger()

    style.triggered.connect(choose_style)
    themes.aboutToShow.connect(check)
    appearance.theme_changed.connect(check)
    check()
