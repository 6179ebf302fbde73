"""Whether a kernel that somebody else started is still there at all.

ZeroMQ connects to nothing without a word. The connection file of a dead kernel is common, and its
ports refuse; a kernel that is only busy accepts.
"""

import asyncio
import socket
from typing import Final
from urllib.parse import urlsplit

from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.protocol.messages import Channel

PATIENCE_S: Final = 5.0
"""A kernel writes its connection file some time before it listens."""

_LOOK_AGAIN_S: Final = 0.1
_CONNECT_S: Final = 0.2


async def until_listening(connection: ConnectionInfo, patience_s: float = PATIENCE_S) -> None:
    """Wait until something listens where a kernel of this machine should; others are trusted.

    Raises:
        UsageError: Nothing does.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    while is_refused(connection):
        if loop.time() >= deadline:
            where = connection.url(Channel.SHELL)
            raise UsageError(f"No kernel listens at {where}: it has probably ended.")
        await asyncio.sleep(_LOOK_AGAIN_S)


def is_refused(connection: ConnectionInfo) -> bool:
    """Whether this machine says that nobody listens at the kernel's shell channel."""
    url = connection.url(Channel.SHELL)
    if connection.transport == "ipc":
        return _refuses(socket.AF_UNIX, url.removeprefix("ipc://"))
    host = urlsplit(url).hostname or ""
    if not host.startswith("127.") and host != "localhost":
        return False  # over a network, silence may have many reasons
    return _refuses(socket.AF_INET, (host, connection.shell_port))


def _refuses(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as trial:
        trial.settimeout(_CONNECT_S)
        try:
            trial.connect(address)
        except (ConnectionRefusedError, FileNotFoundError):
            return True
        except OSError:
            return False
        here, there = trial.getsockname(), trial.getpeername()
        return family == socket.AF_INET and bool(here == there)  # connected to itself
