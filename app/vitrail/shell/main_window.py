"""The window."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit

from vitrail.kernel.lifecycle import KernelState
from vitrail.shell.actions import make_actions, menu_of, set_possible
from vitrail.shell.appearance import Appearance
from vitrail.shell.files.file_commands import FileCommands
from vitrail.shell.icons import themed_icon
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.palette import WindowPalette
from vitrail.shell.settings_file import SettingsFile
from vitrail.shell.status import KernelStatus
from vitrail.shell.template_status import TemplateStatus
from vitrail.shell.theme_menu import add_theme_menu, theme_handlers
from vitrail.shell.user_keymap import UserKeymap
from vitrail_widgets.commands.dispatch import CommandDispatch

SIZE = QSize(960, 680)
MESSAGE_MS = 2500


class MainWindow(QMainWindow):
    """One tab, its menus and its status.

    Attributes:
        keys: Which keys mean which command.
        tab: The console and its kernel.

    Signals:
        closed: The user closed the window.
    """

    closed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.tab = KernelTab(appearance, self)
        self._status = KernelStatus()
        self.setCentralWidget(self.tab)
        self._files = FileCommands(self, self.tab)
        self._files.changed.connect(self._on_tab_changed)
        self.statusBar().addPermanentWidget(self._status)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(TemplateStatus(self.tab.templates, self.tab.presenter.submit), 1)
        self.keys = UserKeymap(appearance.settings, self)
        self.keys.troubled.connect(self.tab.warn)
        self.tab.view.input.commands.follow(self.keys.live)
        self.actions_by_id = make_actions(
            self, self.keys.live, self._handlers(), lambda name: self._console().run(name)
        )
        self.command_palette = WindowPalette(
            self, self.keys.live, self.actions_by_id, self._console, appearance
        )
        self.command_palette.told.connect(self._on_tab_told)
        add_theme_menu(menu_of(self, "View"), self.actions_by_id, appearance)
        self._files.fill_menu(self.actions_by_id)
        self.tab.changed.connect(self._on_tab_changed)
        self._status.interrupt_clicked.connect(self.tab.interrupt)
        self.tab.told.connect(self._on_tab_told)
        self.tab.exit_requested.connect(self.close)
        appearance.theme_changed.connect(self._restyle)
        self._settings_file = SettingsFile(appearance.settings, self)
        self._settings_file.troubled.connect(self.tab.warn)
        self._settings_file.say_problems()
        self.keys.say_problems()
        self.resize(SIZE)
        self._restyle()
        self.tab.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the composition root end the kernel."""
        event.accept()
        self.keys.close()
        self.closed.emit()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        view = self.tab.view
        return {
            **self._files.handlers,
            "file.quit": self.close,
            "edit.undo": lambda: self._editor().undo(),
            "edit.redo": lambda: self._editor().redo(),
            "edit.cut": lambda: self._editor().cut(),
            "edit.copy": self._copy,
            "edit.paste": lambda: self._editor().paste(),
            "edit.select_all": view.selected.select_all,
            "view.zoom_in": lambda: view.zoom.by(1),
            "view.zoom_out": lambda: view.zoom.by(-1),
            "view.zoom_reset": lambda: view.zoom.by(0),
            "view.full_screen": self._toggle_full_screen,
            "edit.palette": self._toggle_palette,
            "edit.keys": self._show_keys,
            "edit.settings": self._show_settings,
            **theme_handlers(self._appearance),
            "kernel.interrupt": self.tab.interrupt,
            "kernel.run_the_rest": self.tab.run_the_rest,
            "kernel.other_clients": self._toggle_other_clients,
            "kernel.discard_the_rest": self.tab.rest.discard,
            "kernel.restart": self.tab.restart,
            "kernel.show_connection": self.tab.show_connection,
            "kernel.copy_connection": self.tab.copy_connection,
        }

    def _console(self) -> CommandDispatch:
        """Return who does the commands of the console."""
        return self.tab.view.input.commands

    def _editor(self) -> QPlainTextEdit | QLineEdit:
        """Return where text is typed now: the input, or the field of a question."""
        field = self.tab.view.requests.field
        return field.line if field is not None and field.line.hasFocus() else self.tab.view.input

    def _copy(self) -> None:
        editor = self._editor()
        if isinstance(editor, QLineEdit):
            editor.copy()
        else:
            self.tab.view.copy()

    def _toggle_other_clients(self) -> None:
        settings = self._appearance.settings
        shown = not settings.now.kernel.other_clients
        settings.change("kernel", "other_clients", shown)
        self._on_tab_told(f"Other clients' cells are {'shown' if shown else 'hidden'}")

    def _toggle_palette(self) -> None:
        self.command_palette.toggle()

    def _show_keys(self) -> None:
        from vitrail.shell.keys_dialog import KeysDialog  # a start does without

        dialog = self.findChild(KeysDialog) or KeysDialog(self.keys, self._appearance, self)
        dialog.show()
        dialog.activateWindow()

    def _show_settings(self) -> None:
        from vitrail.shell.settings_dialog.dialog import SettingsDialog

        dialog = self.findChild(SettingsDialog) or SettingsDialog(
            self._appearance, self._show_keys, self
        )
        dialog.show()
        dialog.activateWindow()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        for command, icon in (("kernel.interrupt", "interrupt"), ("kernel.restart", "restart")):
            self.actions_by_id[command].setIcon(themed_icon(icon, theme.muted))
        self.statusBar().setStyleSheet(
            f"QStatusBar {{ background: {theme.surface.name()};"
            f" border-top: 1px solid {theme.border.name()}; color: {theme.muted.name()}; }}"
            f"QStatusBar QLabel {{ color: {theme.muted.name()}; }}"
            "QStatusBar::item { border: none; }"
        )
        self._on_tab_changed()

    def _on_tab_changed(self) -> None:
        tab = self.tab
        connection = tab.live.client.connection if tab.live is not None else None
        self._status.show_kernel(tab.state, tab.name, connection, self._appearance.theme)
        self.setWindowTitle(self._files.title)
        self.setWindowModified(tab.file.is_modified)
        live = tab.live is not None and tab.state is not KernelState.DEAD
        set_possible(self.actions_by_id["kernel.interrupt"], "" if live else "There is no kernel")
        foreign = "" if tab.can_restart else "This kernel is not ours"
        set_possible(self.actions_by_id["kernel.restart"], foreign)

    def _on_tab_told(self, text: str) -> None:
        self.statusBar().showMessage(text, MESSAGE_MS)
