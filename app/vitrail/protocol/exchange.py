"""One request's life, as one transition table: done means reply and idle, in either order.

All state and all transitions of an exchange live in this file. It knows no sockets and no
clock; whoever holds it decides when a silent kernel is lost.
"""

from collections.abc import Mapping
from enum import StrEnum

from vitrail.protocol.messages import Message


class ExchangeState(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    BUSY = "busy"
    REPLIED = "replied"
    """Replied, its outputs still under way: reply and idle come on different sockets."""
    QUIET = "quiet"
    """Idle without a reply; some requests never get one (ipykernel 7.4, unknown types)."""
    DONE = "done"
    LOST = "lost"


class ExchangeEvent(StrEnum):
    """What can happen to a request."""

    BUSY = "busy"
    REPLY = "reply"
    IDLE = "idle"
    LOST = "lost"


_S, _E = ExchangeState, ExchangeEvent

TRANSITIONS: Mapping[ExchangeState, Mapping[ExchangeEvent, ExchangeState]] = {
    _S.SENT: {_E.BUSY: _S.BUSY, _E.REPLY: _S.REPLIED, _E.IDLE: _S.QUIET, _E.LOST: _S.LOST},
    _S.BUSY: {_E.BUSY: _S.BUSY, _E.REPLY: _S.REPLIED, _E.IDLE: _S.QUIET, _E.LOST: _S.LOST},
    _S.REPLIED: {_E.BUSY: _S.REPLIED, _E.REPLY: _S.REPLIED, _E.IDLE: _S.DONE, _E.LOST: _S.LOST},
    _S.QUIET: {_E.BUSY: _S.QUIET, _E.REPLY: _S.DONE, _E.IDLE: _S.QUIET, _E.LOST: _S.LOST},
    # The two ends are final: what is finished cannot be lost, what was given up stays so.
    _S.DONE: {_E.BUSY: _S.DONE, _E.REPLY: _S.DONE, _E.IDLE: _S.DONE, _E.LOST: _S.DONE},
    _S.LOST: {_E.BUSY: _S.LOST, _E.REPLY: _S.LOST, _E.IDLE: _S.LOST, _E.LOST: _S.LOST},
}


class Exchange:
    """One request and what became of it.

    Attributes:
        request: What was sent.
        visible: Whether the user asked; outputs of hidden requests are not shown.
        state: Where it stands; changed by `advance` alone.
        reply: The first reply, if one came.
    """

    __slots__ = ("reply", "request", "state", "visible")

    def __init__(self, request: Message, *, visible: bool = True) -> None:
        self.request = request
        self.visible = visible
        self.state = ExchangeState.SENT
        self.reply: Message | None = None

    def __repr__(self) -> str:
        return f"<Exchange {self.request.msg_type} {self.request.msg_id} {self.state}>"

    @property
    def is_done(self) -> bool:
        """Tell whether nothing more is awaited: done, or lost."""
        return self.state in (ExchangeState.DONE, ExchangeState.LOST)

    def advance(self, event: ExchangeEvent) -> bool:
        """Apply an event.

        Returns:
            True when this event ended the exchange, so exactly once in its life.
        """
        was_done = self.is_done
        self.state = TRANSITIONS[self.state][event]
        return self.is_done and not was_done

    def take_reply(self, reply: Message) -> bool:
        """Keep the reply (the first one) and apply the event; returns as `advance` does."""
        if self.reply is None:
            self.reply = reply
        return self.advance(ExchangeEvent.REPLY)
