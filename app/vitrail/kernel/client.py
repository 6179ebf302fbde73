"""KernelClient: typed requests out, everything the kernel says back in order.

What comes goes through `vitrail.kernel.router`. Nothing here knows what is drawn.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from time import time
from typing import Final

from msgspec.structs import replace

from vitrail.kernel.activity import Activity
from vitrail.kernel.asides import Asides
from vitrail.kernel.channels import STARTING_RECONNECT_MS, Channels, Frames
from vitrail.kernel.exchanges import RequestLostError
from vitrail.kernel.heartbeat import PING, Heartbeat
from vitrail.kernel.identity import new_session
from vitrail.kernel.listener import ClientListener
from vitrail.kernel.one_by_one import OneByOne
from vitrail.kernel.opening import Opening
from vitrail.kernel.readiness import PATIENT_NUDGE_S, SHARED_PAUSES_S
from vitrail.kernel.receiving import Receiving
from vitrail.kernel.router import Router
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.exchange import Exchange, ExchangeEvent
from vitrail.protocol.message_log import MessageLog
from vitrail.protocol.messages import Channel, Content, Message, msg_type_of
from vitrail.protocol.redaction import secrets_of
from vitrail.protocol.replies import KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest, InputReply, KernelInfoRequest
from vitrail.protocol.session import Session

__all__ = ["END_OF_FILE", "ClientListener", "KernelClient", "RequestLostError"]

END_OF_FILE: Final = "\x04"
"""As the answer to an input_request it makes the kernel raise EOFError."""


class KernelClient:
    """One client of one kernel.

    First `connect`, then `ready`; `close` at the end. All on one event loop.

    Attributes:
        connection: Where the kernel listens.
        log: The latest messages both ways, for diagnostics.
        heartbeat: Beats from `ready` on.
        one_by_one: Keeps requests back from a kernel that can bear one at a time.
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
        self.log = MessageLog(secrets_of(connection))
        self.heartbeat = Heartbeat(self._ping, lambda _: self._activity.tell())
        self.kernel_info: KernelInfoReply | None = None
        self._activity = Activity(activity_changed, is_shared=is_shared)
        self.one_by_one = OneByOne(self._transmit, lambda: self.is_busy)
        self._router = Router(
            self._activity,
            listener,
            restarted=self._on_restarted,
            unheard=self._on_unheard,
            ended=self._on_ended,
        )
        self._restarted = restarted
        self._reconnected = reconnected
        self._reconnect_ms = reconnect_ms
        self._exchanges = self._router.exchanges
        self._asides, self._quick_asides = Asides(self), Asides(self, is_quick=True)
        self._is_ready = False
        self._is_shared = is_shared
        self._begin(session or new_session(connection))

    @property
    def listener(self) -> ClientListener | None:
        """Who is told what happens; may be replaced at any time."""
        return self._router.listener

    @listener.setter
    def listener(self, listener: ClientListener | None) -> None:
        self._router.listener = listener

    @property
    def counters(self) -> Counter[Refusal]:
        """How many messages were refused, by reason."""
        return self._router.counters

    @property
    def unknown(self) -> Counter[str]:
        """How many messages had a type that is in no table, by type."""
        return self._router.unknown

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
        return self._activity.is_busy

    @property
    def is_engaged(self) -> bool:
        """Whether the kernel still works on what it had begun before we came."""
        return self._activity.engagement.is_on

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
        self._begin(new_session(self.connection))
        await self.connect()

    async def ready(self, timeout_s: float) -> KernelInfoReply:
        """Wait until the kernel answers on shell and its iopub reaches us.

        Raises:
            TimeoutError: It did not; says which of the two is missing.
        """
        self._activity.begin()
        ask = self._knock if self._is_shared else self._ask_what_it_is
        pauses_s = SHARED_PAUSES_S if self._is_shared else (PATIENT_NUDGE_S,)
        info = await self._router.readiness.prove(ask, timeout_s, pauses_s)
        self.kernel_info = info
        self._is_ready = True
        self.one_by_one.begin(info, self._exchanges.unsettled())
        if self.connection.has(Channel.HEARTBEAT):
            self.heartbeat.start()
        self._activity.tell()
        return info

    def disconnect(self) -> None:
        """Close the sockets, for a kernel that is gone; `reconnect` makes new ones.

        Open sockets would look for it a hundred times a second.
        """
        self._receiving.finish()
        self._channels.close()

    def close(self) -> None:
        """Close the sockets; open exchanges are lost. Idempotent; waits 50 ms at most."""
        self.lost()
        self._exchanges.stop()
        self._receiving.close()
        self.disconnect()
        self._router.readiness.note_reply()

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

    async def aside(
        self, content: Content, timeout_s: float, *, quick: bool = False, patient: bool = False
    ) -> Message:
        """Ask as `ask` does, on the way that works while the kernel runs a cell, if any.

        Args:
            content: The question.
            timeout_s: As in `ask`.
            quick: It is answered in a few milliseconds, and so waits for no question that is not.
            patient: A kernel that must not be asked while it runs a cell is asked after it, and the
                time counts from then on; else such a question is lost at once.
        """
        if patient:
            await self.one_by_one.free()
        return await (self._quick_asides if quick else self._asides).ask(content, timeout_s)

    def poke(self) -> None:
        """Ask the main shell something that this kernel answers, for the sake of asking."""
        if not self.one_by_one.is_on:
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
        self._quick_asides.reset()
        self.one_by_one.reset()
        self._exchanges.lose_all(but=but)
        self._activity.reset()

    def _send(self, session: Session, message: Message, *, visible: bool) -> Exchange:
        frames = session.encode(message)
        exchange = Exchange(message, visible=visible)
        self._exchanges.add(exchange)
        if self._channels.is_open and message.msg_type not in session.dialect.lacks:
            self.one_by_one.take(exchange, frames)
        else:
            loop = asyncio.get_running_loop()
            loop.call_soon(self._exchanges.advance, exchange, ExchangeEvent.LOST)
        return exchange

    def _transmit(self, exchange: Exchange, frames: Frames) -> None:
        channel = exchange.request.channel
        self.log.sent(channel, frames, time())
        self._channels.send(channel, frames)

    def _ask_what_it_is(self, is_known: bool) -> Exchange:
        session, question = self._opening.question(is_known=is_known)
        return self._send(session, session.new_message(Channel.SHELL, question), visible=False)

    def _knock(self, is_known: bool) -> Exchange:
        """Ask a kernel that may be busy, where it may answer nevertheless."""
        engagement = self._activity.engagement
        is_modern = not (self._opening.may_be_old or self._session.dialect.translates)
        has_control = self.connection.control_port is not None and is_modern
        if not (has_control and engagement.wants_control):
            return engagement.add(self._ask_what_it_is(is_known))
        return engagement.add(self.send(Channel.CONTROL, KernelInfoRequest()))

    @property
    def _session(self) -> Session:
        return self._opening.session  # another one once an old kernel has answered

    def _begin(self, session: Session) -> None:
        """Prepare to speak, and to listen, anew."""
        self._opening = Opening(self.connection, session)
        nonce = session.new_id() if self._is_shared else ""
        self._router.begin(self.connection, self._opening, nonce)
        self._receiving = Receiving(self.log, self.heartbeat, self._router)
        self._channels = Channels(
            self.connection,
            self._session.session_id.encode(),
            self._receiving.receiver,
            nonce=nonce,
            reconnect_ms=self._reconnect_ms,
            linked=self._on_linked,
            turned=self.log.end_turn,
        )

    def _ping(self) -> None:
        if self._channels.is_open:
            self._channels.send(Channel.HEARTBEAT, PING)

    def _on_linked(self, is_linked: bool) -> None:
        if not self.connection.has(Channel.HEARTBEAT):
            self.heartbeat.linked(is_linked)
        elif is_linked and self._is_ready and self._reconnected is not None:
            self._reconnected()

    def _on_ended(self, msg_id: str | None) -> None:
        self.one_by_one.note_idle(msg_id)
        self.one_by_one.go_on()

    def _on_unheard(self, request: Message) -> None:
        """Answer end of file to an input_request that a hidden request caused."""
        self.answer_input(END_OF_FILE, request)

    def _on_restarted(self, answered: str | None) -> None:
        """Give up what the former run was asked, if that was not our own restart."""
        if self._is_ready:
            self.lost(but=answered)
            if self._restarted is not None:
                self._restarted()
