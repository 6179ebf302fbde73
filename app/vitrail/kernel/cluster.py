"""Engines of an ipyparallel cluster: which there are, the way to one, and whether it still lives.

An engine has no heartbeat for clients. Its nanny, a process beside it, tells the controller's hub
when it ends, and the hub tells everybody. Whether the hub itself lives is seen by the connection
to it.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from vitrail.kernel.channels import CALM_RECONNECT_MS, Channels, Frames
from vitrail.kernel.client import KernelClient
from vitrail.kernel.identity import new_session
from vitrail.kernel.reach import is_refused
from vitrail.protocol.channel import Channel
from vitrail.protocol.cluster import ClusterInfo, EngineConnection, read_cluster_file, read_roll
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.protocol.messages import Message, Unknown

ROLL_S: Final = 5.0
"""How long the controller may take to say which engines there are; it takes some milliseconds."""

ROLL_AGAIN_S: Final = 30.0
"""News can be missed while a subscription is under way; then this is how late an end is seen."""

SIGNAL_S: Final = 1.0

_LEFT: Final = "unregistration_notification"
_SHUT_DOWN: Final = "shutdown_notification"


async def find_engine(
    file: str | os.PathLike[str], number: int | None, timeout_s: float = ROLL_S
) -> EngineConnection:
    """Return the way to an engine of a cluster.

    Args:
        file: The cluster's ``ipcontroller-*-client.json``.
        number: Which engine; None means the only one.
        timeout_s: Seconds that the controller may take.

    Raises:
        UsageError: The file cannot be used, the controller does not answer, or it has no such
            engine.
    """
    info = read_cluster_file(Path(file).expanduser(), is_here)
    engines = await roll(info, timeout_s)
    there = ", ".join(map(str, engines))
    if not engines:
        raise UsageError("The cluster has no engines.")
    if number is None and len(engines) > 1:
        raise UsageError(f"The cluster has the engines {there}: say which with --engine N.")
    chosen = next(iter(engines)) if number is None else number
    if chosen not in engines:
        raise UsageError(f"The cluster has no engine {chosen}, only {there}.")
    return info.engine(chosen, engines[chosen])


async def roll(info: ClusterInfo, timeout_s: float = ROLL_S) -> dict[int, str]:
    """Return the uuid of each engine of a cluster by its number.

    Raises:
        UsageError: The controller does not answer; says why if that is known.
    """
    if is_refused(info.hub):
        raise UsageError(_silence(info, f"No controller listens at {_where(info.hub)}"))
    hub = Hub(info.hub)
    hub.open()
    try:
        return await hub.roll(timeout_s)
    except TimeoutError:
        said = f"The controller at {_where(info.hub)} did not answer within {timeout_s:g} s"
        raise UsageError(_silence(info, said)) from None
    finally:
        hub.close()


def is_here(location: str) -> bool:
    """Whether a controller's location, a name or an address, means this machine."""
    own = socket.gethostname()
    if location in (own, own.partition(".")[0], "localhost"):
        return True
    try:  # an address of ours can be bound; names are not looked up, which can take long
        address = socket.inet_aton(location) and location
    except OSError:
        return False
    with socket.socket() as trial:
        try:
            trial.bind((address, 0))
        except OSError:
            return False
    return True


class Hub:
    """A conversation with a controller's hub.

    Attributes:
        is_linked: Whether the connection to it stands, as far as is known.
    """

    def __init__(
        self,
        connection: ConnectionInfo,
        *,
        told: Callable[[str, Mapping[str, Any]], None] | None = None,
        linked: Callable[[bool], None] | None = None,
    ) -> None:
        """Prepare; `open` begins.

        Args:
            connection: The way to it, see `ClusterInfo.hub`.
            told: Called with the type and the fields of each notification.
            linked: Called when `is_linked` may be another one.
        """
        self.is_linked = True
        self._told = told
        self._on_link = linked
        self._session = new_session(connection)
        self._replies: dict[str, asyncio.Future[Message]] = {}
        self._channels = Channels(
            connection,
            self._session.session_id.encode(),
            lambda channel: partial(self._on_frames, channel),
            reconnect_ms=CALM_RECONNECT_MS,
            linked=self._on_linked,
        )

    def open(self) -> None:
        """Connect, on the running loop."""
        self._channels.open()

    def close(self) -> None:
        """Close the connection; idempotent."""
        self._channels.close()

    async def roll(self, timeout_s: float) -> dict[int, str]:
        """Ask which engines there are.

        Returns:
            The uuid of each by its number.

        Raises:
            TimeoutError: No answer, or none that our key has signed.
        """
        question = Unknown(msg_type="connection_request", fields={})
        request = self._session.new_message(Channel.SHELL, question)
        answer = asyncio.get_running_loop().create_future()
        self._replies[request.msg_id] = answer
        try:
            self._channels.send(Channel.SHELL, self._session.encode(request))
            async with asyncio.timeout(timeout_s):
                reply = await answer
        finally:
            del self._replies[request.msg_id]
        return read_roll(_fields(reply))

    def _on_linked(self, is_linked: bool) -> None:
        self.is_linked = is_linked
        if self._on_link is not None:
            self._on_link(is_linked)

    def _on_frames(self, channel: Channel, frames: Frames) -> None:
        try:
            message = self._session.decode(channel, frames)
        except ProtocolError:  # whoever waits for it says in time that nothing came
            return
        if channel is Channel.IOPUB:
            if self._told is not None:
                self._told(message.msg_type, _fields(message))
            return
        answer = self._replies.get(message.parent_id or "")
        if answer is not None and not answer.done():
            answer.set_result(message)


class EngineWatch:
    """Notices that an engine has left its cluster, or that the cluster's hub is out of reach.

    Attributes:
        is_gone: Whether the engine is known to have ended. It never comes back: an engine
            that is started anew has another uuid.
    """

    def __init__(self, engine: EngineConnection, changed: Callable[[], None]) -> None:
        """Prepare; `start` begins.

        Args:
            engine: Which.
            changed: Called each time `is_gone` or `is_linked` is another one.
        """
        self.is_gone = False
        self._engine = engine
        self._changed = changed
        self._hub = Hub(engine.hub, told=self._on_told, linked=self._on_linked)
        self._linked_again = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_linked(self) -> bool:
        """Whether the connection to the hub stands."""
        return self._hub.is_linked

    def start(self) -> None:
        """Begin, on the running loop."""
        self._hub.open()
        self._task = asyncio.get_running_loop().create_task(self._call_the_roll())

    async def close(self) -> None:
        """End; idempotent."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._hub.close()

    def nanny(self, client: KernelClient) -> "Nanny":
        """Return who can signal the engine."""
        return Nanny(client)

    async def _call_the_roll(self) -> None:
        while not self.is_gone:
            self._linked_again.clear()
            with contextlib.suppress(TimeoutError):
                if self._engine.uuid not in (await self._hub.roll(ROLL_S)).values():
                    self._leave()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ROLL_AGAIN_S):
                    await self._linked_again.wait()

    def _on_told(self, msg_type: str, fields: Mapping[str, Any]) -> None:
        if msg_type == _SHUT_DOWN or (
            msg_type == _LEFT and fields.get("uuid") == self._engine.uuid
        ):
            self._leave()

    def _on_linked(self, is_linked: bool) -> None:
        if is_linked:
            self._linked_again.set()
        self._changed()

    def _leave(self) -> None:
        if not self.is_gone:
            self.is_gone = True
            self._changed()


def watched(connection: ConnectionInfo, changed: Callable[[], None]) -> EngineWatch | None:
    """Return a watch over an engine, None for what is none."""
    return EngineWatch(connection, changed) if isinstance(connection, EngineConnection) else None


class Nanny:
    """The process beside an engine, which signals it; engines before ipyparallel 7 have none."""

    def __init__(self, client: KernelClient) -> None:
        self._client = client

    async def interrupt(self) -> None:
        """Have SIGINT sent to the engine."""
        order = Unknown(msg_type="signal_request", fields={"sig": "SIGINT"})
        with contextlib.suppress(TimeoutError, ProtocolError):  # ipyparallel 9.2: "_request"
            await self._client.ask(order, channel=Channel.CONTROL, timeout_s=SIGNAL_S)


def _fields(message: Message) -> Mapping[str, Any]:
    return message.content.fields if isinstance(message.content, Unknown) else {}


def _where(hub: ConnectionInfo) -> str:
    return hub.url(Channel.SHELL)


def _silence(info: ClusterInfo, said: str) -> str:
    reason = info.reason_for_silence
    return f"{said}; {reason}." if reason else f"{said}: it has ended, or its file is older."
