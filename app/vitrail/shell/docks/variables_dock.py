"""The dock of the variables: those of the kernel of the tab that is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMessageBox, QWidget

from vitrail.presenters.variables import Variables
from vitrail.settings.model import Settings
from vitrail.shell.appearance import Appearance
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr
from vitrail_widgets.variables.pane import VariablesPane


class VariablesDock(QDockWidget):
    """Shows the current tab's variables while it is seen; else no kernel is asked.

    Attributes:
        pane: The table.
    """

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(tr("Variables"), parent)
        self.setObjectName("variables")
        self._appearance = appearance
        self._tab: KernelTab | None = None
        self.pane = VariablesPane(self)
        self.setWidget(self.pane)
        self.pane.inserted.connect(self._on_pane_inserted)
        self.pane.delete_wanted.connect(self._on_pane_delete_wanted)
        self.pane.refresh_wanted.connect(self._on_pane_refresh_wanted)
        self.pane.kinds_changed.connect(self._on_pane_kinds_changed)
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
        self._tab = tab
        self._watch(is_seen=self.isVisible())
        self._show()

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

    def _on_pane_delete_wanted(self, name: str) -> None:
        """Delete in sight, as a cell: it is the user's namespace."""
        tab = self._tab
        if tab is None:
            return
        asked = QMessageBox(self)
        asked.setIcon(QMessageBox.Icon.Question)
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(tr("Delete {name}?", name=name))
        asked.setInformativeText(tr("The cell “del {name}” is run.", name=name))
        delete = asked.addButton(tr("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: tab.presenter.submit(f"del {name}"))
        asked.open()

    def _on_pane_refresh_wanted(self) -> None:
        variables = self._variables
        if variables is not None:
            variables.refresh()

    def _on_pane_kinds_changed(self, modules: bool, code: bool) -> None:
        self._appearance.settings.change("variables", "modules", modules)
        self._appearance.settings.change("variables", "functions", code)

    def _on_settings_changed(self, _before: Settings, after: Settings) -> None:
        chosen = after.variables
        self.pane.show_kinds(modules=chosen.modules, code=chosen.functions)


def _nothing() -> None:
    """Do nothing: nobody looks."""
