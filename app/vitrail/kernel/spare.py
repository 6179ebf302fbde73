"""One kernel that is started before it is asked for, so that the next tab need not wait.

It is given away only if nothing has changed since it began that a kernel takes from where it is
started: directory, environment, and IPython's configuration. Otherwise it is ended, and the tab
gets a new one.
"""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from vitrail.kernel.client import KernelClient
from vitrail.kernel.process import AddressError, KernelProcess
from vitrail.protocol.errors import ProtocolError, UsageError

READY_S: Final = 60.0
ATTEMPTS: Final = 3
LANGUAGE: Final = "python"
"""Kernels of others cannot be told to end with us, should we crash."""


@dataclass(frozen=True)
class Circumstances:
    """What a kernel takes from where it is started.

    Attributes:
        kernel_name: What is launched.
        directory: The working directory.
        variables: The environment.
        configuration: Files that are read at its start, and when they were changed.
    """

    kernel_name: str
    directory: Path
    variables: dict[str, str]
    configuration: tuple[tuple[str, int], ...]

    @classmethod
    def now(cls, kernel_name: str) -> Self:
        """Return those of a kernel that were started now."""
        return cls(kernel_name, Path.cwd(), dict(os.environ), tuple(_configuration()))


class Spare:
    """Keeps one kernel warm, at most."""

    def __init__(self) -> None:
        """Prepare; `prepare` begins."""
        self._process: KernelProcess | None = None
        self._circumstances: Circumstances | None = None
        self._work: asyncio.Task[None] | None = None
        self._endings: set[asyncio.Task[None]] = set()
        self._is_closed = False

    @property
    def is_ready(self) -> bool:
        """Whether there is one that has answered."""
        return self._process is not None and self._process.exit_code is None and self._work is None

    def prepare(self, kernel_name: str) -> None:
        """Start one, unless there is one that lives or it is being started."""
        if self._is_closed or self._work is not None or self.is_ready:
            return
        if self._process is not None:  # it has died
            self._end(self._process)
            self._process = None
        self._circumstances = Circumstances.now(kernel_name)
        self._work = asyncio.get_running_loop().create_task(self._prepare(kernel_name))

    def take(self, kernel_name: str) -> KernelProcess | None:
        """Give the kernel away, if it is as good as a new one; else it is ended."""
        if not self.is_ready:
            return None
        process, self._process = self._process, None
        if process is None or self._circumstances == Circumstances.now(kernel_name):
            return process
        self._end(process)
        return None

    async def close(self) -> None:
        """End it; none is started any more. Idempotent."""
        self._is_closed = True
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        if self._process is not None:
            self._end(self._process)
            self._process = None
        await asyncio.gather(*self._endings, return_exceptions=True)

    async def _prepare(self, kernel_name: str) -> None:
        try:
            for _ in range(ATTEMPTS):
                try:
                    await self._start(kernel_name)
                    return
                except AddressError:  # somebody took one of its ports
                    continue
        except (UsageError, ProtocolError, TimeoutError):
            pass  # a tab that wants it will say so
        finally:
            self._work = None

    async def _start(self, kernel_name: str) -> None:
        process = await KernelProcess.launch(kernel_name, is_lasting=True, is_spare=True)
        try:
            if process.spec.language == LANGUAGE:
                await _answer(process)
                self._process = process
        finally:
            if self._process is None:
                self._end(process)

    def _end(self, process: KernelProcess) -> None:
        ending = asyncio.get_running_loop().create_task(process.terminate(is_idle=True))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)


async def _answer(process: KernelProcess) -> None:
    """Wait until a kernel answers.

    Raises:
        UsageError: It died.
        TimeoutError: It did not, in time.
    """
    client = KernelClient(process.connection)
    await client.connect()
    try:
        await process.guard(client.ready(READY_S))
    finally:
        client.close()


def _configuration() -> Iterator[tuple[str, int]]:
    """Give the files that IPython reads when it starts."""
    ipython = Path(os.environ.get("IPYTHONDIR") or "~/.ipython").expanduser()
    profile = ipython / "profile_default"
    for pattern in ("*.py", "*.json", "startup/*.py", "startup/*.ipy"):
        for path in sorted(profile.glob(pattern)):
            try:
                yield str(path), path.stat().st_mtime_ns
            except OSError:
                continue  # deleted just now
