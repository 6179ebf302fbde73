"""One kernel that we own, as a process: launch, interrupt, restart, terminate. POSIX only."""

import asyncio
import contextlib
import logging
import os
import re
import signal
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

from vitrail.kernel.children import has_only_ended_children
from vitrail.kernel.launcher import AddressError, Launcher, LaunchError, Transport, new_launcher
from vitrail.kernel.watch import ProcessWatch, describe_exit, enlarge
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.redaction import secrets_of, without_secrets

if TYPE_CHECKING:
    from vitrail.kernel.listing import Listing
    from vitrail.kernel.registry import Entry, Registry

__all__ = ["AddressError", "KernelProcess", "LaunchError"]

T = TypeVar("T")

_LOG: Final = logging.getLogger("vitrail.kernel")

_TOLD_LINES: Final = 20
_LOOK_S: Final = 0.2
_LOOK_AT_CHILDREN_S: Final = 0.1
_TAKEN: Final = re.compile("address (already )?in use", re.IGNORECASE)  # strerror(EADDRINUSE)

# How long a kernel may take to follow each step, from the polite to the final one.
_SHUTDOWN_S: Final = 0.5
_SIGINT_S: Final = 2.0
_SIGTERM_S: Final = 1.0


class KernelProcess:
    """A kernel process of ours, from launch to clean end.

    Not bound to an event loop: launched on one, it may be used on the next.

    Attributes:
        connection: Where it listens; the same after a restart, unless the kernel chooses its ports.
        connection_file: The file that tells it so; gone after `terminate`.
        spec: What was launched.
        interrupt_mode: ``signal`` or ``message``, from the kernelspec.
        is_adopted: Whether somebody else started the present run.
        is_spare: Whether it ends with us though it is lasting: nobody has used it yet.
    """

    def __init__(self, launcher: Launcher, *, is_lasting: bool = False) -> None:
        """Prepare; `launch` and `adopt` are the ways to make one."""
        self._launcher = launcher
        self._is_lasting = is_lasting
        self._listing: Listing | None = None
        self._watch: ProcessWatch | None = None
        self._pid = self._pipe = 0
        self._is_stopping = self._has_answered = False
        self._is_cleaned = self._is_let_go = False
        self.is_adopted = self.is_spare = False
        self.spec = launcher.spec
        self.interrupt_mode = launcher.interrupt_mode
        self.connection_file = launcher.connection_file
        self.connection: ConnectionInfo

    @classmethod
    async def launch(
        cls,
        kernel_name: str,
        *,
        cwd: Path | None = None,
        transport: Transport = "auto",
        is_lasting: bool = False,
        is_spare: bool = False,
    ) -> Self:
        """Start a kernel; returns as soon as its process exists, before it listens.

        Args:
            kernel_name: Name of a kernelspec, else the path of a Python environment in which
                ipykernel is installed.
            cwd: Working directory, ours when None.
            transport: ``auto`` is TCP with CurveZMQ where the kernelspec says that the kernel
                has it, else ipc when the socket paths fit, else plain loopback TCP.
            is_spare: Whether an ipykernel that is lasting ends with us until it is set free.
            is_lasting: Whether it outlives a crash of ours; `enlist` lets it be found then.

        Raises:
            LaunchError: No such kernel, or its program cannot be run.
        """
        kernel = cls(new_launcher(kernel_name, cwd, transport), is_lasting=is_lasting)
        kernel.is_spare = kernel._launcher.is_bound = is_spare
        try:
            await kernel._start()
        except BaseException:
            await kernel._clean_up()
            raise
        return kernel

    @classmethod
    def adopt(cls, orphan: "Entry", registry: "Registry") -> Self:
        """Take over a kernel whose window has crashed: from now on it is ours, as if launched.

        Raises:
            LaunchError: Somebody else was faster, or its kernelspec is gone.
            UsageError: Its connection file is gone.
        """
        from vitrail.kernel.adoption import AdoptedProcess, output_of

        connection = read_connection_file(orphan.connection_file)
        file = orphan.connection_file
        kernel = cls(Launcher(orphan.launched_as, orphan.directory, "auto", file), is_lasting=True)
        if not registry.claim(orphan):
            raise LaunchError(f"The kernel {orphan.display_name!r} is another window's now.")
        kernel.connection = connection
        kernel._pid, kernel._pipe = orphan.kernel.pid, orphan.pipe
        output = output_of(orphan.kernel.pid, orphan.pipe)
        kernel._watch = ProcessWatch(AdoptedProcess(orphan.kernel), output)
        kernel._has_answered = kernel.is_adopted = True
        kernel.enlist(registry, orphan.launched)
        return kernel

    def enlist(self, registry: "Registry | None" = None, launched: float | None = None) -> None:
        """List a lasting kernel, from now on to its end, for who comes after a crash; idempotent.

        Args:
            registry: Where; None for this user's.
            launched: When it was, in seconds since the epoch; now when None.
        """
        if not self._is_lasting or self._listing is not None:
            return
        from vitrail.kernel.listing import Listing  # the launch does without
        from vitrail.kernel.registry import Registry, registry_path

        registry = registry or Registry(registry_path())
        self._listing = Listing(registry, self._launcher, launched)
        self._listing.enter(self._pid, self._pipe)

    @property
    def pid(self) -> int:
        """The process id of the present, or last, run."""
        return self._pid

    @property
    def exit_code(self) -> int | None:
        """The exit code of the present run, negative for a signal; None while it runs."""
        return self._watch.exit_code if self._watch else None

    @property
    def is_stopping(self) -> bool:
        """Whether the end of this run is our wish: `restart` or `terminate` is at work."""
        return self._is_stopping

    def output_tail(self, lines: int = _TOLD_LINES) -> str:
        """Return the last lines of the kernel's stdout and stderr, at most 200, without keys."""
        return self._tail_of(self._watch, lines)

    def _tail_of(self, run: ProcessWatch | None, lines: int = _TOLD_LINES) -> str:
        tail = run.tail(lines).strip("\n") if run else ""
        return without_secrets(tail, secrets_of(self.connection)) if tail else ""

    @property
    def lacks_ports(self) -> bool:
        """Whether a kernel that starts on TCP complains that somebody else has its port.

        It need not die of it: ipykernel 7.4 stays without an answer when its iopub is taken, and
        runs without a heartbeat when that is.
        """
        return self._lacks_ports(self._watch)

    def _lacks_ports(self, run: ProcessWatch | None) -> bool:
        return self.connection.transport == "tcp" and bool(_TAKEN.search(self._tail_of(run)))

    @property
    def run(self) -> object:
        """Stands for the present run: another one after each start."""
        return self._watch

    @property
    def may_move(self) -> bool:
        """Whether the death of this run, which has not answered yet, would lead to another one."""
        is_guess = self._launcher.is_ipc_a_guess and not self._has_answered
        return is_guess or self.lacks_ports

    async def wait_exit(self) -> int:
        """Wait for the end of the present run, told by its watcher without polling."""
        assert self._watch is not None
        return await self._watch.wait()

    async def guard(self, starting: Awaitable[T]) -> T:
        """Await *starting*, for instance `KernelClient.ready`, unless this run dies first.

        Raises:
            LaunchError: It died; with its exit code and last lines.
            AddressError: Somebody else has one of its ports; it may live.
        """
        run = self._watch  # there may be another one before we hear of its death
        assert run is not None
        work = asyncio.ensure_future(starting)
        death = asyncio.ensure_future(run.wait())
        try:
            while not (work.done() or death.done() or self._lacks_ports(run)):
                await asyncio.wait(
                    {work, death}, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED
                )
            await run.all_told()  # it answers without a heartbeat whose port it complained about
            if self._lacks_ports(run) or not work.done():
                raise self._death_of(run)
            failure = work.exception()
            if failure is not None and run.exit_code is not None:
                raise self._death_of(run) from failure  # others were told of its death first
            result = work.result()
            self._has_answered = True
            return result
        finally:
            for task in (work, death):
                task.cancel()
            await asyncio.gather(work, death, return_exceptions=True)

    def _death_of(self, run: ProcessWatch) -> LaunchError:
        """Return the error that tells how a run died while starting."""
        told, kernel = self._tail_of(run), f"The kernel {self.spec.name!r}"
        if self._lacks_ports(run):
            return AddressError(f"{kernel} found one of its ports taken.", told)
        if self._launcher.is_ipc_a_guess:
            return AddressError(f"{kernel} died on ipc sockets.", told)
        how = describe_exit(run.exit_code)
        return LaunchError(f"{kernel} died while starting ({how}).", told)

    async def interrupt(self) -> None:
        """Send SIGINT to the kernel's process group; a dead kernel is no error."""
        self._signal(signal.SIGINT)

    async def kill(self) -> None:
        """End a process that has nothing to save, at once."""
        self._signal(signal.SIGKILL)
        await self.wait_exit()

    async def restart(self) -> None:
        """End the process and start it again on the same connection file and ports.

        Raises:
            LaunchError: It cannot be started any more.
        """
        await self._stop(restart=True)
        await self._launcher.clean_up(restart=True)
        await self._start()

    async def start_elsewhere(self) -> None:
        """Start again on other ports, whatever became of this run.

        Raises:
            LaunchError: It cannot be started any more.
        """
        self._is_stopping = True
        await self.kill()
        await self._launcher.forget()
        self._launcher.move()
        await self._start()

    async def terminate(self, *, is_idle: bool = False) -> None:
        """End the kernel: ask, then SIGINT, SIGTERM, SIGKILL; takes 3.5 s at most.

        Also ends what the kernel left in its process group and removes the connection file
        and ipc sockets. Idempotent; may be called while the kernel starts, which then has
        nothing to save and is killed. Cancelled, it kills, and returns when the kernel is gone.

        Args:
            is_idle: Whether it ran no code, which SIGINT would have let come to an end.
        """
        if self._is_let_go:
            return
        try:
            await self._stop(restart=False, is_idle=is_idle)
        finally:
            try:
                if self._watch is not None:
                    await self.kill()  # when cancelled half-way
            finally:
                await self._clean_up()

    def let_go(self) -> None:
        """Leave a kernel that runs to itself, with its connection file; `terminate` does nothing.

        See `vitrail.kernel.freedom` for what ipykernel has to be told before.
        """
        if self._watch is not None and not self._is_stopping:
            self._watch.release()
            self._is_let_go = self.exit_code is None
            if self._is_let_go:
                self._launcher.let_go()
                if self._listing is not None:
                    self._listing.remove()

    async def _start(self) -> None:
        """Run the kernelspec's command with its output in a pipe that a watch drains."""
        if self._is_cleaned:
            raise LaunchError(f"The kernel {self.spec.name!r} has been terminated.")
        output, pipe = os.pipe()
        if self._is_lasting:
            enlarge(pipe)
        try:
            reader = output if self._is_lasting else None
            process, self.connection = await self._launcher.spawn(pipe, reader)
        except BaseException:
            os.close(output)
            raise
        finally:
            os.close(pipe)
        self._pid = process.pid
        _LOG.debug("%s started as process %d", self.spec.name, self._pid)
        self._pipe = os.fstat(output).st_ino  # the watch closes it
        self._watch = ProcessWatch(process, output)
        self._is_stopping = self._has_answered = self.is_adopted = False
        if self._listing is not None:
            self._listing.enter(self._pid, self._pipe)
        if self._launcher.registers:
            await self._take_registration()

    async def _take_registration(self) -> None:
        """Wait for the ports that the kernel chose; one that tells none is started on ours."""
        death = asyncio.ensure_future(self.wait_exit())
        try:
            told = await self._launcher.registered(death)
        except BaseException:
            self._signal(signal.SIGKILL)
            raise
        finally:
            death.cancel()
        if told is not None:
            self.connection = told
            return
        self._is_stopping = True
        await self.kill()
        await self._launcher.forget()
        await self._start()

    async def _stop(self, *, restart: bool, is_idle: bool = False) -> None:
        """Bring the present run to its end, step by step."""
        self._is_stopping = True
        if self._watch is None:
            return
        if self.exit_code is None and self._has_answered:
            await self._stop_gently(restart=restart, is_idle=is_idle)
        self._signal(signal.SIGKILL)
        await self.wait_exit()
        await self._launcher.forget()

    async def _stop_gently(self, *, restart: bool, is_idle: bool) -> None:
        """Let a kernel that works end itself."""
        await self._ask_to_shut_down(restart=restart)
        for signum, patience_s in ((signal.SIGINT, _SIGINT_S), (signal.SIGTERM, _SIGTERM_S)):
            if await self._has_exited_within(0):
                return
            self._signal(signum)
            until_s = asyncio.get_running_loop().time() + patience_s
            while asyncio.get_running_loop().time() < until_s:
                if await self._has_exited_within(_LOOK_AT_CHILDREN_S):
                    return
                if is_idle and has_only_ended_children(self._pid):
                    break

    async def _ask_to_shut_down(self, *, restart: bool) -> None:
        from vitrail.kernel.shutdown import shutdown_requested

        with shutdown_requested(self.connection, restart=restart):
            await self._has_exited_within(_SHUTDOWN_S)

    async def _has_exited_within(self, timeout_s: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self.wait_exit()
        return self.exit_code is not None

    def _signal(self, signum: signal.Signals) -> None:
        if self._watch is not None and self.exit_code is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signum)

    async def _clean_up(self) -> None:
        if not self._is_cleaned:
            self._is_cleaned = True
            if self._listing is not None:
                self._listing.remove()
            await self._launcher.clean_up(restart=False)
