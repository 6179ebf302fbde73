"""A window on a fake kernel."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from support.fake_kernel import FakeKernel, Manners, Script
from support.window import WindowSession, window_on


@asynccontextmanager
async def window_on_fake(
    scripts: Mapping[str, Script] | None = None, manners: Manners | None = None
) -> AsyncIterator[WindowSession]:
    """Open a window on a kernel that does what its scripts say; wait until it can be used."""
    with FakeKernel(scripts, manners) as fake:
        async with window_on(fake.connection) as session:
            await session.ready()
            yield session
