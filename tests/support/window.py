"""The window used as a person would: by keys, then looking at what is there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from support.patience import until
from vitrail.kernel.process import KernelProcess
from vitrail.presenters.console_kernel import Kernel, Source
from vitrail.settings.store import SettingsStore
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk, default_kernel
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.transcript.cells import Cell


class WindowSession:
    """A window on a kernel."""

    def __init__(self, window: MainWindow, settings: SettingsStore | None = None) -> None:
        self.window = window
        self.settings = settings or SettingsStore()
        self.desk = window.desk

    @property
    def tab(self) -> KernelTab:
        """The current one."""
        return self.window.tab

    @property
    def view(self) -> ConsoleView:
        return self.window.tab.view

    @property
    def cells(self) -> list[Cell]:
        entries = self.tab.presenter.execution.transcript.entries
        return [entry for entry in entries if isinstance(entry, Cell)]

    def type(self, code: str, *, enter: bool = True) -> None:
        self.view.input.setFocus()
        if "\n" in code:  # QTest aborts on a newline among key clicks
            self.view.input.set_text(code)
        else:
            QTest.keyClicks(self.view.input, code)
        if enter:
            QTest.keyClick(self.view.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    def hover(self, point: QPoint) -> None:
        """Move the pointer to a point of the transcript.

        QTest would run Qt's events meanwhile, and other tasks woken by them inside of ours sleep
        for ever: asyncio does not let them in.
        """
        viewport, place = self.view.viewport(), QPointF(point)
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            viewport.mapToGlobal(place),
            none,
            none,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)

    async def until(self, condition: Callable[[], object]) -> None:
        await until(condition, self._situation)

    async def ready(self) -> None:
        execution = self.tab.presenter.execution
        await self.until(lambda: self.tab.state == "idle" and execution.is_ready)

    async def run(self, code: str) -> Cell:
        """Enter code and wait until it has run, and the view shows what came."""
        self.type(code)
        cell = self.cells[-1]
        await self.until(lambda: cell.status.is_finished)
        self.tab.presenter.flush()
        return cell

    async def begin(self, code: str) -> Cell:
        """Enter code and wait until it runs: ipykernel loses an interrupt that comes before."""
        self.type(f"print('begun', flush=True)\n{code}")
        cell = self.cells[-1]
        await self.until(lambda: cell.outputs)
        return cell

    def _situation(self) -> str:
        """Tell what a failed wait was looking at."""
        live = self.tab.live
        lines = [
            f"state {self.tab.state}, info {self.tab.kernel.info is not None}",
            f"field {self.view.requests.field}, focus {QApplication.focusWidget()}",
            f"running {live.client.running() if live else None}",
            *(f"{cell.code!r}: {cell.status}, {len(cell.outputs)} outputs" for cell in self.cells),
            live.process.output_tail() if live and live.process else "",
            self.text(),
        ]
        return "\n".join(lines)

    def text(self) -> str:
        self.tab.presenter.flush()
        self.view.selected.select_all()
        text = self.view.selected.text()
        self.view.selected.select(None)
        return text


@asynccontextmanager
async def window_on(
    kernel: Kernel,
    again: Source | None = None,
    *,
    more: Source = default_kernel,
    recent_file: Path | None = None,
    earlier: bool = False,
    revives: bool = False,
) -> AsyncIterator[WindowSession]:
    """Open a window on a kernel, or on the reason for none, and end both.

    Args:
        kernel: Of the first tab.
        again: Gets one more like it.
        more: Gets those of new tabs.
        recent_file: Keeps which kernels were chosen.
        earlier: Whether to show what the kernel ran before: tests share kernels.
        revives: Whether to start a kernel again that has died: tests look at the dead.
    """
    QGuiApplication.setQuitOnLastWindowClosed(False)  # as bootstrap does
    settings = SettingsStore()
    settings.change("kernel", "earlier_cells", earlier)
    settings.change("kernel", "restart_when_dead", revives)
    window = MainWindow(Desk(Appearance("light", settings), source=more, recent_file=recent_file))
    window.show()
    try:
        window.tab.start(kernel, again)
        yield WindowSession(window, settings)
    finally:
        window.desk.close_unasked()
        await window.desk.end()


@asynccontextmanager
async def window_session() -> AsyncIterator[WindowSession]:
    """Open a window on a new ipykernel and wait until it answers."""
    async with window_on(await KernelProcess.launch("python3")) as session:
        await session.ready()
        yield session


def in_window(
    test: Callable[[WindowSession], Awaitable[None]],
) -> Callable[[asyncio.AbstractEventLoop], Awaitable[None]]:
    """Give a test a window of its own.

    A fixture could not: pytest-qt runs Qt's events between fixture and test, when asyncio's
    loop does not run, and a live kernel has something to say then.
    """

    @wraps(test)
    async def run(qt_loop: asyncio.AbstractEventLoop) -> None:
        del qt_loop
        async with window_session() as session:
            await test(session)

    del run.__wrapped__  # pytest would ask for its arguments
    return run
