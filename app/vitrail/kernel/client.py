# Long because it is the one door to a kernel: what lies behind it has modules of its own, and
# what is left is one short method for each thing that can be said or heard.
"""KernelClient: typed requests out, everything the kernel says back in order.

A message is routed by its parent's ``msg_id``: to the exchange that it belongs to, and to the
listener unless that exchange is a hidden one. Nothing here knows what is drawn.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from time import time
from typing import Final

from msgspec.structs import replace

from vitrail.kernel.asides import Asides
from vitrail.kernel.channels import STARTING_RECONNECT_MS, Channels, Frames
from vitrail.kernel.engagement import Engagement
from vitrail.kernel.exchanges import Exchanges
from vitrail.kernel.heartbeat import PING, Heartbeat
from vitrail.kernel.identity import new_session
from vitrail.kernel.incarnation import Incarnation
from vitrail.kernel.listener import ClientListener
from vitrail.kernel.opening import Opening
from vitrail.kernel.readiness import PATIENT_NUDGE_S, SHARED_PAUSES_S, Readiness
from vitrail.protocol.broadcasts import Status
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.exchange import Exchange, ExchangeEvent
from vitrail.protocol.message_log import MessageLog, secrets_of
from vitrail.protocol.messages import Channel, Content, Message, Unknown, msg_type_of
from vitrail.protocol.replies import ExecuteReply, InputRequest, KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest, InputReply, KernelInfoRequest
from vitrail.protocol.session import Session

__all__ = ["END_OF_FILE", "ClientListener", "KernelClient", "RequestLostError"]

END_OF_FILE: Final = "\x04"
"""As the answer to an input_request it makes the kernel raise EOFError."""

# To look a member of an enumeration up takes 80 ns (Python 3.11), of the 4 µs that decoding takes.
_HEARTBEAT: Final = Channel.HEARTBEAT
_IOPUB: Final = Channel.IOPUB

_STATUS_EVENTS: Final = {"busy": ExchangeEvent.BUSY, "idle": ExchangeEvent.IDLE}


class RequestLostError(TimeoutError):
    """No answer will come: the kernel ended or restarted, or went idle without replying."""


class KernelClient:
    """One client of one kernel.

    First `connect`, then `ready`; `close` at the end. All on one event loop.

    Attributes:
        connection: Where the kernel listens.
        listener: Told what happens; may be replaced at any time.
        counters: How many messages were refused, by reason.
        unknown: How many messages had a type that is in no table, by type.
        log: The latest messages both ways, for diagnostics.
        heartbeat: Beats from `ready` on.
        kernel_info: The kernel's self-description, from `ready` on.
    """

    def __init__(
        self,
        connection: ConnectionInfo,
        *,
        listener: ClientListener | None = None,
        session: Session | None = None,
        activity_changed: Callable[[], None] | None = None,
        restarted: Callable[[], None] | None = None,
        reconnected: Callable[[], None] | None = None,
        reconnect_ms: int = STARTING_RECONNECT_MS,
        is_shared: bool = False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            connection: Where the kernel listens, or will.
            listener: Told what happens.
            session: Who we are; a new one of our user when None.
            activity_changed: Called when `is_busy`, `is_ready` or the heartbeat changed.
            restarted: Called when somebody else restarted the kernel; then `ready` is due again.
            reconnected: Called when the connection broke and is there again.
            reconnect_ms: Pause between looking for a kernel that does not listen.
            is_shared: Whether the kernel may be busy when we come, with others' code.
        """
        self.connection = connection
        self.listener = listener
        self.counters: Counter[Refusal] = Counter()
        self.unknown: Counter[str] = Counter()
        self.log = MessageLog(secrets_of(connection))
        self.heartbeat = Heartbeat(self._ping, lambda _: self._tell_activity())
        self.kernel_info: KernelInfoReply | None = None
        self._activity_changed = activity_changed
        self._restarted = restarted
        self._reconnected = reconnected
        self._incarnation = Incarnation()
        self._reconnect_ms = reconnect_ms
        self._opening = Opening(connection, session or new_session(connection))
        self._session = self._opening.session
        self._channels = self._new_channels()
        self._exchanges = Exchanges(self._on_settled)
        self._asides = Asides(self)
        self._busy: set[str] = set()
        self._readiness = Readiness()
        self._is_ready = False
        self._is_shared = is_shared
        self._engagement = Engagement()

    @property
    def session_id(self) -> str:
        """Our id in every header; another one after `reconnect`."""
        return self._session.session_id

    @property
    def is_ready(self) -> bool:
        """Whether the kernel has answered since the last `connect` or `reconnect`."""
        return self._is_ready

    @property
    def is_busy(self) -> bool:
        """Whether the kernel works on something of ours that is visible, or of another client."""
        return bool(self._busy) or self.is_engaged

    @property
    def is_engaged(self) -> bool:
        """Whether the kernel still works on what it had begun before we came."""
        return self._engagement.is_on

    @property
    def turns(self) -> int:
        """How often messages were received before the loop got its turn again."""
        return self._channels.turns

    def running(self) -> tuple[Exchange, ...]:
        """Return the visible exchanges that are not settled, oldest first."""
        return self._exchanges.visible()

    async def connect(self) -> None:
        """Open the sockets; the kernel need not be listening yet."""
        self._channels.open()

    async def reconnect(self) -> None:
        """Start over with a new session, for a kernel that was restarted; then `ready` again."""
        self.lost()
        self.disconnect()
        self._opening = Opening(self.connection, new_session(self.connection))
        self._session = self._opening.session
        self._channels = self._new_channels()
        self._readiness = Readiness()
        self._incarnation = Incarnation()
        await self.connect()

    async def ready(self, timeout_s: float) -> KernelInfoReply:
        """Wait until the kernel answers on shell and its iopub reaches us.

        Raises:
            TimeoutError: It did not; says which of the two is missing.
        """
        self._engagement = Engagement()
        ask = self._knock if self._is_shared else self._ask_what_it_is
        pauses_s = SHARED_PAUSES_S if self._is_shared else (PATIENT_NUDGE_S,)
        info = await self._readiness.prove(ask, timeout_s, pauses_s)
        self.kernel_info = info
        self._is_ready = True
        if self.connection.has(Channel.HEARTBEAT):
            self.heartbeat.start()
        self._tell_activity()
        return info

    def disconnect(self) -> None:
        """Close the sockets, for a kernel that is gone; `reconnect` makes new ones.

        Open sockets would look for it a hundred times a second.
        """
        self._channels.close()

    def close(self) -> None:
        """Close the sockets; open exchanges are lost. Idempotent; waits 50 ms at most."""
        self.lost()
        self._exchanges.stop()
        self.disconnect()
        self._readiness.note_reply()

    def execute(
        self,
        code: str,
        *,
        msg_id: str | None = None,
        silent: bool = False,
        store_history: bool = True,
        user_expressions: Mapping[str, str] | None = None,
        allow_stdin: bool = True,
        stop_on_error: bool = True,
    ) -> Exchange:
        """Run code for the user; not silent means visible."""
        request = ExecuteRequest(
            code=code,
            silent=silent,
            store_history=store_history and not silent,
            user_expressions=dict(user_expressions or {}),
            allow_stdin=allow_stdin,
            stop_on_error=stop_on_error,
        )
        return self.send(Channel.SHELL, request, msg_id=msg_id, visible=not silent)

    def new_id(self) -> str:
        """Make a message id, for who must know it before it sends."""
        return self._session.new_id()

    def send(
        self,
        channel: Channel,
        content: Content,
        *,
        msg_id: str | None = None,
        visible: bool = False,
        subshell_id: str | None = None,
    ) -> Exchange:
        """Send a request and return its exchange; what it causes is shown only if *visible*.

        Without a connection it is lost in the loop's next turn, as after the kernel's death; so
        is what the kernel's dialect has no word for.

        Raises:
            UsageError: It holds what JSON cannot say, or the kernel has no such channel.
        """
        if isinstance(content, ExecuteRequest) and not self.connection.has(Channel.STDIN):
            content = replace(content, allow_stdin=False)  # it would wait for an answer for ever
        session = self._session
        message = session.new_message(channel, content, msg_id=msg_id, subshell_id=subshell_id)
        return self._send(session, message, visible=visible)

    async def ask(
        self,
        content: Content,
        *,
        channel: Channel = Channel.SHELL,
        timeout_s: float,
        subshell_id: str | None = None,
    ) -> Message:
        """Send a hidden request and return its reply, of the type that belongs to it.

        Raises:
            TimeoutError: No reply in time; `RequestLostError` when none can come any more.
            ProtocolError: A reply of another type (tslab 1.0 answers comm_info_request so).
        """
        exchange = self.send(channel, content, subshell_id=subshell_id)
        wire_name = msg_type_of(content)
        try:
            reply = await self._exchanges.reply_to(exchange, timeout_s)
        except TimeoutError:
            sentence = f"The kernel did not answer the {wire_name} within {timeout_s:g} s."
            raise TimeoutError(sentence) from None
        if reply is None:
            raise RequestLostError(f"The kernel will not answer the {wire_name} any more.")
        if reply.msg_type != wire_name.replace("_request", "_reply"):
            sentence = f"The kernel answered the {wire_name} with a {reply.msg_type}."
            raise ProtocolError(sentence, refusal=Refusal.WRONG_TYPE, field="header.msg_type")
        return reply

    async def aside(self, content: Content, timeout_s: float) -> Message:
        """Ask as `ask` does, on the way that works while the kernel runs a cell, if any."""
        return await self._asides.ask(content, timeout_s)

    def poke(self) -> None:
        """Ask the main shell something that this kernel answers, for the sake of asking."""
        self._ask_what_it_is(is_known=True)

    async def settled(self, exchange: Exchange) -> None:
        """Wait until *exchange* is done or lost; a visible one's listener knows by then."""
        await self._exchanges.end_of(exchange)

    def answer_input(self, value: str, request: Message) -> None:
        """Answer an input_request of the kernel; END_OF_FILE makes it raise EOFError.

        A kernel that is gone needs no answer and gets none.
        """
        if not self._channels.is_open:
            return
        message = self._session.new_message(Channel.STDIN, InputReply(value=value), parent=request)
        frames = self._session.encode(message)
        self.log.sent(Channel.STDIN, frames, time())
        self._channels.send(Channel.STDIN, frames)

    def lost(self, *, but: str | None = None) -> None:
        """Give up every open exchange, *but* one: the kernel died, or is another one now."""
        self.heartbeat.stop()
        self._is_ready = False
        self._asides.reset()
        self._exchanges.lose_all(but=but)
        self._busy.clear()
        self._tell_activity()

    def _send(self, session: Session, message: Message, *, visible: bool) -> Exchange:
        frames = session.encode(message)
        exchange = Exchange(message, visible=visible)
        if self._channels.is_open and message.msg_type not in session.dialect.lacks:
            self.log.sent(message.channel, frames, time())
            self._channels.send(message.channel, frames)
        else:
            loop = asyncio.get_running_loop()
            loop.call_soon(self._exchanges.advance, exchange, ExchangeEvent.LOST)
        self._exchanges.add(exchange)
        return exchange

    def _ask_what_it_is(self, is_known: bool) -> Exchange:
        session, question = self._opening.question(is_known=is_known)
        return self._send(session, session.new_message(Channel.SHELL, question), visible=False)

    def _knock(self, is_known: bool) -> Exchange:
        """Ask a kernel that may be busy, where it may answer nevertheless."""
        is_modern = not (self._opening.may_be_old or self._session.dialect.translates)
        has_control = self.connection.control_port is not None and is_modern
        if not (has_control and self._engagement.wants_control):
            return self._engagement.add(self._ask_what_it_is(is_known))
        return self._engagement.add(self.send(Channel.CONTROL, KernelInfoRequest()))

    def _new_channels(self) -> Channels:
        return Channels(
            self.connection,
            self._session.session_id.encode(),
            self._on_frames,
            reconnect_ms=self._reconnect_ms,
            linked=self._on_linked,
        )

    def _ping(self) -> None:
        if self._channels.is_open:
            self._channels.send(Channel.HEARTBEAT, PING)

    def _on_linked(self, is_linked: bool) -> None:
        if not self.connection.has(Channel.HEARTBEAT):
            self.heartbeat.linked(is_linked)
        elif is_linked and self._is_ready and self._reconnected is not None:
            self._reconnected()

    def _tell_activity(self) -> None:
        if self._activity_changed is not None:
            self._activity_changed()

    def _on_frames(self, channel: Channel, frames: Frames) -> None:
        if channel is _HEARTBEAT:
            self.heartbeat.echoed()
            return
        self.log.received(channel, frames, self._channels.turn_at)
        try:
            message = self._session.decode(channel, frames)
        except ProtocolError as error:
            self._refuse(error, channel, frames)
        else:
            if channel is not _IOPUB or self.connection.owns(message):
                self._route(message)

    def _refuse(self, error: ProtocolError, channel: Channel, frames: Frames) -> None:
        """Drop a message, unless it tells that the kernel is an old one."""
        if self._opening.may_be_old:
            try:
                message = self._opening.decode_again(channel, frames)
            except ProtocolError:
                pass  # the first error says more
            else:
                self._session = self._opening.session
                if message is not None:
                    self._route(message)
                return
        self.counters[error.refusal] += 1
        if self.listener is not None:
            self.listener.refused(error, channel)

    def _route(self, message: Message) -> None:
        if message.channel is _IOPUB:
            if self._incarnation.is_another(message):
                self._note_restart(message.parent_id)  # which the new run works on
            self._exchanges.note_iopub()
            if message.parent_id is not None:
                self._readiness.note_iopub()
        exchange = self._exchanges.find(message.parent_id)
        if isinstance(message.content, Status):
            self._note_status(message.content.execution_state, message.parent_id)
        self._deliver(message)
        if exchange is not None:
            self._advance(exchange, message)

    def _deliver(self, message: Message) -> None:
        """Give a message to the listener unless it is a hidden or an unknown one."""
        if isinstance(message.content, Unknown):
            self.unknown[message.msg_type] += 1
        elif not self._exchanges.is_hidden(message.parent_id):
            if self.listener is not None:
                self.listener.message_received(message)
        elif isinstance(message.content, InputRequest):  # nobody is there to answer
            self.answer_input(END_OF_FILE, message)

    def _note_status(self, state: str, parent_id: str | None) -> None:
        if state == "starting":
            self._note_restart(None)
            return
        if parent_id is None or self._exchanges.is_hidden(parent_id):
            return
        was_busy = self.is_busy
        if state == "busy":
            self._busy.add(parent_id)
        else:
            self._busy.discard(parent_id)
        if self.is_busy is not was_busy:
            self._tell_activity()

    def _note_restart(self, answered: str | None) -> None:
        """Give up what the former run was asked, if that was not our own restart."""
        if self._is_ready:
            self.lost(but=answered)
            if self._restarted is not None:
                self._restarted()

    def _advance(self, exchange: Exchange, message: Message) -> None:
        if isinstance(message.content, Status):
            event = _STATUS_EVENTS.get(message.content.execution_state)
            if event is not None:
                self._exchanges.advance(exchange, event)
        elif message.channel is exchange.request.channel:
            self._opening.heed(message)
            dialect = self._session.dialect
            self._exchanges.take_reply(exchange, message, is_in_order=dialect.translates)
            if not exchange.visible:
                self._forward_payloads(message.content)
            if not dialect.will_be_idle(exchange.request.msg_type, message.content):
                self._exchanges.advance(exchange, ExchangeEvent.IDLE)
            self._readiness.note_reply()

    def _forward_payloads(self, reply: Content) -> None:
        """Give the payloads of a hidden reply to the cell that runs; without one they go."""
        if not isinstance(reply, ExecuteReply) or not reply.payload or self.listener is None:
            return
        running = next(
            (e for e in self.running() if isinstance(e.request.content, ExecuteRequest)), None
        )
        if running is not None:
            self.listener.payloads_strayed(reply.payload, running)

    def _on_settled(self, exchange: Exchange) -> None:
        if not exchange.visible:
            if self._is_shared:  # it may have ended the engagement
                self._tell_activity()
            return
        was_busy = self.is_busy
        self._busy.discard(exchange.request.msg_id)
        if self.listener is not None:
            self.listener.exchange_settled(exchange)
        if self.is_busy is not was_busy:
            self._tell_activity()
