"""The pictures of kernel tabs: the bar, two consoles side by side, the chooser, the question."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QMessageBox

from vitrail.kernel.process import KernelProcess
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.main_window import MainWindow

SIZE = (900, 420)
READY_S = 60

FIRST = "import statistics\nstatistics.mean([2, 3, 5, 7])"
SECOND = "1 / 0"
THIRD = "{word: len(word) for word in 'one window many kernels'.split()}"


async def tab_pictures(theme: str, target: Path) -> None:
    """Save what several tabs look like, into a directory."""
    desk = Desk(Appearance(theme))
    window = MainWindow(desk)
    window.resize(*SIZE)
    window.show()
    window.tab.start(await KernelProcess.launch("python3"))
    try:
        await _filled(window.tab, "explore", FIRST)
        for name, code in (("broken", SECOND), ("words", THIRD)):
            window.actions_by_id["tab.new"].trigger()
            await _filled(window.tab, name, code)
        window.tabs.go_to(1)
        window.tabs.all[1].presenter.submit(SECOND)
        window.tabs.all[2].presenter.submit("import time; time.sleep(60)")
        await asyncio.sleep(1)
        window.grab().save(str(target / f"tabs-{theme}.png"))
        window.tabs.go_to(3)
        window.tab.interrupt()
        window.tabs.split()
        await asyncio.sleep(1)
        window.grab().save(str(target / f"tabs-split-{theme}.png"))
        window.tabs.split()
        with _nobodys_home():
            window.actions_by_id["tab.choose"].trigger()
            await asyncio.sleep(2)  # a thread looks
        window.grab().save(str(target / f"chooser-{theme}.png"))
        window.actions_by_id["tab.choose"].trigger()
        await _picture_of_earlier(window, target / f"earlier-{theme}.png")
        window.close()
        await asyncio.sleep(0.3)
        _with_question(window).save(str(target / f"closing-{theme}.png"))
    finally:
        desk.close_unasked()
        await desk.end()


async def _picture_of_earlier(window: MainWindow, file: Path) -> None:
    """Save what a second view of a kernel shows."""
    window.tabs.go_to(1)
    window.actions_by_id["tab.new_view"].trigger()
    await _filled(window.tab, "another view", "statistics.median([2, 3, 5, 7])")
    await asyncio.sleep(1)
    window.grab().save(str(file))
    view = window.tab
    window.tabs.take(view)
    window.desk.discard(view)
    window.tabs.go_to(3)


async def _filled(tab: KernelTab, name: str, code: str) -> None:
    tab.rename(name)
    execution = tab.presenter.execution
    async with asyncio.timeout(READY_S):
        while not execution.is_ready:
            await asyncio.sleep(0.05)
        tab.presenter.submit(code)
        while execution.is_busy:
            await asyncio.sleep(0.05)
    tab.presenter.flush()


@contextmanager
def _nobodys_home() -> Iterator[None]:
    """Have no environments of whoever makes the pictures: they would name their directories."""
    kept, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as empty:
        os.environ.update(HOME=empty)
        for name in ("PYENV_ROOT", "VIRTUAL_ENV", "CONDA_PREFIX", "WORKON_HOME"):
            os.environ.pop(name, None)
        os.chdir(empty)
        try:
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(kept)


def _with_question(window: MainWindow) -> QPixmap:
    """Return the window with the question in its middle, as a window manager would place it."""
    picture = window.grab()
    [box] = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    with QPainter(picture) as painter:
        corner = window.rect().center() - box.rect().center()
        painter.drawPixmap(corner, box.grab())
        painter.setPen(window.desk.appearance.theme.muted)
        painter.drawRect(box.rect().translated(corner))
    return picture
