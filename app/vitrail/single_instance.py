"""One window for all: a second start tells the first what to open, and ends.

By a socket in a directory that only its user can enter; on Linux the system also says who is at
the other end.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

ANSWER_S: Final = 2.0
"""A window that is busy painting answers later than one that is idle."""

LONGEST: Final = 65_536
LONGEST_PATH: Final = 103
"""sun_path holds 108 bytes on Linux, 104 on the BSDs, one of them the NUL (unix(7))."""

_TAKEN: Final = b"taken\n"
_CREDENTIALS: Final = struct.Struct("3i")  # pid, uid, gid (socket(7))


@dataclass(frozen=True, slots=True)
class Request:
    """What a later start was asked for.

    Attributes:
        directory: Its working directory.
        file: A notebook or script to open, absolute; empty for none.
        kernel: What to launch; empty for the file's own, or the usual one.
        existing: What to attach to instead; empty for nothing.
    """

    directory: str
    file: str
    kernel: str
    existing: str


def hand_over(path: Path, request: Request, timeout_s: float = ANSWER_S) -> bool:
    """Ask the window that is open; whether there is one, and it took the request.

    Args:
        path: Of the socket.
        request: What to do.
        timeout_s: How long it may take.
    """
    with socket.socket(socket.AF_UNIX) as door, contextlib.suppress(OSError):
        door.settimeout(timeout_s)
        door.connect(str(path))
        if _is_stranger(door):
            return False
        door.sendall(json.dumps(asdict(request)).encode() + b"\n")
        return door.recv(len(_TAKEN)) == _TAKEN
    return False


class Doorbell:
    """Hears what later starts are asked for, from `open` to `close`."""

    def __init__(self, path: Path, rung: Callable[[Request], None]) -> None:
        """Prepare; `open` is the way to make one."""
        self._path, self._rung = path, rung
        self._server: asyncio.AbstractServer | None = None
        self._visits: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, path: Path, rung: Callable[[Request], None]) -> Self:
        """Listen, unless another window does or the path is too long for a socket.

        Args:
            path: Of the socket; its directory is made.
            rung: Called with each request.
        """
        bell = cls(path, rung)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            bell._server = await asyncio.start_unix_server(
                bell._open_door, sock=_bound(path), limit=LONGEST
            )
        return bell

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    async def close(self) -> None:
        """Listen no more. Idempotent."""
        if self._server is not None:
            self._server.close()
            self._server = None
            self._path.unlink(missing_ok=True)
        await asyncio.gather(*self._visits, return_exceptions=True)

    def _open_door(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.get_running_loop().create_task(self._hear(reader, writer))
        self._visits.add(visit)
        visit.add_done_callback(self._visits.discard)

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not _is_stranger(writer.get_extra_info("socket")):
                async with asyncio.timeout(ANSWER_S):
                    request = _request(await reader.readline())
                self._rung(request)
                writer.write(_TAKEN)
        except (ValueError, TypeError, OSError, TimeoutError):
            pass  # no request; whoever sent it learns that by the closed connection
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def _request(line: bytes) -> Request:
    """Read a request.

    Raises:
        ValueError: It is none.
        TypeError: It has other fields.
    """
    fields: Any = json.loads(line)
    request = Request(**fields)
    if not all(isinstance(value, str) for value in asdict(request).values()):
        raise ValueError("not text")
    return request


def _bound(path: Path) -> socket.socket:
    """Return a socket at a path, where one that nobody listens at is replaced.

    Raises:
        OSError: Somebody listens there, or nobody can.
    """
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise OSError("path too long")
    with (
        socket.socket(socket.AF_UNIX) as trial,
        contextlib.suppress(ConnectionRefusedError, FileNotFoundError),
    ):
        trial.connect(str(path))
        raise OSError("somebody listens there")
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        bound.bind(str(path))
    except OSError:
        bound.close()
        raise
    finally:
        os.umask(mask)
    return bound


def _is_stranger(connection: socket.socket) -> bool:
    """Whether another user is at the other end, as far as the system tells."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return False
    told = connection.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size)
    return bool(_CREDENTIALS.unpack(told)[1] != os.getuid())
