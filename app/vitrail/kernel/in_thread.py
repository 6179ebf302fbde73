"""Work that may wait for a disk, in a thread that nobody waits for at the end."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Do *work* in a thread of its own and return what comes of it, or raise what it raised.

    Cancelled, the work goes on and nobody hears of it. A directory on a network that does not
    answer then keeps a thread, and neither the window nor the end of the program.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            found = work()
        except Exception as error:  # noqa: BLE001 - it is the caller's
            tell(done.set_exception, error)
        else:
            tell(done.set_result, found)

    def tell(settle: Callable[[T], None] | Callable[[Exception], None], outcome: object) -> None:
        def settle_once() -> None:
            if not done.done():
                settle(outcome)  # type: ignore[arg-type]  # what belongs to it

        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(settle_once)

    threading.Thread(target=run, name="look", daemon=True).start()
    return await done
