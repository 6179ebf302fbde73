"""One tab: a kernel, its console, and what is said about the two."""

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable, Coroutine

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel, obituary
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.tunnel import Tunnel
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.presenters.template_values import TemplateValues
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.protocol.replies import KernelInfoReply
from vitrail.shell.appearance import Appearance
from vitrail.shell.files.opening import FileOpening
from vitrail.shell.files.session_file import SessionFile
from vitrail.shell.followed_links import FollowedLinks
from vitrail.shell.leaving import Leaving
from vitrail.shell.pager_split import PagerSplit
from vitrail.shell.rest_offer import RestOffer
from vitrail.shell.tab_settings import TabSettings
from vitrail.shell.way_notices import WayNotices
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.transcript.cells import NoticeLevel
from vitrail_widgets.transcript.transcript import Transcript

PROPER_NAMES = {
    "ipython": "IPython",
    "irkernel": "IRkernel",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "xeus-python": "xeus-python",
    "bash": "bash",
}

ENGAGED = "The kernel is busy elsewhere; what is entered here waits for its turn."

Kernel = KernelProcess | Tunnel | ConnectionInfo | UsageError


class KernelTab(QWidget):
    """Shows one console and keeps its kernel.

    Attributes:
        view: The console.
        file: What the session was saved as.
        opening: Opens other files beside the console.
        templates: What the user's prompts and status say.
        live: The kernel, None when none could be started.
        info: What the kernel says of itself, None until it answered.
        pager: The console, and beside it what is read page by page.
        leaving: Asks before Ctrl+D ends the session.
        rest: Offers what was kept from running.
        keeps_kernel: Whether `end` leaves a kernel of ours running; `exit` in a cell may ask it.

    Signals:
        changed: The kernel's state, or what is known of it, is another one.
        told: Something happened that deserves a passing word.
        exit_requested: Code in the kernel asked for the end of the console.
    """

    changed = Signal()
    told = Signal(str)
    exit_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live: LiveKernel | None = None
        self.info: KernelInfoReply | None = None
        self._failed = self._began = self._is_patient = self.keeps_kernel = False
        self._again: Callable[[], Awaitable[Kernel]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        transcript = Transcript()
        self.view = ConsoleView(transcript, appearance.theme, appearance.code_font, parent=self)
        self.presenter = ConsolePresenter(self.view, transcript, now=time.time)
        self.presenter.payloads.exit_requested = self._on_payloads_exit_requested
        self.presenter.refused = lambda: self.told.emit("Not run: there is no kernel")
        self.presenter.expected_count_changed()
        self._way = WayNotices(self.presenter.execution)
        self.templates = TemplateValues(self.presenter)
        self._settings = TabSettings(self.presenter, self.templates, appearance.settings)
        self.file = SessionFile(self._export_source, self)
        self.presenter.followers.append(lambda _: self.file.note_change())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.pager = PagerSplit(self.view, appearance, self)
        self.presenter.payloads.page_wanted = self.pager.show_page
        panes = QSplitter(self)
        panes.addWidget(self.pager)
        panes.setChildrenCollapsible(False)
        self.opening = FileOpening(self.presenter, panes)
        self.opening.troubled.connect(self.warn)
        layout.addWidget(panes, 1)
        self.rest = RestOffer(self.presenter.execution, appearance, self.run_the_rest, self)
        layout.addWidget(self.rest.bar)
        self.setFocusProxy(self.view.input)
        self.leaving = Leaving(
            self,
            is_ours=lambda: self.live is not None and self.live.process is not None,
            is_blank=lambda: self.view.input.document().isEmpty(),
            leave=self._on_payloads_exit_requested,
        )
        self.view.input.commands.register("input.end_session", self.leaving.ask)
        self.view.interrupt_requested.connect(self.interrupt)
        self.view.requests.interrupted.connect(self.interrupt)
        self._links = FollowedLinks(self.view.links, appearance.settings, self.told.emit)
        self.presenter.payloads.edit_wanted = self._links.edit
        self.view.picture_offers.troubled.connect(self.warn)
        self.view.output_choices.troubled.connect(self.warn)
        self.view.output_choices.open_wanted.connect(self._links.open_file)
        self.view.selected.copied.connect(lambda: self.told.emit("Copied"))
        appearance.theme_changed.connect(lambda: self.view.apply_theme(appearance.theme))
        appearance.theme_changed.connect(self.opening.apply_theme)
        appearance.font_changed.connect(lambda: self.view.zoom.restart(appearance.code_font))

    @property
    def state(self) -> KernelState:
        """What to show."""
        if self._failed:  # also a kernel to attach to that did not answer
            return KernelState.DEAD
        return KernelState.STARTING if self.live is None else self.live.state

    @property
    def name(self) -> str:
        """What the kernel is called."""
        if self.live is not None and self.live.process is not None:
            return self.live.process.spec.display_name
        connected = self.live.client.connection.kernel_name if self.live else ""
        return connected or (self.info.language_info.name if self.info else "") or "kernel"

    @property
    def can_restart(self) -> bool:
        """Whether `restart` can give a kernel: ours, or the one that there should have been."""
        if self.live is not None and self.live.process is not None:
            return True
        return self._again is not None and self.state is KernelState.DEAD

    def start(self, kernel: Kernel, again: Callable[[], Awaitable[Kernel]] | None = None) -> None:
        """Begin with a kernel that was launched, one to attach to, or the reason for none.

        Args:
            kernel: What there is.
            again: Tries once more to get what there should be.
        """
        self._again = again or self._again
        if isinstance(kernel, UsageError):
            self._fail(kernel)
            return
        if isinstance(kernel, KernelProcess):
            self.presenter.expect(kernel.spec.language)
        self.live = LiveKernel(
            kernel, changed=self._on_live_changed, restarted=self._on_live_restarted
        )
        self.presenter.attach(self.live.client)
        self._spawn(self._open(self.live))
        self.changed.emit()

    def interrupt(self) -> None:
        """Interrupt what runs, and withdraw what waits for it."""
        execution = self.presenter.execution
        is_waiting = self.state in (KernelState.DEAD, KernelState.STARTING, KernelState.RESTARTING)
        is_foreign = self.live is not None and (self.live.client.is_busy or self.live.is_engaged)
        is_busy = execution.is_busy or is_foreign
        if is_busy:
            execution.interrupted()
        if self.live is None or is_waiting or not is_busy:
            self.told.emit(self._why_not_interrupted(is_busy))
            return
        self.told.emit("Interrupting")
        self._spawn(self.live.interrupt())

    def run_the_rest(self) -> None:
        """Run what an error or an interrupt kept from running."""
        count = self.presenter.execution.run_the_rest()
        self.view.scroll_to_end()
        self.told.emit(f"Running {count} again" if count else "Nothing was left to run")

    def show_connection(self) -> None:
        """Show in the pager where the kernel listens, without its keys."""
        if self.live is None:
            self.told.emit("There is no kernel")
            return
        shown = json.dumps(self.live.client.connection.shown(), indent=2)
        self.pager.pane.show_text("Connection, without its key", shown)
        self.pager.pane.take_focus()

    def copy_connection(self) -> None:
        """Copy where the kernel listens, as JSON and without its keys."""
        if self.live is None:
            self.told.emit("There is no kernel")
            return
        shown = self.live.client.connection.shown()
        QGuiApplication.clipboard().setText(json.dumps(shown, indent=2))
        self.told.emit("Copied, without the key")

    def restart(self) -> None:
        """Restart the kernel, or try again to get one; the transcript stays."""
        live = self.live
        if live is not None and live.process is not None:
            if self.state is not KernelState.RESTARTING:
                self._spawn(self._restart(live))
        elif self._again is not None and self.state is KernelState.DEAD:
            self._failed, self.live = False, None
            self.presenter.execution.pause()
            self._spawn(self._try(self._again, live))
            self.changed.emit()
        elif live is not None:
            self.told.emit("This kernel was started by somebody else, who alone can restart it")
        else:
            self.told.emit("There is no kernel to restart")

    def warn(self, sentence: str) -> None:
        """Say something in the console that is not to be missed."""
        self.presenter.execution.notice(NoticeLevel.WARN, sentence)

    async def end(self) -> None:
        """End the kernel if it is ours and not to be kept, and all that is under way."""
        self.presenter.close()
        self._settings.close()
        self.pager.close_watch()
        self.templates.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.file.finish()
        if self.live is not None:
            await self.live.close(keeps_kernel=self.keeps_kernel)

    async def _open(self, live: LiveKernel) -> None:
        try:
            info = await self._answer(live)
        except (UsageError, ProtocolError, TimeoutError) as error:
            if live is self.live:  # else another one was tried meanwhile
                self._fail(error)
        else:
            await self._begin(info)

    async def _answer(self, live: LiveKernel) -> KernelInfoReply:
        """Open; a kernel of somebody else that is out of reach may come back at any time."""
        try:
            return await live.open()
        except TimeoutError as error:
            if live.process is not None:
                raise
            self._fail(error)
            info = await live.open(math.inf)
            self._failed = False
            return info

    async def _try(self, again: Callable[[], Awaitable[Kernel]], past: LiveKernel | None) -> None:
        """Begin anew, where there was no kernel or one of somebody else that ended."""
        if past is not None:
            await past.close()
        self.start(await again())

    async def _restart(self, live: LiveKernel) -> None:
        execution = self.presenter.execution
        self._began = False
        execution.pause()
        if self.state is not KernelState.DEAD:  # what was entered after its death is for the next
            execution.abort_queue()
        self._failed = False
        try:
            info = await live.restart()
        except (UsageError, ProtocolError, TimeoutError) as error:
            self._fail(error)
            return
        execution.notice(NoticeLevel.INFO, "Kernel restarted")
        await self._begin(info)

    async def _begin(self, info: KernelInfoReply) -> None:
        first = self.info is None
        self.info = info
        if first:
            self.presenter.execution.notice(NoticeLevel.INFO, greeting(info))
            if self.live is not None and is_forgeable(self.live.client.connection):
                text = "This kernel's messages are not signed: anybody can forge them."
                self.presenter.execution.notice(NoticeLevel.WARN, text)
        else:
            self.presenter.execution.retire()
        self._began = True
        self.presenter.history.kernel = self.name
        await self.presenter.begin(info)
        self.templates.refresh()
        self.changed.emit()

    def _on_live_restarted(self, info: KernelInfoReply) -> None:
        self.presenter.execution.notice(NoticeLevel.INFO, "Somebody else restarted the kernel")
        self._spawn(self._begin(info))

    def _fail(self, error: Exception) -> None:
        """Say in the console why there is no kernel."""
        self._failed = True
        self.presenter.execution.notice(NoticeLevel.ERROR, str(error))
        if not isinstance(error, TimeoutError):
            self._give_up()
        self.changed.emit()

    def _give_up(self) -> None:
        """Run nothing for want of a kernel, unless it is ours: then a restart brings the next."""
        if self.live is None or self.live.process is None:
            self.presenter.execution.give_up()

    def _why_not_interrupted(self, is_busy: bool) -> str:
        if is_busy:
            return "Nothing was running yet; what waited is not run"
        return "There is no kernel" if self.state is KernelState.DEAD else "Nothing is running"

    def _on_payloads_exit_requested(self, keeps_kernel: bool) -> None:
        self.keeps_kernel = keeps_kernel
        self.exit_requested.emit()

    def _on_live_changed(self) -> None:
        live = self.live
        self._way.tell(live.trouble if live else "")
        if live is not None and live.is_engaged and not self._is_patient:
            self._is_patient = True
            self.presenter.execution.notice(NoticeLevel.INFO, ENGAGED)
        if live is not None and live.state is KernelState.DEAD and self._began:
            self._began = False  # one that dies while it starts is told by `_fail`
            self.presenter.execution.pause()
            self.presenter.execution.abort_queue()
            self.presenter.execution.notice(NoticeLevel.ERROR, farewell(live))
            self._give_up()
        self.changed.emit()

    def _export_source(self, title: str) -> ExportSource:
        """Return the session as it is now, to be written."""
        self.presenter.flush()
        process = None if self.live is None else self.live.process
        spec = None if process is None else process.spec
        kernel = None if spec is None else KernelName(spec.name, spec.display_name)
        entries = list(self.presenter.execution.transcript.entries)
        return ExportSource(entries, self.info, kernel, title)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def is_forgeable(connection: ConnectionInfo) -> bool:
    """Tell whether anybody can send messages in the kernel's name."""
    return not connection.signed and not connection.encrypted


def greeting(info: KernelInfoReply) -> str:
    """Return one line about a kernel that has just answered."""
    language = info.language_info
    parts = (
        f"{proper_name(language.name)} {language.version}".strip(),
        f"{proper_name(info.implementation)} {info.implementation_version}".strip(),
    )
    return " · ".join(part for part in dict.fromkeys(parts) if part)


def proper_name(name: str) -> str:
    """Write a name as its makers do; kernels send it in lower case."""
    return PROPER_NAMES.get(name, name[:1].upper() + name[1:])


def farewell(live: LiveKernel) -> str:
    """Say how a kernel ended, and what can be done."""
    told, _, tail = obituary(live).partition("\n")
    if live.process is not None:
        told = f"{told} Kernel ▸ Restart starts it again."
    return f"{told}\n{tail}" if tail else told
