"""The dock of the plots: the figures of the tab that is looked at."""

from PySide6.QtWidgets import QDockWidget, QWidget

from vitrail.shell.appearance import Appearance
from vitrail.shell.docks.dock_title import DockTitle
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr


class PlotsDock(QDockWidget):
    """Lends the current tab's figures a place; what is chosen and how it is zoomed stays theirs."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(tr("Plots"), parent)
        self.setObjectName("plots")
        self.setTitleBarWidget(DockTitle(self, appearance))
        self._appearance = appearance
        self._tab: KernelTab | None = None
        appearance.theme_changed.connect(self._restyle)

    def follow(self, tab: KernelTab) -> None:
        """Show the figures of another tab."""
        if tab is self._tab:
            return
        if self._tab is not None:
            self._tab.plots.setParent(self._tab)  # it goes with its tab, to other windows too
            self._tab.plots.hide()
        self._tab = tab
        self._restyle()
        self.setWidget(tab.plots)
        tab.plots.show()

    def _restyle(self) -> None:
        if self._tab is not None:
            self._tab.plots.apply_theme(self._appearance.theme)
