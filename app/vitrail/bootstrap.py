"""The composition root: what is made in which order, who owns whom, how it ends.

The kernel is launched before Qt is imported: while Qt loads on one core the
kernel starts on the other, and the first prompt comes that much earlier.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, cast

from vitrail.kernel.discovery import find_connection_file
from vitrail.kernel.process import KernelProcess
from vitrail.options import WindowOptions
from vitrail.preflight import display_problem, platform_of, problems
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.errors import UsageError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

OK, FAILED = 0, 2

Kernel = KernelProcess | ConnectionInfo | UsageError
"""What to work with; an error is shown in the window, which opens all the same."""


def open_window(options: WindowOptions) -> int:
    """Show the window until it is closed; return the exit status."""
    lack = display_problem(os.environ) or next(iter(problems(platform_of(os.environ))), None)
    if lack is not None:
        sys.stderr.write(f"vitrail: {lack}\n")
        return FAILED
    if options.debug:
        logging.basicConfig(level=logging.DEBUG)
    kernel = asyncio.run(_kernel(options))
    try:
        application = make_application()
    except ImportError as error:
        if isinstance(kernel, KernelProcess):
            asyncio.run(kernel.terminate())
        sys.stderr.write(f"vitrail: Qt cannot be loaded: {error}\n")
        return FAILED
    return _run(application, kernel, options)


async def _kernel(options: WindowOptions) -> Kernel:
    try:
        if options.existing is not None:
            return read_connection_file(find_connection_file(options.existing))
        return await KernelProcess.launch(options.kernel)
    except UsageError as error:
        return error


def make_application() -> "QApplication":
    """Return the application with our name, style and icon."""
    from PySide6.QtWidgets import QApplication

    from vitrail.shell.icons import application_icon

    QApplication.setApplicationName("vitrail")
    QApplication.setApplicationDisplayName("Vitrail")
    QApplication.setDesktopFileName("vitrail")
    application = QApplication(["vitrail"])
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)  # the kernel is to end first
    application.setWindowIcon(application_icon())
    return application


def _run(application: "QApplication", kernel: Kernel, options: WindowOptions) -> int:
    with qt_loop(application) as loop:
        loop.run_until_complete(_live(kernel, options))
    return OK


def qt_loop(application: "QApplication") -> contextlib.closing[asyncio.AbstractEventLoop]:
    """Return the event loop that runs on Qt's, to be closed at the end."""
    import qasync  # pyright: ignore[reportMissingTypeStubs] # it has none

    return contextlib.closing(cast("asyncio.AbstractEventLoop", qasync.QEventLoop(application)))


async def _live(kernel: Kernel, options: WindowOptions) -> None:
    """Open the window, wait until it was closed, end what is ours."""
    from vitrail.shell.appearance import Appearance
    from vitrail.shell.main_window import MainWindow

    closed = asyncio.Event()
    appearance = Appearance(options.theme)
    window = MainWindow(appearance)
    window.closed.connect(closed.set)

    def close(*_signal: object) -> None:
        window.close()

    before = {which: signal.signal(which, close) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        window.show()
        window.tab.start(kernel)
        await closed.wait()
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
        await window.tab.end()
        window.deleteLater()
