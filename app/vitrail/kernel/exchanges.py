"""The requests under way: found by id, waited for, and given up when a kernel stays silent."""

import asyncio
import logging
from collections.abc import Callable
from itertools import islice
from typing import Final

from vitrail.protocol.exchange import Exchange, ExchangeEvent, ExchangeState
from vitrail.protocol.messages import Message

IDLE_GRACE_S: Final = 1.0
"""How long after a reply, and after the last iopub message, its idle may be missing.

IRkernel 1.3 sends no busy and idle around an aborted request, tslab 1.0 none after errors.
"""

REPLY_GRACE_S: Final = 2.0
"""How long after an idle its reply may be missing: ipykernel 7.4 has none for bad requests."""

_LOG: Final = logging.getLogger("vitrail.wire")

_SWEEP_S: Final = 0.25
_REMEMBERED_HIDDEN: Final = 65536


class RequestLostError(TimeoutError):
    """No answer will come: the kernel ended, restarted, went idle without reply, or is kept busy.

    The last is said of a kernel that must not be asked while it runs a cell.
    """


class Exchanges:
    """All exchanges of one client that are not settled yet."""

    def __init__(self, settled: Callable[[Exchange], None]) -> None:
        """Prepare.

        Args:
            settled: Called once for each exchange that is done or lost.
        """
        self._settled = settled
        self._open: dict[str, Exchange] = {}
        self._hidden: dict[str, None] = {}  # ordered: the oldest are forgotten first
        self._replies: dict[str, asyncio.Future[Message]] = {}
        self._ends: dict[str, asyncio.Future[None]] = {}
        self._half_since_s: dict[str, float] = {}
        self._sweep: asyncio.Handle | None = None
        self._last_iopub_s = 0.0

    def add(self, exchange: Exchange) -> None:
        """Take note of a request that is being sent."""
        msg_id = exchange.request.msg_id
        _LOG.debug("%s on %s, %s", exchange.request.msg_type, exchange.request.channel, msg_id)
        self._open[msg_id] = exchange
        if not exchange.visible:
            self._hidden[msg_id] = None
            surplus = len(self._hidden) - _REMEMBERED_HIDDEN
            for old in tuple(islice(self._hidden, max(surplus, 0))):
                del self._hidden[old]

    def find(self, msg_id: str | None) -> Exchange | None:
        """Return the open exchange of a request, None for a settled or foreign one."""
        return None if msg_id is None else self._open.get(msg_id)

    def is_hidden(self, msg_id: str | None) -> bool:
        """Whether the request is a silent one of ours, also after it is settled."""
        return msg_id in self._hidden

    def visible(self) -> tuple[Exchange, ...]:
        """Return what the user waits for, oldest first."""
        return tuple(exchange for exchange in self._open.values() if exchange.visible)

    def unsettled(self) -> tuple[Exchange, ...]:
        """Return all requests that are not settled, oldest first."""
        return tuple(self._open.values())

    def note_iopub(self) -> None:
        """Take note that output streams in: an idle may stand in line behind it."""
        if self._half_since_s:
            self._last_iopub_s = asyncio.get_running_loop().time()

    def advance(self, exchange: Exchange, event: ExchangeEvent) -> None:
        """Apply an event other than a reply, and settle what it ends."""
        self._after(exchange, is_over=exchange.advance(event))

    def take_reply(self, exchange: Exchange, reply: Message, *, is_in_order: bool = False) -> None:
        """Apply a reply, wake who waits for it, and settle what it ends.

        Args:
            exchange: What is answered.
            reply: The answer.
            is_in_order: Whether the kernel does one thing after the other, so that one without an
                answer is over when a later one has its own.
        """
        is_over = exchange.take_reply(reply)
        self._lose_unanswered_before(exchange, is_in_order=is_in_order)
        waiter = self._replies.get(exchange.request.msg_id)
        if waiter is not None and not waiter.done():
            waiter.set_result(reply)
        self._after(exchange, is_over=is_over)

    def lose_all(self, *, but: str | None = None) -> None:
        """Settle every open exchange as lost, *but* the one of this request."""
        for msg_id, exchange in tuple(self._open.items()):
            if msg_id != but:
                self.advance(exchange, ExchangeEvent.LOST)

    async def reply_to(self, exchange: Exchange, timeout_s: float) -> Message | None:
        """Wait for a reply, which may come before the idle; None when the exchange is lost.

        Raises:
            TimeoutError: Neither came in time; the exchange is lost now.
        """
        if exchange.reply is not None or exchange.is_done:
            return exchange.reply
        waiter: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._replies[exchange.request.msg_id] = waiter
        try:
            # Not wait_for(): before Python 3.12 it loses a cancellation that comes with the reply.
            async with asyncio.timeout(timeout_s):
                return await waiter
        except asyncio.CancelledError:
            task = asyncio.current_task()
            is_ours = task is not None and task.cancelling() > 0  # and not only the waiter's
            if exchange.state is ExchangeState.LOST and waiter.cancelled() and not is_ours:
                return None
            raise
        finally:
            del self._replies[exchange.request.msg_id]
            if exchange.reply is None:
                self.advance(exchange, ExchangeEvent.LOST)

    async def end_of(self, exchange: Exchange) -> None:
        """Wait until an exchange is done or lost."""
        if not exchange.is_done:
            msg_id = exchange.request.msg_id
            end = self._ends.get(msg_id)
            if end is None:
                end = self._ends[msg_id] = asyncio.get_running_loop().create_future()
            await asyncio.shield(end)

    def stop(self) -> None:
        """Stop the sweep; nothing is given up any more."""
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None

    def _after(self, exchange: Exchange, *, is_over: bool) -> None:
        msg_id = exchange.request.msg_id
        if is_over:
            self._forget(exchange)
            self._settled(exchange)
        elif exchange.state in (ExchangeState.REPLIED, ExchangeState.QUIET):
            loop = asyncio.get_running_loop()
            self._half_since_s.setdefault(msg_id, loop.time())
            if self._sweep is None:
                self._sweep = loop.call_later(_SWEEP_S, self._on_sweep, loop)

    def _lose_unanswered_before(self, answered: Exchange, *, is_in_order: bool) -> None:
        """Give up what went idle without a reply before a later request got its own.

        Replies of one shell come in the order of its requests. ipykernel 7.4 gives none to a
        cell that is interrupted between its execute_input and its code. IPython before 4 gives
        no idle either; but it has one thread for all.
        """
        given_up = {ExchangeState.QUIET}
        if is_in_order:
            given_up |= {ExchangeState.SENT, ExchangeState.BUSY}
        channel = answered.request.channel
        subshell_id = answered.request.header.subshell_id
        for exchange in tuple(self._open.values()):
            if exchange is answered:
                break
            request = exchange.request
            is_same = request.channel is channel and request.header.subshell_id == subshell_id
            if is_same and exchange.state in given_up:
                self.advance(exchange, ExchangeEvent.LOST)

    def _forget(self, exchange: Exchange) -> None:
        msg_id = exchange.request.msg_id
        self._open.pop(msg_id, None)
        self._half_since_s.pop(msg_id, None)
        waiter = self._replies.get(msg_id)
        if waiter is not None and not waiter.done():
            waiter.cancel()
        end = self._ends.pop(msg_id, None)
        if end is not None and not end.done():
            end.set_result(None)

    def _on_sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give up what has been half done for too long, and come back while there is such."""
        self._sweep = None
        now = loop.time()
        for msg_id, since_s in tuple(self._half_since_s.items()):
            exchange = self._open.get(msg_id)
            if exchange is None:
                continue
            quiet_s = now - max(since_s, self._last_iopub_s)
            if exchange.state is ExchangeState.REPLIED and quiet_s >= IDLE_GRACE_S:
                self.advance(exchange, ExchangeEvent.IDLE)
            elif exchange.state is ExchangeState.QUIET and now - since_s >= REPLY_GRACE_S:
                self.advance(exchange, ExchangeEvent.LOST)
        if self._half_since_s and self._sweep is None:
            self._sweep = loop.call_later(_SWEEP_S, self._on_sweep, loop)
