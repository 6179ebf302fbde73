"""Interrupting a cell: ask, then signal, then poke, until one of them is obeyed."""

import asyncio
from typing import Final, Protocol

from vitrail.kernel.client import KernelClient
from vitrail.protocol.content import Reply
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.requests import InterruptRequest

REPLY_S: Final = 0.25
"""A kernel that takes the message answers in 1–45 ms (ipykernel 6 and 7, xeus-python)."""

HELD_S: Final = 2.0
"""For a kernel that is known to take it, but cannot while compiled code holds Python's lock.

A signal meanwhile would come on top, and end what the code does about the message: its ``finally``.
"""

POKES: Final = 3


class Owner(Protocol):
    """Who may signal the kernel: its `KernelProcess`."""

    async def interrupt(self) -> None:
        """Send SIGINT."""


async def interrupt(client: KernelClient, owner: Owner | None) -> bool:
    """Interrupt what the kernel runs; returns when that ended, or all has been tried.

    First an interrupt_request on control. Without an ok in time SIGINT, for a kernel of ours
    (ipykernel 5 and older, IRkernel, bash_kernel). A cell blocked in ``await`` notices neither
    in ipykernel 5 to 7 until the next message reaches its shell, so that is poked. One that IPython
    drops between announcing and running it gets no reply; the answer to a poke tells so.

    Returns:
        Whether it ended. What did not may be on its way to it, or deaf to interrupts.
    """
    running = {exchange.request.msg_id for exchange in client.running()}
    if not await _is_taken(client) and owner is not None:
        await owner.interrupt()
    for _ in range(POKES):
        if await _has_ended(client, running):
            return True
        client.poke()
    return await _has_ended(client, running)


async def _is_taken(client: KernelClient) -> bool:
    """Send the message; whether the kernel says that it took it."""
    if client.connection.control_port is None:
        return False
    info = client.kernel_info
    patience_s = HELD_S if info is not None and info.supported_features else REPLY_S  # 5.5
    try:
        reply = await client.ask(InterruptRequest(), channel=Channel.CONTROL, timeout_s=patience_s)
    except (TimeoutError, ProtocolError):
        return False
    return isinstance(reply.content, Reply) and reply.content.is_ok


async def _has_ended(client: KernelClient, running: set[str]) -> bool:
    """Wait up to REPLY_S; whether the cell that was running when it began has ended."""
    ours = [exchange for exchange in client.running() if exchange.request.msg_id in running]
    if not ours and client.is_busy:  # with another client's cell
        await asyncio.sleep(REPLY_S)
        return not client.is_busy
    if not ours:
        return True
    try:
        async with asyncio.timeout(REPLY_S):
            await client.settled(ours[0])
    except TimeoutError:
        return ours[0].state is ExchangeState.REPLIED
    return True
