"""Work in threads, and what they tell the event loop: nothing while the program ends.

A thread wakes Qt's loop by a signal of Qt's. If the interpreter ends in the middle of that, the
thread is ended within Qt's code, or Qt's objects are deleted under it, and the program crashes
("terminate called without an active exception", or a segmentation fault). So a thread tells
through a `Promise`, and `forsake_promises` comes before the end. A daemon thread may outlive that
call, waiting for a disk or a process: the interpreter's end does it no harm there.
"""

import asyncio
import contextlib
import threading
import weakref
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

_LAST_STEPS_S: Final = 1.0
"""What a thread that has told may take to its end; it has nothing else to do."""


class Promise(Generic[T]):
    """The end of a future of the running loop that a thread holds."""

    def __init__(self) -> None:
        """Make the future, where its loop runs."""
        self._future: asyncio.Future[T] | None = asyncio.get_running_loop().create_future()
        _promises.add(self)

    @property
    def future(self) -> "asyncio.Future[T]":
        """What the loop awaits; never done when the promise was forsaken."""
        assert self._future is not None
        return self._future

    def fulfil(self, work: Callable[[], T]) -> None:
        """Do *work* in this thread and tell what it returns or raises; the thread ends soon."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - it is the caller's
            self._tell(_fail, error)
        else:
            self._tell(_succeed, result)

    def forsake(self) -> None:
        """Never tell, and let go of the loop: not the thread that ends last is to destroy it."""
        self._future = None

    def _tell(self, settle: Callable[..., None], outcome: object) -> None:
        with _telling:
            if self._future is None:
                return
            _tellers.add(threading.current_thread())
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
                self._future.get_loop().call_soon_threadsafe(settle, self._future, outcome)


_telling: Final = threading.Lock()
_promises: Final["weakref.WeakSet[Promise[Any]]"] = weakref.WeakSet()
_tellers: Final["weakref.WeakSet[threading.Thread]"] = weakref.WeakSet()


def forsake_promises() -> None:
    """Let no thread tell any more what it has promised; return when none is about to.

    Promises that are made later are kept as usual.
    """
    with _telling:
        for promise in tuple(_promises):
            promise.forsake()
        tellers = tuple(_tellers)
    for thread in tellers:
        if thread is not threading.current_thread():
            thread.join(_LAST_STEPS_S)


async def in_thread(work: Callable[[], T]) -> T:
    """Do *work* in a thread of its own and return what comes of it, or raise what it raised.

    Cancelled, the work goes on and nobody hears of it. A directory on a network that does not
    answer then keeps a thread, and neither the window nor the end of the program.
    """
    promise: Promise[T] = Promise()
    threading.Thread(target=promise.fulfil, args=(work,), name="look", daemon=True).start()
    return await promise.future


def _succeed(future: "asyncio.Future[T]", result: T) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: "asyncio.Future[T]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
