"""Watching one kernel process: its exit at once, and the last lines it printed.

One daemon thread a process, in the kernel's pipe and its pidfd. Not the event loop: the process
is older than the loop that will use it (it starts before Qt is imported), asyncio's child
watchers want the loop that started it, and the pipe must be drained while the GUI is busy.
"""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import threading
from collections import deque
from concurrent.futures import Future
from typing import Final, Protocol

from vitrail.threads import Promise

UNKNOWN_EXIT: Final = 1 << 30
"""The exit code of a process that is not our child: the system tells its parent alone."""

KEPT_LINES: Final = 200
KEPT_LINE_BYTES: Final = 4096
PIPE_BYTES: Final = 1 << 20
"""What an orphan may print before it has to wait for somebody to read it."""

_READ_BYTES: Final = 65536
_LOOKS: Final = 100
_LOOK_S: Final = 0.005
_POLL_MS: Final = 50
"""How late an exit is noticed where the system has no pidfd (macOS, Linux before 5.3)."""


class Adopted(Protocol):
    """A process that somebody else started, where `subprocess.Popen` stands for a child."""

    pid: int
    returncode: int | None

    def has_exited(self) -> bool:
        """Whether it has ended."""
        ...

    def wait(self) -> int:
        """Return UNKNOWN_EXIT, once it has ended."""
        ...


class ProcessWatch:
    """The thread that reads a process's output and waits for its end.

    When the process ends, what is left of its process group is killed, then it is reaped: while
    it is a zombie its group id cannot belong to anybody else.

    Attributes:
        exited: Resolves to the exit code, negative for a signal as in `subprocess`.
    """

    def __init__(self, process: "subprocess.Popen[bytes] | Adopted", output_fd: int) -> None:
        """Start watching.

        Args:
            process: Leader of its own process group; only the watch may reap it.
            output_fd: Read end of the pipe that is its stdout and stderr; closed by the watch.
        """
        self.exited: Future[int] = Future()
        self.exited.set_running_or_notify_cancel()  # no waiter can cancel it
        self._process = process
        self._output_fd = output_fd
        self._lock = threading.Lock()  # guards what is below
        self._lines: deque[bytes] = deque(maxlen=KEPT_LINES)
        self._partial = b""
        self._is_piped = True
        self._ear, self._bell = os.pipe()
        self._is_over = False
        self._thread = threading.Thread(
            target=self._run, name=f"kernel-watch-{process.pid}", daemon=True
        )
        self._thread.start()

    @property
    def exit_code(self) -> int | None:
        """The exit code, None while the process runs."""
        return self.exited.result() if self.exited.done() else None

    async def wait(self) -> int:
        """Wait for the end, without polling; return the exit code."""
        if self.exited.done():
            return self.exited.result()
        promise: Promise[int] = Promise()
        self.exited.add_done_callback(lambda exited: promise.fulfil(exited.result))
        return await promise.future

    def tail(self, lines: int = KEPT_LINES) -> str:
        """Return the last *lines* of stdout and stderr together, at most KEPT_LINES."""
        with self._lock:
            kept = [*self._lines, self._partial] if self._partial else list(self._lines)
        return b"\n".join(kept[-lines:]).decode(errors="replace")

    async def all_told(self) -> None:
        """Wait until `tail` tells what has been printed so far; half a second at most."""
        for _ in range(_LOOKS):
            if not self._holds_more():
                return
            await asyncio.sleep(_LOOK_S)

    def _holds_more(self) -> bool:
        """Whether there is something in the pipe that was not read yet."""
        with self._lock:
            if self._is_over or not self._is_piped:
                return False
            poller = select.poll()
            poller.register(self._output_fd, select.POLLIN)
            return bool(poller.poll(0))

    def release(self) -> None:
        """Stop watching; a process that has not exited lives on, and is nobody's to reap."""
        with self._lock:
            if not self._is_over:
                os.write(self._bell, b"!")
        self._thread.join()

    def _run(self) -> None:
        is_released = False
        try:
            is_released = self._is_released_before_exit()
        finally:
            with self._lock:
                self._is_over = True
                os.close(self._bell)
            os.close(self._ear)
            if is_released:
                self._leave()
            os.close(self._output_fd)
            if not is_released:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self.exited.set_result(self._process.wait())

    def _leave(self) -> None:
        """Let `cat` read what the process prints from now on, which else would end or block it."""
        if self._is_piped:
            with contextlib.suppress(OSError):
                reader = subprocess.Popen(
                    ["cat"],
                    stdin=self._output_fd,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                reader.returncode = 0
        self._process.returncode = 0  # a Popen that nobody has waited for complains

    def _is_released_before_exit(self) -> bool:
        pidfd = _pidfd(self._process.pid)
        try:
            return self._poll_until_exit(pidfd)
        finally:
            if pidfd is not None:
                os.close(pidfd)

    def _poll_until_exit(self, pidfd: int | None) -> bool:
        poller = select.poll()
        for fd in (self._output_fd, self._ear, pidfd):
            if fd is not None:
                poller.register(fd, select.POLLIN)
        while not self._has_exited():
            ready = dict(poller.poll(None if pidfd is not None else _POLL_MS))
            if self._ear in ready:
                return True
            if self._is_piped and self._output_fd in ready and not self._read():
                poller.unregister(self._output_fd)  # the kernel closed both streams
                self._is_piped = False
        if self._is_piped:
            self._read_rest()
        return False

    def _has_exited(self) -> bool:
        if not isinstance(self._process, subprocess.Popen):
            return self._process.has_exited()
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags) is not None

    def _read_rest(self) -> None:
        """Read what the pipe holds; its other end may live on in grandchildren."""
        os.set_blocking(self._output_fd, False)
        with contextlib.suppress(BlockingIOError):
            while self._read():
                pass

    def _read(self) -> bool:
        """Read once; False at the end of the pipe."""
        with self._lock:
            piece = os.read(self._output_fd, _READ_BYTES)
            *lines, partial = (self._partial + piece).split(b"\n")
            self._lines.extend(line[:KEPT_LINE_BYTES] for line in lines[-KEPT_LINES:])
            self._partial = partial[:KEPT_LINE_BYTES]
        return bool(piece)


def describe_exit(code: int | None) -> str:
    """Say an exit code: ``exit code 3``, ``killed by SIGKILL``."""
    if code is None:
        return "no exit code"
    if code == UNKNOWN_EXIT:
        return "exit code unknown"
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:  # real-time signals have no name
        return f"killed by signal {-code}"


def _pidfd(pid: int) -> int | None:
    opener = getattr(os, "pidfd_open", None)
    if opener is None:
        return None
    try:
        return int(opener(pid))
    except OSError:
        return None


def enlarge(pipe: int) -> None:
    """Let a pipe hold more of what a kernel prints while nobody reads; Linux alone can."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
