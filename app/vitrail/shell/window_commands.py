"""The commands of the Edit, View and Kernel menus, done in the current tab."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.theme_menu import theme_handlers
from vitrail_resources.translation import tr

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow


class WindowCommands:
    """Does what the menus of a window say."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        window, in_tab = self._window, self._window.tabs.in_current
        return {
            "file.quit": window.quit,
            "edit.undo": in_tab(lambda tab: editor_of(tab).undo()),
            "edit.redo": in_tab(lambda tab: editor_of(tab).redo()),
            "edit.cut": in_tab(lambda tab: editor_of(tab).cut()),
            "edit.copy": in_tab(copy),
            "edit.paste": in_tab(lambda tab: editor_of(tab).paste()),
            "edit.palette": self._toggle_palette,
            "edit.keys": self._show_keys,
            "edit.settings": self._show_settings,
            "view.zoom_in": in_tab(lambda tab: tab.view.zoom.by(1)),
            "view.zoom_out": in_tab(lambda tab: tab.view.zoom.by(-1)),
            "view.zoom_reset": in_tab(lambda tab: tab.view.zoom.by(0)),
            "view.full_screen": self._toggle_full_screen,
            **theme_handlers(window.desk.appearance),
            "kernel.interrupt": in_tab(KernelTab.interrupt),
            "kernel.run_the_rest": in_tab(KernelTab.run_the_rest),
            "kernel.discard_the_rest": in_tab(lambda tab: tab.rest.discard()),
            "kernel.other_clients": self._toggle_other_clients,
            "kernel.restart": in_tab(lambda tab: tab.restarting.ask()),
            "kernel.restart_and_run_all": in_tab(lambda tab: tab.restarting.ask(runs_all=True)),
            "kernel.show_connection": self._show_connection,
            "kernel.copy_connection": self._copy_connection,
        }

    def _toggle_palette(self) -> None:
        self._window.command_palette.toggle()

    def _toggle_other_clients(self) -> None:
        settings = self._window.desk.appearance.settings
        shown = not settings.now.kernel.other_clients
        settings.change("kernel", "other_clients", shown)
        hidden = tr("Other clients' cells are hidden")
        self._window.tell(tr("Other clients' cells are shown") if shown else hidden)

    def _show_keys(self) -> None:
        from vitrail.shell.keys_dialog import KeysDialog  # a start does without

        window = self._window
        dialog = window.findChild(KeysDialog) or KeysDialog(
            window.desk.keys, window.desk.appearance, window
        )
        dialog.show()
        dialog.activateWindow()

    def _show_settings(self) -> None:
        from vitrail.shell.settings_dialog.dialog import SettingsDialog

        window = self._window
        dialog = window.findChild(SettingsDialog) or SettingsDialog(
            window.desk.appearance, self._show_keys, window
        )
        dialog.show()
        dialog.activateWindow()

    def _toggle_full_screen(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _connection(self) -> str:
        """Return where the kernel listens, as JSON and without its keys; empty without a kernel."""
        live = self._window.tab.live
        return "" if live is None else json.dumps(live.client.connection.shown(), indent=2)

    def _show_connection(self) -> None:
        if not (shown := self._connection()):
            self._window.tell(tr("There is no kernel"))
            return
        pane = self._window.tab.pager.pane
        pane.show_text(tr("Connection, without its key"), shown)
        pane.take_focus()

    def _copy_connection(self) -> None:
        if not (shown := self._connection()):
            self._window.tell(tr("There is no kernel"))
            return
        QGuiApplication.clipboard().setText(shown)
        self._window.tell(tr("Copied, without the key"))


def editor_of(tab: KernelTab) -> QPlainTextEdit | QLineEdit:
    """Return where text is typed now: the input, or the field of a question."""
    field = tab.view.requests.field
    return field.line if field is not None and field.line.hasFocus() else tab.view.input


def copy(tab: KernelTab) -> None:
    """Copy what is selected: in the field of a question, else in the console."""
    editor = editor_of(tab)
    if isinstance(editor, QLineEdit):
        editor.copy()
    else:
        tab.view.copy()
