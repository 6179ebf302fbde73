"""The kernel of a tab, from its launch or attachment to its end."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.kernel_words import (
    ADOPTED,
    DIES_OFTEN,
    ENGAGED,
    FORGEABLE,
    REVIVED,
    farewell,
    greeting,
    is_forgeable,
)
from vitrail.presenters.way_notices import WayNotices
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.protocol.replies import KernelInfoReply
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell, NoticeLevel

if TYPE_CHECKING:
    from vitrail.kernel.revival import Revivals
    from vitrail.kernel.tunnel import Tunnel

Kernel: TypeAlias = "KernelProcess | Tunnel | ConnectionInfo | UsageError"
"""What to work with; an error is said in the console, which is there all the same."""

Source: TypeAlias = Callable[[], Awaitable[Kernel]]
"""Gets a kernel, or once more one like it."""


SHORT_MS = 25
"""Of work that takes no longer nobody needs to see that it began, and its result comes first."""

WORKING = frozenset((KernelState.IDLE, KernelState.BUSY))
LIVING = WORKING | {KernelState.DISCONNECTED}


class ConsoleKernel(QObject):
    """Keeps a console's kernel, and says in the console what becomes of it.

    Attributes:
        live: The kernel, None when none could be started.
        info: What it says of itself, None until it answered.
        source: Gets once more what there is, or should be; None when nobody knows.
        revives: Whether to start a kernel of ours again when it has died.
        tells_earlier: Whether to show what a kernel ran before we attached to it.

    Signals:
        changed: The kernel's state, or what is known of it, is another one.
        told: Something happened that deserves a passing word.
        began: A kernel is ready, also after a restart.
        stuck: An interrupt has not ended what runs.
    """

    changed = Signal()
    told = Signal(str)
    began = Signal()
    stuck = Signal()

    def __init__(self, presenter: ConsolePresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told_state = KernelState.STARTING
        self._short = QTimer(self, singleShot=True, interval=SHORT_MS)
        self._short.timeout.connect(self.changed)
        self.live: LiveKernel | None = None
        self.info: KernelInfoReply | None = None
        self._presenter, self._execution = presenter, presenter.execution
        presenter.stop_question = self.interrupt_question
        self.revives = False
        self.tells_earlier = True
        self._revivals: Revivals | None = None
        self._failed = self._began = self._is_patient = False
        self.source: Source | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._way = WayNotices(self._execution)

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
    def is_ours(self) -> bool:
        """Whether we started it, so that it ends with us unless it is kept."""
        return self.live is not None and self.live.process is not None

    @property
    def can_restart(self) -> bool:
        """Whether `restart` can give a kernel: ours, or the one that there should have been."""
        return self.is_ours or (self.source is not None and self.state is KernelState.DEAD)

    def start(self, kernel: Kernel, again: Source | None = None) -> None:
        """Begin with a kernel that was launched, one to attach to, or the reason for none.

        Args:
            kernel: What there is.
            again: Tries once more to get what there should be.
        """
        self.source = again or self.source
        if isinstance(kernel, UsageError):
            self._fail(kernel)
            return
        if isinstance(kernel, KernelProcess):
            self._presenter.expect(kernel.spec.language)
        self.live = LiveKernel(
            kernel, changed=self._on_live_changed, restarted=self._on_live_restarted
        )
        self._presenter.attach(self.live.client)
        self._spawn(self._open(self.live))
        self.changed.emit()

    def interrupt(self) -> None:
        """Interrupt what runs, and withdraw what waits for it."""
        is_waiting = self.state in (KernelState.DEAD, KernelState.STARTING, KernelState.RESTARTING)
        is_foreign = self.live is not None and (self.live.client.is_busy or self.live.is_engaged)
        is_busy = self._execution.is_busy or is_foreign
        if is_busy:
            self._execution.interrupted()
        if self.live is None or is_waiting or not is_busy:
            self.told.emit(self._why_not_interrupted(is_busy))
            return
        self.told.emit(tr("Interrupting"))
        self._spawn(self._interrupt(self.live))

    def interrupt_question(self) -> None:
        """Interrupt what a question of ours runs of the user's code, though no cell is running."""
        if self.live is not None:
            self._spawn(self._interrupt(self.live))

    def restart(self, codes: Sequence[str] = ()) -> None:
        """Restart the kernel, or try again to get one; the transcript stays.

        Args:
            codes: What to run then.
        """
        live = self.live
        if live is not None and live.process is not None:
            if self.state is not KernelState.RESTARTING:
                self._spawn(self._restart(live, tr("Kernel restarted"), codes))
        elif self.source is not None and self.state is KernelState.DEAD:
            self._failed, self.live = False, None
            self._execution.pause()
            self._spawn(self._try(self.source, live))
            self.changed.emit()
        elif live is not None:
            self.told.emit(tr("This kernel was started by somebody else, who alone can restart it"))
        else:
            self.told.emit(tr("There is no kernel to restart"))

    def hand_over(self, heir: "ConsoleKernel") -> None:
        """Leave a kernel of ours to another tab that shows it; here it is somebody else's then."""
        if self.live is not None and heir.live is not None:
            process = self.live.release()
            if process is not None:
                heir.live.adopt(process)
                heir.changed.emit()

    async def part(self, *, keeps_kernel: bool) -> None:
        """Let the kernel go, so that another one can `start` here; what was said stays."""
        live, self.live, self.info = self.live, None, None
        self._failed = self._began = self._is_patient = False
        self._execution.pause()
        self._execution.abort_queue()
        await self._end_tasks()
        self.changed.emit()
        if live is not None:
            await live.close(keeps_kernel=keeps_kernel)
        self._execution.retire()

    async def end(self, *, keeps_kernel: bool) -> None:
        """End the kernel if it is ours and not to be kept, and all that is under way."""
        self._began = False  # its end is meant: nothing to be said, and nothing to be revived
        await self._end_tasks()
        if self.live is not None:
            await self.live.close(keeps_kernel=keeps_kernel)

    async def _end_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

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

    async def _try(self, again: Source, past: LiveKernel | None) -> None:
        """Begin anew, where there was no kernel or one of somebody else that ended."""
        if past is not None:
            await past.close()
        self.start(await again())

    async def _interrupt(self, live: LiveKernel) -> None:
        has_ended = await live.interrupt()
        if not has_ended and live is self.live and self.state is KernelState.BUSY:
            self.stuck.emit()

    async def _restart(self, live: LiveKernel, told: str, codes: Sequence[str] = ()) -> None:
        self._began = False
        self._execution.pause()
        if self.state is not KernelState.DEAD:  # what was entered after its death is for the next
            self._execution.abort_queue()
        self._failed = False
        try:
            info = await live.restart()
        except (UsageError, ProtocolError, TimeoutError) as error:
            self._fail(error)
            return
        self._execution.notice(NoticeLevel.INFO, told)
        await self._begin(info)
        for code in codes:
            self._execution.submit(code)

    async def _begin(self, info: KernelInfoReply) -> None:
        first = self.info is None
        self.info = info
        if first:
            self._execution.notice(NoticeLevel.INFO, greeting(info))
            if self.live is not None and is_forgeable(self.live.client.connection):
                self._execution.notice(NoticeLevel.WARN, FORGEABLE)
            if self.live is not None and self.live.process and self.live.process.is_adopted:
                self._execution.notice(NoticeLevel.INFO, ADOPTED)
        else:
            self._execution.retire()
        self._began = True
        self._presenter.history.kernel = self.name
        await self._presenter.begin(info, has_past=first and self._has_past)
        self.began.emit()
        self.changed.emit()

    @property
    def _has_past(self) -> bool:
        """Whether a kernel that has just answered may have run what the console does not show."""
        live = self.live
        entries = self._execution.transcript.entries
        is_known = any(isinstance(each, Cell) and each.status.is_finished for each in entries)
        is_new = live is None or (live.process is not None and not live.process.is_adopted)
        return self.tells_earlier and not is_known and not is_new

    def _on_live_restarted(self, info: KernelInfoReply) -> None:
        self._execution.notice(NoticeLevel.INFO, tr("Somebody else restarted the kernel"))
        self._spawn(self._begin(info))

    def _fail(self, error: Exception) -> None:
        """Say in the console why there is no kernel."""
        self._failed = True
        self._execution.notice(NoticeLevel.ERROR, str(error))
        if not isinstance(error, TimeoutError):
            self._give_up()
        self.changed.emit()

    def _give_up(self) -> None:
        """Run nothing for want of a kernel, unless it is ours: then a restart brings the next."""
        if not self.is_ours:
            self._execution.give_up()

    def _why_not_interrupted(self, is_busy: bool) -> str:
        if is_busy:
            return tr("Nothing was running yet; what waited is not run")
        return (
            tr("There is no kernel") if self.state is KernelState.DEAD else tr("Nothing is running")
        )

    def _on_live_changed(self) -> None:
        live = self.live
        self._way.tell(live.trouble if live else "")
        if live is not None and live.is_engaged and not self._is_patient:
            self._is_patient = True
            self._execution.notice(NoticeLevel.INFO, ENGAGED)
        if live is not None and live.state is KernelState.DEAD and self._began:
            self._began = False  # one that dies while it starts is told by `_fail`
            self._execution.pause()
            self._execution.abort_queue()
            is_revived = self._may_revive()
            words = farewell(live, is_revived=is_revived)
            self._execution.notice(NoticeLevel.ERROR, words)
            self._give_up()
            if is_revived:
                self._spawn(self._restart(live, REVIVED))
        self._tell_state()

    def _tell_state(self) -> None:
        """Say at once what the state is, unless it only went to work or came from it."""
        before, self._told_state = self._told_state, self.state
        if before in LIVING and self._told_state not in LIVING:
            self._execution.lose_others()
        if {before, self._told_state} <= WORKING:
            if not self._short.isActive():
                self._short.start()
            return
        self._short.stop()
        self.changed.emit()

    def _may_revive(self) -> bool:
        """Whether the user wants a kernel of ours that died again, and it does not keep dying."""
        if not (self.revives and self.is_ours):
            return False
        from vitrail.kernel.revival import Revivals  # a start does without

        self._revivals = self._revivals or Revivals()
        is_allowed = self._revivals.allow(asyncio.get_running_loop().time())
        if not is_allowed:
            self._execution.notice(NoticeLevel.WARN, DIES_OFTEN)
        return is_allowed

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
