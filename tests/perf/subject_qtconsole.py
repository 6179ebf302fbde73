"""qtconsole as its command starts it, driven from inside: python -m perf.subject_qtconsole CASE.

Runs in an environment of its own; imports nothing of Vitrail.
"""

import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from qtconsole.qtconsoleapp import JupyterQtConsoleApp
from qtconsole.rich_jupyter_widget import RichJupyterWidget

from perf.cases import CASES, KEPT_BY_QTCONSOLE, Case
from perf.deeds import Deed
from perf.driver import Driver
from perf.paint_watch import PaintWatch

KNOCK_S = 0.02


class WatchedWidget(RichJupyterWidget):  # type: ignore[misc]  # it has no types
    """The program's own widget, which also says when it has seen a cell's end and its result."""

    has_result = False
    is_idle = True
    is_knocking = has_answered = False
    _awaited = ""

    def _execute(self, source: str, hidden: bool) -> None:
        super()._execute(source, hidden)
        self._awaited = next(reversed(self._request_info["execute"]))
        self.is_idle = False

    def _handle_status(self, message: dict[str, Any]) -> None:
        super()._handle_status(message)
        if message["parent_header"].get("msg_id") == self._awaited:
            self.is_idle = message["content"]["execution_state"] == "idle"

    def _handle_kernel_info_reply(self, message: dict[str, Any]) -> None:
        if self.is_knocking:  # the program asks nobody after a restart
            self.has_answered = True
        else:
            super()._handle_kernel_info_reply(message)

    def _handle_execute_result(self, message: dict[str, Any]) -> None:
        super()._handle_execute_result(message)
        self.has_result = True


class QtConsole:
    """The console of the window (a perf.driver.Console)."""

    def __init__(self, widget: WatchedWidget) -> None:
        self._widget = widget
        self.keyboard: QWidget = widget._control
        self.viewport: QWidget = widget._control.viewport()
        self.paper = self.viewport

    def submit(self, code: str) -> None:
        self._widget.execute(code)

    def write(self, code: str) -> None:
        self._widget.has_result = False
        self._widget.input_buffer = code

    def press_enter(self) -> None:
        QTest.keyClick(self._widget._control, Qt.Key.Key_Return)

    def is_done(self) -> bool:
        return has_prompt(self._widget)

    def has_result(self) -> bool:
        return bool(self._widget.has_result)

    def facts(self, case: Case) -> dict[str, Any]:
        return {"lines": self._widget._control.document().blockCount()}


class QtConsoleWindow:
    """The window with its tabs (a perf.deeds.Frontend)."""

    def __init__(self, app: JupyterQtConsoleApp) -> None:
        self._app = app
        self._first = app.widget
        self._first.confirm_restart = False
        self._knocked = 0.0

    @property
    def _widget(self) -> WatchedWidget:
        widget: WatchedWidget = self._app.window.active_frontend
        return widget

    def do(self, deed: str) -> None:
        window = self._app.window
        if deed == "tab":
            window.create_tab_with_new_frontend()
        elif deed == "attach":  # as the command does, after its dialog
            file = self._first.kernel_client.connection_file
            window.add_tab_with_frontend(window.connection_frontend_factory(file), name="external")
        elif deed == "restart":
            self._widget.request_restart_kernel()
        else:
            self._widget.request_interrupt_kernel()

    def submit(self, code: str) -> None:
        self._widget.execute(code)

    def is_printing(self) -> bool:
        return bool(self._widget._control.document().blockCount() > 50)

    def has_arrived(self, deed: str) -> bool:
        if deed == "restart" and not self._is_back():
            return False
        is_other = self._widget is not self._first if deed in ("tab", "attach") else True
        return is_other and bool(has_prompt(self._widget))

    def _is_back(self) -> bool:
        """Knock until the kernel answers: the prompt is there before it, and what is run lost."""
        widget = self._widget
        now = time.perf_counter()
        if not widget.has_answered and now - self._knocked > KNOCK_S:
            self._knocked = now
            widget.is_knocking = True
            widget.kernel_client.kernel_info()
        return bool(widget.has_answered)

    def paper(self) -> QWidget:
        paper: QWidget = self._widget._control.viewport()
        return paper


def has_prompt(widget: WatchedWidget) -> bool:
    """Whether a prompt waits for input and no output waits to be inserted."""
    is_prompted = widget._prompt_pos > 0 and not widget._executing and not widget._reading
    return is_prompted and widget.is_idle and not widget._pending_insert_text


def main() -> int:
    """Run the program, and measure once it has its first prompt."""
    case = CASES[sys.argv[1]]
    app = JupyterQtConsoleApp.instance()
    app.widget_factory = WatchedWidget
    lines = KEPT_BY_QTCONSOLE.get(case.name)
    app.initialize([] if lines is None else [f"--ConsoleWidget.buffer_size={lines}"])
    window_timer = QTimer()
    watch = PaintWatch(app.widget._control.viewport())
    drivers: list[Driver | Deed] = []

    def finish(measured: dict[str, Any]) -> None:
        print("PERF", json.dumps(measured), flush=True)
        for widget in app.window.findChildren(WatchedWidget):
            if widget.kernel_manager is not None:
                widget.kernel_manager.shutdown_kernel(now=True)
        os._exit(0)

    def on_prompt_painted() -> None:
        watch.heard = lambda: None
        if case.kind == "start":
            finish({"wall_ms": 1e3 * (time.time() - float(os.environ["PERF_SPAWNED_AT"]))})
        if case.kind == "deed":
            drivers.append(Deed(QtConsoleWindow(app), case.name, finish))
            QTimer.singleShot(1000, app.widget, drivers[0].start)
        else:
            drivers.append(Driver(QtConsole(app.widget), case, finish))
            QTimer.singleShot(300, app.widget, drivers[0].start)

    def look() -> None:
        if has_prompt(app.widget):
            window_timer.stop()
            watch.heard = on_prompt_painted
            app.widget._control.viewport().update()

    window_timer.timeout.connect(look)
    window_timer.start(2)
    app.start()
    return 1


if __name__ == "__main__":
    sys.exit(main())
