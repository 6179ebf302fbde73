"""The event loop of a program that has a console in it."""

import asyncio
import subprocess
import sys

import pytest

from vitrail.host_loop import ensure_loop
from vitrail.protocol.errors import UsageError

LATE_THREAD = """
import sys, threading, time
import qasync
from PySide6.QtCore import QCoreApplication, QTimer
from shiboken6 import isValid
from vitrail.host_loop import ensure_loop
from vitrail.threads import Promise

is_telling = threading.Event()

class SlowLoop(qasync.QEventLoop):
    def call_soon_threadsafe(self, callback, *arguments):
        is_telling.set()
        time.sleep(0.5)  # longer than the interpreter takes to end
        print("told", isValid(application), flush=True)
        super().call_soon_threadsafe(callback, *arguments)

def begin():
    loop = SlowLoop(application, already_running=True)
    assert ensure_loop() is loop
    teller = threading.Thread(target=Promise().fulfil, args=(int,), daemon=True)
    teller.start()
    is_telling.wait()
    sys.exit(3)

application = QCoreApplication([])
QTimer.singleShot(0, begin)
application.exec()
"""


def test_program_ends_after_the_thread_that_wakes_qts_loop() -> None:
    """Else Qt's objects are deleted under it, and the program crashes once in a while."""
    done = subprocess.run([sys.executable, "-c", LATE_THREAD], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (3, "told True\n", "")


async def test_loop_that_runs_is_used(qt_loop: asyncio.AbstractEventLoop) -> None:
    assert ensure_loop() is qt_loop


def test_loop_that_cannot_watch_sockets_is_refused_in_a_sentence(qapp: object) -> None:
    """PySide's QtAsyncio, which is not among PySide6-Essentials, is such a one."""

    class Deaf(asyncio.AbstractEventLoop):
        pass

    asyncio._set_running_loop(Deaf())  # type: ignore[abstract] # its kind alone is looked at
    try:
        with pytest.raises(UsageError, match="cannot watch sockets; qasync's can"):
            ensure_loop()
    finally:
        asyncio._set_running_loop(None)
