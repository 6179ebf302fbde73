"""The commands of the Tab menu, and what the bars of tabs ask for."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication

from vitrail.kernel.process import KernelProcess
from vitrail.presenters.console_kernel import Kernel, Source
from vitrail.shell.actions import menu_of
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow
    from vitrail.shell.tabs.chooser import KernelChooser
    from vitrail.shell.tabs.closing import Closing


class TabCommands(QObject):
    """Opens, moves, renames and closes the tabs of a window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._desk, self._tabs = window, window.desk, window.tabs
        self._closing: Closing | None = None
        self._chooser: KernelChooser | None = None
        tabs = self._tabs
        tabs.close_requested.connect(self.close)
        tabs.exited.connect(self.let_go)
        tabs.rename_requested.connect(self.rename)
        tabs.new_requested.connect(self.new)
        tabs.menu_requested.connect(self._on_tabs_menu_requested)
        tabs.torn_off.connect(self._on_tabs_torn_off)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        tabs = self._tabs
        return {
            "tab.new": self.new,
            "tab.choose": self.choose,
            "kernel.change": self.change_kernel,
            "tab.new_view": self.new_view,
            "tab.reopen": self.reopen,
            "tab.rename": lambda: self.rename(tabs.current),
            "tab.close": lambda: self.close(tabs.current),
            "tab.next": partial(tabs.step, 1),
            "tab.previous": partial(tabs.step, -1),
            "tab.move_right": partial(tabs.shift, 1),
            "tab.move_left": partial(tabs.shift, -1),
            "tab.split": tabs.split,
            "tab.tear_off": lambda: self.tear_off(tabs.current),
            **{f"tab.go_{number}": partial(tabs.go_to, number) for number in range(1, 10)},
        }

    @property
    def closing(self) -> "Closing":
        """Asks before something is lost."""
        if self._closing is None:
            from vitrail.shell.tabs.closing import Closing  # a start does without

            self._closing = Closing(self._desk)
        return self._closing

    @property
    def chooser(self) -> "KernelChooser":
        """Lists every kernel there is or could be."""
        if self._chooser is None:
            from vitrail.shell.tabs.chooser import KernelChooser  # a start does without

            self._chooser = KernelChooser(self._window, self._desk.appearance, self._desk.recent)
        return self._chooser

    def choose(self) -> None:
        """Open a tab with a kernel that the user chooses."""
        self.chooser.open(self.open, self._desk.connection_files)

    def change_kernel(self) -> None:
        """Give the current tab a kernel that the user chooses."""
        tab = self._tabs.current

        def take(source: Source) -> None:
            change = partial(self._desk.change, tab, source)
            self.closing.ask([tab], self._window, change, "kernel")

        self.chooser.open(take, self._desk.connection_files)

    def new(self) -> KernelTab:
        """Open a tab with the default kernel."""
        return self.open()

    def open(self, source: Source | None = None) -> KernelTab:
        """Open a tab with a kernel that a source gets; with the default one without a source."""
        tab = self._desk.new_tab()
        self._tabs.add(tab)
        self._desk.begin(tab, source)
        return tab

    def new_view(self) -> None:
        """Open a tab that shows the kernel of the current one."""
        live = self._tabs.current.live
        if live is None:
            self._window.tell(tr("There is no kernel"))
            return
        connection = live.client.connection

        async def source() -> Kernel:
            return connection

        view = self.open(source)
        view.rename(self._tabs.current.own_name)

    def reopen(self) -> None:
        """Open the tab again that was closed last: its transcript, and a kernel like its own."""
        if not self._desk.closed:
            self._window.tell(tr("No tab was closed"))
            return
        closed = self._desk.closed.pop()
        tab = self._desk.new_tab(closed.transcript)
        tab.presenter.execution.lose_others()
        tab.presenter.execution.retire()
        tab.rename(closed.own_name)
        self._tabs.add(tab)
        self._desk.begin(tab, closed.source)

    def close(self, tab: KernelTab) -> None:
        """Close a tab, after a question where something would be lost; with the last the window."""
        if len(self._tabs.all) == 1:
            self._window.close()
        else:
            self.closing.ask([tab], self._window, partial(self.let_go, tab))

    def close_all(self) -> None:
        """Close the window with all its tabs, after one question."""
        self.closing.ask(self._tabs.all, self._window, self._window.close_unasked, "window")

    def stop(self) -> None:
        """Look for kernels no longer: the window closes."""
        if self._chooser is not None:
            self._chooser.close()

    def let_go(self, tab: KernelTab) -> None:
        """Close a tab without a question."""
        if len(self._tabs.all) == 1:
            self._window.close_unasked()
            return
        self._tabs.take(tab)
        self._desk.discard(tab)
        live = tab.live
        if tab.keeps_kernel and live is not None and isinstance(live.process, KernelProcess):
            name = live.process.connection_file.name
            self._window.tell(
                tr("The kernel lives on: vitrail --existing {name}", name=name), lasts=True
            )

    def rename(self, tab: KernelTab) -> None:
        """Let the user type another name."""
        from vitrail.shell.tabs.name_field import NameField

        NameField(self._tabs, tab)

    def tear_off(self, tab: KernelTab, at: QPoint | None = None) -> None:
        """Give a tab a window of its own; a window's only tab goes to the window before."""
        if len(self._tabs.all) > 1:
            self._tabs.take(tab)
            self._desk.open_window(tab, at)
            return
        others = [each for each in self._desk.windows if each is not self._window]
        if others:
            self._move_to(others[-1], tab)

    def _move_to(self, other: "MainWindow", tab: KernelTab) -> None:
        self._tabs.take(tab)
        other.tabs.add(tab)
        other.activateWindow()
        if not self._tabs.all:
            self._window.close_unasked()

    def _on_tabs_torn_off(self, tab: KernelTab, at: QPoint) -> None:
        target = QApplication.widgetAt(at)
        top = target.window() if target is not None else None
        other = next((each for each in self._desk.windows if each is top), None)
        if other is self._window:
            return
        if other is not None:
            self._move_to(other, tab)
        else:
            self.tear_off(tab, at)

    def _on_tabs_menu_requested(self, at: QPoint) -> None:
        menu_of(self._window, "Tab").popup(at)
