"""What is done once everything has been idle for a while.

Modules that the first outputs want are loaded, orphans looked for, a spare kernel is started.
"""

from PySide6.QtCore import QObject, QTimer

from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.orphans import orphans
from vitrail.kernel.spare import Spare
from vitrail.presenters.console_kernel import Kernel
from vitrail.shell.desk import Desk
from vitrail.shell.orphan_offer import OrphanOffer
from vitrail_widgets.render.ahead import Ahead

LOOK_MS = 5000
"""Between looks whether everything is idle; work begins when two in a row have seen it so."""


class IdleWork(QObject):
    """Waits for its time, and works for the desk.

    Attributes:
        spare: The kernel that a new tab gets.
        offer: The orphans that were found; None before they were looked for.
        ahead: Loads what the first outputs want.
    """

    def __init__(self, desk: Desk, kernel_name: str, *, look_ms: int = LOOK_MS) -> None:
        """Begin to wait.

        Args:
            desk: Gets a source of kernels that takes the spare one where there is one.
            kernel_name: What the desk's new tabs launch.
            look_ms: Between looks.
        """
        super().__init__(desk)
        self.spare = Spare()
        self.offer: OrphanOffer | None = None
        self.ahead = Ahead()
        self._desk, self._kernel_name = desk, kernel_name
        self._launch = desk.source
        self._was_idle = False
        desk.source = self._kernel
        desk.at_end.append(self._end)
        self._timer = QTimer(self)
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    async def _kernel(self) -> Kernel:
        """Return the spare kernel, or launch one; the next spare comes when all is idle again."""
        self._was_idle = False
        self._timer.start()
        return self.spare.take(self._kernel_name) or await self._launch()

    async def _end(self) -> None:
        self._timer.stop()
        await self.spare.close()

    def _on_timer_timeout(self) -> None:
        was_idle, self._was_idle = self._was_idle, self._is_idle()
        if not (was_idle and self._was_idle):
            return
        self._timer.stop()
        if self.offer is None:
            self.ahead.begin()
            self.offer = OrphanOffer(self._desk, orphans())
        if self._desk.appearance.settings.now.kernel.spare:
            self.spare.prepare(self._kernel_name)

    def _is_idle(self) -> bool:
        return all(tab.state is KernelState.IDLE for tab in self._desk.tabs)
