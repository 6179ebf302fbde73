"""Kernels whose window has crashed: found, taken over, ended."""

import contextlib
import os
import signal
from pathlib import Path

from vitrail.kernel.process import KernelProcess
from vitrail.kernel.registry import Entry, Registry, registry_path, remove_traces
from vitrail.protocol.errors import UsageError


def orphans(registry: Registry | None = None) -> tuple[Entry, ...]:
    """Return the orphans, the newest first; what kernels that have ended left behind is removed.

    Args:
        registry: Where they are listed; None for this user's.
    """
    return (registry or Registry(registry_path())).judgement().orphans


def adopted(file: Path, registry: Registry | None = None) -> KernelProcess | None:
    """Take over the orphan of a connection file; None when it is none, or cannot be taken over."""
    registry = registry or Registry(registry_path())
    found = (orphan for orphan in orphans(registry) if orphan.connection_file == file)
    with contextlib.suppress(UsageError):  # then it can still be attached to
        return next((KernelProcess.adopt(orphan, registry) for orphan in found), None)
    return None


async def end(orphan: Entry, registry: Registry | None = None) -> None:
    """End an orphan as its window would have; takes 3.5 s at most."""
    registry = registry or Registry(registry_path())
    try:
        process = KernelProcess.adopt(orphan, registry)
    except UsageError:  # its kernelspec or its connection file is gone
        if orphan.kernel.is_alive and registry.claim(orphan):
            with contextlib.suppress(OSError):
                os.killpg(orphan.kernel.pid, signal.SIGKILL)
            remove_traces(orphan.connection_file)
    else:
        await process.terminate()
