"""LiveKernel: one kernel as a window sees it: its process if it is ours, its client, its state."""

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final

from vitrail.kernel.channels import CALM_RECONNECT_MS, STARTING_RECONNECT_MS
from vitrail.kernel.client import ClientListener, KernelClient
from vitrail.kernel.elder import answer_of_ours
from vitrail.kernel.interrupt import interrupt
from vitrail.kernel.lifecycle import KernelState, Launch, Link, kernel_state
from vitrail.kernel.process import AddressError, KernelProcess, LaunchError
from vitrail.kernel.reach import PATIENCE_S, Presence, nobody_listens, presence, until_listening
from vitrail.kernel.tunnel import Tunnel
from vitrail.kernel.watch import describe_exit
from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import ProtocolError, UsageError
from vitrail.protocol.replies import KernelInfoReply
from vitrail.protocol.requests import KernelInfoRequest

if TYPE_CHECKING:
    from vitrail.kernel.cluster import EngineWatch

_LOG: Final = logging.getLogger("vitrail.kernel")

READY_S: Final = 60.0
"""Long: the first start after an installation compiles everything."""


MOVES: Final = 3
"""How often a kernel that finds its port taken is started on other ones."""

LOOKS_S: Final = (0.1, 0.2, 0.3, 0.4)
"""Together longer than two times CALM_RECONNECT_MS, which is as late as ZeroMQ may be."""

LOOK_AGAIN_S: Final = 1.0
"""How often to look whether a kernel that does not answer is there."""

LAST_WORDS_S: Final = 0.5
"""What a kernel said before it died may still be on its way."""


class LiveKernel:
    """Owns a client, and the process when the kernel was launched by us.

    A kernel that we attached to is never ended and its connection file never removed.

    Attributes:
        client: To execute and ask.
        process: None when attached.
    """

    def __init__(
        self,
        kernel: KernelProcess | Tunnel | ConnectionInfo,
        *,
        listener: ClientListener | None = None,
        changed: Callable[[], None] | None = None,
        restarted: Callable[[KernelInfoReply], None] | None = None,
    ) -> None:
        """Prepare; `open` begins.

        Args:
            kernel: What `KernelProcess.launch` returned, or where to attach; the way there is
                ended with the client.
            listener: Of the client.
            changed: Called each time `state` is another one.
            restarted: Called when somebody else has restarted the kernel and it answers again.
        """
        self.process = kernel if isinstance(kernel, KernelProcess) else None
        is_new = self.process is not None and not self.process.is_adopted
        self.client = KernelClient(
            kernel if isinstance(kernel, ConnectionInfo) else kernel.connection,
            listener=listener,
            activity_changed=self._tell,
            restarted=self._on_client_restarted,
            reconnected=self._on_client_reconnected,
            reconnect_ms=STARTING_RECONNECT_MS if is_new else CALM_RECONNECT_MS,
            is_shared=not is_new,
        )
        self._tunnel = kernel if isinstance(kernel, Tunnel) else None
        self._engine = self._watched(self.client.connection)
        self._changed = changed
        self._restarted = restarted
        self._launch = Launch.STARTING if is_new else Launch.RUNNING
        self._is_closed = self._is_engaged = False
        self._moves_left = 0
        self._told = self.state
        self._tasks: set[asyncio.Task[None]] = set()
        self._restarting = asyncio.Lock()

    @property
    def state(self) -> KernelState:
        """What to show, computed from the process, the sockets and what the kernel says."""
        return kernel_state(self._launch, self._link, is_busy=self._is_busy)

    @property
    def _is_busy(self) -> bool:
        return self.client.is_busy or self._is_engaged

    @property
    def exit_code(self) -> int | None:
        """The exit code of our process that ended, else None."""
        return self.process.exit_code if self.process else None

    @property
    def is_engaged(self) -> bool:
        """Whether a kernel of somebody else is there, busy since before we came."""
        return self._is_engaged or self.client.is_engaged

    async def open(self, timeout_s: float = READY_S) -> KernelInfoReply:
        """Connect and wait until the kernel is ready.

        Raises:
            LaunchError: Our kernel died while it started.
            UsageError: Nobody listens where the kernel to attach to should, or no longer.
            TimeoutError: It did not answer in time. A kernel of somebody else that is there, but
                busy, is waited for without a limit.
        """
        if self.process is not None:
            self.process.enlist()
        if self._engine is not None:
            self._engine.start()
        if self._tunnel is not None:
            await self._tunnel.open(self._on_way)
        await self.client.connect()
        info = await self._get_ready(timeout_s)
        if self.process is not None and self.process.is_spare:
            self._spawn(self._keep(self.process))
        return info

    async def interrupt(self) -> bool:
        """Interrupt what runs; whether it ended. See `vitrail.kernel.interrupt`."""
        owner = self._engine.nanny(self.client) if self._engine else self.process
        return await interrupt(self.client, owner)

    async def restart(self, timeout_s: float = READY_S) -> KernelInfoReply:
        """Restart our kernel, dead or alive, and wait until it is ready.

        Everything under way is lost; session id and subshells are new.

        Raises:
            LaunchError: It did not start; also for a kernel that is not ours to restart.
            TimeoutError: It did not answer in time.
        """
        if self.process is None:
            raise LaunchError("This kernel was started by somebody else, who alone can restart it.")
        async with self._restarting:
            self._launch = Launch.RESTARTING
            self.client.lost()
            try:
                await self.process.restart()
            except BaseException:
                self._launch = Launch.EXITED
                self._tell()
                raise
            self.client.connection = self.process.connection
            await self.client.reconnect()
            return await self._get_ready(timeout_s)

    async def close(self, *, keeps_kernel: bool = False) -> None:
        """Close the client and end the process if it is ours and not to be kept. Idempotent.

        Cancelled in one step, it takes the next ones all the same.
        """
        if keeps_kernel and self.process is not None and self.client.is_ready:
            from vitrail.kernel.freedom import set_free

            await set_free(self.client)
            self.process.let_go()
        is_idle = not self._is_busy  # as far as it has said: it may be silent by now
        self._is_closed = True
        async with contextlib.AsyncExitStack() as steps:  # the last one first
            if self.process is not None:
                steps.push_async_callback(self._end, self.process, is_idle=is_idle)
            if self._tunnel is not None:
                steps.push_async_callback(self._tunnel.close)
            steps.callback(self.client.close)
            if self._engine is not None:
                steps.push_async_callback(self._engine.close)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tell()

    async def _end(self, process: KernelProcess, *, is_idle: bool) -> None:
        await process.terminate(is_idle=is_idle)
        self._launch = Launch.EXITED

    def release(self) -> KernelProcess | None:
        """Leave our process to somebody else, who ends it; None if there is none of ours."""
        process, self.process = self.process, None
        return process

    def adopt(self, process: KernelProcess) -> None:
        """Own the process of the kernel that we are attached to, from now on."""
        self.process = process
        self._spawn_watch(process)

    @property
    def is_gone(self) -> bool:
        """Whether it is an engine that has left its cluster; it is never seen again."""
        return self._engine is not None and self._engine.is_gone

    @property
    def trouble(self) -> str:
        """Why the way to the kernel is interrupted, empty while it is not."""
        return self._tunnel.trouble if self._tunnel else ""

    @property
    def _link(self) -> Link:
        if self._is_closed:
            return Link.CLOSED
        if not self.client.is_ready:
            return Link.LIVE if self._is_engaged else Link.CONNECTING
        ways = (self._engine, self._tunnel)
        is_linked = all(way is None or way.is_linked for way in ways)
        is_beating = self.client.heartbeat.is_beating and is_linked
        return Link.LIVE if is_beating else Link.SILENT

    async def _get_ready(self, timeout_s: float) -> KernelInfoReply:
        if self.process is None or self.process.is_adopted:
            await until_listening(self.client.connection)
            if self.process is not None:
                self._spawn_watch(self.process)
            return await self._answer_of_other(timeout_s)
        self._moves_left = MOVES
        while True:
            self._spawn_watch(self.process)
            try:
                answer = answer_of_ours(self.client, self.process, timeout_s)
                info = await self.process.guard(answer)
            except AddressError:
                if not self._moves_left:
                    await self.process.kill()
                    self._launch = Launch.EXITED
                    raise
                await self._move(self.process)
            else:
                self._moves_left = 0
                self._launch = Launch.RUNNING
                self._tell()
                return info

    async def _answer_of_other(self, timeout_s: float) -> KernelInfoReply:
        answer = asyncio.ensure_future(self.client.ready(math.inf))
        try:
            await self._while_it_is_there(answer, timeout_s)
            return answer.result()
        except UsageError:
            if self.is_gone:
                raise UsageError(obituary(self)) from None
            raise
        finally:
            self._is_engaged = False
            answer.cancel()
            await asyncio.gather(answer, return_exceptions=True)
            self._tell()

    async def _while_it_is_there(
        self, answer: "asyncio.Future[KernelInfoReply]", timeout_s: float
    ) -> None:
        """Wait until the kernel has answered.

        Raises:
            UsageError: It has ended.
            TimeoutError: It could not be reached for `timeout_s`.
        """
        now = asyncio.get_running_loop().time
        last_s = {found: now() for found in Presence}  # when it was last not so
        while not (await asyncio.wait({answer}, timeout=min(LOOK_AGAIN_S, timeout_s)))[0]:
            found = await presence(self.client.connection)
            for other in set(Presence) - {found}:
                last_s[other] = now()
            if now() - last_s[Presence.REFUSES] >= PATIENCE_S:
                raise UsageError(nobody_listens(self.client.connection))
            if now() - last_s[Presence.UNREACHABLE] >= timeout_s:
                raise TimeoutError(f"The kernel could not be reached for {timeout_s:g} s.")
            self._is_engaged = found in (Presence.GREETS, Presence.ACCEPTS)
            self._tell()

    async def _move(self, process: KernelProcess) -> None:
        """Start on other ports: between our look and the kernel's, somebody took one."""
        self._moves_left -= 1
        await process.start_elsewhere()
        self.client.connection = process.connection
        await self.client.reconnect()

    async def _keep(self, process: KernelProcess) -> None:
        """Let a spare kernel, which is used from now on, outlive a crash as others do."""
        from vitrail.kernel.freedom import set_free

        await set_free(self.client)
        process.is_spare = False

    def _spawn_watch(self, process: KernelProcess) -> None:
        self._spawn(self._watch_exit(process))

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch_exit(self, process: KernelProcess) -> None:
        run = process.run
        await process.wait_exit()
        is_followed = process.run is not run or (self._moves_left and process.may_move)
        if process.is_stopping or is_followed:
            return
        self._launch = Launch.EXITED
        self.client.lost()
        self._tell()
        await self._disconnect_soon()

    async def _disconnect_soon(self) -> None:
        await asyncio.sleep(LAST_WORDS_S)
        if self._launch is Launch.EXITED:
            self.client.disconnect()

    def _watched(self, connection: ConnectionInfo) -> "EngineWatch | None":
        """Return what watches over an engine; a kernel with a heartbeat needs none."""
        if connection.has(Channel.HEARTBEAT):
            return None
        from vitrail.kernel.cluster import watched  # no start of a kernel of our own waits for it

        return watched(connection, self._on_engine)

    def _on_engine(self) -> None:
        if self.is_gone:
            self._launch = Launch.EXITED
            self.client.lost()
            self._spawn(self._disconnect_soon())
        self._tell()

    def _on_client_restarted(self) -> None:
        self._spawn(self._begin_again())

    def _on_client_reconnected(self) -> None:
        self._spawn(self._look_who_it_is())

    async def _look_who_it_is(self) -> None:
        """Ask until iopub, connected later than shell, must have told of a new run."""
        with contextlib.suppress(TimeoutError, ProtocolError):
            for pause_s in LOOKS_S:
                await self.client.ask(KernelInfoRequest(), timeout_s=READY_S)
                await asyncio.sleep(pause_s)
                if not self.client.is_ready:
                    return  # it is another one

    async def _begin_again(self) -> None:
        try:
            if self.process is None:
                info = await self._answer_of_other(math.inf)
            else:
                info = await self.client.ready(READY_S)
        except (UsageError, TimeoutError):
            if self.process is None:  # a process says itself that it ended
                self._launch = Launch.EXITED
                self._tell()
            return
        self._tell()
        if self._restarted is not None:
            self._restarted(info)

    def _on_way(self) -> None:
        self._told = self.state
        if self._changed is not None:
            self._changed()

    def _tell(self) -> None:
        state = self.state
        if state is not self._told:
            self._told = state
            _LOG.debug("%s is %s", self.client.connection.place, state)
            if self._changed is not None:
                self._changed()


def obituary(kernel: LiveKernel) -> str:
    """Say how a kernel ended, with its last lines."""
    if kernel.is_gone:
        return "The engine has left its cluster: it was ended, or died."
    if kernel.process is None:
        return "The kernel was ended or restarted by somebody else."
    tail = kernel.process.output_tail()
    text = f"The kernel died ({describe_exit(kernel.exit_code)})."
    return f"{text}\n{tail}" if tail else text
