"""A window on one of the built kernels, or on the one of this environment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from support.built_kernels import Built
from support.window import WindowSession, window_on


@asynccontextmanager
async def window_on_built(kernel: Built) -> AsyncIterator[WindowSession]:
    """Open a window that attaches to a kernel that runs; wait until it can be used."""
    async with window_on(kernel.connection) as session:
        await session.ready()
        probe = session.tab.presenter.probe
        assert probe is not None
        if kernel.is_python:
            await session.until(lambda: probe.is_there)
        yield session
