"""The pictures of what waits for the kernel, and of the pager; made by `pictures.py`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow

SIZE = (900, 520)
PATIENCE_S = 60
SETTLED_S = 0.2  # laid out and painted
HOLD = "from time import sleep\nfor step in range(600): sleep(0.1)"
WAITING = (
    "samples = load('spring.csv')",
    "def smooth(values, width=5):\n    return values.rolling(width).mean()",
    "smooth(samples).plot()",
)


async def waiting_pictures(theme: str, target: Path) -> None:
    """Save the list of what waits, and help in the pager, into a directory."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    tab, view = window.tab, window.tab.view
    tab.start(await KernelProcess.launch("python3"))
    execution = tab.presenter.execution
    try:
        await _until(lambda: tab.kernel.info is not None and execution.is_ready)
        for code in (HOLD, *WAITING):
            tab.presenter.submit(code)
        await _until(lambda: len(execution.queue.waiting) == len(WAITING))
        tab.presenter.flush()
        view.input.setFocus()
        QTest.keyClick(view.input, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(view.queue_list.rows, Qt.Key.Key_Down)
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"queue-{theme}.png"))
        QTest.keyClick(view.queue_list.rows, Qt.Key.Key_Escape)
        tab.interrupt()
        await _until(lambda: not execution.is_busy)
        tab.rest.discard()
        tab.presenter.submit("str.partition?")
        pane = tab.pager.pane
        await _until(lambda: pane.isVisible() and pane.text.is_filled)
        pane.search.open()
        QTest.keyClicks(pane.search.field, "sep")
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"pager-{theme}.png"))
    finally:
        await tab.end()
        window.close()
        window.deleteLater()


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.02)
