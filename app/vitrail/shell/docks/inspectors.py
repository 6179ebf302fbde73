"""The inspectors of a window: one that looks at what is asked for, and those that were pinned."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from vitrail.presenters.inspector.naming import target_asked_for, target_at_caret
from vitrail.presenters.inspector.naming import target_in_line as target_in
from vitrail.shell.docks.following import Following
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.placing import place
from vitrail.shell.kernel_tab import KernelTab
from vitrail_widgets.objects.target import Target

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow
    from vitrail_widgets.transcript.mime import MimeBundle

HELP, SOURCE = 0, 1  # pages


class Inspectors(QObject):
    """Leads what is to be looked at to the inspector that is not pinned; makes one if all are.

    Attributes:
        docks: All of them; the first one stays when it is closed.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._made = 0
        self._tab = window.tab
        self.docks: list[InspectorDock] = []
        self._following = Following(self._look_in_passing, self)
        self._settings = window.desk.appearance.settings

    @property
    def is_shown(self) -> bool:
        """Whether one is seen that is not pinned."""
        return any(dock.isVisible() and not dock.is_pinned for dock in self.docks)

    def toggle(self) -> None:
        """Show an inspector, or hide all that are not pinned."""
        if self.is_shown:
            for dock in self.docks:
                if not dock.is_pinned:
                    dock.close()
        else:
            self._free().show()

    def inspect_at_caret(self) -> None:
        """Look at the chosen completion, else at the name at the caret; else take a name."""
        tab = self._window.tab
        chosen = tab.view.completer.chosen_name
        dock = self._free()
        dock.show()
        target = target_in(chosen, len(chosen), tab.presenter.language) if chosen else None
        target = target or target_at_caret(tab.view.input, tab.presenter.language)
        if target is not None:
            dock.inspect(target)
        else:
            dock.pane.header.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            dock.pane.header.field.selectAll()

    def inspect(self, target: Target) -> None:
        """Show an inspector, and look at an object of the current tab."""
        dock = self._free()
        dock.show()
        dock.inspect(target)

    def take_page(self, asked: str, page: "MimeBundle") -> bool:
        """Show what `name?` has told, if the settings say so and the inspector can.

        Args:
            asked: The first line of the cell.
            page: What the kernel sent for showing.

        Returns:
            Whether it was shown; else it belongs into the pager.
        """
        wanted = self._settings.now.inspector.takes_help
        if wanted == "never" or (wanted == "shown" and not self.is_shown):
            return False
        question = target_asked_for(asked)
        if question is None:
            return False
        dock = self._free()
        dock.show()
        dock.pane.tabs.setCurrentIndex(SOURCE if question.is_about_source else HELP)
        dock.give(question.target, page)
        return True

    def follow(self, tab: KernelTab) -> None:
        """Look at the objects of another tab; those that are pinned stay."""
        self._tab = tab
        self._attend()

    def _look_in_passing(self, target: Target) -> None:
        """Look at what the caret is on, as long as nothing else is asked for."""
        for dock in self.docks:
            if dock.isVisible() and not dock.is_pinned:
                dock.inspect(target, in_passing=True)
                return

    def _attend(self) -> None:
        """Follow the caret of the current tab while somebody looks."""
        for dock in self.docks:
            if not dock.is_pinned:  # it may have been a moment ago
                dock.follow(self._tab)
        follows = self.is_shown and self._settings.now.inspector.follow
        self._following.attach(self._tab if follows and not self._tab.has_ended else None)

    def _free(self) -> InspectorDock:
        """Return the first one that is not pinned."""
        for dock in self.docks:
            if not dock.is_pinned:
                return dock
        return self._make()

    def _make(self) -> InspectorDock:
        window = self._window
        self._made += 1
        dock = InspectorDock(window.desk.appearance, window, number=self._made)
        dock.pane.follow_keys(window.desk.keys.live)
        dock.told.connect(window.tell)
        dock.settled.connect(self._attend)
        dock.closed.connect(lambda: self._on_dock_closed(dock))
        self.docks.append(dock)
        place(dock, window)
        dock.follow(self._tab)
        return dock

    def _on_dock_closed(self, dock: InspectorDock) -> None:
        """Forget one that was closed, but for the last, which may come back."""
        if len(self.docks) > 1:
            self.docks.remove(dock)
            dock.end()
            dock.deleteLater()
        self._attend()
