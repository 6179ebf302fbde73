"""The docks of a window: made when they are first asked for, showing the current tab."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from vitrail.shell.kernel_tab import KernelTab

if TYPE_CHECKING:
    from vitrail.shell.docks.inspectors import Inspectors
    from vitrail.shell.docks.plots_dock import PlotsDock
    from vitrail.shell.docks.variables_dock import VariablesDock
    from vitrail.shell.main_window import MainWindow
    from vitrail_widgets.objects.target import Target
    from vitrail_widgets.transcript.mime import MimeBundle


class Dock(Protocol):
    """What a dock can."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's own
        """Tell whether it is seen (Qt)."""
        ...

    def follow(self, tab: KernelTab) -> None:
        """Show what belongs to another tab."""
        ...


class Docks:
    """Shows and hides the docks of a window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._docks: dict[str, Dock] = {}
        window.tabs.current_changed.connect(self._on_tabs_current_changed)
        window.tab.take_page = self._take_page

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        return {
            "view.variables": self._toggle_variables,
            "view.inspector": self._toggle_inspector,
            "inspector.inspect": self._inspect_at_caret,
            "view.plots": self._toggle_plots,
            "plots.focus": self._go_to_plots,
        }

    @property
    def states(self) -> dict[str, Callable[[], bool]]:
        """Whether what each command shows is shown."""
        return {
            "view.variables": lambda: self._is_shown("variables"),
            "view.inspector": lambda: "_inspectors" in vars(self) and self._inspectors.is_shown,
            "view.plots": lambda: self._is_shown("plots"),
        }

    def _is_shown(self, name: str) -> bool:
        dock = self._docks.get(name)
        return dock is not None and dock.isVisible()

    def _toggle_variables(self) -> None:
        from vitrail.shell.docks.variables_dock import VariablesDock  # a start does without

        dock = self._window.findChild(VariablesDock)
        if dock is not None:
            dock.setVisible(not dock.isVisible())
        else:
            dock = VariablesDock(self._window.desk.appearance, self._window)
            dock.inspect_wanted.connect(self._inspect)
            self._add("variables", dock)

    @cached_property
    def _inspectors(self) -> "Inspectors":
        """What leads to the inspectors; made when one is first asked for."""
        from vitrail.shell.docks.inspectors import Inspectors  # a start does without

        return Inspectors(self._window)

    def _toggle_inspector(self) -> None:
        self._inspectors.toggle()

    def _inspect_at_caret(self) -> None:
        self._inspectors.inspect_at_caret()

    def _inspect(self, target: "Target") -> None:
        self._inspectors.inspect(target)

    def _take_page(self, asked: str, page: "MimeBundle") -> bool:
        """Show help in the inspector rather than in the pager, if it is to be there."""
        wanted = self._window.desk.appearance.settings.now.inspector.takes_help
        is_made = "_inspectors" in vars(self)
        return (is_made or wanted == "always") and self._inspectors.take_page(asked, page)

    def _toggle_plots(self) -> None:
        is_shown = self._is_shown("plots")
        self._plots().setVisible(not is_shown)

    def _go_to_plots(self) -> None:
        """Give the figures the keyboard; show them if they are not."""
        dock = self._plots()
        dock.show()
        dock.raise_()
        self._window.tab.plots.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _plots(self) -> "PlotsDock":
        from vitrail.shell.docks.plots_dock import PlotsDock  # a start does without

        dock = self._window.findChild(PlotsDock)
        if dock is None:
            dock = PlotsDock(self._window.desk.appearance, self._window)
            self._add("plots", dock)
        return dock

    def _add(self, name: str, dock: "VariablesDock | PlotsDock") -> None:
        from vitrail.shell.docks.placing import place  # a start does without

        place(dock, self._window)
        self._docks[name] = dock
        dock.follow(self._window.tab)

    def _on_tabs_current_changed(self) -> None:
        self._window.tab.take_page = self._take_page
        if "_inspectors" in vars(self):
            self._inspectors.follow(self._window.tab)
        for dock in self._docks.values():
            dock.follow(self._window.tab)
