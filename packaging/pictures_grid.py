"""The pictures of a table in the inspector; made by `pictures.py`."""

import asyncio
from pathlib import Path

from pictured import Pictured, pictured, until
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition, Key
from vitrail_widgets.objects.scales import Scale
from vitrail_widgets.objects.target import Target

SIZE = (1240, 640)
DOCK = 860
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
    async with pictured(theme, target, SIZE) as picture:
        await picture.run(FRAME, "weather.shape")
        pane = await _opened(picture)
        pane.toggle_summaries()
        warm = (Condition(2, ">", ("20",)), Condition(0, "in", ("Kiruna", "Uppsala")))
        pane.arrange(Arrangement((Key(2, descends=True), Key(1)), warm))
        await until(lambda: len(pane.filters.chips) == 2)
        pane.view.heat_column(3, Scale.SUITED)
        pane.view.move_to(2, 1)
        pane.view.move_to(5, 2, extends=True)
        await until(lambda: len(pane.view.scene.summaries) == len(pane.view.summarized()))
        await picture.save("data", SETTLED_S)
        pane.arrange(Arrangement())
        await asyncio.sleep(SETTLED_S)
        pane.show_summary(0)
        await picture.save("data-summary", SETTLED_S)


async def _opened(picture: Pictured) -> GridPane:
    dock = picture.inspector(DOCK, "Data")
    dock.inspect(Target("weather"))
    pane = dock.pane.page(dock.pane.tabs.currentIndex())
    assert isinstance(pane, GridPane)
    await until(lambda: pane.view.scene.pages.cell(0, 0) is not None)
    return pane
