"""The tabs of a window, in one group or in several side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from vitrail.shell.appearance import Appearance
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.tab_group import TabGroup

SETTLE_MS = 120
"""Faces follow that late: cells that are quicker show no busy, it would only flicker."""


class KernelTabs(QWidget):
    """Holds tabs; one of them is the current one, which commands, menus and status mean.

    Attributes:
        groups: Those that stand side by side, from left to right.

    Signals:
        current_changed: Another tab is the current one.
        changed: What is known of the current tab is another one.
        told: In the current tab something happened that deserves a passing word.
        close_requested: A tab is to be closed, after a question where something is lost.
        exited: Code in a tab's kernel asked for the end of the tab.
        rename_requested: A tab is to get another name.
        menu_requested: The menu of the current tab is wanted, at a point of the screen.
        torn_off: A tab was dragged out of the window, to a point of the screen.
        new_requested: Another tab is wanted.
    """

    current_changed = Signal()
    changed = Signal()
    told = Signal(str)
    close_requested = Signal(KernelTab)
    exited = Signal(KernelTab)
    rename_requested = Signal(KernelTab)
    menu_requested = Signal(QPoint)
    torn_off = Signal(KernelTab, QPoint)
    new_requested = Signal()

    def __init__(self, appearance: Appearance, first: KernelTab) -> None:
        super().__init__()
        self._appearance = appearance
        self._splitter = QSplitter(self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.refresh)
        self.groups: list[TabGroup] = []
        self._shares: Sequence[int] = ()
        self._told: KernelTab | None = None
        self._active = self._new_group()
        self.add(first)
        appearance.theme_changed.connect(self._restyle)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_application_focus_changed)
        self._restyle()

    @property
    def current(self) -> KernelTab:
        """The tab that commands mean."""
        current = self._active.current
        assert current is not None, "a window without a tab is closed"
        return current

    @property
    def all(self) -> list[KernelTab]:
        """All tabs, from left to right."""
        return [tab for group in self.groups for tab in group.tabs]

    @property
    def shares(self) -> Sequence[int]:
        """How wide the groups are, or were when there were several; empty for all the same."""
        return self._splitter.sizes() if len(self.groups) > 1 else self._shares

    @shares.setter
    def shares(self, shares: Sequence[int]) -> None:
        self._shares = shares

    def in_current(self, work: Callable[[KernelTab], object]) -> Callable[[], object]:
        """Return a command that does some work in whichever tab is the current one then."""
        return lambda: work(self.current)

    def add(self, tab: KernelTab, group: TabGroup | None = None) -> None:
        """Show a tab beside the current one, or at the end of a group; it is the current one."""
        home = group or self._active
        is_beside = home is self._active and bool(home.tabs)
        at = home.tabs.index(self.current) + 1 if is_beside else len(home.tabs)
        self._connect(tab)
        home.insert(at, tab)
        self.show_tab(tab)
        self._fit()

    def take(self, tab: KernelTab) -> None:
        """Give a tab away; it lives on."""
        group = self.group_of(tab)
        self._disconnect(tab)
        group.take(tab)
        if not group.tabs and len(self.groups) > 1:
            self._drop(group)
        self._fit()
        if self.all:  # the keyboard may have gone to another group along with the tab
            self._active = group if group in self.groups else self.groups[-1]
            self.show_tab(self.current)

    def show_tab(self, tab: KernelTab) -> None:
        """Make a tab the current one, and give it the keyboard."""
        group = self.group_of(tab)
        self._active = group
        group.show_tab(tab)
        group.focus_current()
        self._follow_current()

    def step(self, by: int) -> None:
        """Go that many tabs to the right, or to the left; round the ends."""
        tabs = self.all
        self.show_tab(tabs[(tabs.index(self.current) + by) % len(tabs)])

    def go_to(self, number: int) -> None:
        """Go to a tab by its place from 1 on; 9 is the last one, as in browsers."""
        tabs = self.all
        at = len(tabs) - 1 if number == 9 else number - 1
        if at < len(tabs):
            self.show_tab(tabs[at])

    def shift(self, by: int) -> None:
        """Move the current tab by that many places."""
        self._active.shift(self.current, by)

    def split(self) -> None:
        """Show the current tab beside the others, or put it back among them."""
        tab, group = self.current, self._active
        others = [each for each in self.groups if each is not group]
        self._shares = self.shares  # when they are put together and split once more
        if len(group.tabs) > 1:
            home = others[-1] if others else self._new_group()
        elif others:
            home = others[0]
        else:
            return
        self.take(tab)
        self.add(tab, home)
        is_like_before = len(self._shares) == len(self.groups) and min(self._shares) > 0
        equal = [self.width()] * len(self.groups)
        self._splitter.setSizes(list(self._shares) if is_like_before else equal)

    def group_of(self, tab: KernelTab) -> TabGroup:
        """Return the group that a tab is in."""
        return next(group for group in self.groups if tab in group.tabs)

    def refresh(self) -> None:
        """Show all faces as they are now; what one sees is no news."""
        tabs = self.all
        if len(tabs) == 1:  # there is no bar
            tabs[0].news.seen()
            return
        from vitrail.shell.tabs.faces import face_of, titles_of  # a start has one tab

        titles = dict(zip(tabs, titles_of(tabs), strict=True))
        for group in self.groups:
            for tab in group.tabs:
                is_shown = tab is group.current and self.isVisible()
                if is_shown:
                    tab.news.seen()
                group.show_face(tab, face_of(tab, titles[tab], is_shown=is_shown))

    def _new_group(self) -> TabGroup:
        group = TabGroup(self._appearance.theme, self)
        self.groups.append(group)
        self._splitter.addWidget(group)
        group.current_changed.connect(self._on_group_current_changed)
        group.chosen.connect(self.show_tab)
        group.close_requested.connect(self.close_requested)
        group.rename_requested.connect(self.rename_requested)
        group.torn_off.connect(self.torn_off)
        group.menu_requested.connect(self._on_group_menu_requested)
        group.new_requested.connect(self.new_requested)
        group.header.apply_theme(self._appearance.theme)
        return group

    def _drop(self, group: TabGroup) -> None:
        self.groups.remove(group)
        if self._active is group:
            self._active = self.groups[-1]
        group.hide()
        group.deleteLater()

    def _connect(self, tab: KernelTab) -> None:
        tab.changed.connect(self._on_tab_changed)
        tab.told.connect(self.told)
        tab.leave_requested.connect(self.close_requested)
        tab.exit_requested.connect(self.exited)

    def _disconnect(self, tab: KernelTab) -> None:
        tab.changed.disconnect(self._on_tab_changed)
        tab.told.disconnect(self.told)
        tab.leave_requested.disconnect(self.close_requested)
        tab.exit_requested.disconnect(self.exited)

    def _fit(self) -> None:
        """Show bars only where there is something to choose."""
        is_one = len(self.all) == 1
        for group in self.groups:
            group.header.setVisible(not is_one)
        self._style_handles()

    def _style_handles(self) -> None:
        """Draw what parts the groups as a hairline; one alone needs no style sheet."""
        line = self._appearance.theme.border.name()
        sheet = f"QSplitter::handle {{ background: {line}; }}" if len(self.groups) > 1 else ""
        if self._splitter.styleSheet() != sheet:
            self._splitter.setStyleSheet(sheet)

    def _restyle(self) -> None:
        self._style_handles()
        for group in self.groups:
            group.header.apply_theme(self._appearance.theme)

    def _on_tab_changed(self) -> None:
        if not self._settling.isActive():
            self._settling.start()
        self.changed.emit()

    def _follow_current(self) -> None:
        """Mark the current tab, and tell if it is another one."""
        for group in self.groups:
            group.bar.set_active(group is self._active)
        self.refresh()
        if self.current is not self._told:
            self._told = self.current
            self.current_changed.emit()

    def _on_group_current_changed(self) -> None:
        if self._active.current is not None:
            self._follow_current()

    def _on_group_menu_requested(self, tab: KernelTab, at: QPoint) -> None:
        self.show_tab(tab)
        self.menu_requested.emit(at)

    def _on_application_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Take the group in which the keyboard is for the active one."""
        for group in self.groups:
            is_there = now is not None and group.isAncestorOf(now)
            if is_there and group is not self._active and group.tabs:
                self._active = group
                self._follow_current()
                return
