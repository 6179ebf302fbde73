"""What a test may leave behind: nothing.

A `Census` is taken before a test and compared after it: threads, child processes, files of
kernels, top-level widgets, active timers. Whatever is new gets a short grace period, ended by the
condition "it is gone", because threads and processes need a moment to die. Costs of a test without
children and without Qt are a few microseconds, so that it can run around every test.

Not seen: timers made in C++ (`QTimer.singleShot`, a line edit's caret), which end with their
owners; grandchildren whose parent died, for which `marked_processes` looks at the session's end.
"""

import contextlib
import gc
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

GRACE_VARIABLE = "VITRAIL_TEST_GRACE_S"
GRACE_S = float(os.environ.get(GRACE_VARIABLE, "20"))
"""A kernel that was told to shut down needs a second of a processor that ten others want as well.

Only what is left for good is waited for so long.
"""

SESSION_MARK = "VITRAIL_TEST_SESSION"
"""Environment variable that every process started by the tests inherits."""

_HOUSE_THREADS = ("zmq.utils.garbage", "pytest_timeout")
"""Threads of libraries that live as long as the process, by the module of their class."""

_timers: "weakref.WeakSet[Any]" = weakref.WeakSet()


@dataclass(frozen=True)
class Census:
    """What lived when it was taken; by identity, so that a successor of equal name is seen."""

    threads: frozenset[int]
    processes: frozenset[psutil.Process]
    files: frozenset[str]
    widgets: frozenset[int]
    timers: frozenset[int] = field(default_factory=frozenset)


def take_census() -> Census:
    """Return what lives now."""
    return Census(
        threads=frozenset(id(thread) for thread in threading.enumerate()),
        processes=frozenset(_children()),
        files=frozenset(_runtime_files()),
        widgets=frozenset(id(widget) for widget in _top_level_widgets()),
        timers=frozenset(id(timer) for timer in _active_timers()),
    )


def leftovers(before: Census, grace_s: float = GRACE_S) -> list[str]:
    """Return a line for each thing that lives now, did not before, and does not go away.

    Args:
        before: Taken before the test.
        grace_s: How long things that are about to end may take.
    """
    _deliver_deferred_deletes()
    if not _new(before):
        return []
    _wait_until(lambda: _is_clean(before), grace_s)
    return _new(before)


def _is_clean(before: Census) -> bool:
    _let_pictures_be_taken()
    gc.collect()  # what one collection frees may have held what the next one can free
    return not _new(before)


def _let_pictures_be_taken() -> None:
    """Let Qt's loop run as long as a picture is decoded: a timer looks whether it is."""
    loading = sys.modules.get("vitrail_widgets.render.image_loader")
    application = _application()
    if loading is not None and application is not None and not loading.shared_loader().is_idle:
        application.processEvents()


def _new(before: Census) -> list[str]:
    _deliver_deferred_deletes()
    threads = (t for t in threading.enumerate() if id(t) not in before.threads)
    return [
        *(f"thread {t.name!r}" for t in threads if not _is_of_the_house(t)),
        *(f"process {_name(p)}" for p in _children() if p not in before.processes),
        *(f"file {name}" for name in _runtime_files() if name not in before.files),
        *(f"widget {w!r}" for w in _top_level_widgets() if id(w) not in before.widgets),
        *(_told(t) for t in _active_timers() if id(t) not in before.timers),
    ]


def _told(timer: Any) -> str:
    """Say which timer it is: most have no name, and their owners are known by their class."""
    called = gc.get_referrers(timer)
    owners = sorted({type(each).__name__ for each in called if hasattr(each, "__dict__")})
    return f"timer {timer!r} of {timer.parent()!r}, {timer.interval()} ms, held by {owners}"


def _is_of_the_house(thread: threading.Thread) -> bool:
    return type(thread).__module__.startswith(_HOUSE_THREADS)


def _wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)


def _children() -> list[psutil.Process]:
    """Return our living descendants; without children this is one system call."""
    return [child for child in descendants() if _is_alive(child)] if _has_children() else []


def descendants() -> list[psutil.Process]:
    """Return all processes below us.

    With an X server below us this runs three times a test: Linux lists children in 0.2 ms, psutil
    asks each process of the machine for its parent, which takes 13 ms.
    """
    if not Path("/proc/thread-self/children").exists():
        return psutil.Process().children(recursive=True)
    found = []
    for pid in _listed_below(os.getpid()):
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append(psutil.Process(pid))
    return found


def _listed_below(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended meanwhile
            for child in map(int, file.read_text("ascii").split()):
                found += [child, *_listed_below(child)]
    return found


def _runtime_files() -> list[str]:
    """Return what kernels and their clients keep while they run: connection files, sockets."""
    directory = Path(os.environ["JUPYTER_RUNTIME_DIR"])
    return [file.name for file in directory.iterdir()] if directory.exists() else []


def _has_children() -> bool:
    if not hasattr(os, "waitid"):
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _name(process: psutil.Process) -> str:
    try:
        return f"{process.pid} ({' '.join(process.cmdline())[:120]})"
    except psutil.Error:
        return str(process.pid)


def marked_processes(mark: str) -> list[psutil.Process]:
    """Return living processes, not ourselves, that inherited this session's mark."""
    found = []
    for process in psutil.process_iter():
        try:
            marked = process.environ().get(SESSION_MARK) == mark
        except (psutil.Error, OSError):  # somebody else's process, or gone
            continue
        if marked and process.pid != os.getpid() and _is_alive(process):
            found.append(process)
    return found


def outliving(mark: str, grace_s: float = GRACE_S) -> list[psutil.Process]:
    """Return the marked processes that do not end by themselves within a grace period."""
    _wait_until(lambda: not marked_processes(mark), grace_s)
    return marked_processes(mark)


def end(processes: Iterable[psutil.Process]) -> list[str]:
    """Kill processes and return their names."""
    names = []
    for process in processes:
        names.append(_name(process))
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    return names


def _application() -> Any | None:
    """Return the QApplication if a test made one; never imports Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets else None


def _deliver_deferred_deletes() -> None:
    application = _application()
    if application is not None:
        from PySide6.QtCore import QCoreApplication, QEvent

        # No event loop runs here, so processEvents() would leave these alone.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _top_level_widgets() -> list[Any]:
    application = _application()
    return [] if application is None else list(application.topLevelWidgets())


def watch_timers() -> None:
    """Remember every QTimer that Python makes from now on; Qt itself cannot list them."""
    from PySide6.QtCore import QTimer

    plain_init = QTimer.__init__

    def remembering_init(self: QTimer, *args: Any, **kwargs: Any) -> None:
        plain_init(self, *args, **kwargs)
        _timers.add(self)

    QTimer.__init__ = remembering_init  # type: ignore[method-assign]  # a seam for the tests


def _active_timers() -> list[Any]:
    if not _timers:
        return []
    from shiboken6 import isValid

    return [timer for timer in list(_timers) if isValid(timer) and timer.isActive()]
