"""The sockets of one kernel connection; the only ones but that of `registration`.

Frames in, frames out: what they mean is decided elsewhere. The sockets are plain ones driven by
``loop.add_reader``, not ``zmq.asyncio``: a coroutine that awaits one message at a time starves a
Qt loop in a flood (no timer tick in 20 000 messages), a drain with a time budget does not.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from struct import Struct
from time import perf_counter, time
from typing import Final

import zmq

from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError

Frames = list[bytes]
Receive = Callable[[Frames], None]

HAS_CURVE: Final[bool] = zmq.has("curve")
"""Whether this libzmq was built with CurveZMQ."""

HAS_IPC: Final[bool] = zmq.has("ipc")
LIBZMQ: Final[str] = zmq.zmq_version()

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
_ADDRESSED: Final = frozenset({Channel.SHELL, Channel.CONTROL})
_IDENTIFIED: Final = frozenset({Channel.SHELL, Channel.CONTROL, Channel.STDIN})

_LINK_EVENTS: Final = zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED
_EVENT: Final = Struct("=H")  # zmq_socket_monitor(3): event, then value
_KEEPALIVE: Final = (
    (zmq.TCP_KEEPALIVE, 1),
    (zmq.TCP_KEEPALIVE_IDLE, 10),
    (zmq.TCP_KEEPALIVE_INTVL, 5),
    (zmq.TCP_KEEPALIVE_CNT, 3),
)


class Channels:
    """The sockets to one kernel, on a ZeroMQ context of their own.

    Belongs to the event loop it was opened on; every call and every callback happens there.

    Args:
        connection: Where the kernel listens, or will.
        identity: The routing id of shell, control and stdin. Never that of another client of
            the same kernel: the second one replaces the first.
        receiver: Gives for a channel what is called with each message's frames, in order of
            arrival.
        only: The channels to open, of those that the kernel has.
        nonce: Subscribed to behind everything else, for a welcome that nobody else asked for.
        reconnect_ms: Pause between looking for a kernel that does not listen.
        linked: Called with True when the shell socket is connected, False when it is not any
            more; for peers without a heartbeat.
        turned: Called after each drain with the time when it began, in seconds since the epoch.

    Attributes:
        turns: Drains that ran so far; one more than the times the loop was yielded to.
    """

    def __init__(
        self,
        connection: ConnectionInfo,
        identity: bytes,
        receiver: Callable[[Channel], Receive],
        *,
        only: frozenset[Channel] = frozenset(Channel),
        nonce: str = "",
        reconnect_ms: int = STARTING_RECONNECT_MS,
        linked: Callable[[bool], None] | None = None,
        turned: Callable[[float], None] | None = None,
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._receiver = receiver
        self._turned = turned
        self._only = only
        self._nonce = (nonce.encode(),) if nonce else ()
        self._reconnect_ms = reconnect_ms
        self._linked = linked
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: zmq.Context[zmq.Socket[bytes]] | None = None
        self._sockets: dict[Channel, zmq.Socket[bytes]] = {}
        self._receivers: dict[Channel, Receive] = {}
        self._monitor: zmq.Socket[bytes] | None = None
        self._fds: list[int] = []
        self._turn: asyncio.Handle | None = None
        self.turns = 0

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

        Raises:
            UsageError: An address is none for ZeroMQ: the path of an ipc socket is too long.
        """
        if self._context is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._context = zmq.Context()
        try:
            self._connect(self._context)
        except zmq.ZMQError as error:
            self.close()
            place = self._connection.place
            reason = zmq.strerror(error.errno or 0)
            raise UsageError(f"Nobody can connect to {place}: {reason}.") from error
        self._schedule()

    def _connect(self, context: "zmq.Context[zmq.Socket[bytes]]") -> None:
        for channel, kind in _ORDER:
            if channel in self._only and self._connection.has(channel):
                self._sockets[channel] = self._made(context, channel, kind)
                self._receivers[channel] = self._receiver(channel)
        if self._linked is not None:
            self._monitor = self._sockets[Channel.SHELL].get_monitor_socket(_LINK_EVENTS)
            self._read(self._monitor)
        for channel, socket in self._sockets.items():
            socket.connect(self._connection.url(channel))
            self._read(socket)

    def send(self, channel: Channel, frames: Sequence[bytes]) -> None:
        """Send one multipart message; never blocks.

        Frames for a peer that is not there yet wait in ZeroMQ's queue; those for one that proved to
        be no kernel, as on a port that somebody took, are lost.

        Raises:
            UsageError: The channels are closed, or the kernel has no such channel.
        """
        socket = self._sockets.get(channel)
        if socket is None:
            raise UsageError(f"The {channel} channel to the kernel is not open.")
        if channel in _ADDRESSED:
            frames = (*self._connection.address, *frames)
        with contextlib.suppress(zmq.Again):  # it has given such a peer up, and its queue
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
        if self._monitor is not None:
            self._sockets[Channel.SHELL].disable_monitor()
            self._monitor.close(0)
            self._monitor = None
        for socket in self._sockets.values():
            socket.close()
        self._sockets.clear()
        context.term()

    def _read(self, socket: "zmq.Socket[bytes]") -> None:
        assert self._loop is not None
        fd = int(socket.getsockopt(zmq.FD))
        self._fds.append(fd)
        self._loop.add_reader(fd, self._on_fd_readable)

    def _made(
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
        self._encrypt(socket)
        if kind == zmq.SUB:
            for topic in (*self._connection.topics, *self._nonce):
                socket.setsockopt(zmq.SUBSCRIBE, topic)
        if self._linked is not None:  # a machine that is gone closes no connection
            for option, value in _KEEPALIVE:
                socket.setsockopt(option, value)
        return socket

    def _encrypt(self, socket: "zmq.Socket[bytes]") -> None:
        public, secret = self._connection.curve_publickey, self._connection.curve_secretkey
        if public is None:
            return
        socket.setsockopt(zmq.CURVE_SERVERKEY, public)
        if secret is None:  # controllers of clusters tell nobody theirs, and let everybody in
            public, secret = zmq.curve_keypair()
        # Else jupyter_client gave kernel and clients one pair; the kernel serves with it.
        socket.setsockopt(zmq.CURVE_PUBLICKEY, public)
        socket.setsockopt(zmq.CURVE_SECRETKEY, secret)

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
        began_at = time()  # once a turn: asking for each message would take 3 % of its decoding
        deadline = perf_counter() + DRAIN_BUDGET_S
        is_empty = False
        try:
            if self._monitor is not None:
                self._drain_monitor(self._monitor)
            is_empty = all(
                self._drain_one(channel, socket, deadline)
                for channel, socket in tuple(self._sockets.items())
            )
        finally:  # an error in a callback must not strand what is behind it
            if self._turned is not None:
                self._turned(began_at)
            if not is_empty and self._context is not None:
                self._schedule()

    def _drain_one(self, channel: Channel, socket: "zmq.Socket[bytes]", deadline: float) -> bool:
        """Receive from one socket; False when the budget ended first or all was closed."""
        receive = self._receivers[channel]
        while True:
            try:
                frames = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return True
            receive(frames)
            if self._context is None or perf_counter() >= deadline:
                return False

    def _drain_monitor(self, monitor: "zmq.Socket[bytes]") -> None:
        """Tell what became of the shell socket's connection; there are few such events."""
        assert self._linked is not None
        while self._context is not None:
            try:
                event = monitor.recv_multipart(zmq.NOBLOCK)[0]
            except zmq.Again:
                return
            [number] = _EVENT.unpack_from(event)
            self._linked(number == zmq.EVENT_HANDSHAKE_SUCCEEDED)
