"""The pictures of help and source in the inspector; made by `pictures.py`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.main_window import MainWindow

SIZE = (1120, 760)
DOCK = 560
PATIENCE_S = 60
SETTLED_S = 0.4  # laid out, coloured and painted
CODE = '''\
def smoothed(values, width: int = 5, *, edges: str = "mirror"):
    """Smooth a curve by the mean of its neighbours.

    Parameters
    ----------
    values : array_like
        What was measured, evenly spaced.
    width : int
        How many neighbours are taken together. Odd numbers keep the place.
    edges : {"mirror", "hold"}
        What stands beyond the ends.

    See Also
    --------
    np.convolve : What it is made of.

    Examples
    --------
    >>> smoothed([1, 5, 3], width=3)
    array([3., 3., 3.66666667])
    """
    beyond = width // 2
    padded = np.pad(values, beyond, "reflect" if edges == "mirror" else "edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")'''


async def inspector_pictures(theme: str, target: Path) -> None:
    """Save help about a function of the user's, and its source."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    tab, editor = window.tab, window.tab.view.input
    tab.start(await KernelProcess.launch("python3"))
    try:
        await _until(lambda: tab.presenter.probe is not None and tab.presenter.probe.is_there)
        for code in ("import numpy as np", CODE):
            tab.presenter.submit(code)
        await _until(lambda: not tab.presenter.execution.is_busy)
        editor.setFocus()
        editor.set_text("smoothed")
        QTest.keyClick(editor, Qt.Key.Key_F1)
        dock = window.findChild(InspectorDock)
        assert isinstance(dock, InspectorDock)
        window.resizeDocks([dock], [DOCK], Qt.Orientation.Horizontal)
        for page, name in ((0, "help"), (1, "source")):
            dock.pane.tabs.setCurrentIndex(page)
            await _until(dock.pane.foot.text)
            await asyncio.sleep(SETTLED_S)
            window.grab().save(str(target / f"{name}-{theme}.png"))
    finally:
        await tab.end()
        window.close_unasked()
        window.deleteLater()


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.02)
