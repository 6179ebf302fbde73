"""Kernels that run on this machine or that its connection files lead to, and how they are.

Every kernel is asked at the same time, for a second at most, and only whether it is there: its
heartbeat is answered while it computes, and nothing of the user's is run.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from vitrail.kernel.channels import CALM_RECONNECT_MS, Channels, Frames
from vitrail.kernel.discovery import runtime_dir
from vitrail.kernel.heartbeat import PING
from vitrail.kernel.reach import Presence, presence
from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.errors import UsageError

ANSWER_S: Final = 1.0
"""How long a kernel may take to be found alive."""

AT_ONCE: Final = 10
MOST_FILES: Final = 100
"""Connection files looked at, the newest first; years of dead kernels may lie there."""


class Life(StrEnum):
    """What a look at a running kernel shows."""

    ALIVE = "alive"
    SILENT = "silent"
    """It listens and does not answer: stopped, or no kernel at all."""
    ENDED = "ended"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"
    """Its connection file cannot be used."""


@dataclass(frozen=True, slots=True)
class RunningKernel:
    """A kernel as its connection file tells of it.

    Attributes:
        file: The connection file.
        connection: What is in it; None when it cannot be used.
        life: Whether it is there.
        answer_s: How long its heartbeat took; None without an answer.
        problem: Why the file cannot be used; empty when it can.
        started: When the file was written, seconds since the epoch.
        used: When somebody last attached or, for kernels of Vitrail, ran something, as `started`.
    """

    file: Path
    connection: ConnectionInfo | None
    life: Life
    answer_s: float | None
    problem: str
    started: float
    used: float

    @property
    def kernel_name(self) -> str:
        """The kernelspec's name, where the file says it."""
        return self.connection.kernel_name if self.connection else ""

    @property
    def host(self) -> str:
        """The machine it runs on; empty for this one."""
        if self.connection is None or self.connection.transport == "ipc":
            return ""
        host = urlsplit(self.connection.place).hostname or ""
        return "" if host.startswith("127.") or host in ("localhost", "::1") else host


def connection_files(variables: Mapping[str, str] = os.environ) -> list[Path]:
    """Return the connection files of this user, the newest first, MOST_FILES at most.

    Also those of IPython before version 4, which lie in its profiles.
    """
    ipython = Path(variables.get("IPYTHONDIR") or "~/.ipython").expanduser()
    places = [runtime_dir(), *_globbed(ipython, "profile_*/security")]
    files = [file for place in places for file in _globbed(place, "kernel-*.json")]
    return sorted(files, key=lambda file: _times(file)[0], reverse=True)[:MOST_FILES]


async def running_kernels(files: Iterable[Path] | None = None) -> list[RunningKernel]:
    """Look at kernels, all at the same time; takes little more than ANSWER_S.

    Args:
        files: Their connection files, those of this user when None.

    Returns:
        One for each file, in that order.
    """
    limit = asyncio.Semaphore(AT_ONCE)
    chosen = connection_files() if files is None else files
    return list(await asyncio.gather(*(_looked_at(file, limit) for file in chosen)))


async def heartbeat_s(connection: ConnectionInfo, timeout_s: float) -> float | None:
    """Return how long the heartbeat took to answer; None when it did not in time."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[float] = loop.create_future()
    channels = Channels(
        connection,
        b"",
        lambda _channel: _first(answered, loop.time),
        only=frozenset({Channel.HEARTBEAT}),
        reconnect_ms=CALM_RECONNECT_MS,
    )
    channels.open()
    try:
        began = loop.time()
        channels.send(Channel.HEARTBEAT, PING)
        async with asyncio.timeout(timeout_s):
            return await answered - began
    except TimeoutError:
        return None
    finally:
        channels.close()


def _first(answered: "asyncio.Future[float]", now: Callable[[], float]) -> Callable[[Frames], None]:
    def receive(_frames: Frames) -> None:
        if not answered.done():
            answered.set_result(now())

    return receive


async def _looked_at(file: Path, limit: asyncio.Semaphore) -> RunningKernel:
    started, used = _times(file)
    try:
        connection = read_connection_file(file)
    except UsageError as error:
        return RunningKernel(file, None, Life.BROKEN, None, str(error), started, used)
    async with limit:
        life, answer_s = await _life(connection)
    return RunningKernel(file, connection, life, answer_s, "", started, used)


async def _life(connection: ConnectionInfo) -> tuple[Life, float | None]:
    found = await presence(connection, ANSWER_S)
    if found is Presence.REFUSES:
        return Life.ENDED, None
    if found is Presence.UNREACHABLE:
        return Life.UNREACHABLE, None
    if not connection.has(Channel.HEARTBEAT):
        return Life.ALIVE, None
    answer_s = await heartbeat_s(connection, ANSWER_S)
    return (Life.SILENT if answer_s is None else Life.ALIVE), answer_s


def _globbed(directory: Path, pattern: str) -> list[Path]:
    try:
        return list(directory.glob(pattern))
    except OSError:
        return []


def _times(file: Path) -> tuple[float, float]:
    """Return when a file was written, and when it was last read."""
    try:
        found = file.stat()
    except OSError:  # its kernel has just ended
        return 0.0, 0.0
    return found.st_mtime, max(found.st_mtime, found.st_atime)
