"""asyncio in a program whose event loop is Qt's and somebody else's, and a clean end there.

A program that runs qasync itself is left as it is: work is done on its loop. For all others a
loop is laid over the QApplication that they have made, and goes with it.
"""

import asyncio
import atexit
from collections.abc import Awaitable
from typing import Final, Protocol, cast

from PySide6.QtCore import QCoreApplication, QEventLoop

from vitrail.protocol.errors import UsageError
from vitrail.threads import forsake_promises


class Endable(Protocol):
    """Something that has to be ended before the program is."""

    def end(self) -> Awaitable[None]:
        """Begin to end it; idempotent."""
        ...

    async def abandon(self) -> None:
        """End what would outlive the program, where no event loop is any more."""


_open: Final[set[Endable]] = set()
_ours: asyncio.AbstractEventLoop | None = None
_watched: QCoreApplication | None = None


def ensure_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop that runs, else lay one over Qt's. Call it from a slot of Qt.

    Raises:
        UsageError: There is no QApplication, or a loop that is of no use.
    """
    global _ours  # noqa: PLW0603 - a thread has one running loop, and asyncio keeps it globally
    application = QCoreApplication.instance()
    if application is None:
        raise UsageError("Make a QApplication first.")
    _watch(application)
    try:
        return _able(asyncio.get_running_loop())
    except RuntimeError:
        import qasync  # pyright: ignore[reportMissingTypeStubs] # it has none

        made = qasync.QEventLoop(application, already_running=True)
        _ours = cast("asyncio.AbstractEventLoop", made)
        return _ours


def _able(loop: asyncio.AbstractEventLoop) -> asyncio.AbstractEventLoop:
    if type(loop).add_reader is asyncio.AbstractEventLoop.add_reader:  # PySide's QtAsyncio
        raise UsageError("The event loop of this program cannot watch sockets; qasync's can.")
    return loop


def keep(thing: Endable) -> None:
    """End it when the application quits, at the latest when the interpreter does."""
    _open.add(thing)


def forget(thing: Endable) -> None:
    """It has ended."""
    _open.discard(thing)


def _watch(application: QCoreApplication) -> None:
    global _watched  # noqa: PLW0603 - there is one application at a time
    if application is not _watched:
        _watched = application
        application.aboutToQuit.connect(_on_application_about_to_quit)
        atexit.unregister(_abandon)
        atexit.register(_abandon)


def _on_application_about_to_quit() -> None:
    """End what is open, while Qt still hands out events: in a loop of its own, without input.

    Nothing is ended where a task quits, as asyncio lets no other task in, nor when the host's own
    code stopped its loop, which it may run again. Who has tasks can wait for `end` in one.
    """
    global _ours  # noqa: PLW0603 - see `ensure_loop`
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    if not loop.is_running() or asyncio.current_task(loop) is not None:
        return
    if _open:
        waiting = QEventLoop()
        ends = asyncio.gather(*(each.end() for each in _open), return_exceptions=True)
        ends.add_done_callback(lambda _: waiting.quit())
        waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if loop is _ours:
        _ours = None
        loop.stop()
        asyncio._set_running_loop(None)
        loop.close()


def _abandon() -> None:
    """End what a program left that never quit its QApplication, or never ran it.

    Called before Qt's objects are deleted, as PySide has asked for that when it was imported.
    """
    if _open:
        asyncio._set_running_loop(None)
        asyncio.run(_abandon_all())
    forsake_promises()


async def _abandon_all() -> None:
    await asyncio.gather(*(each.abandon() for each in tuple(_open)), return_exceptions=True)
