"""Runs a program with consoles and does with them what its user would.

    python host_driver.py SCRIPT PROGRAM [ARGUMENT…]

SCRIPT is Python that defines `async def use(consoles)`; it runs once Qt's loop does. What it
prints is what the test looks at.
"""

import asyncio
import runpy
import sys
import traceback

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from vitrail.embedding import Console

script, program, *arguments = sys.argv[1:]
use = runpy.run_path(script)["use"]
tasks: list["asyncio.Task[None]"] = []


def consoles() -> list[Console]:
    return [each for each in QApplication.allWidgets() if isinstance(each, Console)]


async def told() -> None:
    try:
        await use(consoles())
    except BaseException:
        traceback.print_exc()
        QTimer.singleShot(0, timer, lambda: QApplication.exit(9))
        raise


def begin() -> None:
    """Begin when a console has found the loop, as somebody who types would."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    if consoles():
        timer.stop()
        tasks.append(loop.create_task(told()))


run = QApplication.exec
timer = QTimer(interval=10)
timer.timeout.connect(begin)


def accompanied(*_: object) -> int:
    if not tasks:
        timer.start()
    return run()


QApplication.exec = accompanied  # type: ignore[method-assign] # qasync calls it as well
sys.argv = [program, *arguments]
runpy.run_path(program, run_name="__main__")
