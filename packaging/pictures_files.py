"""The picture of an opened notebook beside the console, and of templates; made by `pictures.py`."""

import asyncio
import json
import tempfile
from pathlib import Path

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow

SIZE = (1100, 520)
STATUS = "{len(steps)} steps · mean {steps.mean():.3f}"
SOURCES = (
    "import numpy as np\nsteps = np.random.default_rng(7).normal(size=500)",
    """\
import matplotlib.pyplot as plt
plt.figure(figsize=(5, 2))
plt.plot(steps.cumsum())
plt.show()""",
    "steps.std()",
)


async def file_picture(theme: str, target: Path) -> None:
    """Save what a window looks like that runs the cells of a notebook, into a directory."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    presenter = window.tab.presenter
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "analysis.ipynb"
            cells = [{"cell_type": "code", "source": source} for source in SOURCES]
            path.write_text(json.dumps({"cells": cells}), "utf-8")
            window.tab.opening.open(path)
            while window.tab.opening.pane is None:
                await asyncio.sleep(0.05)
        pane = window.tab.opening.pane
        assert pane is not None
        window.tab.templates.use(
            "In [{n}]", "Out[{n}]", "{len(steps)} steps · mean {steps.mean():.3f}"
        )
        async with asyncio.timeout(60):
            while not presenter.execution.is_ready:
                await asyncio.sleep(0.05)
            for _ in SOURCES[:2]:
                pane.run_selected()
            while presenter.execution.is_busy or "steps" not in _status(window):
                await asyncio.sleep(0.05)
        presenter.flush()
        window.grab().save(str(target / f"opened-{theme}.png"))
    finally:
        await window.tab.end()
        window.close_unasked()
        window.deleteLater()


def _status(window: MainWindow) -> str:
    return "".join(part.text for part in window.tab.templates.status)
