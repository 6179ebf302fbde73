"""The docks of a window: made when they are first asked for, showing the current tab."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from vitrail.shell.kernel_tab import KernelTab

if TYPE_CHECKING:
    from vitrail.shell.docks.inspector_dock import InspectorDock
    from vitrail.shell.docks.variables_dock import VariablesDock
    from vitrail.shell.main_window import MainWindow
    from vitrail_widgets.objects.target import Target

WIDTH = 460  # when one is first shown


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

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        return {
            "view.variables": self._toggle_variables,
            "view.inspector": self._toggle_inspector,
            "inspector.inspect": self._inspect_at_caret,
        }

    @property
    def states(self) -> dict[str, Callable[[], bool]]:
        """Whether what each command shows is shown."""
        return {
            "view.variables": lambda: self._is_shown("variables"),
            "view.inspector": lambda: self._is_shown("inspector"),
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

    def _toggle_inspector(self) -> None:
        is_shown = self._is_shown("inspector")
        self._inspector().setVisible(not is_shown)

    def _inspect_at_caret(self) -> None:
        """Look at what the name at the caret of the input stands for."""
        from vitrail.presenters.inspector.naming import target_at_caret

        target = target_at_caret(self._window.tab.view.input, self._window.tab.presenter.language)
        dock = self._inspector()
        dock.show()
        if target is not None:
            dock.inspect(target)
        else:
            dock.pane.header.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            dock.pane.header.field.selectAll()

    def _inspect(self, target: "Target") -> None:
        dock = self._inspector()
        dock.show()
        dock.inspect(target)

    def _inspector(self) -> "InspectorDock":
        from vitrail.shell.docks.inspector_dock import InspectorDock  # a start does without

        dock = self._window.findChild(InspectorDock)
        if dock is None:
            dock = InspectorDock(self._window.desk.appearance, self._window)
            dock.told.connect(self._window.tell)
            self._add("inspector", dock)
        return dock

    def _add(self, name: str, dock: "VariablesDock | InspectorDock") -> None:
        self._place(dock)
        self._docks[name] = dock
        dock.follow(self._window.tab)

    def _place(self, dock: QDockWidget) -> None:
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)

    def _on_tabs_current_changed(self) -> None:
        for dock in self._docks.values():
            dock.follow(self._window.tab)
