"""A frame of ten million rows and twenty columns: python -m perf.gridding (PYTHONPATH=tests).

Opens the frame in the inspector of a real window on a real ipykernel, scrolls through it by a step
for each frame of the screen, jumps into it, sorts and sifts it. Bounds: 300 ms until its cells are
painted; 16 ms for what the window does in a frame while it is scrolled; 50 MB.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil

from perf.paint_watch import PaintWatch
from vitrail.bootstrap import make_application, qt_loop
from vitrail.kernel.process import KernelProcess
from vitrail.presenters.inspector.grid import Grid
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.arrangement import PLAIN, Arrangement, Condition, Key
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

ROWS: Final = 10_000_000
SETUP: Final = f"""
import numpy as np, pandas as pd
rng = np.random.default_rng(1)
frame = pd.DataFrame({{f"c{{at}}": rng.standard_normal({ROWS}, "float32") for at in range(16)}})
for at in range(16, 19): frame[f"c{{at}}"] = rng.integers(0, 10**6, {ROWS}, "int32")
frame["group"] = pd.Categorical.from_codes(rng.integers(0, 4, {ROWS}), list("abcd"))
"""
ROUNDS: Final = 9
FRAMES: Final = 300
FRAME_S: Final = 1 / 60
BOUND_OPEN_MS, BOUND_FRAME_MS, BOUND_MB = 300, 16, 50


class Watched:
    """A grid on a kernel, whose painting is watched."""

    def __init__(self, window: MainWindow) -> None:
        self.presenter = window.tab.presenter
        self.pane = GridPane()
        self.pane.resize(1200, 800)
        self.pane.apply_theme(Theme.load("light"), code_font())
        self.pane.show()
        self.painted = PaintWatch(self.pane.view.viewport())

    async def until(self, condition: Callable[[], object]) -> None:
        while not condition():
            await asyncio.sleep(0.001)

    async def open(self) -> tuple[Grid, float]:
        """Open the frame; return how long it took until its cells were painted."""
        grid = Grid(self.presenter)
        grid.changed = lambda: self.pane.show_source(grid)
        began, count = time.perf_counter(), self.painted.count
        grid.show(Target("frame"))
        await self.until(lambda: grid.pages.cell(0, 0) is not None)
        await self.until(lambda: self.painted.count > count)
        return grid, 1e3 * (time.perf_counter() - began)

    async def arrange(self, grid: Grid, arrangement: Arrangement) -> float:
        """Sort or sift the frame; return how long it took until the rows were there."""
        began = time.perf_counter()
        grid.arrange(arrangement)
        await self.until(lambda: grid.snapshot.about and not grid.snapshot.about.wanted)
        return time.perf_counter() - began

    async def scroll(self, step: int) -> tuple[list[float], int]:
        """Scroll a step of pixels a frame; return the work of each, and how many lacked cells."""
        view, works, lacking = self.pane.view, list[float](), 0
        for _ in range(FRAMES):
            ends = time.perf_counter() + FRAME_S
            began = time.thread_time()
            view.scroll_to(view.scene.y + step)
            view.viewport().repaint()
            works.append(1e3 * (time.thread_time() - began))
            seen = view.scene.heights.seen(view.scene.y)
            columns = [view.scene.columns.shown[place] for place in view.scene.seen_places()]
            lacking += bool(view.scene.pages.lacking(seen, columns))
            await asyncio.sleep(max(0.0, ends - time.perf_counter()))
        return sorted(works), lacking


async def measure() -> None:
    """Measure all of it, and say what was found."""
    window = MainWindow(Desk(Appearance("light")))
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    watched = Watched(window)
    probe = watched.presenter
    await watched.until(lambda: probe.probe and probe.probe.is_there)
    probe.submit(SETUP)
    await watched.until(lambda: not probe.execution.is_busy)
    before = psutil.Process().memory_info().rss
    _, first = await watched.open()
    times = [(await watched.open())[1] for _ in range(ROUNDS)]
    say(
        "open",
        f"first {first:.0f} ms, then median {statistics.median(times):.0f} ms",
        first,
        BOUND_OPEN_MS,
    )
    grid, _ = await watched.open()
    for name, step in (("lines", 72), ("pages", 800), ("leaps", 240_000)):
        works, lacking = await watched.scroll(step)
        text = (
            f"median {statistics.median(works):.1f} ms a frame, 99 of 100 below"
            f" {works[FRAMES * 99 // 100]:.1f} ms; {lacking} of {FRAMES} frames lacked cells"
        )
        say(f"scroll by {name}", text, works[FRAMES * 99 // 100], BOUND_FRAME_MS)
    held = (psutil.Process().memory_info().rss - before) / 1e6
    say("memory of the window", f"{held:.0f} MB", held, BOUND_MB)
    for name, arrangement in (
        ("sort by a number", Arrangement((Key(0),))),
        ("sort by a category, then a number", Arrangement((Key(19), Key(16)))),
        ("filter by a number", Arrangement((), (Condition(1, ">", ("1",)),))),
        ("as it is", PLAIN),
    ):
        print(f"{name}: {await watched.arrange(grid, arrangement):.2f} s")
    grid.close()
    watched.pane.show_source(None)
    watched.pane.close()
    await window.tab.end()
    window.close_unasked()
    window.deleteLater()


def say(what: str, text: str, value: float, bound: float) -> None:
    verdict = "reached" if value <= bound else "MISSED"
    print(f"{what}: {text} (bound {bound}: {verdict})", flush=True)


if __name__ == "__main__":
    application = make_application()
    with qt_loop(application) as loop:
        loop.run_until_complete(measure())
    sys.exit(0)
