"""Following the caret of an input, and what is double clicked above it, from name to name."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from vitrail.presenters.inspector.naming import is_there, target_at_caret, target_in_line
from vitrail.shell.kernel_tab import KernelTab
from vitrail_widgets.objects.target import Target

REST_MS = 300
"""Without a move of the caret, after which one may want to know."""


class Following(QObject):
    """Tells on which object the caret has come to rest; of names that mean nothing it is silent."""

    def __init__(self, found: Callable[[Target], object], parent: QObject) -> None:
        """Follow nothing yet.

        Args:
            found: Is called with an object that is there.
            parent: Ends it.
        """
        super().__init__(parent)
        self._found = found
        self._tab: KernelTab | None = None
        self._last: Target | None = None
        self._asking: asyncio.Task[None] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look)

    def attach(self, tab: KernelTab | None) -> None:
        """Follow the caret of a tab, or nothing."""
        if tab is self._tab:
            return
        before, self._tab, self._last = self._tab, tab, None
        self._rest.stop()
        if self._asking is not None:
            self._asking.cancel()
        if before is not None and not before.has_ended:
            before.view.input.cursorPositionChanged.disconnect(self._rest.start)
            before.view.pointer.named.disconnect(self._on_pointer_named)
        if tab is not None:
            tab.view.input.cursorPositionChanged.connect(self._rest.start)
            tab.view.pointer.named.connect(self._on_pointer_named)

    def _look(self) -> None:
        tab = self._tab
        if tab is not None and not tab.has_ended:
            self._ask(tab, target_at_caret(tab.view.input, tab.presenter.language))

    def _on_pointer_named(self, line: str, offset: int) -> None:
        tab = self._tab
        if tab is not None and not tab.has_ended:
            self._last = None
            self._ask(tab, target_in_line(line, offset, tab.presenter.language))

    def _ask(self, tab: KernelTab, target: Target | None) -> None:
        if target is None or target == self._last:
            return
        self._last = target
        if self._asking is not None:
            self._asking.cancel()
        self._asking = asyncio.get_running_loop().create_task(self._tell(tab, target))

    async def _tell(self, tab: KernelTab, target: Target) -> None:
        if await is_there(tab.presenter, target) and tab is self._tab:
            self._found(target)
