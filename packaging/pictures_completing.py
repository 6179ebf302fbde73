"""The pictures of completion and call tips: a list with documentation, a tip with all there is."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow

SIZE = (940, 520)
PATIENCE_S = 60


async def completing_pictures(theme: str, target: Path) -> None:
    """Type into a window, and save the list and the tip that come."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    tab, view = window.tab, window.tab.view
    tab.start(await KernelProcess.launch("python3"))
    try:
        await _until(lambda: tab.presenter.probe is not None and tab.presenter.probe.is_there)
        tab.presenter.submit("import numpy as np")
        await _until(lambda: not tab.presenter.execution.is_busy)
        view.input.setFocus()
        QTest.keyClicks(view.input, "np.lins")
        await _until(view.completer.beside.pane.isVisible)
        window.grab().save(str(target / f"completion-{theme}.png"))
        QTest.keyClick(view.input, Qt.Key.Key_Escape)
        view.input.set_text("")
        QTest.keyClicks(view.input, "np.linspace(0, 1, ")
        await _until(view.call_tips.label.isVisible)
        view.call_tips.request()
        window.grab().save(str(target / f"call-tip-{theme}.png"))
    finally:
        await tab.end()
        window.close_unasked()
        window.deleteLater()


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.02)
