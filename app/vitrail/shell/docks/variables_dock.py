"""The dock of the variables: those of the kernel of the tab that is looked at."""

from dataclasses import asdict

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.presenters.variables import Variables
from vitrail.settings.model import Settings
from vitrail.shell.appearance import Appearance
from vitrail.shell.docks.dock_title import DockTitle
from vitrail.shell.docks.variable_acts import VariableActs
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.pane import VariablesPane
from vitrail_widgets.variables.variable import Listing


class VariablesDock(QDockWidget):
    """Shows the current tab's variables while it is seen; else no kernel is asked.

    Attributes:
        pane: The table.
        acts: What is done with the variables.

    Signals:
        inspect_wanted: One is to be looked at.
    """

    inspect_wanted = Signal(Target)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(tr("Variables"), parent)
        self.setObjectName("variables")
        self.setTitleBarWidget(DockTitle(self, appearance))
        self._appearance = appearance
        self._tab: KernelTab | None = None
        self.pane = VariablesPane(self)
        self.setWidget(self.pane)
        self.acts = VariableActs(self)
        self.pane.inserted.connect(self._on_pane_inserted)
        self.pane.inspect_wanted.connect(self._on_pane_inspect_wanted)
        self.pane.delete_wanted.connect(self.acts.delete)
        self.pane.duplicate_wanted.connect(self.acts.duplicate)
        self.pane.edited.connect(self.acts.edit)
        self.pane.refresh_wanted.connect(self._on_pane_refresh_wanted)
        self.pane.listing_changed.connect(self._on_pane_listing_changed)
        self.pane.lacked.connect(self._on_pane_lacked)
        self.visibilityChanged.connect(self._watch)
        appearance.theme_changed.connect(self._restyle)
        appearance.font_changed.connect(self._restyle)
        self.destroyed.connect(appearance.settings.watch(self._on_settings_changed))
        self._on_settings_changed(appearance.settings.now, appearance.settings.now)
        self._restyle()

    def follow(self, tab: KernelTab) -> None:
        """Show the variables of another tab."""
        if tab is self._tab:
            return
        self._watch(is_seen=False)
        if self._tab is not None:
            self._tab.changed.disconnect(self._on_tab_changed)
        self._tab = tab
        tab.changed.connect(self._on_tab_changed)
        self._watch(is_seen=self.isVisible())
        self._show()

    @property
    def tab(self) -> KernelTab | None:
        """The tab that is looked at."""
        return self._tab

    @property
    def _variables(self) -> Variables | None:
        tab = self._tab
        return None if tab is None or tab.has_ended else tab.variables

    def _watch(self, is_seen: bool) -> None:
        variables = self._variables
        if variables is not None:
            variables.changed = self._show if is_seen else _nothing
            variables.watch(watched=is_seen)

    def _show(self) -> None:
        variables = self._variables
        if variables is not None:
            self.pane.show_snapshot(variables.snapshot)

    def _restyle(self) -> None:
        self.pane.apply_theme(self._appearance.theme, self._appearance.code_font)

    def _on_pane_inserted(self, name: str) -> None:
        if self._tab is not None:
            editor = self._tab.view.input
            editor.insertPlainText(name)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pane_inspect_wanted(self, name: str) -> None:
        self.inspect_wanted.emit(Target(name))

    def _on_pane_refresh_wanted(self) -> None:
        variables = self._variables
        if variables is not None:
            variables.refresh()

    def _on_pane_lacked(self, names: list[str]) -> None:
        variables = self._variables
        if variables is not None:
            variables.complete(names)

    def _on_pane_listing_changed(self, listing: Listing) -> None:
        for name, value in asdict(listing).items():
            self._appearance.settings.change("variables", name, value)

    def _on_settings_changed(self, _before: Settings, after: Settings) -> None:
        chosen = after.variables
        self.pane.list_as(
            Listing(chosen.modules, chosen.functions, chosen.underscores, chosen.grouped)
        )

    def _on_tab_changed(self) -> None:
        variables = self._variables
        if variables is not None and self._tab is not None and self._tab.state is KernelState.DEAD:
            variables.lost()


def _nothing() -> None:
    """Do nothing: nobody looks."""
