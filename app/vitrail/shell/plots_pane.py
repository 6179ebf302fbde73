"""The figures of a tab's session beside its console."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QSplitter

from vitrail.presenters.console import ConsolePresenter
from vitrail.settings.model import Settings
from vitrail.settings.store import SettingsStore
from vitrail_widgets.transcript.changes import Change

if TYPE_CHECKING:
    from vitrail_widgets.plots.pane import PlotsPane

SHARE = (3, 2)  # of the console and of the figures


class TabPlots(QObject):
    """Shows the figures when they are asked for, and from then on until they are hidden.

    Attributes:
        pane: The figures; None until they are first asked for.
    """

    def __init__(self, presenter: ConsolePresenter, store: SettingsStore, panes: QSplitter) -> None:
        """Prepare.

        Args:
            presenter: Of the console.
            store: Remembers whether they are shown.
            panes: What the console is in.
        """
        super().__init__(panes)
        self.pane: PlotsPane | None = None
        self._presenter = presenter
        self._store = store
        self._panes = panes
        view = presenter.view
        view.input.commands.register("plots.toggle", self.toggle)
        view.input.commands.register("plots.focus", self.go)
        presenter.followers.append(self._follow)
        self.close_watch = store.watch(lambda _, settings: self._obey(settings))
        self._obey(store.now)

    @property
    def is_shown(self) -> bool:
        """Whether the figures are beside the console."""
        return self.pane is not None and not self.pane.isHidden()

    def toggle(self) -> None:
        """Show or hide the figures, here and in later windows; the keyboard stays where it is."""
        self._store.change("output", "plots", not self.is_shown)

    def go(self) -> None:
        """Give the figures the keyboard; show them if they are not."""
        if not self.is_shown:
            self.toggle()
        if self.pane is not None:
            self.pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def apply_theme(self) -> None:
        """Follow the console's theme."""
        if self.pane is not None:
            self.pane.apply_theme(self._presenter.view.theme)

    def _obey(self, settings: Settings) -> None:
        if settings.output.plots == self.is_shown:
            return
        if settings.output.plots:
            is_new = self.pane is None
            self._made().show()
            if is_new:
                self._share()
        elif self.pane is not None:
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.pane.isAncestorOf(focused)
            self.pane.hide()
            if had_focus:
                self._leave()

    def _share(self) -> None:
        """Give the console more room than the figures."""
        panes, others = self._panes, self._panes.count() - 2
        for index, share in ((0, SHARE[0]), (panes.count() - 1, SHARE[1])):
            panes.setStretchFactor(index, share)
        console, figures = (panes.width() * share // sum(SHARE) for share in SHARE)
        panes.setSizes([console, *panes.sizes()[1 : 1 + others], figures])

    def _made(self) -> "PlotsPane":
        if self.pane is None:
            from vitrail_widgets.plots.pane import PlotsPane  # a start does without

            view = self._presenter.view
            transcript = self._presenter.execution.transcript
            self.pane = PlotsPane(transcript, view.theme, self._panes)
            self.pane.closed.connect(self.toggle)
            self.pane.left.connect(self._leave)
            self.pane.cell_wanted.connect(self._show_cell)
            self.pane.save_wanted.connect(view.output_choices.ask)
            self._panes.addWidget(self.pane)
        return self.pane

    def _follow(self, changes: Iterable[Change]) -> None:
        if self.pane is not None:
            self.pane.follow(changes)

    def _show_cell(self, cell_id: str) -> None:
        view = self._presenter.view
        transcript = self._presenter.execution.transcript
        if transcript.holds(cell_id):
            view.cells.flash(transcript.position(cell_id), 0)

    def _leave(self) -> None:
        self._presenter.view.input.setFocus(Qt.FocusReason.OtherFocusReason)
