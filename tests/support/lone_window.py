"""A window without a kernel, for tests of what needs none."""

from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow


def lone_window(theme: str | None = "light", settings: SettingsStore | None = None) -> MainWindow:
    """Return a window whose desk goes with it."""
    desk = Desk(Appearance(theme, settings))
    window = MainWindow(desk)
    desk.setParent(window)
    return window
