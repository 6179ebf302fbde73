"""A way to a kernel on another machine: its ports, forwarded by the system's ssh program.

ssh does what it does for its user everywhere: its configuration, agent, keys and known hosts hold.
It never asks for anything (BatchMode), so whoever connects the first time does it by hand. The
near ends are sockets in a directory of ours: unlike ports, nobody else can have taken them, nor
connect to them (streamlocal forwarding, ssh_config(5)).
"""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from vitrail.kernel.watch import ProcessWatch
from vitrail.options import SshServer
from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.protocol.tunnelled import TunnelledConnection, tunnelled

READY_S: Final = 30.0
"""How long ssh may take to log in."""

PAUSES_S: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Between attempts to dig a tunnel again that broke; the last one is repeated."""

_LOOK_S: Final = 0.02
_END_S: Final = 2.0
_OPTIONS: Final = {
    "BatchMode": "yes",
    "ExitOnForwardFailure": "yes",
    "StreamLocalBindUnlink": "yes",
    "ConnectTimeout": "15",
    "ServerAliveInterval": "10",
    "ServerAliveCountMax": "3",
    "ControlPath": "none",  # a shared connection would keep the forwardings after our end
    "PermitLocalCommand": "no",
}
_PLAIN_PATH: Final = re.compile(r"[\w/.+-]+", re.ASCII)
"""What ssh takes as it is: a colon would end a path in -L, and % and $ begin a token."""

_LONGEST_BASE: Final = 80  # sun_path holds 104 bytes at least


class Tunnel:
    """One ssh process that forwards a kernel's ports, begun again when it breaks.

    Not bound to an event loop until `open`: begun on one, it may be used on the next.

    Attributes:
        connection: The near ends.
        trouble: Why the way is interrupted, a sentence; empty while all is well.
    """

    def __init__(self, far: ConnectionInfo, server: SshServer) -> None:
        """Begin to log in.

        Raises:
            UsageError: This kernel, or with this key, or without ssh, cannot be reached so.
        """
        self._server = server = _resolved(server, far)
        self._directory = Path(tempfile.mkdtemp(prefix="vitrail-", dir=_base()))
        self.trouble = ""
        try:
            prefix = str(self._directory / "k")
            self.connection: TunnelledConnection = tunnelled(far, server.host, prefix)
            self._watch = self._begun()
        except BaseException:
            shutil.rmtree(self._directory, ignore_errors=True)
            raise
        self._keeping: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    @property
    def is_linked(self) -> bool:
        """Whether the way is open, as far as is known."""
        return not self.trouble

    async def open(self, changed: Callable[[], None]) -> None:
        """Wait until the way is open, then keep it so: a tunnel that breaks is dug again.

        Args:
            changed: Called when `trouble` is another one.

        Raises:
            UsageError: ssh gave up; with its last words.
        """
        if self._keeping is None:
            await self.ready()
            self._keeping = asyncio.get_running_loop().create_task(self._keep(changed))

    async def ready(self, timeout_s: float = READY_S) -> None:
        """Wait until the near ends are there.

        Raises:
            UsageError: ssh gave up; with its last words.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not self._is_open():
                    if self._watch.exit_code is not None:
                        raise UsageError(self._failure())
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            await self._end()
            said = f"ssh to {self._server.host} was not logged in after {timeout_s:g} s."
            raise UsageError(said) from None

    async def close(self) -> None:
        """End ssh and remove the near ends. Idempotent."""
        task, self._keeping = self._keeping, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self._end()
        shutil.rmtree(self._directory, ignore_errors=True)

    async def _keep(self, changed: Callable[[], None]) -> None:
        failures = 0
        while True:
            await self._watch.wait()
            self.trouble = self._failure()
            changed()
            await asyncio.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
            failures += 1
            with contextlib.suppress(UsageError):  # tried again, for machines wake up
                self._watch = self._begun()
                await self.ready()
                failures = 0
                self.trouble = ""
                changed()

    def _begun(self) -> ProcessWatch:
        for near, _ in self.connection.forwards():
            Path(near).unlink(missing_ok=True)  # what is there then is the new one's
        output, pipe = os.pipe()
        try:
            process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=pipe,
                start_new_session=True,
            )
        except OSError as error:
            os.close(output)
            raise UsageError(f"ssh cannot be run: {error.strerror}.") from error
        finally:
            os.close(pipe)
        self._pid = process.pid
        return ProcessWatch(process, output)

    def _command(self) -> list[str]:
        program = shutil.which("ssh")
        if program is None:
            raise UsageError("ssh was not found; Debian and Ubuntu have it in openssh-client.")
        command = [*_dying_with_us(), program, "-N", "-T", "-x", "-a"]
        for name, value in _OPTIONS.items():
            command += ["-o", f"{name}={value}"]
        if self._server.port is not None:
            command += ["-p", str(self._server.port)]
        if self._server.key_file is not None:
            command += ["-i", str(self._server.key_file), "-o", "IdentitiesOnly=yes"]
        for near, far in self.connection.forwards():
            command += ["-L", f"{near}:{far}"]
        return [*command, "--", self._server.host]

    def _is_open(self) -> bool:
        return all(Path(near).exists() for near, _ in self.connection.forwards())

    def _failure(self) -> str:
        lines = [line.strip() for line in self._watch.tail(8).splitlines() if line.strip()]
        said = lines[-1].rstrip(".") if lines else f"exit status {self._watch.exit_code}"
        sentence = f"ssh to {self._server.host} failed: {said}."
        if any("Host key verification failed" in line for line in lines):
            sentence += f" Log in once by hand, to see its key: ssh {self._server.host}"
        return sentence

    async def _end(self) -> None:
        for signum in (signal.SIGTERM, signal.SIGKILL):
            if self._watch.exit_code is not None:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signum)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_END_S):
                    await self._watch.wait()


def _resolved(server: SshServer, far: ConnectionInfo) -> SshServer:
    """Check a server, and take the kernel's own machine where none is named.

    Raises:
        UsageError: None is named, nor does the kernel's address say one; or its key is not there.
    """
    if server.key_file is not None:
        key_file = server.key_file.expanduser()
        if not key_file.is_file():
            raise UsageError(f"There is no key {str(key_file)!r} for ssh.")
        server = SshServer(server.host, server.port, key_file.absolute())
    if server.host:
        return server
    host = urlsplit(far.url(Channel.SHELL)).hostname or "" if far.transport == "tcp" else ""
    if host in ("", "localhost", "::1") or host.startswith("127."):
        raise UsageError(
            f"The connection file names no other machine, but {far.ip}: say which with --ssh HOST."
        )
    return SshServer(host, server.port, server.key_file)


def _base() -> str:
    """Return a directory for sockets whose path ssh takes as it is, and that is short enough.

    Best the user's own, which the system empties: what kills us leaves the sockets behind.
    """
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        if _PLAIN_PATH.fullmatch(base) and len(base) < _LONGEST_BASE and os.access(base, os.W_OK):
            return base
    return "/tmp"  # noqa: S108


def _dying_with_us() -> list[str]:
    """Return what lets ssh end when we are killed: on Linux, setpriv of util-linux."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is None or Path(setpriv).resolve().name != "setpriv":  # busybox's cannot do it
        return []
    return [setpriv, "--pdeathsig", "TERM"]
