"""What a later start of the program asks of the window that is open."""

from pathlib import Path

from PySide6.QtCore import Qt

from vitrail.presenters.console_kernel import Source
from vitrail.shell.desk import Desk


def receive(desk: Desk, source: Source, file: str) -> None:
    """Open a tab in the window that was used last, and bring it before the others.

    Args:
        desk: Has a window.
        source: Gets the tab's kernel.
        file: A notebook or script to open beside it; empty for none.
    """
    if not desk.windows:  # the last one is being closed
        return
    active = (window for window in desk.windows if window.isActiveWindow())
    window = next(active, desk.windows[-1])
    tab = desk.new_tab()
    window.tabs.add(tab)
    desk.begin(tab, source)
    if file:
        tab.opening.open(Path(file))
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
