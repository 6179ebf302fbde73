"""Which channels of a kernel answer, how fast, and what it can do. Every question has a deadline.

The channels are asked frame by frame, below `KernelClient`: what is wrong with a kernel that does
not get ready is just what has to be found out.
"""

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from vitrail.kernel.asides import SUBSHELLS
from vitrail.kernel.channels import CALM_RECONNECT_MS, Channels, Frames
from vitrail.kernel.client import KernelClient
from vitrail.kernel.heartbeat import PING
from vitrail.kernel.identity import new_session
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.content import Content, Reply
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import CreateSubshellReply, KernelInfoReply
from vitrail.protocol.requests import (
    CreateSubshellRequest,
    DeleteSubshellRequest,
    HistoryRequest,
    InterruptRequest,
    KernelInfoRequest,
)

CHANNELS_S: Final = 5.0
ANSWER_S: Final = 5.0
AGAIN_S: Final = 0.5

FORGED: Final = frozenset({Refusal.UNSIGNED, Refusal.BAD_SIGNATURE})


@dataclass
class Pulse:
    """How long each channel took to answer, in seconds; those that did not are not there."""

    answers: dict[Channel, float] = field(default_factory=dict[Channel, float])
    refusals: Counter[Refusal] = field(default_factory=Counter[Refusal])


@dataclass
class Abilities:
    """What a kernel says of itself and does; None where it did not say.

    Attributes:
        info: Its reply to kernel_info.
        subshells: Whether one could be made.
        history: Whether it gave its last input.
        interrupts: Whether it takes an interrupt_request.
    """

    info: KernelInfoReply | None = None
    subshells: bool | None = None
    history: bool | None = None
    interrupts: bool | None = None


async def pulse_of(connection: ConnectionInfo) -> Pulse:
    """Ask every channel that a frontend hears at once, and wait for CHANNELS_S at most."""
    asked = {Channel.HEARTBEAT, Channel.SHELL, Channel.IOPUB}
    if connection.control_port is not None:
        asked.add(Channel.CONTROL)
    return await _pulse(connection, frozenset(asked), CHANNELS_S)


async def abilities_of(
    connection: ConnectionInfo, *, is_ours: bool, ready_s: float = ANSWER_S
) -> Abilities:
    """Ask a kernel whose shell answers what it can do.

    Args:
        connection: Where it listens.
        is_ours: Whether it may be interrupted to see whether that works.
        ready_s: How long its first answer may take.
    """
    found = Abilities()
    client = KernelClient(connection, reconnect_ms=CALM_RECONNECT_MS)
    await client.connect()
    try:
        found.info = await client.ready(ready_s)
        if SUBSHELLS in found.info.supported_features:
            found.subshells = await _makes_subshells(client)
        found.history = await _answers(client, Channel.SHELL, _LAST_INPUT)
        if is_ours and connection.control_port is not None:
            found.interrupts = await _answers(client, Channel.CONTROL, InterruptRequest())
    except TimeoutError:
        pass  # what is missing stays None
    finally:
        client.close()
    return found


_LAST_INPUT: Final = HistoryRequest(hist_access_type="tail", n=1)


async def _makes_subshells(client: KernelClient) -> bool:
    try:
        reply = await client.ask(
            CreateSubshellRequest(), channel=Channel.CONTROL, timeout_s=ANSWER_S
        )
    except (TimeoutError, ProtocolError):
        return False
    made = reply.content
    if not isinstance(made, CreateSubshellReply) or not made.is_ok:
        return False
    # Idle, and known to nobody else: deleting it blocks nothing.
    delete = DeleteSubshellRequest(subshell_id=made.subshell_id)
    await _answers(client, Channel.CONTROL, delete)
    return True


async def _answers(client: KernelClient, channel: Channel, request: Content) -> bool:
    try:
        reply = await client.ask(request, channel=channel, timeout_s=ANSWER_S)
    except (TimeoutError, ProtocolError):
        return False
    return isinstance(reply.content, Reply) and reply.content.is_ok


async def _pulse(connection: ConnectionInfo, asked: frozenset[Channel], timeout_s: float) -> Pulse:
    """Ask until all have answered, then once more on connections and in caches that are warm."""
    probe = _Probe(connection, asked)
    try:
        deadline_s = asyncio.get_running_loop().time() + timeout_s
        while not await probe.ask(deadline_s):
            if asyncio.get_running_loop().time() >= deadline_s:
                return probe.pulse
        probe.forget()
        await probe.ask(deadline_s + AGAIN_S)
    finally:
        probe.close()
    return probe.pulse


class _Probe:
    """The sockets to one kernel, a question to each, and when what they caused came back."""

    def __init__(self, connection: ConnectionInfo, asked: frozenset[Channel]) -> None:
        self.pulse = Pulse()
        self._asked = asked
        self._session = new_session(connection)
        self._questions: set[bytes] = set()
        self._answered: set[Channel] = set()
        self._all_answered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._began = 0.0
        self._channels = Channels(
            connection,
            self._session.session_id.encode(),
            lambda channel: partial(self._receive, channel),
            only=asked,
            reconnect_ms=CALM_RECONNECT_MS,
        )
        self._channels.open()

    def close(self) -> None:
        """Close the sockets."""
        self._channels.close()

    def forget(self) -> None:
        """Count no more what earlier questions cause."""
        self._questions.clear()

    async def ask(self, deadline_s: float) -> bool:
        """Ask every channel once; whether all answered, within AGAIN_S and the deadline.

        What iopub brings is lost until its subscription has arrived: then it is asked for again.
        """
        self._answered.clear()
        self._all_answered.clear()
        self._began = self._loop.time()
        for channel in self._asked & {Channel.SHELL, Channel.CONTROL}:
            message = self._session.new_message(channel, KernelInfoRequest())
            self._questions.add(message.msg_id.encode())
            self._channels.send(channel, self._session.encode(message))
        self._channels.send(Channel.HEARTBEAT, PING)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(min(self._began + AGAIN_S, deadline_s)):
                await self._all_answered.wait()
        return self._all_answered.is_set()

    def _receive(self, channel: Channel, frames: Frames) -> None:
        if channel is not Channel.HEARTBEAT and not self._is_caused_by_us(channel, frames):
            return
        if channel not in self._answered:
            self._answered.add(channel)
            self.pulse.answers[channel] = self._loop.time() - self._began
        if self._asked <= self._answered:
            self._all_answered.set()

    def _is_caused_by_us(self, channel: Channel, frames: Frames) -> bool:
        """Whether it is genuine and names one of our questions, readable or not."""
        try:
            self._session.decode(channel, frames)
        except ProtocolError as error:
            self.pulse.refusals[error.refusal] += 1
            if error.refusal in FORGED:
                return False
        return any(question in frame for question in self._questions for frame in frames)
