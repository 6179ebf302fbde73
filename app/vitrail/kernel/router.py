"""Where each message of a kernel goes: to its exchange, and to the listener unless it is hidden.

A message is routed by its parent's ``msg_id``, never by its topic or by what runs just now.
"""

from collections import Counter
from collections.abc import Callable, Generator
from typing import Final

from msgspec.structs import replace

from vitrail.kernel.activity import Activity
from vitrail.kernel.exchanges import Exchanges
from vitrail.kernel.incarnation import Incarnation
from vitrail.kernel.listener import ClientListener
from vitrail.kernel.opening import Opening
from vitrail.kernel.readiness import Readiness
from vitrail.protocol.broadcasts import (
    ClearOutput,
    DisplayData,
    IopubWelcome,
    Status,
    Stream,
    UpdateDisplayData,
)
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.content import Content
from vitrail.protocol.dialect import V5
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.exchange import Exchange, ExchangeEvent
from vitrail.protocol.messages import Channel, Header, Message, Unknown
from vitrail.protocol.replies import ExecuteReply, InputRequest
from vitrail.protocol.requests import ExecuteRequest

# To look a member of an enumeration up takes 80 ns (Python 3.11), of the 4 µs that decoding takes.
_IOPUB: Final = Channel.IOPUB

_SAID_BY_THREADS: Final = frozenset((Stream, DisplayData, UpdateDisplayData, ClearOutput))

_STATUS_EVENTS: Final = {"busy": ExchangeEvent.BUSY, "idle": ExchangeEvent.IDLE}


class Router:
    """Reads frames and gives each message to whom it concerns.

    Attributes:
        listener: Told what happens; may be replaced at any time.
        counters: How many messages were refused, by reason.
        unknown: How many messages had a type that is in no table, by type.
        exchanges: The requests under way.
        readiness: The proofs that the present connection works.
    """

    def __init__(
        self,
        activity: Activity,
        listener: ClientListener | None,
        *,
        restarted: Callable[[str | None], None],
        unheard: Callable[[Message], None],
        ended: Callable[[str | None], None],
    ) -> None:
        """Prepare; `begin` comes before the first message.

        Args:
            activity: Told what the kernel works on.
            listener: Told what happens.
            restarted: Called when another run of the kernel speaks, with the id of the request
                that it answers, if any.
            unheard: Called with an input_request that a hidden request caused: nobody sees it.
            ended: Called when something has ended, with the id of the request of which the kernel
                says so, if it does.
        """
        self.listener = listener
        self.counters: Counter[Refusal] = Counter()
        self.unknown: Counter[str] = Counter()
        self.exchanges = Exchanges(self._on_settled)
        self.readiness = Readiness()
        self._restarted = restarted
        self._unheard = unheard
        self._ended = ended
        self._activity = activity
        self._incarnation = Incarnation()
        self._opening: Opening
        self._owns: Callable[[Message], bool]
        self._nonce = self._speaker = ""
        self._last_run: Header | None = None

    def begin(self, connection: ConnectionInfo, opening: Opening, nonce: str = "") -> None:
        """Start over, with sockets that a kernel will speak on in a dialect still to be told.

        Args:
            connection: Where it listens.
            opening: Reads its dialect.
            nonce: The subscription whose welcome says that everything on iopub reaches us.
        """
        self._nonce, self._speaker = nonce, ""
        self._owns = connection.owns
        self._opening = opening
        self.readiness = Readiness()
        self._incarnation = Incarnation()

    def receive(self, channel: Channel, frames: list[bytes]) -> None:
        """Take one message as it came, from any channel but the heartbeat."""
        try:
            message = self._opening.session.decode(channel, frames)
        except ProtocolError as error:
            self._refuse(error, channel, frames)
        else:
            if channel is not _IOPUB or self._owns(message):
                self._route(message)

    @property
    def can_take_steps(self) -> bool:
        """Whether the kernel is known to speak protocol 5, in which messages are read in steps."""
        return self._opening.session.dialect is V5

    def receive_in_steps(
        self, channel: Channel, frames: list[bytes]
    ) -> Generator[None, None, None]:
        """Take one large message, a millisecond or two in each step."""
        try:
            message = yield from self._opening.session.decode_in_steps(channel, frames)
        except ProtocolError as error:
            self._refuse(error, channel, frames)
        else:
            if channel is not _IOPUB or self._owns(message):
                self._route(message)

    def _refuse(self, error: ProtocolError, channel: Channel, frames: list[bytes]) -> None:
        """Drop a message, unless it tells that the kernel is an old one."""
        if self._opening.is_open:
            try:
                message = self._opening.decode_again(channel, frames)
            except ProtocolError:
                pass  # the first error says more
            else:
                if message is not None:
                    self._route(message)
                return
        self.counters[error.refusal] += 1
        if self.listener is not None:
            self.listener.refused(error, channel)

    def _route(self, message: Message) -> None:
        if message.channel is _IOPUB:
            if self._incarnation.is_another(message):
                self._restarted(message.parent_id)  # which the new run works on
            self.exchanges.note_iopub()
            if message.parent_id is not None or self._is_welcome(message.content):
                self.readiness.note_iopub()
        exchange = self.exchanges.find(message.parent_id)
        if isinstance(message.content, Status):
            self._note_status(message.content.execution_state, message)
        try:
            self._deliver(message)
        finally:  # a listener that fails does not lose the exchange
            if exchange is not None:
                self._advance(exchange, message)

    def _is_welcome(self, content: Content) -> bool:
        """Whether our last subscription has reached the kernel, and so all of them (5.5)."""
        return isinstance(content, IopubWelcome) and content.subscription == self._nonce != ""

    def _note_status(self, state: str, message: Message) -> None:
        parent_id = message.parent_id
        if state == "starting":
            # If by who has answered already, it was overtaken by the answer.
            if not self._speaker or message.header.session != self._speaker:
                self._restarted(None)
        elif parent_id is not None and not self.exchanges.is_hidden(parent_id):
            self._activity.note(state, parent_id)
        if state == "idle":
            self._ended(parent_id)

    def _deliver(self, message: Message) -> None:
        """Give a message to the listener unless it is a hidden or an unknown one."""
        if isinstance(message.content, Unknown):
            self.unknown[message.msg_type] += 1
        elif not self.exchanges.is_hidden(message.parent_id):
            if self.listener is not None:
                self.listener.message_received(message)
        elif isinstance(message.content, InputRequest):
            self._unheard(message)
        elif type(message.content) in _SAID_BY_THREADS and not self._is_its_own(message):
            self._bring_back(message)

    def _is_its_own(self, message: Message) -> bool:
        """Whether a hidden request says something itself: it runs code, and is not over yet."""
        exchange = self.exchanges.find(message.parent_id)
        content = None if exchange is None else exchange.request.content
        return isinstance(content, ExecuteRequest) and bool(content.code)

    def _bring_back(self, message: Message) -> None:
        """Give output in the name of a hidden request to the cell that runs, or ran last.

        ipykernel 7 names the request that came last as the parent of what the threads of a cell
        print and show, be it an aside.
        """
        running = self._running()
        parent = self._last_run if running is None else running.request.header
        if parent is not None and self.listener is not None:
            self.listener.message_received(replace(message, parent=parent))

    def _running(self) -> Exchange | None:
        """Return the visible execution that runs, the first of them."""
        visible = self.exchanges.visible()
        return next((e for e in visible if isinstance(e.request.content, ExecuteRequest)), None)

    def _advance(self, exchange: Exchange, message: Message) -> None:
        if isinstance(message.content, Status):
            event = _STATUS_EVENTS.get(message.content.execution_state)
            if event is not None:
                self.exchanges.advance(exchange, event)
        elif message.channel is exchange.request.channel:
            self._take_reply(exchange, message)

    def _take_reply(self, exchange: Exchange, reply: Message) -> None:
        self._opening.heed(reply)
        if reply.header.session != exchange.request.header.session:  # IRkernel 1.3 says ours
            self._speaker = reply.header.session
        dialect = self._opening.session.dialect
        self.exchanges.take_reply(exchange, reply, is_in_order=dialect.translates)
        if not exchange.visible:
            self._forward_payloads(reply.content)
        if not dialect.will_be_idle(exchange.request.msg_type, reply.content):
            self.exchanges.advance(exchange, ExchangeEvent.IDLE)
        self.readiness.note_reply()

    def _forward_payloads(self, reply: Content) -> None:
        """Give the payloads of a hidden reply to the cell that runs; without one they go."""
        if not isinstance(reply, ExecuteReply) or not reply.payload or self.listener is None:
            return
        running = self._running()
        if running is not None:
            self.listener.payloads_strayed(reply.payload, running)

    def _on_settled(self, exchange: Exchange) -> None:
        if exchange.visible:
            self._on_visible_settled(exchange)
        else:
            self._activity.question_settled()
        self._ended(None)

    def _on_visible_settled(self, exchange: Exchange) -> None:
        if isinstance(exchange.request.content, ExecuteRequest):
            self._last_run = exchange.request.header
        is_news = self._activity.drop(exchange.request.msg_id)
        if self.listener is not None:
            self.listener.exchange_settled(exchange)
        if is_news:
            self._activity.tell()
