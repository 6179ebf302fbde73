"""One request at a time, for kernels that lose what comes while they work on another one.

Measured with xeus-python 0.19 (xeus 6.0.5): a request that reaches its shell while it executes, be
it silent code, can be the last that it ever reads there: neither it nor what follows is begun
again, in one of some hundred cases. Those that it does read are answered in any order. Code on
control fails, and its reply comes on shell. Of 12 000 requests, each sent after the reply and the
idle of the one before, none was lost.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.replies import KernelInfoReply

HIDDEN_S: Final = 10.0
"""How long a hidden request without an answer keeps others back."""

_FRAIL: Final = "xeus-python"
_AT_ONCE: Final = frozenset(("interrupt_request", "shutdown_request"))

Frames = list[bytes]


def is_frail(info: KernelInfoReply) -> bool:
    """Tell whether a kernel must be asked one thing at a time."""
    return info.implementation.startswith(_FRAIL)


@dataclass
class _UnderWay:
    """A request that was sent.

    Attributes:
        is_idle: Whether the kernel has said that it is done with it.
        expiry: What frees the way if the kernel never says so.
    """

    exchange: Exchange
    is_idle: bool = False
    expiry: asyncio.TimerHandle | None = None

    @property
    def is_over(self) -> bool:
        state = self.exchange.state
        return state is ExchangeState.DONE or (state is ExchangeState.LOST and self.is_idle)


class OneByOne:
    """Sends requests at once, or in single file to a kernel that needs it.

    What the user waits for goes before what is asked for on the quiet. Interrupts and the end are
    never kept back.

    Attributes:
        is_on: Whether the kernel is one that needs it.
    """

    def __init__(
        self, send: Callable[[Exchange, Frames], None], is_busy: Callable[[], bool]
    ) -> None:
        """Prepare; all is sent at once until `begin` says otherwise.

        Args:
            send: Puts a request on its way.
            is_busy: Whether the kernel works on something visible, be it another client's.
        """
        self.is_on = False
        self._send = send
        self._is_busy = is_busy
        self._waiting: list[tuple[Exchange, Frames]] = []
        self._under_way: dict[str, _UnderWay] = {}
        self._watchers: list[asyncio.Future[None]] = []

    def begin(self, info: KernelInfoReply, under_way: Iterable[Exchange]) -> None:
        """Take note what the kernel is, and of the questions that it has yet to answer."""
        self.is_on = is_frail(info)
        if self.is_on:
            for exchange in under_way:
                self._note_sent(exchange)

    def reset(self) -> None:
        """Forget everything: the kernel is gone, or another one now."""
        self.is_on = False
        self._waiting.clear()
        for msg_id in tuple(self._under_way):
            self._drop(msg_id)
        self._wake()

    def take(self, exchange: Exchange, frames: Frames) -> None:
        """Send a request, now or when it is its turn; one that is given up before is not sent."""
        if not self.is_on or exchange.request.msg_type in _AT_ONCE:
            self._send(exchange, frames)
            return
        self._waiting.append((exchange, frames))
        self.go_on()

    async def free(self) -> None:
        """Wait until nothing is under way and nothing waits."""
        while self.is_on and not self._is_free:
            watcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._watchers.append(watcher)
            await watcher

    def note_idle(self, msg_id: str | None) -> None:
        """Take note that the kernel is done with a request, perhaps one that was given up."""
        under_way = None if msg_id is None else self._under_way.get(msg_id)
        if under_way is not None:
            under_way.is_idle = True

    def go_on(self) -> None:
        """Send what has its turn now: something has ended, or begun."""
        if not self.is_on:
            return
        for msg_id, each in tuple(self._under_way.items()):
            if each.is_over:
                self._drop(msg_id)
        self._waiting = [each for each in self._waiting if not each[0].is_done]
        if not self._is_held and self._waiting:
            # The first that the user waits for; without any, the first.
            index = next((n for n, each in enumerate(self._waiting) if each[0].visible), 0)
            exchange, frames = self._waiting.pop(index)
            self._note_sent(exchange)
            self._send(exchange, frames)
        if self._is_free:
            self._wake()

    @property
    def _is_held(self) -> bool:
        return bool(self._under_way) or self._is_busy()

    @property
    def _is_free(self) -> bool:
        return not (self._is_held or self._waiting)

    def _note_sent(self, exchange: Exchange) -> None:
        msg_id = exchange.request.msg_id
        self._under_way[msg_id] = _UnderWay(exchange)
        if not exchange.visible:
            loop = asyncio.get_running_loop()
            self._under_way[msg_id].expiry = loop.call_later(HIDDEN_S, self._expire, msg_id)

    def _expire(self, msg_id: str) -> None:
        self._drop(msg_id)
        self.go_on()

    def _drop(self, msg_id: str) -> None:
        expiry = self._under_way.pop(msg_id).expiry
        if expiry is not None:
            expiry.cancel()

    def _wake(self) -> None:
        watchers, self._watchers = self._watchers, []
        for watcher in watchers:
            if not watcher.done():
                watcher.set_result(None)
