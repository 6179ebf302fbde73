"""The pictures of help and source in the inspector; made by `pictures.py`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pictured import pictured, until
from vitrail.shell.docks.inspector_dock import InspectorDock

SIZE = (1120, 760)
DOCK = 560
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
    async with pictured(theme, target, SIZE) as picture:
        await picture.run("import numpy as np", CODE)
        editor = picture.tab.view.input
        editor.setFocus()
        editor.set_text("smoothed")
        QTest.keyClick(editor, Qt.Key.Key_F1)
        dock = picture.window.findChild(InspectorDock)
        assert isinstance(dock, InspectorDock)
        picture.widen(dock, DOCK)
        for page, name in ((0, "help"), (1, "source")):
            dock.pane.tabs.setCurrentIndex(page)
            await until(dock.pane.foot.text)
            await picture.save(name, SETTLED_S)
