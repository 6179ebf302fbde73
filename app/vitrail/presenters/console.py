"""The console of one kernel: joins an execution with the view that shows it."""

import asyncio
from collections.abc import Callable, Coroutine

from vitrail.kernel.client import END_OF_FILE, KernelClient, RequestLostError
from vitrail.presenters.batching import Batcher
from vitrail.presenters.calltip import Tipping
from vitrail.presenters.cell_actions import CellActions
from vitrail.presenters.completion import Completing
from vitrail.presenters.execution import Execution
from vitrail.presenters.history import History
from vitrail.presenters.language import Language, language_named, language_of
from vitrail.presenters.payloads import Payloads
from vitrail.presenters.probe import Probe
from vitrail.presenters.reducer import Changes
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.exchange import Exchange
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import InputRequest, IsCompleteReply, KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest, IsCompleteRequest
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.editing.completeness import (
    Completeness,
    python2_completeness,
    python_completeness,
)
from vitrail_widgets.transcript.cells import NoticeLevel
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.transcript import Transcript

ANSWER_S = 5.0
NOTHING = ExecuteRequest(code="", silent=True, store_history=False, allow_stdin=False)
IS_COMPLETE_S = 0.3  # longer would be felt on every Enter


class ConsolePresenter:
    """Carries what the user does to the kernel and what the kernel says to the view.

    Attributes:
        view: What is seen.
        execution: What runs.
        history: What was entered before, here and elsewhere.
        payloads: Does what replies ask of a frontend.
        probe: Asks the kernel what no message tells; None without a kernel.
        refused: Called when code was entered that will not be run: there is no kernel.
        language: Of the kernel, or what is to be expected.
        followers: Called with changes of the transcript when they are shown.
        probed: Called when the probe has been sent to a kernel.
        stop_question: Interrupts the kernel though no cell runs; for who asked what runs code.
    """

    def __init__(
        self, view: ConsoleView, transcript: Transcript, *, now: Callable[[], float]
    ) -> None:
        self.view = view
        self.execution = Execution(transcript, self, now=now)
        self.payloads = Payloads(view, self.execution)
        self.refused: Callable[[], None] = lambda: None
        self.followers: list[Callable[[list[Change]], object]] = []
        self.probed: list[Callable[[], object]] = []
        self.stop_question: Callable[[], object] = lambda: None
        self._batcher = Batcher(self._show)
        self.language = language_named("")
        self._client: KernelClient | None = None
        self.probe: Probe | None = None
        self._is_closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.history = History(view, transcript, self._start, now)
        self.history.troubled = lambda text: self.execution.notice(NoticeLevel.WARN, text)
        view.input.submitted.connect(self.submit)
        view.input.completeness_wanted.connect(self._on_completeness_wanted)
        view.requests.answered.connect(self._on_requests_answered)
        queue, flush = self.execution.queue, self._batcher.flush
        self._cell_actions = CellActions(view, queue, flush=flush, run_again=self.run_again)
        self._completing = Completing(view.completer, self._start)
        self._tipping = Tipping(view.call_tips, self._start)

    @property
    def client(self) -> KernelClient | None:
        """The kernel that is talked to, None before there was one."""
        return self._client

    # The user's side

    def submit(self, code: str) -> str:
        """Run code, or queue it, and show its cell at once; return its id, empty for no code."""
        if not code.strip() or self._is_closed:
            return ""
        self.view.selected.select(None)
        cell_id = self.execution.submit(code)
        self.history.submitted(cell_id, code)
        self._show_the_new()
        return cell_id

    def run_again(self, cell_id: str) -> None:
        """Run a cell after all that was not run."""
        if not self._is_closed:
            self.execution.run_again(cell_id)
            self._show_the_new()

    def show_others(self, shown: bool) -> None:
        """Show other clients' cells, or leave them out of sight without losing them."""
        self._batcher.flush()  # a view follows changes of what is still there
        self.execution.show_others(shown)
        self._batcher.flush()

    def _show_the_new(self) -> None:
        self._batcher.flush()
        self.view.scroll_to_end()
        if self.execution.is_vain:
            self.refused()

    # The kernel's side

    def attach(self, client: KernelClient) -> None:
        """Talk to this kernel from now on."""
        self._client = client
        self.probe = Probe(client)
        self._completing.attach(client, self.probe)
        self._tipping.attach(client, self.probe)
        self.execution.attach(client)

    def expect(self, language: str) -> None:
        """Colour and judge code as this language until the kernel has answered.

        Args:
            language: As its kernelspec says; may be empty.
        """
        self._speak(language_named(language))

    async def begin(self, info: KernelInfoReply, *, has_past: bool = False) -> None:
        """Start working with a kernel that has just answered.

        Args:
            info: What it is.
            has_past: Whether others have worked with it, which is shown.
        """
        self._speak(language_of(info))
        if self._client is not None and self._client.is_engaged:
            asked = self._client.send(Channel.SHELL, NOTHING)
            self.execution.begin(0)
            self._start(self._recount(self._client, asked))
        elif not await self._begin_counted():
            return  # it died since; what was entered waits for the next one
        if self._client is not None:
            self.history.begin(self._client)
        self._start(self._settle_in(has_past=has_past))

    def flush(self) -> None:
        """Show what has come without waiting for the rest of its burst."""
        self._batcher.flush()

    def close(self) -> None:
        """Stop all that is under way."""
        self._is_closed = True
        self.execution.close()
        self._batcher.close()
        for task in self._tasks:
            task.cancel()

    # ExecutionListener

    def transcript_changed(self, changes: Changes) -> None:
        """Show changes soon."""
        self.history.follow(changes)
        self._batcher.add(changes)

    def expected_count_changed(self) -> None:
        """Number the prompt of the input."""
        if not self._is_closed:  # the view may be gone
            self.view.set_pending_count(self.execution.expected_count)

    def input_requested(self, cell_id: str, request: InputRequest) -> None:
        """Show a field below the cell's outputs."""
        self._batcher.flush()
        if not self.view.requests.ask(cell_id, request.prompt, password=request.password):
            self.execution.answer(END_OF_FILE)  # nobody could; the kernel must not wait

    def input_withdrawn(self) -> None:
        """Remove the field."""
        self.view.requests.withdraw()

    def payload_received(self, payload: dict[str, object], cell_id: str) -> None:
        """Do what a reply asks of a frontend."""
        self.payloads.take(payload, cell_id)

    # Internals

    def _show(self, changes: list[Change]) -> None:
        self.view.apply(changes)
        for follow in self.followers:
            follow(changes)

    def _speak(self, language: Language) -> None:
        self.language = language
        self.view.set_lexer(language.lexer)
        judge = python_completeness if language.is_python else None
        self.view.input.completeness = python2_completeness if language.is_python2 else judge
        self.view.call_tips.language = language.name
        self.history.expect(language.name)

    async def _begin_counted(self) -> bool:
        try:
            self.execution.begin(await self._last_count())
        except RequestLostError:
            return False
        return True

    async def _recount(self, client: KernelClient, asked: Exchange) -> None:
        """Number the prompt once a kernel that is busy elsewhere says how far it has counted."""
        await client.settled(asked)
        if asked.reply is not None:
            self.execution.recount(getattr(asked.reply.content, "execution_count", None) or 0)

    async def _last_count(self) -> int:
        """Return where the kernel's counter stands, 0 when it does not say.

        Raises:
            RequestLostError: The kernel is gone.
        """
        if self._client is None:
            return 0
        try:
            reply = await self._client.ask(NOTHING, timeout_s=ANSWER_S)
        except RequestLostError:
            raise
        except (TimeoutError, ProtocolError):
            return 0
        return getattr(reply.content, "execution_count", None) or 0

    async def _settle_in(self, *, has_past: bool) -> None:
        """Do what the first prompt need not wait for."""
        if has_past and self._client is not None:
            from vitrail.presenters.earlier import show_earlier  # a kernel of ours has no past

            await show_earlier(self._client, self.execution)
        await self.history.load()
        self.view.input.prepare()
        if self.probe is not None:
            await self.probe.send()
        for tell in self.probed:
            tell()

    async def _ask_completeness(self, source: str) -> None:
        """Let the kernel say whether code is complete; silence lets the input decide."""
        if self._client is None:
            return
        try:
            reply = await self._client.aside(IsCompleteRequest(code=source), IS_COMPLETE_S)
        except (TimeoutError, ProtocolError):
            return
        if isinstance(reply.content, IsCompleteReply):
            answer = _completeness(reply.content.status)
            self.view.input.apply_completeness(source, answer, reply.content.indent)

    def _on_completeness_wanted(self, source: str) -> None:
        self._start(self._ask_completeness(source))

    def _on_requests_answered(self, cell_id: str, value: str) -> None:
        del cell_id
        self.execution.answer(value)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        if self._is_closed:  # a timer of a widget may outlive it
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _completeness(status: str) -> Completeness:
    try:
        return Completeness(status)
    except ValueError:
        return Completeness.UNKNOWN
