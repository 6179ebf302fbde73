"""The composition root: what is made in which order, who owns whom, how it ends.

The kernel is launched before Qt is imported: while Qt loads on one core the
kernel starts on the other, and the first prompt comes that much earlier.
"""

import asyncio
import contextlib
import gc
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from vitrail.kernel.process import KernelProcess
from vitrail.kernel.wanted import USUAL, wanted_kernel
from vitrail.options import WindowOptions
from vitrail.preflight import (
    connection_problem,
    display_problem,
    platform_of,
    problems,
    wayland_problem,
)
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.qt_trial import start_problem
from vitrail.threads import forsake_promises

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from vitrail.kernel.tunnel import Tunnel
    from vitrail.shell.desk import Desk
    from vitrail.single_instance import Doorbell

OK, FAILED = 0, 2

LATER_MS = 5000
"""When work begins that waits until all kernels are idle."""

Kernel: TypeAlias = "KernelProcess | Tunnel | ConnectionInfo | UsageError"
"""What to work with; an error is shown in the window, which opens all the same."""


def open_window(options: WindowOptions) -> int:
    """Show the window until it is closed; return the exit status."""
    if options.is_debug:
        from vitrail.speaking import speak

        speak(options.log_filter)
    if options.is_single and _is_handed_over(options):
        return OK
    lack = (
        display_problem(os.environ)
        or next(iter(problems(platform_of(os.environ))), None)
        or connection_problem(os.environ)
        or wayland_problem(os.environ)
        or start_problem(os.environ)
    )
    if lack is not None:
        sys.stderr.write(f"vitrail: {lack}\n")
        return FAILED
    early = _early_signals()
    gc.disable()  # until the window is up: looking through what imports leave takes 40 ms
    options, remark = with_kernel(options)
    kernel = asyncio.run(_kernel(options))
    try:
        application = make_application()
    except ImportError as error:
        if isinstance(kernel, KernelProcess):
            asyncio.run(kernel.terminate())
        elif not isinstance(kernel, ConnectionInfo | UsageError):
            asyncio.run(kernel.close())
        sys.stderr.write(f"vitrail: Qt cannot be loaded: {error}\n")
        return FAILED
    return _run(application, kernel, options, early, remark)


def _is_handed_over(options: WindowOptions) -> bool:
    """Let the window that is open already do it; whether there is one."""
    from vitrail.single_instance import Request, hand_over

    request = Request(
        directory=str(Path.cwd()),
        file="" if options.file is None else str(options.file.absolute()),
        kernel=options.kernel or "",
        existing=options.existing or "",
    )
    return hand_over(_door(), request)


def _door() -> Path:
    """Return the socket at which the only window listens."""
    from vitrail.kernel.discovery import runtime_dir

    return runtime_dir() / "vitrail-window.sock"


def _heeded() -> tuple[signal.Signals, ...]:
    """Return the signals that end the program; what was ignored (nohup, `&`) stays so."""
    which = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    return tuple(each for each in which if signal.getsignal(each) is not signal.SIG_IGN)


def _early_signals() -> list[int]:
    """Return a list of the signals that come before the window can be closed by them.

    The kernel is launched first: to end right then would leave it, and its connection file.
    """
    early: list[int] = []
    for which in _heeded():
        signal.signal(which, lambda number, _frame: early.append(number))
    return early


def with_kernel(options: WindowOptions) -> tuple[WindowOptions, str]:
    """Return options that name the kernel to launch, and what is to be said about the choice."""
    if options.existing is not None or options.cluster is not None:
        return options, ""
    wanted = wanted_kernel(options.kernel, options.file)
    return replace(options, kernel=wanted.name), wanted.remark


async def _kernel(options: WindowOptions) -> Kernel:
    try:
        if options.existing is not None:
            from vitrail.kernel.attaching import orphan_to_existing, way_to_existing

            return orphan_to_existing(options) or way_to_existing(options)
        if options.cluster is not None:
            from vitrail.kernel.cluster import find_engine

            return await find_engine(options.cluster, options.engine)
        name = options.kernel or USUAL
        return await KernelProcess.launch(name, cwd=options.directory, is_lasting=True)
    except UsageError as error:
        return error


def make_application() -> "QApplication":
    """Return the application with our name, style and icon."""
    from PySide6.QtWidgets import QApplication

    from vitrail_widgets.qt.plain_imports import unhook_imports

    unhook_imports()
    from vitrail_resources.translation import language
    from vitrail_widgets.qt.icons import application_icon

    QApplication.setApplicationName("vitrail")
    QApplication.setApplicationDisplayName("Vitrail")
    QApplication.setDesktopFileName("vitrail")
    application = QApplication(["vitrail"])
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)  # the kernel is to end first
    application.setWindowIcon(application_icon())
    if (spoken := language()) != "en":
        from vitrail.shell.qt_words import translate_qt

        translate_qt(application, spoken)
    return application


def _run(
    application: "QApplication",
    kernel: Kernel,
    options: WindowOptions,
    early: list[int],
    remark: str,
) -> int:
    with qt_loop(application) as loop:
        try:
            loop.run_until_complete(_live(kernel, options, early, remark))
        finally:
            forsake_promises()
    return OK


def qt_loop(application: "QApplication") -> contextlib.closing[asyncio.AbstractEventLoop]:
    """Return the event loop that runs on Qt's, to be closed at the end."""
    import qasync  # pyright: ignore[reportMissingTypeStubs] # it has none

    return contextlib.closing(cast("asyncio.AbstractEventLoop", qasync.QEventLoop(application)))


async def _live(kernel: Kernel, options: WindowOptions, early: list[int], remark: str) -> None:
    """Open the window, wait until the last one was closed, end what is ours."""
    from vitrail.history.database import history_path
    from vitrail.history.store import HistoryStore
    from vitrail.settings.file import settings_path
    from vitrail.settings.store import SettingsStore
    from vitrail.shell.appearance import Appearance
    from vitrail.shell.desk import Desk
    from vitrail.shell.layout_file import LayoutFile, layout_path
    from vitrail.shell.main_window import MainWindow

    closed = asyncio.Event()
    appearance = Appearance(options.theme, SettingsStore(options.config or settings_path()))
    history = HistoryStore(history_path())
    source, layouts = partial(_kernel, as_default(options)), LayoutFile(layout_path())
    desk = Desk(
        appearance,
        source=source,
        history=history,
        layouts=layouts,
        recent_file=layout_path().with_name("recent-kernels.json"),
    )
    desk.emptied.connect(closed.set)
    window = MainWindow(desk)

    # By the loop: a handler of Python's alone is not called while Qt waits for events.
    for which in _heeded():
        asyncio.get_running_loop().add_signal_handler(which, desk.close_unasked)
    doorbell = None
    try:
        window.tab.start(kernel, partial(_kernel, options))
        if remark:
            window.tab.warn(remark)
        _collect_garbage_from_now_on(desk)
        if not early:
            window.show()
            if options.file is not None:
                window.tab.opening.open(options.file)
            _work_when_idle(desk, options.kernel or USUAL)
            if options.is_single:
                doorbell = await _doorbell(desk)
            await closed.wait()
    finally:
        if doorbell is not None:
            await doorbell.close()
        await desk.end()
        await history.close()
        for process in desk.kept:
            _say_where(process)


async def _doorbell(desk: "Desk") -> "Doorbell":
    """Open a tab for each later start of the program."""
    from vitrail.shell.visitors import receive
    from vitrail.single_instance import Doorbell, Request

    def rung(request: Request) -> None:
        wanted, _ = with_kernel(
            WindowOptions(
                file=Path(request.file) if request.file else None,
                kernel=request.kernel or None,
                existing=request.existing or None,
                directory=Path(request.directory),
            )
        )
        receive(desk, partial(_kernel, wanted), request.file)

    return await Doorbell.open(_door(), rung)


def _work_when_idle(desk: "Desk", kernel_name: str) -> None:
    """Do later what no prompt is to wait for; it is not even imported before."""
    from PySide6.QtCore import QTimer

    def begin() -> None:
        from vitrail.shell.idle_work import IdleWork

        IdleWork(desk, kernel_name)

    QTimer.singleShot(LATER_MS, desk, begin)


def as_default(options: WindowOptions) -> WindowOptions:
    """Return what a new tab gets: a kernel of its own, also where the first one was attached."""
    return WindowOptions(kernel=options.kernel)


def _say_where(kernel: KernelProcess) -> None:
    if kernel.exit_code is None and sys.stderr is not None:
        said = f"The kernel lives on: vitrail --existing {kernel.connection_file.name}"
        sys.stderr.write(f"vitrail: {said}\n")


def _collect_garbage_from_now_on(desk: "Desk") -> None:
    """Let garbage be collected, of what comes: modules and classes stay until the end.

    It would look through them in the middle of a flood, and the window would stand still.
    """
    from vitrail.shell.collector import Collector

    gc.freeze()
    Collector(desk)
