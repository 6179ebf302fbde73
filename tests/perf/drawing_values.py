"""The page Value of the inspector: python -m perf.drawing_values (PYTHONPATH=tests).

A real window on a real ipykernel. Told is the time from asking for a value to the painting that
shows it, the first time and then the median of several, and the longest time that the window stood
still meanwhile. The first of the first one loads what draws, once in a program. Bounds: 300 ms
until it is painted, 50 ms of standing still.
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

from support.liveliness import ticking
from vitrail.bootstrap import make_application, qt_loop
from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.inspector_pages import PAGES
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.inspector.value.page import ValuePage
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Value

ROUNDS: Final = 9
BOUND_MS, BOUND_GAP_MS = 300, 50
SETTLED_S: Final = 0.3  # asked for in the pixels that there are
SIZE, DOCK_WIDTH = (1200, 800), 600
SETUP: Final = """\
import numpy as np, pandas as pd
rng = np.random.default_rng(1)
row = rng.normal(size=1_000_000)
plane = rng.normal(size=(2000, 2000))
frame = pd.DataFrame({f"c{at}": rng.normal(size=100_000) for at in range(50)})
nested = {f"key {n}": {"items": list(range(100)), "name": f"name {n}"} for n in range(100_000)}
longs = list(range(10_000_000))
nothing = 0
"""
CASES: Final = {
    "row": "a row of 1 000 000 numbers",
    "plane": "a plane of 2000 x 2000 numbers",
    "frame": "a frame of 50 columns",
    "nested": "a dict of 100 000 dicts",
    "longs": "a list of 10 000 000 numbers",
}


async def until(condition: Callable[[], object]) -> None:
    """Wait."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.001)


class Watched:
    """The page Value of a window on a kernel."""

    def __init__(self, window: MainWindow) -> None:
        window.actions_by_id["view.inspector"].trigger()
        dock = window.findChild(InspectorDock)
        assert isinstance(dock, InspectorDock)
        window.resizeDocks([dock], [DOCK_WIDTH], Qt.Orientation.Horizontal)
        self.dock, self.at = dock, [page.title for page in PAGES].index("Value")
        dock.pane.tabs.setCurrentIndex(self.at)
        page = dock.findChild(ValuePage)
        assert isinstance(page, ValuePage)
        self.page = page

    @property
    def known(self) -> Known[Value]:
        """What is known of what is looked at."""
        assert self.dock.inspector is not None
        known: Known[Value] = self.dock.inspector.page(self.at).snapshot
        return known

    async def draw(self, name: str) -> float:
        """Ask for a value; return after how many milliseconds it was painted."""
        target = Target(name)
        began = time.perf_counter()
        self.dock.inspect(target)
        await until(lambda: self.known.target == target and self.known.about is not None)
        await until(lambda: self.page.body is not None)
        self.dock.pane.repaint()  # what is seen of it, plots and rows too
        return 1e3 * (time.perf_counter() - began)

    async def rounds(self, name: str, count: int) -> tuple[list[float], float]:
        """Return how long a value took, each time, and the longest pause of the window."""
        times: list[float] = []
        with ticking() as gaps:
            for _ in range(count):
                times.append(await self.draw(name))
                await asyncio.sleep(SETTLED_S)
                self.dock.inspect(Target("nothing"))
                await until(lambda: self.known.target == Target("nothing"))
                await until(lambda: self.known.about is not None)
        return times, gaps.worst_ms

    async def measure(self, name: str) -> bool:
        """Measure a value; print, and return whether all is within its bounds."""
        (first,), first_gap = await self.rounds(name, 1)
        times, gap = await self.rounds(name, ROUNDS)
        print(
            f"{CASES[name]}: first {first:.0f} ms (worst gap {first_gap:.1f} ms), then median"
            f" {statistics.median(times):.0f} ms, longest {max(times):.0f} ms"
            f" (worst gap {gap:.1f} ms)",
            flush=True,
        )
        return max(first, *times) <= BOUND_MS and max(first_gap, gap) <= BOUND_GAP_MS


async def main() -> int:
    """Measure; return 1 where a bound is broken."""
    window = MainWindow(Desk(Appearance("light")))
    window.resize(*SIZE)
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    presenter = window.tab.presenter
    try:
        await until(lambda: presenter.probe is not None and presenter.probe.is_there)
        presenter.submit(SETUP)
        await until(lambda: not presenter.execution.is_busy)
        watched = Watched(window)
        within = [await watched.measure(name) for name in CASES]
    finally:
        await window.tab.end()
        window.close_unasked()
        window.deleteLater()
    return 0 if all(within) else 1


if __name__ == "__main__":
    application = make_application()
    with qt_loop(application) as loop:
        sys.exit(loop.run_until_complete(main()))
