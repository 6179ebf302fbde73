"""The docks of a window: made when they are first asked for, showing the current tab."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from vitrail.shell.kernel_tab import KernelTab

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow

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
        return {"view.variables": self._toggle_variables}

    @property
    def states(self) -> dict[str, Callable[[], bool]]:
        """Whether what each command shows is shown."""
        return {"view.variables": lambda: self._is_shown("variables")}

    def _is_shown(self, name: str) -> bool:
        dock = self._docks.get(name)
        return dock is not None and dock.isVisible()

    def _toggle_variables(self) -> None:
        from vitrail.shell.docks.variables_dock import VariablesDock  # a start does without

        window = self._window
        dock = window.findChild(VariablesDock)
        if dock is None:
            dock = VariablesDock(window.desk.appearance, window)
            self._place(dock)
            self._docks["variables"] = dock
            dock.follow(window.tab)
        else:
            dock.setVisible(not dock.isVisible())

    def _place(self, dock: QDockWidget) -> None:
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)

    def _on_tabs_current_changed(self) -> None:
        for dock in self._docks.values():
            dock.follow(self._window.tab)
