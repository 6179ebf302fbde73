"""The pictures of a table in the inspector; made by `pictures.py`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition, Key
from vitrail_widgets.objects.scales import Scale
from vitrail_widgets.objects.target import Target

SIZE = (1240, 640)
DOCK = 860
PATIENCE_S = 60
SETTLED_S = 0.3  # laid out and painted
FRAME = """\
import numpy as np, pandas as pd
rng, n = np.random.default_rng(4), 200_000
weather = pd.DataFrame({
    "station": rng.choice(["Kiruna", "Uppsala", "Visby", "Ystad"], n, p=[.4, .3, .2, .1]),
    "hour": pd.date_range("2003-01-01", periods=n, freq="h"),
    "temperature": (rng.normal(6, 8, n)).round(1),
    "pressure": rng.normal(1013, 9, n).round(2),
    "gusts": rng.weibull(2, n) * 9,
    "calm": rng.random(n) < .2,
})
weather.loc[rng.random(n) < .05, "temperature"] = np.nan"""


async def grid_pictures(theme: str, target: Path) -> None:
    """Save a frame that is sorted, sifted and summarized, and a column's card."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    tab = window.tab
    tab.start(await KernelProcess.launch("python3"))
    try:
        await _until(lambda: tab.kernel.info is not None and tab.presenter.execution.is_ready)
        tab.presenter.submit(FRAME)
        tab.presenter.submit("weather.shape")
        await _until(lambda: not tab.presenter.execution.is_busy)
        pane = await _opened(window)
        pane.toggle_summaries()
        warm = (Condition(2, ">", ("20",)), Condition(0, "in", ("Kiruna", "Uppsala")))
        pane.arrange(Arrangement((Key(2, descends=True), Key(1)), warm))
        await _until(lambda: len(pane.filters.chips) == 2)
        pane.view.heat_column(3, Scale.SUITED)
        pane.view.move_to(2, 1)
        pane.view.move_to(5, 2, extends=True)
        await _until(lambda: len(pane.view.scene.summaries) == len(pane.view.summarized()))
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"data-{theme}.png"))
        pane.arrange(Arrangement())
        await asyncio.sleep(SETTLED_S)
        pane.show_summary(0)
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"data-summary-{theme}.png"))
    finally:
        await tab.end()
        window.close()
        window.deleteLater()


async def _opened(window: MainWindow) -> GridPane:
    window.actions_by_id["view.inspector"].trigger()
    dock = window.findChild(InspectorDock)
    assert isinstance(dock, InspectorDock)
    tabs = dock.pane.tabs
    titles = [tabs.tabText(at) for at in range(tabs.count())]
    tabs.setCurrentIndex(titles.index("Data"))
    dock.inspect(Target("weather"))
    window.resizeDocks([dock], [DOCK], Qt.Orientation.Horizontal)
    pane = dock.pane.page(tabs.currentIndex())
    assert isinstance(pane, GridPane)
    await _until(lambda: pane.view.scene.pages.cell(0, 0) is not None)
    return pane


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.02)
