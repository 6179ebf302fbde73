"""A dock with an inspector: it looks at objects of the kernel of the tab that is looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from vitrail.presenters.inspector.inspector import Inspector
from vitrail.presenters.inspector.page import PagePresenter
from vitrail.shell.appearance import Appearance
from vitrail.shell.docks.inspector_pages import PAGES, Page
from vitrail.shell.editor import CannotOpenError, open_in_editor
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr
from vitrail_widgets.inspector.pane import InspectorPane
from vitrail_widgets.objects.target import Target


class InspectorDock(QDockWidget):
    """Joins the pane with what each tab's kernel is asked; while it is not seen none is asked.

    Attributes:
        pane: What is seen.

    Signals:
        told: Something is to be said in passing.
    """

    told = Signal(str)

    def __init__(
        self, appearance: Appearance, parent: QWidget, pages: tuple[Page, ...] = PAGES
    ) -> None:
        super().__init__(tr("Inspector"), parent)
        self.setObjectName("inspector")
        self._appearance = appearance
        self._pages = pages
        self._tab: KernelTab | None = None
        self._inspectors: dict[KernelTab, Inspector] = {}
        self._shown: PagePresenter | None = None
        self.pane = InspectorPane([page.title for page in pages], self)
        self.setWidget(self.pane)
        header = self.pane.header
        header.target_wanted.connect(self.inspect)
        header.go_wanted.connect(self._on_header_go_wanted)
        header.misnamed.connect(self.told)
        self.pane.page_turned.connect(self._turn)
        self.visibilityChanged.connect(self._watch)
        appearance.theme_changed.connect(self._restyle)
        appearance.font_changed.connect(self._restyle)
        self._restyle()

    @property
    def inspector(self) -> Inspector | None:
        """What looks at the current tab's objects."""
        return None if self._tab is None else self._inspectors.get(self._tab)

    def follow(self, tab: KernelTab) -> None:
        """Look at the objects of another tab."""
        if tab is self._tab:
            return
        self._watch(is_seen=False)
        self._tab = tab
        if tab not in self._inspectors and not tab.has_ended:
            inspector = Inspector(tab.presenter, [page.presenter for page in self._pages])
            inspector.moved = self._show_trail
            self._inspectors[tab] = inspector
            tab.destroyed.connect(lambda: self._forget(tab))
        self._watch(is_seen=self.isVisible())
        self._turn(self.pane.tabs.currentIndex())
        self._show_trail()

    def inspect(self, target: Target) -> None:
        """Look at an object of the current tab."""
        if self.inspector is not None:
            self.inspector.visit(target)
            self._show_trail()

    def _watch(self, is_seen: bool) -> None:
        if self.inspector is not None:
            self.inspector.watch(watched=is_seen)

    def _forget(self, tab: KernelTab) -> None:
        inspector = self._inspectors.pop(tab, None)
        if inspector is not None:
            inspector.close()

    def _turn(self, index: int) -> None:
        """Show a page, with what the current tab's kernel says."""
        inspector = self.inspector
        if inspector is None:
            return
        if self._shown is not None:
            self._shown.changed = _nothing
        widget = self.pane.page(index) or self._make(index)
        shown = self._shown = inspector.turn_to(index)
        shown.changed = lambda: self._show(widget, index, shown)
        shown.changed()

    def _show(self, widget: QWidget, index: int, shown: PagePresenter) -> None:
        self._pages[index].show(widget, shown)
        self.pane.show_known(shown.snapshot)

    def _make(self, index: int) -> QWidget:
        widget = self._pages[index].widget()
        self.pane.add_page(index, widget)
        for name, slot in (
            ("target_wanted", self.inspect),
            ("insert_wanted", self._insert),
            ("place_wanted", self._open),
            ("cell_wanted", self._show_cell),
        ):
            signal = getattr(widget, name, None)
            if signal is not None:
                signal.connect(slot)
        return widget

    def _show_trail(self) -> None:
        trail = None if self.inspector is None else self.inspector.trail
        if trail is not None:
            self.pane.header.show_trail(trail.visited, trail.at)

    def _restyle(self) -> None:
        self.pane.apply_theme(self._appearance.theme, self._appearance.code_font)

    def _insert(self, code: str) -> None:
        if self._tab is not None:
            editor = self._tab.view.input
            editor.insertPlainText(code)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, path: str, line: int) -> None:
        try:
            open_in_editor(self._appearance.settings.now.editor.command, path, line)
        except CannotOpenError as error:
            self.told.emit(str(error))
        else:
            self.told.emit(tr("Opening {path}", path=path))

    def _show_cell(self, number: int, line: int) -> None:
        if self._tab is not None:
            self._tab.view.links.show_cell(number, line)

    def _on_header_go_wanted(self, at: int) -> None:
        if self.inspector is not None:
            self.inspector.go(at)


def _nothing() -> None:
    """Do nothing: nobody looks."""
