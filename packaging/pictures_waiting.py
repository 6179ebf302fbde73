"""The pictures of what waits for the kernel, and of the pager; made by `pictures.py`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pictured import pictured, until

SIZE = (900, 520)
SETTLED_S = 0.2  # laid out and painted
HOLD = "from time import sleep\nfor step in range(600): sleep(0.1)"
WAITING = (
    "samples = load('spring.csv')",
    "def smooth(values, width=5):\n    return values.rolling(width).mean()",
    "smooth(samples).plot()",
)


async def waiting_pictures(theme: str, target: Path) -> None:
    """Save the list of what waits, and help in the pager, into a directory."""
    async with pictured(theme, target, SIZE) as picture:
        tab, view, execution = picture.tab, picture.tab.view, picture.tab.presenter.execution
        for code in (HOLD, *WAITING):
            tab.presenter.submit(code)
        await until(lambda: len(execution.queue.waiting) == len(WAITING))
        tab.presenter.flush()
        view.input.setFocus()
        QTest.keyClick(view.input, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(view.queue_list.rows, Qt.Key.Key_Down)
        await picture.save("queue", SETTLED_S)
        QTest.keyClick(view.queue_list.rows, Qt.Key.Key_Escape)
        tab.interrupt()
        await until(lambda: not execution.is_busy)
        tab.rest.discard()
        tab.presenter.submit("str.partition?")
        pane = tab.pager.pane
        await until(lambda: pane.isVisible() and pane.text.is_filled)
        pane.search.open()
        QTest.keyClicks(pane.search.field, "sep")
        await picture.save("pager", SETTLED_S)
