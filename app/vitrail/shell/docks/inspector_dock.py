"""A dock with an inspector: it looks at objects of the kernel of the tab that is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QDockWidget, QWidget

from vitrail.presenters.inspector.help import Help
from vitrail.presenters.inspector.inspector import Inspector
from vitrail.presenters.inspector.page import PagePresenter
from vitrail.settings.model import Settings
from vitrail.shell.appearance import Appearance
from vitrail.shell.docks.dock_title import DockTitle
from vitrail.shell.docks.inspector_pages import PAGES, Page
from vitrail.shell.editor import CannotOpenError, open_in_editor
from vitrail.shell.kernel_tab import KernelTab
from vitrail_resources.translation import tr
from vitrail_widgets.inspector.pane import InspectorPane
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target

if TYPE_CHECKING:
    from vitrail_widgets.transcript.mime import MimeBundle

HELP = 0  # the page that shows what a kernel sent for reading


class InspectorDock(QDockWidget):
    """Joins the pane with what each tab's kernel is asked; while it is not seen none is asked.

    Attributes:
        pane: What is seen.

    Signals:
        told: Something is to be said in passing.
        settled: It appeared, disappeared, was pinned or let go, or follows the caret or no more.
        closed: It was closed.
    """

    told = Signal(str)
    settled = Signal()
    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget,
        pages: tuple[Page, ...] = PAGES,
        *,
        number: int = 1,
    ) -> None:
        """Make a dock that looks at nothing.

        Args:
            appearance: Gives theme, font and settings.
            parent: The window.
            pages: What it can show.
            number: Tells it from others of the window.
        """
        super().__init__(tr("Inspector"), parent)
        self.setObjectName("inspector" if number == 1 else f"inspector-{number}")
        self.setTitleBarWidget(DockTitle(self, appearance))
        self._appearance = appearance
        self._pages = pages
        self._tab: KernelTab | None = None
        self._inspectors: dict[KernelTab, Inspector] = {}
        self._shown: PagePresenter | None = None
        self.pane = InspectorPane([page.title for page in pages], self)
        self.setWidget(self.pane)
        self._connect()
        self._restyle()

    def _connect(self) -> None:
        header, appearance = self.pane.header, self._appearance
        header.target_wanted.connect(self.inspect)
        header.go_wanted.connect(self._on_header_go_wanted)
        header.misnamed.connect(self.told)
        header.pin.toggled.connect(self._on_pin_toggled)
        header.follow.clicked.connect(self._on_follow_clicked)
        header.refresh_wanted.connect(self._refresh)
        header.kernel_wanted.connect(self._ask_the_kernel)
        self.pane.page_turned.connect(self._turn)
        self.visibilityChanged.connect(self._on_visibility_changed)
        appearance.theme_changed.connect(self._restyle)
        appearance.font_changed.connect(self._restyle)
        self._end_watch = appearance.settings.watch(self._on_settings_changed)
        self.destroyed.connect(self._end_watch)
        self._on_settings_changed(appearance.settings.now, appearance.settings.now)

    @property
    def inspector(self) -> Inspector | None:
        """What looks at the current tab's objects."""
        return None if self._tab is None else self._inspectors.get(self._tab)

    @property
    def is_pinned(self) -> bool:
        """Whether it stays with its object."""
        return self.pane.header.pin.isChecked()

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
            tab.destroyed.connect(self._forget_the_ended)
        self._watch(is_seen=self.isVisible())
        self._turn(self.pane.tabs.currentIndex())
        self._show_trail()

    def inspect(self, target: Target, *, in_passing: bool = False) -> None:
        """Look at an object of the current tab; see `Trail.visit`."""
        if self.inspector is not None:
            self.inspector.visit(target, in_passing=in_passing)
            self._show_trail()

    def give(self, target: Target, page: "MimeBundle") -> None:
        """Look at an object of which the kernel has just told something unasked."""
        if self.inspector is not None:
            shown = self.inspector.page(HELP)
            if isinstance(shown, Help):
                shown.give(target, page)
            self.inspect(target)

    def end(self) -> None:
        """Ask no kernel any more."""
        self._end_watch()
        for inspector in self._inspectors.values():
            inspector.close()
        self._inspectors.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it was closed (Qt)."""
        super().closeEvent(event)
        self.closed.emit()

    def _watch(self, is_seen: bool) -> None:
        if self.inspector is not None:
            self.inspector.watch(watched=is_seen)

    def _forget_the_ended(self) -> None:
        for tab in [tab for tab in self._inspectors if tab.has_ended]:
            self._inspectors.pop(tab).close()
            if tab is self._tab:
                self._tab = self._shown = None
                self.pane.header.pin.setChecked(False)
                self.pane.show_known(Known())

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
            ("page_wanted", self._open_page),
        ):
            signal = getattr(widget, name, None)
            if signal is not None:
                signal.connect(slot)
        return widget

    def _show_trail(self) -> None:
        trail = None if self.inspector is None else self.inspector.trail
        if trail is not None:
            self.pane.header.show_trail(trail.visited, trail.at)
            is_named = self.is_pinned and trail.target is not None
            name = trail.target.text if is_named and trail.target else ""
            self.setWindowTitle(f"{tr('Inspector')} · {name}" if name else tr("Inspector"))

    def _ask_the_kernel(self) -> None:
        """Show help that the kernel itself gives; the user knows what that runs."""
        if self.inspector is not None:
            self.pane.tabs.setCurrentIndex(HELP)
            shown = self.inspector.page(HELP)
            if isinstance(shown, Help):
                shown.ask_the_kernel()

    def _refresh(self) -> None:
        if self.inspector is not None:
            self.inspector.refresh()

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

    def _open_page(self, address: str) -> None:
        self.told.emit(tr("Opening {target}", target=address))
        QDesktopServices.openUrl(QUrl(address))

    def _show_cell(self, number: int, line: int) -> None:
        if self._tab is not None:
            self._tab.view.links.show_cell(number, line)

    def _on_header_go_wanted(self, at: int) -> None:
        if self.inspector is not None:
            self.inspector.go(at)

    def _on_visibility_changed(self, is_seen: bool) -> None:
        self._watch(is_seen)
        self.settled.emit()

    def _on_pin_toggled(self) -> None:
        self._show_trail()
        self._restyle()
        self.settled.emit()

    def _on_follow_clicked(self, checked: bool) -> None:
        self._appearance.settings.change("inspector", "follow", checked)

    def _on_settings_changed(self, _before: Settings, after: Settings) -> None:
        self.pane.header.follow.setChecked(after.inspector.follow)
        self.settled.emit()


def _nothing() -> None:
    """Do nothing: nobody looks."""
