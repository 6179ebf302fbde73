"""What all windows of the program share, and the tabs that move between them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, Signal

from vitrail.kernel.process import KernelProcess
from vitrail.options import AttachOptions
from vitrail.presenters.console_kernel import Kernel, Source
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.shell.appearance import Appearance
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.settings_file import SettingsFile
from vitrail.shell.user_keymap import UserKeymap
from vitrail_widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from vitrail.history.store import HistoryStore
    from vitrail.shell.layout_file import LayoutFile
    from vitrail.shell.main_window import MainWindow
    from vitrail.shell.tabs.recent_kernels import RecentKernels

MOST_CLOSED = 10
"""So many closed tabs can be opened again; each keeps its transcript."""


async def default_kernel() -> Kernel:
    """Launch what a new tab gets when nothing else is asked for."""
    return await launched("python3")


async def launched(name: str) -> Kernel:
    """Launch a kernel by its name; what keeps it from that is returned, to be said."""
    try:
        return await KernelProcess.launch(name, is_lasting=True)
    except UsageError as error:
        return error


async def attached(target: str) -> Kernel:
    """Go to a kernel that runs, by what `--existing` takes; ours of a crashed window is adopted."""
    from vitrail.kernel.attaching import orphan_to_existing, way_to_existing

    options = AttachOptions(existing=target)
    try:
        return orphan_to_existing(options) or way_to_existing(options)
    except UsageError as error:
        return error


def launching(name: str) -> Source:
    """Return what launches a kernel by its name."""
    return partial(launched, name)


def attaching(target: str) -> Source:
    """Return what goes to a kernel that runs."""
    return partial(attached, target)


class ClosedTab(NamedTuple):
    """What is needed to open a tab again."""

    transcript: Transcript
    source: Source
    own_name: str


class Desk(QObject):
    """Knows all windows, makes tabs, and ends what is closed.

    Attributes:
        appearance: Theme, font and settings.
        layouts: Keeps where windows stand, None for nobody.
        keys: Which keys mean which command.
        windows: Those that are open, the latest last.
        closed: Tabs that can be opened again, the latest last.
        kept: Our kernels that were left running.
        at_end: What else is ended with the desk.

    Signals:
        emptied: The last window was closed.
    """

    emptied = Signal()

    def __init__(
        self,
        appearance: Appearance,
        *,
        source: Source = default_kernel,
        history: "HistoryStore | None" = None,
        layouts: "LayoutFile | None" = None,
        recent_file: Path | None = None,
    ) -> None:
        """Prepare.

        Args:
            appearance: Theme, font and settings.
            source: Gets the kernel of a new tab.
            history: Keeps what is entered; nothing is kept without one.
            layouts: Keeps where windows stand; they stand where they like without.
            recent_file: Keeps which kernels were chosen; forgotten with the program without.
        """
        super().__init__()
        self.appearance = appearance
        self.source = source
        self.history = history
        self.layouts = layouts
        self.keys = UserKeymap(appearance.settings, self)
        self.keys.troubled.connect(self.warn)
        self._settings_file = SettingsFile(appearance.settings, self)
        self._settings_file.troubled.connect(self.warn)
        self.windows: list[MainWindow] = []
        self.closed: list[ClosedTab] = []
        self.kept: list[KernelProcess] = []
        self._recent_file = recent_file
        self.at_end: list[Callable[[], Awaitable[None]]] = []
        self._made = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: dict[KernelTab, asyncio.Task[None]] = {}

    @cached_property
    def recent(self) -> "RecentKernels":
        """The kernels that were chosen last, in any window."""
        from vitrail.shell.tabs.recent_kernels import RecentKernels  # a start does without

        return RecentKernels(self._recent_file)

    @property
    def tabs(self) -> list[KernelTab]:
        """All tabs of all windows."""
        return [tab for window in self.windows for tab in window.tabs.all]

    @property
    def connection_files(self) -> list[Path]:
        """Those of our kernels that have a tab."""
        lives = (tab.live for tab in self.tabs)
        return [each.process.connection_file for each in lives if each and each.process]

    def new_tab(self, transcript: Transcript | None = None) -> KernelTab:
        """Make a tab that is shown nowhere and has no kernel."""
        tab = KernelTab(self.appearance, history=self.history, transcript=transcript)
        self._made += 1
        tab.number = self._made
        tab.view.input.commands.follow(self.keys.live)
        return tab

    def begin(self, tab: KernelTab, source: Source | None = None) -> None:
        """Get a kernel for a tab; the default one without a source."""
        chosen = source or self.source
        tab.kernel.source = chosen
        self._in_turn(tab, self._begin(tab, chosen))

    def change(self, tab: KernelTab, source: Source) -> None:
        """Give a tab another kernel; what was said stays."""
        tab.kernel.source = source
        self._in_turn(tab, self._change(tab, source))

    def enter(self, window: "MainWindow") -> None:
        """Take note of a window; the first one says what is wrong with the settings."""
        self.windows.append(window)
        if len(self.windows) == 1:
            self._settings_file.say_problems()
            self.keys.say_problems()

    def leave(self, window: "MainWindow") -> None:
        """Let go of a window that was closed; the last one keeps its tabs until `end`."""
        if len(self.windows) == 1:
            self.emptied.emit()
            return
        self.windows.remove(window)
        for tab in window.tabs.all:
            window.tabs.take(tab)
            self.discard(tab)
        window.deleteLater()

    def open_window(self, tab: KernelTab, at: QPoint | None = None) -> "MainWindow":
        """Open another window on a tab that is shown nowhere, at a point of the screen."""
        from vitrail.shell.main_window import MainWindow  # it imports this module

        window = MainWindow(self, tab)
        if at is not None:
            window.move(at - QPoint(window.width() // 3, 16))
        window.show()
        window.activateWindow()
        return window

    def discard(self, tab: KernelTab) -> None:
        """End a tab that is shown nowhere any more, and remember how to open it again."""
        transcript = tab.presenter.execution.transcript
        self.closed.append(ClosedTab(transcript, tab.kernel.source or self.source, tab.own_name))
        del self.closed[:-MOST_CLOSED]
        self._spawn(self._end(tab))

    def warn(self, sentence: str) -> None:
        """Say something in the console that is looked at."""
        window = next((each for each in self.windows if each.isActiveWindow()), None)
        if window is None and self.windows:
            window = self.windows[0]
        if window is not None:
            window.tab.warn(sentence)

    def close_unasked(self) -> None:
        """Close all windows without a question, the first one last: the system ends the program."""
        for window in tuple(reversed(self.windows)):
            window.close_unasked()

    async def end(self) -> None:
        """End all tabs at once, and wait for those that end already."""
        self.keys.close()
        endings = [end() for end in self.at_end]
        await asyncio.gather(*endings, *(self._end(tab) for tab in self.tabs))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for window in self.windows:
            window.deleteLater()
        self.windows.clear()

    async def _begin(self, tab: KernelTab, source: Source) -> None:
        kernel = await source()
        if tab.has_ended:
            await _give_up(kernel)
        else:
            tab.start(kernel, source)

    async def _change(self, tab: KernelTab, source: Source) -> None:
        await self._part(tab)
        tab.keeps_kernel = False
        await self._begin(tab, source)

    async def _part(self, tab: KernelTab) -> None:
        """Let a tab's kernel go."""
        process = tab.live.process if tab.live is not None else None
        await tab.kernel.part(keeps_kernel=tab.keeps_kernel)
        if tab.keeps_kernel and process is not None and process.exit_code is None:
            self.kept.append(process)

    async def _end(self, tab: KernelTab) -> None:
        process = tab.live.process if tab.live is not None else None
        await tab.end()
        turn = self._turns.pop(tab, None)
        if turn is not None:
            await asyncio.wait((turn,))
        if tab.keeps_kernel and process is not None and process.exit_code is None:
            self.kept.append(process)
        tab.deleteLater()

    def _in_turn(self, tab: KernelTab, work: Coroutine[object, object, None]) -> None:
        """Do something with the kernel of a tab, after what is under way with it."""
        self._turns[tab] = self._spawn(_after(self._turns.get(tab), work))

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _after(before: asyncio.Task[None] | None, work: Coroutine[object, object, None]) -> None:
    if before is not None:
        await asyncio.wait((before,))
    await work


async def _give_up(kernel: Kernel) -> None:
    """End what nobody wants any more."""
    if isinstance(kernel, KernelProcess):
        await kernel.terminate()
    elif not isinstance(kernel, ConnectionInfo | UsageError):
        await kernel.close()
