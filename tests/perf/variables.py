"""The list of variables: python -m perf.variables (PYTHONPATH=tests).

A real window on a real ipykernel whose user has imported numpy and pandas and has a thousand, then
ten thousand variables. Told are the kernel's time for the list after a cell that makes all of them
anew, then after one that changes one, the longest time that the window stood still meanwhile, and
the time of a letter that sifts and of a page that scrolls. Bounds: 50 ms of kernel time, 50 ms
of standing still, 16 ms for a letter or a page.
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
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.variables.pane import VariablesPane
from vitrail_widgets.variables.variable import Freshness

ROUNDS: Final = 7
SETTLING_S: Final = 0.2  # in which what is seen is asked for in full
COUNTS: Final = (1000, 10_000)
BOUND_COST_MS: Final = 50
BOUND_GAP_MS: Final = 50
BOUND_EVENT_MS: Final = 16
MAKE: Final = (
    "globals().update(('v%05d' % i, (i, 'text %d' % i, [i, 2], {{'a': i}})[i % 4])"
    " for i in range({count}))"
)

CHANGE: Final = "changed = globals().get('changed', 0) + 1"


async def until(condition: Callable[[], object]) -> None:
    """Wait."""
    while not condition():
        await asyncio.sleep(0.001)


async def refresh(window: MainWindow, pane: VariablesPane, code: str) -> tuple[float, float]:
    """Run a cell; return what the list cost the kernel, and the longest pause of the window."""
    before = pane.model.snapshot
    with ticking() as gaps:
        window.tab.presenter.submit(code)
        await until(lambda: pane.model.snapshot.count != before.count)
        await asyncio.sleep(SETTLING_S)
    return pane.model.snapshot.cost_ms or 0.0, gaps.worst_ms


def typing_and_scrolling(pane: VariablesPane) -> tuple[list[float], list[float]]:
    """Return how long letters and pages took, painting included, in milliseconds."""
    letters: list[float] = []
    pages: list[float] = []
    for letter in "v0123":
        began = time.perf_counter()
        QTest.keyClicks(pane.field, letter)
        pane.table.viewport().repaint()
        letters.append(1e3 * (time.perf_counter() - began))
    pane.field.clear()
    pane.table.setFocus()
    for _ in range(20):
        began = time.perf_counter()
        QTest.keyClick(pane.table, Qt.Key.Key_PageDown)
        pane.table.viewport().repaint()
        pages.append(1e3 * (time.perf_counter() - began))
    return letters, pages


async def measure(count: int) -> bool:
    """Measure with so many variables; print, and return whether all is within its bounds."""
    window = MainWindow(Desk(Appearance("light")))
    window.resize(1200, 700)
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    try:
        window.actions_by_id["view.variables"].trigger()
        dock = window.findChild(VariablesDock)
        assert isinstance(dock, VariablesDock)
        pane = dock.pane
        await until(lambda: pane.model.snapshot.freshness is Freshness.FRESH)
        await refresh(window, pane, "import numpy, pandas")
        made = [await refresh(window, pane, MAKE.format(count=count)) for _ in range(ROUNDS)]
        told = [await refresh(window, pane, CHANGE) for _ in range(ROUNDS)]
        letters, pages = typing_and_scrolling(pane)
        rows = pane.model.snapshot.rows
    finally:
        await window.tab.end()
        window.close_unasked()
        window.deleteLater()
    all_ms, all_gap_ms = (statistics.median(column) for column in zip(*made, strict=True))
    one_ms, one_gap_ms = (statistics.median(column) for column in zip(*told, strict=True))
    letter_ms, page_ms = max(letters), max(pages)
    brief = sum(row.is_brief for row in rows)
    print(
        f"{count} variables ({len(rows)} listed, {brief} in brief): all are others: kernel"
        f" {all_ms:.1f} ms, worst gap {all_gap_ms:.1f} ms; one is: kernel {one_ms:.1f} ms,"
        f" worst gap {one_gap_ms:.1f} ms; letter {letter_ms:.1f} ms, page {page_ms:.1f} ms"
    )
    is_cheap = max(all_ms, one_ms) <= BOUND_COST_MS
    is_live = max(all_gap_ms, one_gap_ms) <= BOUND_GAP_MS
    return is_cheap and is_live and max(letter_ms, page_ms) <= BOUND_EVENT_MS


async def main() -> int:
    """Measure; return 1 where a bound is broken."""
    return 0 if all([await measure(count) for count in COUNTS]) else 1


if __name__ == "__main__":
    application = make_application()
    with qt_loop(application) as loop:
        sys.exit(loop.run_until_complete(main()))
