"""What is submitted, what runs, what comes next: one kernel's cells from Enter to finished.

Serves the window and the headless runner alike. Code waits here, not in the
kernel, so that a queued cell can still be withdrawn.
"""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import uuid4

from vitrail.kernel.client import KernelClient
from vitrail.presenters.intake import Intake
from vitrail.presenters.queue import ExecutionQueue
from vitrail.presenters.reducer import Changes, lose_others, reduce, settle
from vitrail.protocol.broadcasts import ExecuteInput
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply, InputRequest
from vitrail.protocol.requests import ExecuteRequest
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import CellStatus, Entry, NoticeLevel
from vitrail_widgets.transcript.prompt import Prompt
from vitrail_widgets.transcript.transcript import Transcript

PASSWORD_ECHO = "········"  # noqa: S105 - what stands for one; its length tells nothing
UNNAMED_PASSWORD = tr("Password: ")


class ExecutionListener(Protocol):
    """Who shows what an execution does."""

    def transcript_changed(self, changes: Changes) -> None:
        """Follow changes of the transcript."""

    def expected_count_changed(self) -> None:
        """Number the next prompt again."""

    def input_requested(self, cell_id: str, request: InputRequest) -> None:
        """Ask the user what a cell's `input()` wants to know."""

    def input_withdrawn(self) -> None:
        """Stop asking: answered, interrupted or finished."""

    def payload_received(self, payload: dict[str, object], cell_id: str) -> None:
        """Do what a reply's payload says."""


class Execution:
    """The queue of one kernel and the reducer of what it answers.

    Attributes:
        transcript: Where everything goes.
        listener: Who shows it.
        prompt: What stands beside what is submitted; None for what is usual.
        queue: What waits, and what was kept from running.
        resubmitted: Called with the id of a cell that was not run, and of the one in its place.
    """

    def __init__(
        self,
        transcript: Transcript,
        listener: ExecutionListener,
        *,
        now: Callable[[], float],
        allow_stdin: bool = True,
    ) -> None:
        """Prepare; `attach` gives it a kernel.

        Args:
            transcript: Is changed.
            listener: Is told.
            now: Seconds since the epoch.
            allow_stdin: Whether cells may ask the user.
        """
        self._allow_stdin = allow_stdin
        self.transcript = transcript
        self.listener = listener
        self.prompt: Prompt | None = None
        self._now = now
        self._client: KernelClient | None = None
        self._intake = Intake(self)
        self._ready = self._is_vain = False
        self.queue = ExecutionQueue(transcript, tell=self._tell, now=now)
        self.queue.reordered = self._renumber
        self.resubmitted: list[Callable[[str, str], None]] = []
        self._running: Exchange | None = None
        self._interrupted: Exchange | None = None
        self._input_request: Message | None = None
        self._last_count = 0
        self._notices: set[str] = set()

    # The user's side

    @property
    def is_ready(self) -> bool:
        """Whether code is sent: the kernel answers and its counter is known."""
        return self._ready

    @property
    def is_busy(self) -> bool:
        """Whether a cell of ours runs or waits."""
        return self._running is not None or bool(self.queue.waiting)

    @property
    def is_vain(self) -> bool:
        """Whether what is submitted is not run: there is no kernel, and none will come."""
        return self._is_vain

    @property
    def last_count(self) -> int | None:
        """The number of the last cell that the kernel counted; None before the first one."""
        return self._last_count or None

    @property
    def expected_count(self) -> int:
        """The number that the next submitted cell will probably get."""
        running = self._running
        cell = None if running is None else self.transcript.cell(running.request.msg_id)
        unnumbered = cell is not None and not cell.count_confirmed
        return self._last_count + 1 + unnumbered + len(self.queue.waiting)

    def submit(self, code: str) -> str:
        """Queue code; return the id of its cell, which is in the transcript at once.

        In vain it is not run, and the cell says so.
        """
        cell_id = uuid4().hex
        count = self.expected_count
        changes = self.transcript.append_cell(
            cell_id, code, count=count, prompt=self.prompt, at=self._now()
        )
        self._tell(changes)
        self.queue.add(cell_id)
        if self._is_vain:
            self.abort_queue()
        self._send_next()
        self.listener.expected_count_changed()
        return cell_id

    def run_again(self, cell_id: str) -> None:
        """Submit the code of a cell once more: as a new cell, in place of one that was not run."""
        cell = self.transcript.cell(cell_id)
        if cell is None or cell.status is CellStatus.QUEUED:
            return
        self.queue.forget(cell_id)
        self._tell(self.transcript.remove_cell(cell_id))
        new_id = self.submit(cell.code)
        for tell in tuple(self.resubmitted):
            tell(cell_id, new_id)

    def run_the_rest(self) -> int:
        """Submit in their order all cells that were not run; return how many there were."""
        rest = self.queue.take_rest()
        for cell_id in rest:
            self.run_again(cell_id)
        return len(rest)

    def answer(self, value: str) -> None:
        """Answer the question that a cell asks, and echo it unless it is a password."""
        request = self._input_request
        if request is None or not isinstance(request.content, InputRequest):
            return
        self._input_request = None
        self._attached().answer_input(value, request)
        text = f"{_question_and_answer(request.content, value)}\n"
        self._tell(self.transcript.append_stream(request.parent_id or "", "stdout", text))

    def abort_queue(self, status: CellStatus = CellStatus.ABORTED) -> None:
        """Withdraw what has not been sent; the cells keep their code and say so."""
        self.queue.abort(status)
        self.listener.expected_count_changed()

    def interrupted(self) -> None:
        """Withdraw what waits; what is submitted from now on runs after the cell that ends."""
        self.abort_queue()
        self._interrupted = self._running

    def notice(self, level: NoticeLevel, text: str) -> None:
        """Add a line of ours to the transcript."""
        notice_id = f"notice-{len(self._notices)}"
        self._notices.add(notice_id)
        self._tell(self.transcript.append_notice(notice_id, level, text))

    def put_before(self, entries: Sequence[Entry]) -> None:
        """Show what the kernel ran before we came."""
        self._tell(self.transcript.put_before(entries))

    def show_others(self, shown: bool) -> None:
        """Show other clients' cells, or leave them out of sight; numbers follow in any case."""
        transcript = self.transcript
        self._tell(transcript.bring_others_back() if shown else transcript.set_others_aside())

    def lose_others(self) -> None:
        """Take what other clients ran for lost: their kernel is gone."""
        self._tell(lose_others(self.transcript, self._now()))

    def retire(self) -> None:
        """Show what has run as the past: another kernel is there, which knows nothing of it."""
        self._tell(self.transcript.retire())

    # The kernel's side

    def attach(self, client: KernelClient) -> None:
        """Use a kernel from now on; code waits until `begin`."""
        self._client = client
        client.listener = self._intake

    def begin(self, last_count: int) -> None:
        """Start sending: the kernel answers and its counter stands at `last_count`."""
        self._ready, self._is_vain = True, False
        self._last_count = last_count
        self._renumber()
        self.queue.changed()
        self._send_next()

    def recount(self, last_count: int) -> None:
        """Take the kernel's counter, when it could not be known at `begin`."""
        self._note_count(max(last_count, self._last_count))

    def close(self) -> None:
        """Hear nothing more."""
        self._intake.close()

    def pause(self) -> None:
        """Stop sending until the next `begin`: the kernel is gone or starts anew."""
        self._ready = self._is_vain = False

    def give_up(self) -> None:
        """Run nothing any more, neither what waits nor what comes, until `pause` or `begin`."""
        self._ready, self._is_vain = False, True
        self.abort_queue()

    def message_received(self, message: Message) -> None:
        """Take what the kernel says (a ClientListener)."""
        content = message.content
        if isinstance(content, InputRequest):
            self._input_request = message
            self.listener.input_requested(message.parent_id or "", content)
            return
        session = self._attached().session_id
        self._tell(reduce(self.transcript, message, session=session, at=self._now()))
        if isinstance(content, ExecuteInput):
            self._note_count(content.execution_count)
        elif isinstance(content, ExecuteReply):
            # It may come after another client's execute_input and then tells less.
            self._note_count(max(content.execution_count or 0, self._last_count))

    def exchange_settled(self, exchange: Exchange) -> None:
        """Finish a cell and go on with the next (a ClientListener)."""
        if not isinstance(exchange.request.content, ExecuteRequest):
            return
        reply = _execute_reply(exchange)
        cell_id = exchange.request.msg_id
        self._tell(settle(self.transcript, cell_id, reply, self._now()))
        if exchange is self._running:
            self._running = None
        if reply is not None and reply.is_aborted:
            self.queue.keep(cell_id)
        self._withdraw_input()
        if reply is None or (not reply.is_ok and exchange is not self._interrupted):
            self.abort_queue()
        if exchange is self._interrupted:
            self._interrupted = None
        if reply is not None:
            for payload in reply.payload:
                self.listener.payload_received(payload, cell_id)
        self._send_next()
        self.listener.expected_count_changed()

    def payloads_strayed(self, payloads: Sequence[dict[str, object]], exchange: Exchange) -> None:
        """Follow the payloads of a cell that still runs (a ClientListener)."""
        for payload in payloads:
            self.listener.payload_received(payload, exchange.request.msg_id)

    def refused(self, error: ProtocolError, channel: Channel) -> None:
        """Say once that messages of a kind are dropped (a ClientListener)."""
        key = f"refused-{error.refusal}-{channel}"
        if key not in self._notices:
            self._notices.add(key)
            text = tr("{error} It was dropped, as others like it will be.", error=error)
            self._tell(self.transcript.append_notice(key, NoticeLevel.WARN, text))

    # Internals

    def _attached(self) -> KernelClient:
        assert self._client is not None, "attach() comes first"
        return self._client

    def _send_next(self) -> None:
        if not self._ready or self._running is not None:
            return
        cell_id = self.queue.take()
        cell = self.transcript.cell(cell_id) if cell_id is not None else None
        if cell is None or cell_id is None:
            return
        self._running = self._attached().execute(
            cell.code, msg_id=cell_id, allow_stdin=self._allow_stdin
        )
        self._tell(self.transcript.set_status(cell_id, CellStatus.RUNNING, self._now()))

    def _note_count(self, count: int | None) -> None:
        if count is not None and count != self._last_count:
            self._last_count = count
            self._renumber()

    def _renumber(self) -> None:
        """Give the waiting cells and the prompt the numbers they will probably get."""
        cell = None
        if self._running is not None:
            cell = self.transcript.cell(self._running.request.msg_id)
        unnumbered = cell is not None and not cell.count_confirmed
        self.queue.number(self._last_count + 1 + unnumbered)
        self.listener.expected_count_changed()

    def _withdraw_input(self) -> None:
        self._input_request = None
        self.listener.input_withdrawn()

    def _tell(self, changes: Changes) -> None:
        visible = self.transcript.visible(changes)
        if visible:
            self.listener.transcript_changed(visible)


def _question_and_answer(request: InputRequest, value: str) -> str:
    """Return what the transcript keeps of a question."""
    if request.password:
        return f"{request.prompt or UNNAMED_PASSWORD}{PASSWORD_ECHO}"
    return request.prompt + value.replace("\x04", "")


def _execute_reply(exchange: Exchange) -> ExecuteReply | None:
    """Return the reply, None when the kernel was lost."""
    if exchange.state is ExchangeState.LOST or exchange.reply is None:
        return None
    content = exchange.reply.content
    return content if isinstance(content, ExecuteReply) else None
