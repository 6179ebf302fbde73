"""The heartbeat: bytes that come back as long as the kernel's process can run at all.

Answered by a thread without Python's lock, so a busy kernel beats (0.1–8 ms even while a C call
holds the lock for 6 s). A kernel that misses beats is stopped, swapped out, unreachable or dead;
whether it is dead is for its process to say. Missing beats is reported, and so is their return.
"""

import asyncio
from collections.abc import Callable
from typing import Final

INTERVAL_S: Final = 1.0
ALLOWED_MISSES: Final = 3

PING: Final = (b"", b"vitrail")
"""An empty envelope as REQ adds it, and one frame: IPython 1.0 loses pings of more frames."""


class Heartbeat:
    """Pings while started, and reports when the answers stop and when they come back."""

    def __init__(
        self,
        ping: Callable[[], None],
        changed: Callable[[bool], None],
        *,
        interval_s: float = INTERVAL_S,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            ping: Sends PING.
            changed: Told False when ALLOWED_MISSES pings in a row had no answer by the next
                one, True when an answer comes after that.
            interval_s: Seconds from ping to ping.
        """
        self._ping = ping
        self._changed = changed
        self._interval_s = interval_s
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._due = 0.0
        self._is_awaited = False
        self._misses = 0
        self.is_beating = True

    def start(self) -> None:
        """Ping now and then every interval, on the running loop; the kernel must be up."""
        self.stop()
        self._misses = 0
        self.is_beating = True
        self._send(asyncio.get_running_loop())

    def stop(self) -> None:
        """Stop pinging; idempotent."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def echoed(self) -> None:
        """Take note of an answer, also one that comes late."""
        self._is_awaited = False
        self._misses = 0
        if not self.is_beating:
            self.is_beating = True
            self._changed(True)

    def linked(self, is_linked: bool) -> None:
        """Take the word of the sockets, for kernels that are not pinged."""
        if self.is_beating is not is_linked:
            self.is_beating = is_linked
            self._changed(is_linked)

    def _send(self, loop: asyncio.AbstractEventLoop) -> None:
        self._is_awaited = True
        self._ping()
        self._due = loop.time() + self._interval_s
        self._timer = loop.call_later(self._interval_s, self._on_due, loop)

    def _on_due(self, loop: asyncio.AbstractEventLoop) -> None:
        # Late by an interval: it was us who were stopped (SIGSTOP, suspend, a blocked loop).
        was_stopped = loop.time() - self._due > self._interval_s
        if self._is_awaited and not was_stopped:
            self._misses += 1
        if self._misses >= ALLOWED_MISSES and self.is_beating:
            self.is_beating = False
            self._changed(False)
        if self._timer is not None:  # told to stop by the listener
            self._send(loop)
