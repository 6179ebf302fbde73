"""Help and source while a cell runs: python -m perf.inspecting (PYTHONPATH=tests).

A real window on a real ipykernel that runs a cell: one that sleeps, then a loop in Python, which
gives the interpreter away only now and then. Told are the time from a key to the page with help,
and to the source, and the longest time that the window stood still. Bounds: half a second for the
median, 50 ms of standing still.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.liveliness import ticking
from vitrail.bootstrap import make_application, qt_loop
from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.main_window import MainWindow

BOUND_MS: Final = 500
BOUND_GAP_MS: Final = 50
NAMES: Final = ("json.dumps", "os.path.join", "textwrap.dedent", "re.sub", "threading.Thread")
PREPARE: Final = "import json, os, textwrap, re, threading, time"
CELLS: Final = {
    "a cell that sleeps": "while True: time.sleep(0.01)",
    "a loop in Python": "while True: sum(range(1000))",
}
PAGES: Final = ("help", "source")


async def until(condition: Callable[[], object]) -> None:
    """Wait."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.001)


async def look(window: MainWindow, name: str, page: int) -> float:
    """Ask by key for a name; return after how many milliseconds its page was there."""
    editor = window.tab.view.input
    editor.set_text(name)
    began = time.perf_counter()
    QTest.keyClick(editor, Qt.Key.Key_F1)
    dock = window.findChild(InspectorDock)
    assert isinstance(dock, InspectorDock)
    dock.pane.tabs.setCurrentIndex(page)
    inspector = dock.inspector
    assert inspector is not None
    shown = inspector.page(page)
    await until(
        lambda: (
            shown.snapshot.about is not None
            and shown.snapshot.target is not None
            and shown.snapshot.target.text == name
        )
    )
    dock.pane.repaint()
    return 1e3 * (time.perf_counter() - began)


async def measure(window: MainWindow, title: str, code: str) -> bool:
    """Measure beside a cell; print, and return whether all is within its bounds."""
    tab = window.tab
    tab.presenter.submit(code)
    await until(lambda: tab.live is not None and tab.live.client.is_busy)
    medians: list[float] = []
    with ticking() as gaps:
        for page, what in enumerate(PAGES):
            times = [await look(window, name, page) for name in NAMES]
            medians.append(statistics.median(times))
            print(f"{title}, {what}: median {medians[-1]:.0f} ms, longest {max(times):.0f} ms")
    print(f"{title}: worst gap {gaps.worst_ms:.1f} ms")
    tab.interrupt()
    await until(lambda: not tab.presenter.execution.is_busy)
    return max(medians) <= BOUND_MS and gaps.worst_ms <= BOUND_GAP_MS


async def main() -> int:
    """Measure; return 1 where a bound is broken."""
    window = MainWindow(Desk(Appearance("light")))
    window.resize(1200, 700)
    window.show()
    tab = window.tab
    tab.start(await KernelProcess.launch("python3"))
    try:
        await until(lambda: tab.presenter.probe is not None and tab.presenter.probe.is_there)
        tab.presenter.submit(PREPARE)
        await until(lambda: not tab.presenter.execution.is_busy)
        for page in range(len(PAGES)):  # the parts of the probe are sent, the pages made
            await look(window, "len", page)
        within = [await measure(window, title, code) for title, code in CELLS.items()]
    finally:
        await window.tab.end()
        window.close_unasked()
        window.deleteLater()
    return 0 if all(within) else 1


if __name__ == "__main__":
    application = make_application()
    with qt_loop(application) as loop:
        sys.exit(loop.run_until_complete(main()))
