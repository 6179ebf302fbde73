"""One tab: a kernel, its console, and what lies beside the console."""

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.console_kernel import ConsoleKernel, Kernel, Source
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.presenters.template_values import TemplateValues
from vitrail.shell.appearance import Appearance
from vitrail.shell.files.opening import FileOpening
from vitrail.shell.files.session_file import SessionFile
from vitrail.shell.followed_links import FollowedLinks
from vitrail.shell.pager_split import PagerSplit
from vitrail.shell.rest_offer import RestOffer
from vitrail.shell.tab_settings import TabSettings
from vitrail.shell.tabs.news import NewsWatch
from vitrail_resources.translation import tr, trn
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.transcript.cells import NoticeLevel
from vitrail_widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from vitrail.history.store import HistoryStore
    from vitrail.presenters.variables import Variables
    from vitrail.shell.memory import MemoryWatch
    from vitrail.shell.restarting import Restarting
    from vitrail.shell.stuck_offer import StuckOffer
    from vitrail_widgets.plots.pane import PlotsPane
    from vitrail_widgets.transcript.mime import MimeBundle


SETTLED_MS = 5000
"""After which there is time for what no prompt needs."""


class KernelTab(QWidget):
    """Shows one console and keeps its kernel.

    Attributes:
        view: The console.
        kernel: What becomes of the kernel.
        file: What the session was saved as.
        opening: Opens other files beside the console.
        templates: What the user's prompts and status say.
        pager: The console, and beside it what is read page by page.
        rest: Offers what was kept from running.
        stuck: Offers a way on when an interrupt was in vain; None before.
        memory: How much the kernel has; None until that is watched.
        news: What came while nobody looked.
        own_name: What the user calls it; empty for what it is called by itself.
        number: Tells tabs of the same name apart.
        keeps_kernel: Whether `end` leaves a kernel of ours running.
        has_ended: Whether `end` was called.
        take_page: Shows a page elsewhere than in the pager, given what was asked; False if it does
            not.

    Signals:
        changed: The kernel's state, or what is known of it or its file, is another one.
        told: Something happened that deserves a passing word.
        leave_requested: The user wants to end the session: the tab.
        exit_requested: Code in the kernel wants to: the tab.
    """

    changed = Signal()
    told = Signal(str)
    leave_requested = Signal(QWidget)
    exit_requested = Signal(QWidget)

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        history: "HistoryStore | None" = None,
        transcript: Transcript | None = None,
    ) -> None:
        """Make a tab without a kernel.

        Args:
            appearance: Gives theme, font and settings.
            parent: Where it is shown.
            history: Keeps what is entered; nothing is kept without one.
            transcript: What was said before, in a tab that is opened again.
        """
        super().__init__(parent)
        self._appearance = appearance
        self.own_name = ""
        self.number = 1
        self.keeps_kernel = self.has_ended = False
        self.take_page: Callable[[str, MimeBundle], bool] = lambda _asked, _page: False
        self._variables: Variables | None = None
        transcript = transcript or Transcript()
        self.view = ConsoleView(transcript, appearance.theme, appearance.code_font, parent=self)
        self.presenter = ConsolePresenter(self.view, transcript, now=time.time)
        self.kernel = ConsoleKernel(self.presenter, self)
        self.templates = TemplateValues(self.presenter)
        self._settings = TabSettings(
            self.presenter, self.kernel, self.templates, appearance.settings
        )
        self.file = SessionFile(self._export_source, self)
        self.pager = PagerSplit(self.view, appearance, self)
        self._panes = QSplitter(self)
        self.opening = FileOpening(self.presenter, self._panes)
        self.rest = RestOffer(self.presenter.execution, appearance, self.run_the_rest, self)
        self.stuck: StuckOffer | None = None
        self._links = FollowedLinks(self.view.links, appearance.settings, self.told.emit)
        self.memory: MemoryWatch | None = None
        self._memory_timer = QTimer(self)
        self._memory_timer.setSingleShot(True)
        self._memory_timer.setInterval(SETTLED_MS)
        self.news = NewsWatch(self.presenter, self.isVisible)
        if history is not None:
            self.presenter.history.use(history)
        self._lay_out()
        self._connect_presenter()
        self._connect()
        self.presenter.expected_count_changed()

    @property
    def live(self) -> LiveKernel | None:
        """The kernel, None when none could be started."""
        return self.kernel.live

    @property
    def state(self) -> KernelState:
        """What to show of the kernel."""
        return self.kernel.state

    @property
    def name(self) -> str:
        """What the kernel is called."""
        return self.kernel.name

    @property
    def title(self) -> str:
        """What the tab is called."""
        saved = "" if self.file.path is None else self.file.path.name
        return self.own_name or saved or self.name

    @property
    def variables(self) -> "Variables":
        """What the kernel's variables are, for who shows them."""
        if self._variables is None:
            from vitrail.presenters.variables import Variables  # few starts show them

            self._variables = Variables(self.presenter)
        return self._variables

    @cached_property
    def plots(self) -> "PlotsPane":
        """The figures of the session, for whoever shows them; hidden until then."""
        from vitrail.shell.docks.plots_of_tab import plots_of_tab  # few starts show them

        return plots_of_tab(self)

    def rename(self, name: str) -> None:
        """Give the tab a name; an empty one gives it back its own."""
        self.own_name = " ".join(name.split())
        self.changed.emit()

    def start(self, kernel: Kernel, again: Source | None = None) -> None:
        """Begin with a kernel; see `ConsoleKernel.start`."""
        self.kernel.start(kernel, again)

    def interrupt(self) -> None:
        """Interrupt what runs, and withdraw what waits for it."""
        self.kernel.interrupt()

    def restart(self) -> None:
        """Restart the kernel, or try again to get one; the transcript stays."""
        self.kernel.restart()

    @cached_property
    def restarting(self) -> "Restarting":
        """What restarts the kernel after the question that is due."""
        from vitrail.shell.restarting import Restarting  # a start does without

        execution, settings = self.presenter.execution, self._appearance.settings
        return Restarting(self.kernel, execution, settings, self.told.emit, self)

    def run_the_rest(self) -> None:
        """Run what an error or an interrupt kept from running."""
        count = self.presenter.execution.run_the_rest()
        self.view.scroll_to_end()
        running = trn("Running {count} cell again", "Running {count} cells again", count)
        self.told.emit(running if count else tr("Nothing was left to run"))

    def watch_memory(self) -> "MemoryWatch":
        """Ask for the kernel's memory from now on, while one looks; nothing at a start needs it."""
        from vitrail.shell.memory import MemoryWatch

        if self.memory is None:
            self.memory = MemoryWatch(self.kernel, self.isVisible, self)
            self.memory.changed.connect(self.changed)
        self.memory.start()
        return self.memory

    @property
    def memory_words(self) -> str:
        """The kernel's memory in words, empty while unknown."""
        return "" if self.memory is None else self.memory.words

    def warn(self, sentence: str) -> None:
        """Say something in the console that is not to be missed."""
        self.presenter.execution.notice(NoticeLevel.WARN, sentence)

    async def end(self) -> None:
        """End the kernel if it is ours and not to be kept, and all that is under way."""
        self.has_ended = True
        self.presenter.close()
        self._settings.close()
        self.pager.close_watch()
        self.templates.close()
        self._memory_timer.stop()
        if self.memory is not None:
            self.memory.close()
        if self._variables is not None:
            self._variables.close()
        await self.opening.finish()
        await self.file.finish()
        await self.kernel.end(keeps_kernel=self.keeps_kernel)

    def _lay_out(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._panes.addWidget(self.pager)
        self._panes.setChildrenCollapsible(False)
        layout.addWidget(self._panes, 1)
        layout.addWidget(self.rest.bar)
        self.setFocusProxy(self.view.input)

    def _connect_presenter(self) -> None:
        presenter = self.presenter
        presenter.payloads.exit_requested = self._on_payloads_exit_requested
        presenter.payloads.page_wanted = self._show_page
        presenter.payloads.edit_wanted = self._links.edit
        presenter.refused = lambda: self.told.emit(tr("Not run: there is no kernel"))
        presenter.followers.append(lambda _: self.file.note_change())

    def _connect(self) -> None:
        self.kernel.changed.connect(self.changed)
        self.kernel.told.connect(self.told)
        self.kernel.stuck.connect(self._offer_a_way_on)
        self.kernel.began.connect(self._memory_timer.start)
        self._memory_timer.timeout.connect(self.watch_memory)
        self.kernel.began.connect(self.templates.refresh)
        self.file.changed.connect(self.changed)
        self.file.told.connect(self.told)
        self.file.troubled.connect(self.warn)
        self.opening.troubled.connect(self.warn)
        self.opening.progress.connect(self.file.progress)
        view = self.view
        view.input.commands.register("input.end_session", self._ask_to_leave)
        view.interrupt_requested.connect(self.interrupt)
        view.requests.interrupted.connect(self.interrupt)
        view.picture_offers.troubled.connect(self.warn)
        view.output_choices.troubled.connect(self.warn)
        view.output_choices.open_wanted.connect(self._links.open_file)
        view.selected.copied.connect(lambda: self.told.emit(tr("Copied")))
        self._appearance.theme_changed.connect(self._on_appearance_theme_changed)
        self._appearance.font_changed.connect(self._on_appearance_font_changed)

    def _ask_to_leave(self) -> bool:
        """Ask for the end of the session, unless something is typed."""
        is_blank = self.view.input.document().isEmpty()
        if is_blank:
            self.leave_requested.emit(self)
        return is_blank

    def _export_source(self, title: str) -> ExportSource:
        """Return the session as it is now, to be written."""
        self.presenter.flush()
        process = None if self.live is None else self.live.process
        spec = None if process is None else process.spec
        kernel = None if spec is None else KernelName(spec.name, spec.display_name)
        entries = list(self.presenter.execution.transcript.entries)
        return ExportSource(entries, self.kernel.info, kernel, title)

    def _offer_a_way_on(self) -> None:
        if self.stuck is None:
            from vitrail.shell.stuck_offer import StuckOffer  # most kernels take interrupts

            self.stuck = StuckOffer(self.kernel, self._appearance, self.restarting.ask, self)
            self._layout.insertWidget(1, self.stuck.bar)
        self.stuck.offer()

    def _show_page(self, asked: str, page: "MimeBundle", start: int) -> bool:
        return self.take_page(asked, page) or self.pager.show_page(asked, page, start)

    def _on_payloads_exit_requested(self, keeps_kernel: bool) -> None:
        self.keeps_kernel = keeps_kernel
        self.exit_requested.emit(self)

    def _on_appearance_theme_changed(self) -> None:
        self.view.apply_theme(self._appearance.theme)
        self.opening.apply_theme()
        self.rest.bar.apply_theme(self._appearance.theme)

    def _on_appearance_font_changed(self) -> None:
        self.view.zoom.restart(self._appearance.code_font)
