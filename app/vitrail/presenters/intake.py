"""What the kernel says, in its order; large coloured texts in slices, so that Qt gets its turn.

A kernel gathers what code prints in quick succession into one message. A megabyte of plain lines is
taken in a few milliseconds, but one with colours or carriage returns takes 0.2 s and more.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from vitrail.kernel.listener import ClientListener
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import Exchange
from vitrail.protocol.messages import Channel, Message

SLICE: Final = 4_096
"""Characters of a slice: 1 ms where every word has its colour, 9 ms of letters and backspaces."""

BUDGET_S: Final = 0.006
"""How long one turn may work on slices before the loop, and with it Qt, gets its own turn."""

_COSTLY: Final = re.compile("[\x1b\r\b]")


class Intake:
    """Stands between a client and who listens to it (a ClientListener itself).

    Whatever comes while slices wait waits behind them, so that everything is heard in order.
    """

    def __init__(self, listener: ClientListener) -> None:
        self._listener = listener
        self._waiting: deque[Callable[[], None]] = deque()
        self._turn: asyncio.Handle | None = None

    def message_received(self, message: Message) -> None:
        """Pass a message on, at once unless slices wait."""
        self._do(*(partial(self._listener.message_received, part) for part in sliced(message)))

    def exchange_settled(self, exchange: Exchange) -> None:
        """Pass the end of a request on, after all that it said."""
        self._do(partial(self._listener.exchange_settled, exchange))

    def payloads_strayed(self, payloads: Sequence[dict[str, object]], exchange: Exchange) -> None:
        """Pass payloads on, after what their cell has said so far."""
        self._do(partial(self._listener.payloads_strayed, payloads, exchange))

    def refused(self, error: ProtocolError, channel: Channel) -> None:
        """Pass a refusal on."""
        self._do(partial(self._listener.refused, error, channel))

    def close(self) -> None:
        """Forget what waits and stop."""
        self._waiting.clear()
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None

    def _do(self, *steps: Callable[[], None]) -> None:
        if len(steps) == 1 and not self._waiting:
            steps[0]()
            return
        self._waiting.extend(steps)
        if self._turn is None:
            self._work()

    def _work(self) -> None:
        """Take slices until the time is up, then come back in the loop's next turn."""
        loop = asyncio.get_running_loop()
        until = loop.time() + BUDGET_S
        self._turn = loop.call_soon(self._work)  # also after a step that raises
        while self._waiting and loop.time() < until:
            self._waiting.popleft()()
        if not self._waiting:
            self.close()


def sliced(message: Message) -> Iterator[Message]:
    """Cut a stream's text where it is long and takes time; any cut gives the same transcript."""
    content = message.content
    if (
        not isinstance(content, Stream)
        or len(content.text) <= SLICE
        or not _COSTLY.search(content.text)
    ):
        yield message
        return
    for start in range(0, len(content.text), SLICE):
        part = Stream(name=content.name, text=content.text[start : start + SLICE])
        yield replace(message, content=part)
