"""A window that is grabbed for the documents: filled by a kernel of its own, and saved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from vitrail.kernel.process import KernelProcess
from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.inspector_pages import PAGES
from vitrail.shell.main_window import MainWindow

PATIENCE_S: Final = 60
POLL_S: Final = 0.02


class Pictured:
    """A window on a ready kernel.

    Attributes:
        window: The window.
        tab: Its only tab.
    """

    def __init__(self, window: MainWindow, theme: str, target: Path) -> None:
        self.window, self.tab = window, window.tab
        self._theme, self._target = theme, target

    async def run(self, *cells: str) -> None:
        """Run cells to their end, and show what they put out."""
        for code in cells:
            self.tab.presenter.submit(code)
        await until(lambda: not self.tab.presenter.execution.is_busy)
        self.tab.presenter.flush()

    def inspector(self, width_px: int, page: str = "Help") -> InspectorDock:
        """Show the inspector, at one of its pages."""
        self.window.actions_by_id["view.inspector"].trigger()
        dock = self.window.findChild(InspectorDock)
        assert isinstance(dock, InspectorDock)
        dock.pane.tabs.setCurrentIndex([each.title for each in PAGES].index(page))
        self.widen(dock, width_px)
        return dock

    def widen(self, dock: QDockWidget, width_px: int) -> None:
        """Give a dock so much room."""
        self.window.resizeDocks([dock], [width_px], Qt.Orientation.Horizontal)

    async def save(self, name: str, settled_s: float = 0.0) -> None:
        """Save what it looks like once it is laid out and painted."""
        await asyncio.sleep(settled_s)
        self.window.grab().save(str(self._target / f"{name}-{self._theme}.png"))


@asynccontextmanager
async def pictured(
    theme: str, target: Path, size_px: tuple[int, int], settings: SettingsStore | None = None
) -> AsyncIterator[Pictured]:
    """Open a window on a Python kernel, and end both.

    Args:
        theme: As `--theme` takes it.
        target: The directory of the pictures.
        size_px: Of the window.
        settings: Others than the usual ones.
    """
    window = MainWindow(Desk(Appearance(theme, settings)))
    window.resize(*size_px)
    window.show()
    tab = window.tab
    tab.start(await KernelProcess.launch("python3"))
    try:
        await until(lambda: tab.presenter.probe is not None and tab.presenter.probe.is_there)
        yield Pictured(window, theme, target)
    finally:
        await tab.end()
        window.close_unasked()
        window.deleteLater()


async def until(condition: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(POLL_S)
