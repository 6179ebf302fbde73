"""Run cells on a kernel, through the same client, reducer and transcript as the window."""

import asyncio
import contextlib
import time
from collections.abc import Sequence

from vitrail.kernel.client import END_OF_FILE
from vitrail.kernel.discovery import KernelSpec
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel, obituary
from vitrail.kernel.reach import Presence, presence
from vitrail.kernel.traits import set_trait
from vitrail.presenters.execution import Execution
from vitrail.presenters.pages import page_of, source_of
from vitrail.presenters.reducer import Changes
from vitrail.protocol.errors import UsageError
from vitrail.protocol.replies import InputRequest, KernelInfoReply
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.transcript import Transcript

INTERRUPT_S = 5.0
LOOK_AGAIN_S = 1.0
UNREACHABLE_S = 60.0  # a network may be out for a moment


class RunError(UsageError):
    """The run did not come to its end; what came out until then is in the transcript."""


class Runner:
    """Runs cells one after the other; after one that raised, the rest are not run.

    Attributes:
        transcript: What came out.
        info: The kernel's self-description, once it answered.
        spec: What it was launched from; None for one that ran already.
    """

    def __init__(self, traits: Sequence[tuple[str, object]] = ()) -> None:
        """Prepare; `traits` are names and values of the kernel's settings."""
        self.transcript = Transcript()
        self._traits = tuple(traits)
        self.info: KernelInfoReply | None = None
        self.spec: KernelSpec | None = None
        self._ended = asyncio.Event()
        self._execution = Execution(self.transcript, self, now=time.time, allow_stdin=False)

    async def run(self, kernel: LiveKernel, cells: Sequence[str], timeout_s: float | None) -> None:
        """Run `cells` on a kernel that is not open yet.

        Args:
            kernel: Is opened here, closed by the caller.
            cells: Code.
            timeout_s: Seconds for all of it, the start of the kernel included.

        Raises:
            RunError: The time was up, or the kernel died.
            UsageError: The kernel did not start, or one of the traits cannot be set.
            TimeoutError: The kernel did not answer.
        """
        limit = asyncio.timeout(timeout_s)
        self.spec = None if kernel.process is None else kernel.process.spec
        try:
            async with limit:
                self._execution.attach(kernel.client)
                self.info = await kernel.open()
                for name, value in self._traits:
                    await set_trait(kernel.client, name, value)
                self._execution.begin(0)
                for code in cells:
                    self._execution.submit(code)
                await self._until_finished(kernel)
        except TimeoutError:
            if not limit.expired():
                raise
            await self._give_up(kernel)
            raise RunError(f"Not finished after {timeout_s:g} s.") from None
        except asyncio.CancelledError:
            if kernel.process is None:
                await self._give_up(kernel)
            raise

    @property
    def raised(self) -> bool:
        """Whether a cell of ours raised."""
        return self._has(CellStatus.FAILED)

    async def _until_finished(self, kernel: LiveKernel) -> None:
        unreachable_since: float | None = None
        while self._execution.is_busy:
            self._ended.clear()  # before we look around: the end may come meanwhile
            found = None
            if kernel.state is KernelState.DISCONNECTED:  # its heartbeat stopped
                found = await presence(kernel.client.connection)
            if found is Presence.REFUSES:
                raise RunError("The kernel is gone: nobody listens there any more.")
            if found is not Presence.UNREACHABLE:
                unreachable_since = None
            elif unreachable_since is None:
                unreachable_since = time.monotonic()
            elif time.monotonic() - unreachable_since >= UNREACHABLE_S:
                raise RunError(kernel.trouble or "The kernel is gone, or the network to it.")
            await self._wait(kernel)
        if kernel.state is KernelState.DEAD or self._has(CellStatus.LOST):
            raise RunError(obituary(kernel))

    async def _wait(self, kernel: LiveKernel) -> None:
        """Wait for news; a kernel out of reach may end without any."""
        with contextlib.suppress(TimeoutError):
            is_silent = kernel.state is KernelState.DISCONNECTED
            async with asyncio.timeout(LOOK_AGAIN_S if is_silent else None):
                await self._ended.wait()

    def _has(self, status: CellStatus) -> bool:
        cells = map(self.transcript.cell, [entry.id for entry in self.transcript.entries])
        return any(cell is not None and cell.is_own and cell.status is status for cell in cells)

    async def _give_up(self, kernel: LiveKernel) -> None:
        """Interrupt, so that a kernel that is not ours is left as it was found."""
        self._execution.abort_queue()
        if self._execution.is_busy:
            try:
                async with asyncio.timeout(INTERRUPT_S):
                    await kernel.interrupt()
            except TimeoutError:
                return

    def kernel_changed(self) -> None:
        """See whether there is still something to wait for."""
        self._ended.set()

    # ExecutionListener

    def transcript_changed(self, changes: Changes) -> None:
        """Nothing is drawn."""

    def expected_count_changed(self) -> None:
        """See whether that was the last cell."""
        self._ended.set()

    def input_requested(self, cell_id: str, request: InputRequest) -> None:
        """Answer that nobody is there: stdin is not allowed, and yet some kernels ask."""
        del cell_id, request
        self._execution.answer(END_OF_FILE)

    def input_withdrawn(self) -> None:
        """Never asked."""

    def payload_received(self, payload: dict[str, object], cell_id: str) -> None:
        """Keep what a pager would show, like `x?`; editors and exits are for people."""
        if source_of(payload) == "page":
            self.transcript.append_rich(cell_id, page_of(payload))
