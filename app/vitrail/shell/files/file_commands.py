"""The File menu of a window: its commands, and what the status bar and the title say of them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QMenu, QToolButton, QWidget

from vitrail.presenters.files.formats import FORMATS, NOTEBOOK, Format
from vitrail.shell.actions import menu_of
from vitrail.shell.files.session_file import SessionFile
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.kernel_tabs import KernelTabs
from vitrail_resources.translation import tr

if TYPE_CHECKING:
    from vitrail.shell.files.printing import Paper

EXPORTS = tuple(each for each in FORMATS if each is not NOTEBOOK)


EXPORT_TITLES = {
    "html": tr("&Web page…"),
    "markdown": tr("&Markdown…"),
    "script": tr("&Script…"),
    "annotated_script": tr("Script with &outputs…"),
    "text": tr("&Text…"),
    "pdf": tr("&PDF…"),
}
"""Of the menu of exports, by format."""


class FileCommands(QObject):
    """Does the commands of the File menu for the current tab.

    Attributes:
        progress: Says how far a file is that is being written or read.
    """

    def __init__(self, window: QMainWindow, tabs: KernelTabs) -> None:
        super().__init__(window)
        self._window, self._tabs = window, tabs
        self._followed: SessionFile | None = None
        self.progress = FileProgress(tabs.in_current(stop_files))
        self.progress.hide()

    def follow(self, tab: KernelTab) -> None:
        """Say how far the files of this tab are, from now on."""
        if self._followed is not None:
            self._followed.progress.disconnect(self.progress.show_text)
            self.progress.show_text("")
        self._followed = tab.file
        tab.file.progress.connect(self.progress.show_text)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        in_tab = self._tabs.in_current
        exports = {f"file.export_{each.id}": partial(self._export, each) for each in EXPORTS}
        return {
            "file.open": in_tab(lambda tab: tab.opening.ask()),
            "file.go_to_cells": in_tab(lambda tab: tab.opening.go()),
            "file.run_all": self._run_all,
            "file.save": in_tab(lambda tab: tab.file.save()),
            "file.save_as": in_tab(lambda tab: tab.file.save_as()),
            **exports,
            "file.export_pdf": in_tab(lambda tab: paper_of(tab).export()),
            "file.print": in_tab(lambda tab: paper_of(tab).ask()),
        }

    @property
    def title(self) -> str:
        """The window's title; `[*]` stands where Qt marks what is modified."""
        tab = self._tabs.current
        parts = [] if tab.file.path is None else [f"{tab.file.path.name}[*]"]
        named = [tab.own_name.replace("[*]", "[*][*]")] if tab.own_name else []
        return " — ".join([*named, *parts, tab.name])

    def _export(self, chosen: Format) -> None:
        self._tabs.current.file.export(chosen)

    def _run_all(self) -> None:
        tab = self._tabs.current
        if tab.opening.pane is None:
            tab.told.emit(tr("No file is open"))
        else:
            tab.opening.pane.run_all()

    def fill_menu(self, actions: Mapping[str, QAction]) -> QMenu:
        """Put the exports into a menu of their own; return it."""
        menu = QMenu(tr("&Export"), self._window)
        for name in (*(each.id for each in EXPORTS), "pdf"):
            action = actions[f"file.export_{name}"]
            action.setText(EXPORT_TITLES[name])
            menu.addAction(action)
        menu_of(self._window, "File").insertMenu(actions["file.print"], menu)
        return menu


def paper_of(tab: KernelTab) -> "Paper":
    """Return what prints, and writes PDFs; what that takes is loaded when it is asked for."""
    from vitrail.shell.files.printing import Paper

    return Paper(tab.file, tab.view)


def stop_files(tab: KernelTab) -> None:
    """Stop what is being written and read."""
    tab.file.cancel()
    tab.opening.cancel()


class FileProgress(QWidget):
    """Says how far the writing or reading of a long file is, and lets the user stop it."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QToolButton()
        self._cancel.setText(tr("Cancel"))
        self._cancel.setAutoRaise(True)
        self._cancel.setAccessibleName(tr("Stop writing or reading the file"))
        self._cancel.clicked.connect(cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self._cancel)

    def show_text(self, text: str) -> None:
        """Show how far it is; nothing hides it."""
        self._label.setText(text)
        self.setVisible(bool(text))
