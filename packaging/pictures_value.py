"""The pictures of the page Value of the inspector; made by `pictures.py`."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication

from pictured import pictured, until
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail_widgets.inspector.value.items_body import ItemsBody
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
GAUGES: Final = """\
from dataclasses import dataclass

@dataclass
class Station:
    name: str
    depth: float

gauges = {
    f"{reach}-{at:02}": {
        "station": Station(f"{reach} {at}", 2.5 + at / 8),
        "levels": river[at : at + 500],
        "notes": ["cleaned", "gauge moved", "ice"],
        "place": (47.37 + at / 100, 8.54),
    }
    for reach in ("upper", "middle", "lower", "delta")
    for at in range(90)
}
"""

SHOWN: Final = {"river": "", "scan": "", "gauges": GAUGES}
"""What is looked at, and the cell that makes it; empty where the first one did."""

OPENED: Final = ((0,), (0, 0), (0, 2))
"""Rows of the tree that are opened, each by the way to it."""


async def value_pictures(theme: str, target: Path) -> None:
    """Save a value of each kind, looked at in the inspector, into a directory."""
    async with pictured(theme, target, SIZE) as picture:
        await picture.run(SESSION)
        dock = picture.inspector(DOCK_WIDTH, "Value")
        for name, cell in SHOWN.items():
            if cell:
                await picture.run(cell)
            dock.inspect(Target(name))
            await until(partial(_is_shown, dock, name))
            await _open_rows(dock)
            QApplication.sendPostedEvents()
            await picture.save(f"value-{name}", SETTLED_S)


def _is_shown(dock: InspectorDock, name: str) -> bool:
    page, inspector = dock.findChild(ValuePage), dock.inspector
    known = inspector.page(dock.pane.tabs.currentIndex()).snapshot if inspector else None
    is_known = known is not None and known.target == Target(name) and known.about is not None
    return is_known and page is not None and bool(page.body)


async def _open_rows(dock: InspectorDock) -> None:
    page = dock.findChild(ValuePage)
    body = page.body if page is not None else None
    if isinstance(body, ItemsBody):
        for way in OPENED:
            index = QModelIndex()
            for row in way:
                index = body.model.index(row, 0, index)
            body.tree.expand(index)
            await until(partial(_is_open, body, body.model.node(index).target))
        body.tree.setCurrentIndex(body.model.index(0, 0, body.model.index(0, 0)))


def _is_open(body: ItemsBody, target: Target) -> bool:
    return target in body.model.members.inside
