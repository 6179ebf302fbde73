"""How much memory a kernel has, asked every few seconds while one looks at its tab."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from vitrail.kernel.lifecycle import KernelState
from vitrail.presenters.console_kernel import ConsoleKernel
from vitrail.protocol.channel import Channel
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.replies import UsageReply
from vitrail.protocol.requests import UsageRequest

LOOK_MS = 5000
ANSWER_S = 2.0
UNITS = ("B", "KB", "MB", "GB", "TB")


class MemoryWatch(QObject):
    """Asks a kernel on control, where those answer that can: ipykernel from 6.11 on with psutil.

    Others leave a request that they do not know without a reply. So only a kernel that has a
    debugger is asked at all, and one that is idle and never answers is asked no more until it
    restarts; one that computes may be kept from it by code that does not let go of the interpreter.

    Attributes:
        size_bytes: What it had when last asked; None while unknown.

    Signals:
        changed: It has more or less now.
    """

    changed = Signal()

    def __init__(
        self, kernel: ConsoleKernel, is_wanted: Callable[[], bool], parent: QObject
    ) -> None:
        """Prepare; `start` begins.

        Args:
            kernel: Is asked.
            is_wanted: Whether anybody looks.
            parent: Of the timer.
        """
        super().__init__(parent)
        self.size_bytes: int | None = None
        self._kernel, self._is_wanted = kernel, is_wanted
        self._asking: asyncio.Task[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        kernel.changed.connect(self._on_kernel_changed)

    @property
    def words(self) -> str:
        """The size in words, empty while unknown."""
        return "" if self.size_bytes is None else in_words(self.size_bytes)

    def start(self) -> None:
        """Ask now and then every few seconds: another kernel is there, or the same anew."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask now, if somebody looks and the kernel can answer."""
        is_asking = self._asking is not None and not self._asking.done()
        if self._is_wanted() and self._can_answer() and not is_asking:
            self._asking = asyncio.get_running_loop().create_task(self._ask())

    def close(self) -> None:
        """Ask no more."""
        self._timer.stop()
        if self._asking is not None:
            self._asking.cancel()

    def _can_answer(self) -> bool:
        info, live = self._kernel.info, self._kernel.live
        if info is None or live is None or not live.client.is_ready:
            return False
        has_way = live.client.connection.control_port is not None
        return has_way and "debugger" in info.supported_features

    async def _ask(self) -> None:
        live = self._kernel.live
        if live is None or live.client.one_by_one.is_on:
            return
        try:
            reply = await live.client.ask(
                UsageRequest(), channel=Channel.CONTROL, timeout_s=ANSWER_S
            )
        except (TimeoutError, ProtocolError):
            if self.size_bytes is None and self._kernel.state is KernelState.IDLE:
                self._timer.stop()
            return
        content = reply.content
        if isinstance(content, UsageReply) and content.kernel_memory is not None:
            self._show(int(content.kernel_memory))

    def _show(self, size_bytes: int | None) -> None:
        if size_bytes != self.size_bytes:
            self.size_bytes = size_bytes
            self.changed.emit()

    def _on_kernel_changed(self) -> None:
        if self._kernel.state in (KernelState.DEAD, KernelState.STARTING, KernelState.RESTARTING):
            self._show(None)


def in_words(size_bytes: float) -> str:
    """Return a size as people read it: ``87 MB``, ``1.4 GB``."""
    for unit in UNITS[:-1]:
        if size_bytes < 1000:
            return f"{size_bytes:.0f} {unit}" if unit != "GB" else f"{size_bytes:.1f} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.1f} {UNITS[-1]}"
