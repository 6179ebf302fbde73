"""The pictures of completion and call tips: a list with documentation, a tip with all there is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pictured import pictured, until

SIZE = (940, 520)


async def completing_pictures(theme: str, target: Path) -> None:
    """Type into a window, and save the list and the tip that come."""
    async with pictured(theme, target, SIZE) as picture:
        view = picture.tab.view
        await picture.run("import numpy as np")
        view.input.setFocus()
        QTest.keyClicks(view.input, "np.lins")
        await until(view.completer.beside.pane.isVisible)
        await picture.save("completion")
        QTest.keyClick(view.input, Qt.Key.Key_Escape)
        view.input.set_text("")
        QTest.keyClicks(view.input, "np.linspace(0, 1, ")
        await until(view.call_tips.label.isVisible)
        view.call_tips.request()
        await picture.save("call-tip")
