"""The pictures of rich output, of a shortened traceback and of plots; made by `pictures.py`."""

import asyncio
from pathlib import Path

from pictured import pictured
from vitrail.settings.store import SettingsStore
from vitrail_widgets.render.image_loader import shared_loader

SETTLED_S = 0.3  # laid out and painted
RICH = (
    """\
import pandas as pd
lengths = {"river": ["Rhine", "Loire", "Po"], "km": [1233, 1006, 652]}
rivers = pd.DataFrame(lengths)
rivers.style.background_gradient("Blues")""",
    "import sympy as sp; x = sp.Symbol('x')\nsp.Integral(sp.exp(-x**2), (x, 0, sp.oo))",
    """\
from IPython.display import JSON
JSON({'rivers': ['Rhine', 'Loire'], 'longest': {'km': 1233}})""",
)
FAILING = (
    "import json\ndef load(text):\n    return json.loads(text)",
    "config = '{\"name\": }'\nload(config)",
)
FITTED = (
    """\
import numpy as np, matplotlib.pyplot as plt
x = np.linspace(0, 10, 300); plt.figure(figsize=(6, 2.7))
for shift in range(4):
    plt.plot(x, np.sin(x + shift / 2), label=f"shift {shift / 2}")
plt.legend(loc="lower left"); plt.grid(alpha=0.3); plt.show()""",
)
PLOTTING = (
    """\
import numpy as np, matplotlib.pyplot as plt
def walk(seed):
    steps = np.random.default_rng(seed).normal(size=500)
    plt.figure(figsize=(5, 3)); plt.plot(steps.cumsum(), linewidth=1); plt.show()
for seed in range(4): walk(seed)""",
)


async def rich_pictures(theme: str, target: Path) -> None:
    """Save outputs of several types, a traceback, and the plots, into a directory."""
    await _picture(theme, RICH, (760, 660), target, "rich")
    await _picture(theme, FAILING, (820, 540), target, "traceback")
    await _picture(theme, FITTED, (760, 540), target, "fitted", fits=True)
    await _picture(theme, PLOTTING, (1080, 560), target, "plots", plots=True)


async def _picture(
    theme: str,
    cells: tuple[str, ...],
    size: tuple[int, int],
    target: Path,
    name: str,
    *,
    plots: bool = False,
    fits: bool = False,
) -> None:
    settings = SettingsStore()
    settings.change("appearance", "fit_figures", fits)
    async with pictured(theme, target, size, settings) as picture:
        await picture.run(*cells)
        if plots:
            picture.window.actions_by_id["view.plots"].trigger()
        else:
            picture.tab.view.scroller.to_start()
        for _ in range(2):
            picture.window.grab()
            while not shared_loader().is_idle:
                await asyncio.sleep(0.05)
            await asyncio.sleep(SETTLED_S)
        await picture.save(name)
