"""A listener that keeps everything, and waits for conditions on it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from support.patience import PATIENCE_S
from vitrail.protocol.content import Content
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import Exchange
from vitrail.protocol.messages import Channel, Message

ContentT = TypeVar("ContentT", bound=Content)


class Recorder:
    """Keeps what a client tells its listener, in order.

    Attributes:
        messages: All that were passed on.
        settled: Exchanges that ended.
        strayed: Payloads that came with hidden replies, and the cells that they belong to.
        refusals: Why messages were dropped, and where.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.settled: list[Exchange] = []
        self.strayed: list[tuple[dict[str, object], Exchange]] = []
        self.refusals: list[tuple[ProtocolError, Channel]] = []
        self._news = asyncio.Event()

    def message_received(self, message: Message) -> None:
        self.messages.append(message)
        self._news.set()

    def exchange_settled(self, exchange: Exchange) -> None:
        self.settled.append(exchange)
        self._news.set()

    def payloads_strayed(self, payloads: Sequence[dict[str, object]], exchange: Exchange) -> None:
        self.strayed += [(payload, exchange) for payload in payloads]
        self._news.set()

    def refused(self, error: ProtocolError, channel: Channel) -> None:
        self.refusals.append((error, channel))
        self._news.set()

    def poke(self) -> None:
        """Look at the conditions again; for changes that no message announces."""
        self._news.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until *condition* holds; looked at after each call."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def of(self, kind: type[ContentT], exchange: Exchange | None = None) -> list[ContentT]:
        """Return the contents of one type, those of one exchange's messages if given."""
        return [
            message.content
            for message in self.messages
            if isinstance(message.content, kind)
            and (exchange is None or message.parent_id == exchange.request.msg_id)
        ]
