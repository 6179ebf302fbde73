"""Vitrail as it is started by its command, driven from inside: python -m perf.subject_vitrail CASE.

Imports nothing of Qt or of the measurement before the program does: that would change its start.
"""

import asyncio
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from perf.cases import Case
    from vitrail.shell.main_window import MainWindow


class VitrailConsole:
    """The console of the window (a perf.driver.Console)."""

    def __init__(self, window: "MainWindow") -> None:
        self._execution = window.tab.presenter.execution
        self._view = window.tab.view
        self._batcher = window.tab.presenter._batcher
        self.viewport = self._view.viewport()
        self._cell_id = ""

    @property
    def keyboard(self) -> "QWidget":
        return self._view.input

    @property
    def paper(self) -> "QWidget":
        return self._view.input.viewport()

    def submit(self, code: str) -> None:
        self._cell_id = self._execution.submit(code)

    def write(self, code: str) -> None:
        self._view.input.set_text(code)

    def press_enter(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._view.input, Qt.Key.Key_Return)
        self._cell_id = self._execution.transcript.entries[-1].id

    def is_done(self) -> bool:
        from vitrail_widgets.render.image_loader import shared_loader

        is_read = shared_loader().is_idle  # pictures, tables
        return is_read and not self._execution.is_busy and not self._batcher._pending

    def has_result(self) -> bool:
        layout = self._view.document.cell_layout(self._cell_id)
        return layout is not None and layout.block_count > 1

    def facts(self, case: "Case") -> dict[str, Any]:
        if not case.lines:
            return {}
        layout = self._view.document.cell_layout(self._cell_id)
        assert layout is not None
        block = layout.block(1)
        assert layout.block_count == 2
        assert block.line_count == case.lines, (block.line_count, case.lines)
        if case.name == "million":
            self._assert_reachable(layout.block_top(1))
        return {"lines": block.line_count}

    def _assert_reachable(self, output_top: int) -> None:
        """Scroll to lines of the flood and read what is at that place of the viewport."""
        from PySide6.QtCore import QPoint

        view, document = self._view, self._view.document
        view.folding.unfold_all()
        entry = document.transcript.position(self._cell_id)
        top = document.flow.top(entry) + output_top
        bar, step = view.verticalScrollBar(), view.metrics.line_height
        for line in (0, 1, 1023, 1024, 500_000, 999_998, 999_999):
            bar.setValue(top + line * step)
            shown = QPoint(view.across.text_x, top + line * step - bar.value() + 16 + 2)
            place = view.position_at(shown)
            text = document.flow[entry].block(1).line(place.line)
            assert (place.entry, place.line) == (entry, line), (place, line)
            assert text == f"{line} some text here", text


class VitrailWindow:
    """The window with its tabs (a perf.deeds.Frontend)."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._first = window.tab
        self._pid = self._process_id()
        self._cell_id = ""

    def do(self, deed: str) -> None:
        if deed in ("tab", "spare"):
            self._window.actions_by_id["tab.new"].trigger()
        elif deed == "attach":
            from vitrail.shell.desk import attaching

            live = self._window.tab.live
            assert live is not None
            assert live.process is not None
            self._window._tab_commands.open(attaching(str(live.process.connection_file)))
        elif deed == "restart":
            self._window.tab.restart()
        else:
            self._window.actions_by_id["kernel.interrupt"].trigger()

    def submit(self, code: str) -> None:
        self._cell_id = self._window.tab.presenter.execution.submit(code)

    def is_printing(self) -> bool:
        layout = self._window.tab.view.document.cell_layout(self._cell_id)
        return layout is not None and layout.block_count > 1

    def has_arrived(self, deed: str) -> bool:
        tab = self._window.tab
        execution = tab.presenter.execution
        is_other = tab is not self._first if deed in ("tab", "spare", "attach") else True
        is_new = self._process_id() != self._pid if deed == "restart" else True
        is_usable = execution.is_ready and not execution.is_busy and tab.state == "idle"
        return is_other and is_new and is_usable and not tab.presenter._batcher._pending

    def paper(self) -> "QWidget":
        return self._window.tab.view.viewport()

    def _process_id(self) -> int:
        live = self._window.tab.live
        return 0 if live is None or live.process is None else live.process.pid


async def drive(name: str, live: "asyncio.Task[None]") -> None:
    """Wait for the window and its prompt, then measure."""
    window = await opened()
    execution, viewport = window.tab.presenter.execution, window.tab.view.viewport()
    while not (execution._ready and window.tab.state == "idle"):
        await asyncio.sleep(0.002)
    from perf.paint_watch import PaintWatch

    prompt = asyncio.Event()
    painted = PaintWatch(viewport)
    painted.heard = prompt.set
    viewport.update()
    await prompt.wait()
    started_ms = 1e3 * (time.time() - float(os.environ["PERF_SPAWNED_AT"]))
    from perf.cases import CASES
    from perf.driver import Driver

    if CASES[name].kind == "start":
        report({"wall_ms": started_ms})
    elif CASES[name].kind == "deed":
        await asyncio.sleep(1.0)  # whatever else follows the first prompt
        report(await done(window, name))
    else:
        await asyncio.sleep(0.3)  # the history, and whatever else follows the first prompt
        measured: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        driver = Driver(VitrailConsole(window), CASES[name], measured.set_result)
        driver.start()
        report(await measured)
    window.close_unasked()
    await live


async def done(window: "MainWindow", name: str) -> dict[str, Any]:
    """Do what a case names and return what was measured."""
    from perf.deeds import Deed

    if name == "spare":
        from vitrail.shell.idle_work import IdleWork

        while (work := window.desk.findChild(IdleWork)) is None:
            await asyncio.sleep(0.002)
        work.spare.prepare("python3")
        while not work.spare.is_ready:
            await asyncio.sleep(0.002)
        await asyncio.sleep(1.0)
    measured: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    deed = Deed(VitrailWindow(window), name, measured.set_result)
    deed.start()
    return await measured


async def opened() -> "MainWindow":
    """Return the window as soon as it is shown."""
    from PySide6.QtWidgets import QApplication

    from vitrail.shell.main_window import MainWindow

    while True:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible() and widget.tab.live:
                return widget
        await asyncio.sleep(0.002)


def report(measured: dict[str, Any]) -> None:
    """Hand the result to the runner."""
    print("PERF", json.dumps(measured), flush=True)


def main() -> int:
    """Run the program with a passenger beside its own first coroutine."""
    from vitrail import bootstrap, cli

    live = bootstrap._live

    async def accompanied(*arguments: Any) -> None:
        task = asyncio.ensure_future(live(*arguments))
        try:
            await drive(sys.argv[1], task)
        finally:
            task.cancel()

    vars(bootstrap)["_live"] = accompanied
    return cli.main([])


if __name__ == "__main__":
    sys.exit(main())
