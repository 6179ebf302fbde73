"""The picture of an opened notebook beside the console, and of templates; made by `pictures.py`."""

import json
import tempfile
from pathlib import Path

from pictured import pictured, until
from vitrail.shell.kernel_tab import KernelTab

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
    async with pictured(theme, target, SIZE) as picture:
        tab, execution = picture.tab, picture.tab.presenter.execution
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "analysis.ipynb"
            cells = [{"cell_type": "code", "source": source} for source in SOURCES]
            path.write_text(json.dumps({"cells": cells}), "utf-8")
            tab.opening.open(path)
            await until(lambda: tab.opening.pane)
        pane = tab.opening.pane
        assert pane is not None
        tab.templates.use("In [{n}]", "Out[{n}]", STATUS)
        for _ in SOURCES[:2]:
            pane.run_selected()
        await until(lambda: not execution.is_busy and "steps" in _status(tab))
        tab.presenter.flush()
        await picture.save("opened")


def _status(tab: KernelTab) -> str:
    return "".join(part.text for part in tab.templates.status)
