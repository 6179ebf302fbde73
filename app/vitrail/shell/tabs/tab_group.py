"""Tabs that lie on each other, and their bar."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.face import TabFace
from vitrail.shell.tabs.tab_header import TabHeader
from vitrail_widgets.qt.theme import Theme


class TabGroup(QWidget):
    """Shows one of some tabs, and the bar above it.

    Attributes:
        header: The bar, and the button beside it.
        bar: Has a tab for each, in their order.
        tabs: From left to right.

    Signals:
        current_changed: Another tab is shown.
        close_requested: A tab is to be closed.
        rename_requested: A tab is to get another name.
        menu_requested: The menu of a tab is wanted, at a point of the screen.
        torn_off: A tab was dragged away, to a point of the screen.
        new_requested: Another tab is wanted here.
        chosen: A tab was clicked.
    """

    current_changed = Signal()
    close_requested = Signal(KernelTab)
    rename_requested = Signal(KernelTab)
    menu_requested = Signal(KernelTab, QPoint)
    torn_off = Signal(KernelTab, QPoint)
    new_requested = Signal()
    chosen = Signal(KernelTab)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs: list[KernelTab] = []
        self.header = TabHeader(theme, self)
        self.bar = self.header.bar
        self._pages = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._pages, 1)
        bar = self.bar
        bar.currentChanged.connect(self._on_bar_current_changed)
        bar.tabMoved.connect(self._on_bar_tab_moved)
        bar.tabBarClicked.connect(self._on_bar_clicked)
        bar.close_requested.connect(self._on_bar_close_requested)
        bar.rename_requested.connect(self._on_bar_rename_requested)
        bar.menu_requested.connect(self._on_bar_menu_requested)
        bar.torn_off.connect(self._on_bar_torn_off)
        self.header.new_requested.connect(self._on_header_new_requested)

    @property
    def current(self) -> KernelTab | None:
        """The tab that is shown; None only while the group is empty."""
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, KernelTab) else None

    def insert(self, at: int, tab: KernelTab) -> None:
        """Put a tab at a place."""
        self._pages.addWidget(tab)
        self.tabs.insert(at, tab)
        self.bar.insertTab(at, tab.title)

    def take(self, tab: KernelTab) -> None:
        """Give a tab away; it lives on."""
        at = self.tabs.index(tab)
        self.tabs.remove(tab)
        self._pages.removeWidget(tab)
        tab.setParent(None)  # it outlives this window
        self.bar.removeTab(at)

    def show_tab(self, tab: KernelTab) -> None:
        """Show one of the tabs."""
        self.bar.setCurrentIndex(self.tabs.index(tab))

    def show_face(self, tab: KernelTab, face: TabFace) -> None:
        """Show a tab's face in the bar."""
        self.bar.show_face(self.tabs.index(tab), face)

    def shift(self, tab: KernelTab, by: int) -> None:
        """Move a tab by that many places; not over the ends."""
        here = self.tabs.index(tab)
        there = min(max(0, here + by), len(self.tabs) - 1)
        if there != here:
            self.bar.moveTab(here, there)

    def focus_current(self) -> None:
        """Give the console of the current tab the keyboard."""
        if self.current is not None:
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_bar_current_changed(self, at: int) -> None:
        if 0 <= at < len(self.tabs):
            self._pages.setCurrentWidget(self.tabs[at])
            self.current_changed.emit()

    def _on_bar_clicked(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(self.tabs[at])

    def _on_header_new_requested(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)  # the new tab is to come here
        self.new_requested.emit()

    def _on_bar_tab_moved(self, here: int, there: int) -> None:
        self.tabs.insert(there, self.tabs.pop(here))

    def _on_bar_close_requested(self, at: int) -> None:
        self.close_requested.emit(self.tabs[at])

    def _on_bar_rename_requested(self, at: int) -> None:
        self.rename_requested.emit(self.tabs[at])

    def _on_bar_menu_requested(self, at: int, where: QPoint) -> None:
        self.menu_requested.emit(self.tabs[at], where)

    def _on_bar_torn_off(self, at: int, where: QPoint) -> None:
        self.torn_off.emit(self.tabs[at], where)
