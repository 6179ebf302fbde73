"""What becomes of the frames of each channel: kept, decoded and routed, large ones in steps."""

import asyncio
import math
from collections import deque
from collections.abc import Iterator
from time import perf_counter
from typing import Final

from vitrail.kernel.channels import Frames, Receive
from vitrail.kernel.heartbeat import Heartbeat
from vitrail.kernel.router import Router
from vitrail.protocol.channel import Channel
from vitrail.protocol.message_log import MessageLog

LARGE_BYTES: Final = 2_000_000
"""Of a content that is decoded in one go within some 5 ms; a larger one is in steps."""

BUDGET_S: Final = 0.004
"""How long one turn may decode before the loop, and with it Qt, gets its own turn."""


class Receiving:
    """Gives messages to the router, in the order of their channel.

    What follows a large message on its channel waits for it; the other channels do not.
    """

    def __init__(self, log: MessageLog, heartbeat: Heartbeat, router: Router) -> None:
        self._log, self._heartbeat, self._router = log, heartbeat, router
        self._waiting: dict[Channel, deque[Frames]] = {each: deque() for each in Channel}
        self._begun: dict[Channel, Iterator[None]] = {}
        self._turn: asyncio.Handle | None = None

    def receiver(self, channel: Channel) -> Receive:
        """Return what takes each message of a channel, with as few steps as can be."""
        if channel is Channel.HEARTBEAT:
            return lambda _frames: self._heartbeat.echoed()
        keep, route = self._log.taker(channel), self._router.receive
        waiting, wait = self._waiting[channel], self._wait

        def receive(frames: Frames) -> None:
            keep(frames)
            if waiting or len(frames[-1]) > LARGE_BYTES:
                wait(channel, frames)
            else:
                route(channel, frames)

        return receive

    def finish(self) -> None:
        """Take all that waits now: nothing more will come, and nothing is to be lost."""
        for channel, waiting in self._waiting.items():
            while waiting:
                self._go_on(channel, waiting, math.inf)

    def close(self) -> None:
        """Forget what waits."""
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        self._begun.clear()
        for waiting in self._waiting.values():
            waiting.clear()

    def _wait(self, channel: Channel, frames: Frames) -> None:
        self._waiting[channel].append(frames)
        self._schedule()

    def _schedule(self) -> None:
        if self._turn is None:
            self._turn = asyncio.get_running_loop().call_soon(self._on_turn)

    def _on_turn(self) -> None:
        self._turn = None
        deadline = perf_counter() + BUDGET_S
        try:
            for channel, waiting in self._waiting.items():
                while waiting:
                    self._go_on(channel, waiting, deadline)
                    if perf_counter() >= deadline:
                        return
        finally:  # an error in a listener must not strand what is behind it
            if self._waiting[Channel.IOPUB]:
                self._router.exchanges.note_iopub()
            if any(self._waiting.values()):
                self._schedule()

    def _go_on(self, channel: Channel, waiting: deque[Frames], deadline: float) -> None:
        """Decode the first that waits, as far as there is time."""
        steps = self._begun.get(channel)
        if steps is None:
            steps = self._begun[channel] = self._steps(channel, waiting[0])
        is_over = True
        try:
            for _ in steps:
                if perf_counter() >= deadline:
                    is_over = False
                    return
        finally:
            if is_over and waiting:  # a listener may have closed us
                waiting.popleft()
                del self._begun[channel]

    def _steps(self, channel: Channel, frames: Frames) -> Iterator[None]:
        if len(frames[-1]) > LARGE_BYTES and self._router.can_take_steps:
            yield from self._router.receive_in_steps(channel, frames)
        else:
            self._router.receive(channel, frames)
