"""The pictures of what is found, folded and followed; made by `pictures.py`."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.console.folding.fold import Fold

SIZE = (900, 560)
SETTLED_S = 0.2  # laid out and painted
CELLS = (
    "import math\nfor n in range(40): print(n, math.sqrt(n))",
    "for line in range(5000): print('line', line)",
    "def half(values):\n    return values / 0\n\nhalf(8)",
)


async def reading_pictures(theme: str, target: Path) -> None:
    """Save the find bar, and folded cells above a traceback, into a directory."""
    window = MainWindow(Desk(Appearance(theme)))
    window.resize(*SIZE)
    window.show()
    view, presenter = window.tab.view, window.tab.presenter
    window.tab.start(await KernelProcess.launch("python3"))
    try:
        for code in CELLS:
            presenter.submit(code)
        async with asyncio.timeout(60):
            while presenter.execution.is_busy or window.tab.kernel.info is None:
                await asyncio.sleep(0.05)
        presenter.flush()
        view.folding.toggle(1, Fold.OUTPUTS)
        view.folding.toggle(2, Fold.CELL)
        view.scroll_to_end()
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"folding-{theme}.png"))
        view.folding.unfold_all()
        view.scroller.to_start()
        QTest.keyClick(view.input, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(view.finder.bar.field, "3.")
        await asyncio.sleep(SETTLED_S)
        window.grab().save(str(target / f"finding-{theme}.png"))
    finally:
        await window.tab.end()
        window.close_unasked()
        window.deleteLater()
