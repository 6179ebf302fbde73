"""Who is told what a kernel says."""

from collections.abc import Sequence
from typing import Protocol

from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import Exchange
from vitrail.protocol.messages import Channel, Message


class ClientListener(Protocol):
    """Called on the loop's thread, in order of arrival."""

    def message_received(self, message: Message) -> None:
        """Take a message from iopub or stdin, or a reply; none that a hidden request caused."""

    def exchange_settled(self, exchange: Exchange) -> None:
        """Take note that a visible exchange is done or lost; told once for each."""

    def payloads_strayed(self, payloads: Sequence[dict[str, object]], exchange: Exchange) -> None:
        """Take what a visible cell that still runs asks for, sent with another reply.

        ipykernel 7.4 gives the payloads that a cell has written so far to the next execute_reply
        of any shell, which may be that of a hidden request.
        """

    def refused(self, error: ProtocolError, channel: Channel) -> None:
        """Take note that a message was dropped."""
