"""The sockets of one kernel connection; the only module that imports zmq.

Frames in, frames out: what they mean is decided elsewhere. The sockets are plain ones driven by
``loop.add_reader``, not ``zmq.asyncio``: a coroutine that awaits one message at a time starves a
Qt loop in a flood (no timer tick in 20 000 messages), a drain with a time budget does not.
"""

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter, time
from typing import Final

import zmq

from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError

Frames = list[bytes]
Receive = Callable[[Channel, Frames], None]

HAS_CURVE: Final[bool] = zmq.has("curve")
"""Whether this libzmq was built with CurveZMQ."""

DRAIN_BUDGET_S: Final = 0.004
"""How long one turn may receive before the loop, and with it Qt, gets its own turn."""

LINGER_MS: Final = 50
"""How long closing may wait for the last request to leave; a dead kernel costs this much."""

STARTING_RECONNECT_MS: Final = 10
"""How soon after it listens a starting kernel is noticed, and up to twice as much (libzmq adds
a random part). Looking for a kernel so often takes 2 % of a processor."""

CALM_RECONNECT_MS: Final = 250
"""The same for a kernel that was there when we came."""

# Replies and heartbeats first: lifecycle never queues behind a flood on iopub.
_ORDER: Final = (
    (Channel.CONTROL, zmq.DEALER),
    (Channel.SHELL, zmq.DEALER),
    (Channel.STDIN, zmq.DEALER),
    (Channel.HEARTBEAT, zmq.DEALER),
    (Channel.IOPUB, zmq.SUB),
)
_IDENTIFIED: Final = frozenset({Channel.SHELL, Channel.CONTROL, Channel.STDIN})


class Channels:
    """The five sockets to one kernel, on a ZeroMQ context of their own.

    Belongs to the event loop it was opened on; every call and every callback happens there.

    Args:
        connection: Where the kernel listens, or will.
        identity: The routing id of shell, control and stdin. Never that of another client of
            the same kernel: the second one replaces the first.
        receive: Called with each message's frames, in order of arrival per channel.
        only: The channels to open.
        reconnect_ms: Pause between looking for a kernel that does not listen.

    Attributes:
        turns: Drains that ran so far; one more than the times the loop was yielded to.
        turn_at: When the present drain began, in seconds since the epoch.
    """

    def __init__(
        self,
        connection: ConnectionInfo,
        identity: bytes,
        receive: Receive,
        *,
        only: frozenset[Channel] = frozenset(Channel),
        reconnect_ms: int = STARTING_RECONNECT_MS,
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._receive = receive
        self._only = only
        self._reconnect_ms = reconnect_ms
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: zmq.Context[zmq.Socket[bytes]] | None = None
        self._sockets: dict[Channel, zmq.Socket[bytes]] = {}
        self._fds: list[int] = []
        self._turn: asyncio.Handle | None = None
        self.turns = 0
        self.turn_at = time()

    @property
    def is_open(self) -> bool:
        """Whether the sockets exist."""
        return self._context is not None

    def has(self, channel: Channel) -> bool:
        """Whether *channel* exists; old kernels (IPython 0.13) have no control channel."""
        return channel in self._sockets

    def open(self) -> None:
        """Connect every socket and read them from the running loop.

        Returns at once: ZeroMQ connects, and reconnects, in the background, so the kernel
        need not be listening yet.
        """
        if self._context is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._context = zmq.Context()
        for channel, kind in _ORDER:
            is_missing = channel is Channel.CONTROL and self._connection.control_port is None
            if channel in self._only and not is_missing:
                self._sockets[channel] = self._connected(self._context, channel, kind)
        for socket in self._sockets.values():
            fd = int(socket.getsockopt(zmq.FD))
            self._fds.append(fd)
            self._loop.add_reader(fd, self._on_fd_readable)
        self._schedule()

    def send(self, channel: Channel, frames: Sequence[bytes]) -> None:
        """Send one multipart message; never blocks.

        Frames for a peer that is not there yet wait in ZeroMQ's queue.

        Raises:
            UsageError: The channels are closed, or the kernel has no such channel.
        """
        socket = self._sockets.get(channel)
        if socket is None:
            raise UsageError(f"The {channel} channel to the kernel is not open.")
        socket.send_multipart(frames, zmq.NOBLOCK)
        # ZMQ_FD is edge-triggered: sending may have consumed the edge that announced a
        # message, so look at the socket itself (zmq_getsockopt(3), ZMQ_FD).
        self._schedule()

    def close(self) -> None:
        """Close every socket and end the context; idempotent, waits at most LINGER_MS."""
        context, self._context = self._context, None
        if context is None:
            return
        assert self._loop is not None
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        for fd in self._fds:
            if not self._loop.is_closed():
                self._loop.remove_reader(fd)
        self._fds.clear()
        for socket in self._sockets.values():
            socket.close()
        self._sockets.clear()
        context.term()

    def _connected(
        self, context: "zmq.Context[zmq.Socket[bytes]]", channel: Channel, kind: int
    ) -> "zmq.Socket[bytes]":
        socket = context.socket(kind)
        socket.setsockopt(zmq.LINGER, LINGER_MS if channel in _IDENTIFIED else 0)
        socket.setsockopt(zmq.RECONNECT_IVL, self._reconnect_ms)
        socket.setsockopt(zmq.RCVHWM, 0)
        socket.setsockopt(zmq.SNDHWM, 0)
        if channel in _IDENTIFIED:
            # Input requests go to the identity that sent the request on shell
            # (Jupyter messaging 5.5, stdin), so all three share one.
            socket.setsockopt(zmq.IDENTITY, self._identity)
        if self._connection.curve_publickey and self._connection.curve_secretkey:
            # jupyter_client gives kernel and clients one pair; the kernel serves with it.
            socket.setsockopt(zmq.CURVE_SERVERKEY, self._connection.curve_publickey)
            socket.setsockopt(zmq.CURVE_PUBLICKEY, self._connection.curve_publickey)
            socket.setsockopt(zmq.CURVE_SECRETKEY, self._connection.curve_secretkey)
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(self._connection.url(channel))
        return socket

    def _on_fd_readable(self) -> None:
        if self._turn is None:
            self._drain()

    def _schedule(self) -> None:
        if self._turn is None and self._loop is not None:
            self._turn = self._loop.call_soon(self._on_turn)

    def _on_turn(self) -> None:
        self._turn = None
        if self._context is not None:
            self._drain()

    def _drain(self) -> None:
        """Receive for one budget; when messages may be left, come back soon."""
        self.turns += 1
        self.turn_at = time()  # once a turn: asking for each message would take 3 % of its decoding
        deadline = perf_counter() + DRAIN_BUDGET_S
        is_empty = False
        try:
            is_empty = all(
                self._drain_one(channel, socket, deadline)
                for channel, socket in tuple(self._sockets.items())
            )
        finally:  # an error in a callback must not strand what is behind it
            if not is_empty and self._context is not None:
                self._schedule()

    def _drain_one(self, channel: Channel, socket: "zmq.Socket[bytes]", deadline: float) -> bool:
        """Receive from one socket; False when the budget ended first or all was closed."""
        while True:
            try:
                frames = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return True
            self._receive(channel, frames)
            if self._context is None or perf_counter() >= deadline:
                return False
