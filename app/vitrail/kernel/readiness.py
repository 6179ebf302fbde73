"""Readiness: the first question to a kernel, asked until both ways are proven open.

What a kernel publishes before a subscription has reached it is lost, so an answer on shell alone
proves little: the first outputs could be missing. A kernel_info_request makes it publish a
status (Jupyter messaging 5.5, "Kernel status"); it is asked again until one came, or until a
subscription of our own is welcomed, which kernels before ipykernel 7 do not do. Kernels before
protocol 5 publish one for an execution only, so `ask` has to know its kernel.

Any message with a parent proves as much. Another one may come before the kernel's "starting", which
loses what is under way: on a busy machine ipykernel 7.4 is seen to send its welcome (and what its
imports print) on iopub, its reply on shell, and only then "starting".
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

from vitrail.kernel.opening import described
from vitrail.protocol.errors import UsageError
from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.replies import KernelInfoReply

FIRST_NUDGE_S: Final = 0.01
NUDGE_S: Final = 0.1
"""Longest pause between questions when the kernel answers, but nothing came on iopub yet.

The first one is short, and each the double of the one before: one in six who attach to an idle
ipykernel 7.4 hears nothing of the first question, and most of those hear the second.
"""

PATIENT_NUDGE_S: Final = 1.0
"""Pause while nothing answers yet: ZeroMQ keeps the question until the kernel listens."""

SHARED_PAUSES_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""The same for a kernel that may be busy for hours: it will have to answer them all."""


class Readiness:
    """Collects the two proofs of one connection."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._is_iopub_live = False

    def note_iopub(self) -> None:
        """Take note of a message that any request caused, or of our welcome."""
        if not self._is_iopub_live:
            self._is_iopub_live = True
            self._news.set()

    def note_reply(self) -> None:
        """Take note that some reply came, or that none will."""
        self._news.set()

    async def prove(
        self,
        ask: Callable[[bool], Exchange],
        timeout_s: float,
        pauses_s: Sequence[float] = (PATIENT_NUDGE_S,),
    ) -> KernelInfoReply:
        """Ask until both proofs are there.

        Args:
            ask: Sends a hidden question that this kernel may understand, given whether it has
                answered one already.
            timeout_s: Seconds for all of it.
            pauses_s: Seconds between questions; the last one is repeated.

        Raises:
            UsageError: The connection was closed meanwhile.
            TimeoutError: A proof is missing; says which.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        info: KernelInfoReply | None = None
        asked: list[Exchange] = []
        pause_s = FIRST_NUDGE_S
        while info is None or not self._is_iopub_live:
            if loop.time() >= deadline:
                raise TimeoutError(_not_ready(info is not None, timeout_s))
            asked.append(ask(info is not None))
            if info is None:
                patience_s = pauses_s[min(len(asked), len(pauses_s)) - 1]
                info = await self._first_info(asked, min(loop.time() + patience_s, deadline))
            if asked[-1].state is ExchangeState.LOST:
                raise UsageError("The connection was closed before the kernel was ready.")
            if not self._is_iopub_live:
                await self._change_before(min(loop.time() + pause_s, deadline))
                pause_s = min(2 * pause_s, NUDGE_S)
        return info

    async def _first_info(self, asked: list[Exchange], due: float) -> KernelInfoReply | None:
        """Wait for an answer to any question: the latest may be one that the kernel ignores."""
        while not any(exchange.reply for exchange in asked) and not asked[-1].is_done:
            if not await self._change_before(due):
                return None
        replies = [exchange.reply for exchange in asked if exchange.reply is not None]
        return next(filter(None, map(described, replies)), None)

    async def _change_before(self, due: float) -> bool:
        """Wait for anything new; False when *due* came first."""
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(due):
                await self._news.wait()
                return True
        return False


def _not_ready(has_answered: bool, timeout_s: float) -> str:
    if has_answered:
        return f"The kernel answers, but nothing came on its iopub channel within {timeout_s:g} s."
    return f"The kernel did not answer within {timeout_s:g} s."
