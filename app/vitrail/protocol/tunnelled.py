"""A connection whose ends on this machine lead through a tunnel to a kernel on another one."""

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelledConnection(ConnectionInfo):
    """The near ends of a tunnel: ipc sockets, one for each channel of the kernel.

    Attributes:
        far: Where the kernel listens, as the other machine sees it.
        server: The other machine, as people call it.
    """

    far: ConnectionInfo
    server: str

    @property
    def place(self) -> str:
        """Where the kernel listens, for people."""
        return f"{self.far.url(Channel.SHELL)} behind {self.server}"

    def forwards(self) -> tuple[tuple[str, str], ...]:
        """Return each near end's path, and host:port of the far end that it leads to."""
        return tuple(
            (self.url(channel).removeprefix("ipc://"), _address(self.far.url(channel)))
            for channel in Channel
            if self.has(channel)
        )


def tunnelled(far: ConnectionInfo, server: str, prefix: str) -> TunnelledConnection:
    """Return the near ends of a tunnel to a kernel; keys and scheme are the kernel's own.

    Args:
        far: Where the kernel listens, as the other machine sees it.
        server: The other machine, as people call it.
        prefix: Of the paths of the near ends.

    Raises:
        UsageError: The kernel cannot be reached so: it listens on ipc.
    """
    if far.transport != "tcp":
        raise UsageError(
            "The kernel listens on ipc sockets, which an ssh tunnel does not reach: "
            "start it there with tcp."
        )
    ports = {
        f"{channel.value}_port": number
        for number, channel in enumerate(Channel, 1)
        if far.has(channel)
    }
    kept = {field.name: getattr(far, field.name) for field in fields(ConnectionInfo)}
    near: dict[str, Any] = kept | ports | {"transport": "ipc", "ip": prefix}
    return TunnelledConnection(**near, far=far, server=server)


def _address(url: str) -> str:
    return urlsplit(url).netloc
