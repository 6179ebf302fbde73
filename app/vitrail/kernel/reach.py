"""Whether a kernel that somebody else started is still there at all.

ZeroMQ connects to nothing without a word. The connection file of a dead kernel is common, and its
ports refuse; a kernel that is only busy accepts.
"""

import asyncio
import contextlib
import errno
import socket
from enum import Enum, auto
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.protocol.messages import Channel
from vitrail.protocol.tunnelled import TunnelledConnection
from vitrail.threads import in_thread

PATIENCE_S: Final = 5.0
"""A kernel writes its connection file some time before it listens."""

LOOK_S: Final = 3.0
"""How long a look may take; a network's silence is told from its delay."""

_LOOK_AGAIN_S: Final = 0.1
_CONNECT_S: Final = 0.2


class Presence(Enum):
    """What a look at a kernel's shell channel shows.

    The greeting is sent by a thread of ZeroMQ's (ZMTP 3.1, "Greeting"), so also by a kernel that
    computes. A tunnel to a kernel that ended accepts and hangs up without one.
    """

    GREETS = auto()
    ACCEPTS = auto()
    REFUSES = auto()
    UNREACHABLE = auto()


async def presence(connection: ConnectionInfo, timeout_s: float = LOOK_S) -> Presence:
    """Look whether a kernel is there, on this machine or another."""
    try:
        async with asyncio.timeout(timeout_s):
            reader, writer = await _opened(connection)
    except (ConnectionRefusedError, FileNotFoundError):
        is_tunnelled = isinstance(
            connection, TunnelledConnection
        )  # then it is the way that is gone
        return Presence.UNREACHABLE if is_tunnelled else Presence.REFUSES
    except (OSError, TimeoutError, UnicodeError):  # of a name that IDNA cannot say
        return Presence.UNREACHABLE
    try:
        if writer.get_extra_info("sockname") == writer.get_extra_info("peername") != "":
            return Presence.REFUSES  # connected to itself
        async with asyncio.timeout(timeout_s):
            return Presence.GREETS if await reader.read(1) else Presence.REFUSES
    except TimeoutError:
        return Presence.ACCEPTS
    except OSError:
        return Presence.REFUSES
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _opened(
    connection: ConnectionInfo,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    url = connection.url(Channel.SHELL)
    if connection.transport == "ipc":
        return await asyncio.open_unix_connection(url.removeprefix("ipc://"))
    failure = OSError(errno.EADDRNOTAVAIL, "The name stands for no address")
    for address in await _addresses(urlsplit(url).hostname or "", connection.shell_port):
        try:
            return await asyncio.open_connection(address, connection.shell_port)
        except OSError as error:
            failure = error
    raise failure


async def _addresses(host: str, port: int) -> tuple[str, ...]:
    """Look up a name, in a thread that nobody waits for at the end.

    asyncio would do it in the executor of the loop: under qasync ten QThreads, which Qt aborts the
    program for when it ends without closing the loop.
    """
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(found[4][0]) for found in await in_thread(look_up)))


async def until_listening(connection: ConnectionInfo, patience_s: float = PATIENCE_S) -> None:
    """Wait until something listens where a kernel of this machine should; others are trusted.

    Raises:
        UsageError: Nothing does.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    while is_refused(connection):
        if loop.time() >= deadline:
            raise UsageError(nobody_listens(connection))
        await asyncio.sleep(_LOOK_AGAIN_S)


def nobody_listens(connection: ConnectionInfo) -> str:
    """Say it."""
    return f"No kernel listens at {connection.place}: it has probably ended."


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
