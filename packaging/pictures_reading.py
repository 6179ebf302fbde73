"""The pictures of what is found, folded and followed; made by `pictures.py`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pictured import pictured
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
    async with pictured(theme, target, SIZE) as picture:
        view = picture.tab.view
        await picture.run(*CELLS)
        view.folding.toggle(1, Fold.OUTPUTS)
        view.folding.toggle(2, Fold.CELL)
        view.scroll_to_end()
        await picture.save("folding", SETTLED_S)
        view.folding.unfold_all()
        view.scroller.to_start()
        QTest.keyClick(view.input, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(view.finder.bar.field, "3.")
        await picture.save("finding", SETTLED_S)
