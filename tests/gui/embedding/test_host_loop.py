"""The event loop of a program that has a console in it."""

import asyncio

import pytest

from vitrail.host_loop import ensure_loop
from vitrail.protocol.errors import UsageError


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
