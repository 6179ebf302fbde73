"""The pictures of the page Value of the inspector; made by `pictures.py`."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from pictured import pictured, until
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail_widgets.inspector.value.page import ValuePage
from vitrail_widgets.objects.target import Target

SIZE = (1000, 560)
DOCK_WIDTH = 500
SETTLED_S = 0.4  # asked for in the pixels that there are, and painted

SESSION: Final = """\
import numpy as np
rng = np.random.default_rng(7)
days = np.arange(40_000)
river = 3 + np.sin(days / 3650) + 0.6 * np.sin(days / 58) + rng.gamma(1.2, 0.3, days.size)
y, x = np.mgrid[-3:3:240j, -4:4:320j]
hills = np.exp(-(x - 1) ** 2 - y**2) - 0.7 * np.exp(-(x + 1) ** 2 / 2 - (y - 0.6) ** 2)
scan = np.stack([hills * np.cos(t) + 0.1 * rng.normal(size=hills.shape) for t in range(12)])
"""

SHOWN: Final = ("river", "scan")


async def value_pictures(theme: str, target: Path) -> None:
    """Save a value of each kind, looked at in the inspector, into a directory."""
    async with pictured(theme, target, SIZE) as picture:
        await picture.run(SESSION)
        dock = picture.inspector(DOCK_WIDTH, "Value")
        for name in SHOWN:
            dock.inspect(Target(name))
            await until(lambda: _is_shown(dock))
            QApplication.sendPostedEvents()
            await picture.save(f"value-{name}", SETTLED_S)


def _is_shown(dock: InspectorDock) -> bool:
    page, inspector = dock.findChild(ValuePage), dock.inspector
    known = inspector.page(dock.pane.tabs.currentIndex()).snapshot if inspector else None
    return page is not None and known is not None and known.about is not None and bool(page.body)
