"""The window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from vitrail.kernel.lifecycle import KernelState
from vitrail.shell.actions import Deeds, follow_possible, make_actions, menu_of, set_possible
from vitrail.shell.docks.docks import Docks
from vitrail.shell.files.file_commands import FileCommands
from vitrail.shell.help_menu import fill_help_menu
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.palette import WindowPalette
from vitrail.shell.reasons import Reasons
from vitrail.shell.status import KernelStatus
from vitrail.shell.tabs.kernel_tabs import KernelTabs
from vitrail.shell.tabs.tab_commands import TabCommands
from vitrail.shell.template_status import TemplateStatus
from vitrail.shell.theme_menu import ThemeMenu
from vitrail.shell.user_keymap import UserKeymap
from vitrail.shell.window_commands import WindowCommands
from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.qt.icons import themed_icon

if TYPE_CHECKING:
    from vitrail.shell.desk import Desk

SIZE = QSize(960, 680)
MESSAGE_MS = 2500
LONG_MESSAGE_MS = 15_000


class MainWindow(QMainWindow):
    """Some tabs, their menus and the status of the current one.

    Attributes:
        desk: What all windows share.
        tabs: The consoles and their kernels.
        actions_by_id: What stands in the menus, by command id.
        command_palette: Every command by its name.
    """

    def __init__(self, desk: "Desk", first: KernelTab | None = None) -> None:
        """Make a window.

        Args:
            desk: What all windows share.
            first: Its first tab; one without a kernel is made if there is none.
        """
        super().__init__()
        self.desk = desk
        self._is_settled = False
        self.tabs = KernelTabs(desk.appearance, first or desk.new_tab())
        self.setCentralWidget(self.tabs)
        self._files = FileCommands(self, self.tabs)
        self._tab_commands = TabCommands(self)
        self._commands = WindowCommands(self)
        self._docks = Docks(self)
        self._status = KernelStatus()
        self._template_status = TemplateStatus(self._run)
        self._deeds = self._make_deeds()
        self.actions_by_id = make_actions(self, desk.keys.live, self._deeds)
        self.command_palette = WindowPalette(
            self,
            desk.keys.live,
            self.actions_by_id,
            self._console,
            desk.appearance,
            self._deeds.why_not,
        )
        self.command_palette.told.connect(self.tell)
        menu_of(self, "View").addMenu(ThemeMenu(self.actions_by_id, desk.appearance, self))
        fill_help_menu(menu_of(self, "Help"), lambda: self.tab.kernel.info, self.tell)
        follow_possible(self._files.fill_menu(self.actions_by_id), self._deeds)
        self._lay_out_status()
        self._connect()
        self.resize(SIZE)
        if desk.layouts is not None:
            from vitrail.shell.window_layout import WindowLayout

            WindowLayout(self, desk.layouts, self._docks.handlers, self._docks.states)
        desk.enter(self)
        self._restyle()
        self._on_tabs_current_changed()
        self.tab.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def tab(self) -> KernelTab:
        """The current tab, which commands, menus and status mean."""
        return self.tabs.current

    @property
    def keys(self) -> UserKeymap:
        """Which keys mean which command."""
        return self.desk.keys

    def tell(self, text: str, *, lasts: bool = False) -> None:
        """Say something in passing, or for a while."""
        self.statusBar().showMessage(text, LONG_MESSAGE_MS if lasts else MESSAGE_MS)

    def quit(self) -> None:
        """Close all windows, the first one last; each asks for itself."""
        for window in tuple(reversed(self.desk.windows)):
            window.close()

    def close_unasked(self) -> None:
        """Close without a question: it was answered, or somebody ends the program."""
        self._is_settled = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of the kernels, if that is a question; the desk ends them."""
        if not self._is_settled:
            self._tab_commands.close_all()
        if self._is_settled:
            event.accept()
            self._tab_commands.stop()
            self.desk.leave(self)
        else:
            event.ignore()

    def _make_deeds(self) -> Deeds:
        settings = self.desk.appearance.settings
        return Deeds(
            self._handlers(),
            self._run_in_console,
            Reasons(lambda: self.tab).why_not,
            self.tell,
            {
                "kernel.other_clients": lambda: settings.now.kernel.other_clients,
                "view.full_screen": self.isFullScreen,
                **self._docks.states,
            },
        )

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **self._files.handlers,
            **self._tab_commands.handlers,
            **self._commands.handlers,
            **self._docks.handlers,
        }

    def _console(self) -> CommandDispatch:
        """Return who does the commands of the console."""
        return self.tab.view.input.commands

    def _run_in_console(self, command_id: str) -> object:
        return self._console().run(command_id)

    def _run(self, code: str) -> None:
        self.tab.presenter.submit(code)

    def _lay_out_status(self) -> None:
        bar = self.statusBar()
        bar.addPermanentWidget(self._files.progress)
        bar.addPermanentWidget(self._status)
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._template_status, 1)

    def _connect(self) -> None:
        self.tabs.current_changed.connect(self._on_tabs_current_changed)
        self.tabs.changed.connect(self._on_tabs_changed)
        self.tabs.told.connect(self.tell)
        self._status.interrupt_clicked.connect(self.actions_by_id["kernel.interrupt"].trigger)
        self.desk.appearance.theme_changed.connect(self._restyle)

    def _restyle(self) -> None:
        theme = self.desk.appearance.theme
        for command, icon in (("kernel.interrupt", "interrupt"), ("kernel.restart", "restart")):
            self.actions_by_id[command].setIcon(themed_icon(icon, theme.muted))
        self.statusBar().setStyleSheet(
            f"QStatusBar {{ background: {theme.surface.name()};"
            f" border-top: 1px solid {theme.border.name()}; color: {theme.muted.name()}; }}"
            f"QStatusBar QLabel {{ color: {theme.muted.name()}; }}"
            "QStatusBar::item { border: none; }"
        )
        self._on_tabs_changed()

    def _on_tabs_current_changed(self) -> None:
        self._files.follow(self.tab)
        self._template_status.follow(self.tab.templates)
        self._status.forget()
        self._on_tabs_changed()

    def _on_tabs_changed(self) -> None:
        tab = self.tab
        connection = tab.live.client.connection if tab.live is not None else None
        theme = self.desk.appearance.theme
        self._status.show_kernel(tab.state, tab.name, connection, theme)
        self._status.show_memory(tab.memory_words)
        self.setWindowTitle(self._files.title)
        self.setWindowModified(tab.file.is_modified)
        live = tab.live is not None and tab.state is not KernelState.DEAD
        set_possible(
            self.actions_by_id["kernel.interrupt"], "" if live else tr("There is no kernel")
        )
        foreign = "" if tab.kernel.can_restart else tr("This kernel is not ours")
        for command in ("kernel.restart", "kernel.restart_and_run_all"):
            set_possible(self.actions_by_id[command], foreign)
