"""The File menu of a window: its commands, and what the status bar and the title say of them."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QMenu, QToolButton, QWidget

from vitrail.presenters.files.formats import FORMATS, NOTEBOOK
from vitrail.shell.actions import menu_of
from vitrail.shell.kernel_tab import KernelTab

if TYPE_CHECKING:
    from vitrail.shell.files.printing import Paper

EXPORTS = tuple(each for each in FORMATS if each is not NOTEBOOK)


class FileCommands(QObject):
    """Does the commands of the File menu for a tab.

    Signals:
        changed: The title is another one.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow, tab: KernelTab) -> None:
        super().__init__(window)
        self._window = window
        self._tab = tab
        file = tab.file
        self._progress = FileProgress(file.cancel)
        window.statusBar().addPermanentWidget(self._progress)
        self._progress.hide()
        file.changed.connect(self.changed)
        file.told.connect(tab.told)
        file.troubled.connect(tab.warn)
        file.progress.connect(self._progress.show_text)

    @cached_property
    def paper(self) -> "Paper":
        """Prints, and writes PDFs; what that takes is loaded when it is asked for."""
        from vitrail.shell.files.printing import Paper

        return Paper(self._tab.file, self._tab.view)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        file = self._tab.file
        exports = {f"file.export_{each.id}": partial(file.export, each) for each in EXPORTS}
        opening = self._tab.opening
        return {
            "file.open": opening.ask,
            "file.go_to_cells": opening.go,
            "file.run_all": self._run_all,
            "file.save": file.save,
            "file.save_as": file.save_as,
            **exports,
            "file.export_pdf": self._export_pdf,
            "file.print": self._print,
        }

    @property
    def title(self) -> str:
        """The window's title; `[*]` stands where Qt marks what is modified."""
        path = self._tab.file.path
        return self._tab.name if path is None else f"{path.name}[*] — {self._tab.name}"

    def _export_pdf(self) -> None:
        self.paper.export()

    def _print(self) -> None:
        self.paper.ask()

    def _run_all(self) -> None:
        pane = self._tab.opening.pane
        if pane is None:
            self._tab.told.emit("No file is open")
        else:
            pane.run_all()

    def fill_menu(self, actions: Mapping[str, QAction]) -> None:
        """Put the exports into a menu of their own."""
        menu = QMenu("&Export", self._window)
        for each in EXPORTS:
            action = actions[f"file.export_{each.id}"]
            action.setText(f"{each.name}…")
            menu.addAction(action)
        actions["file.export_pdf"].setText("PDF…")
        menu.addAction(actions["file.export_pdf"])
        menu_of(self._window, "File").insertMenu(actions["file.print"], menu)


class FileProgress(QWidget):
    """Says how far the writing of a long file is, and lets the user stop it."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QToolButton()
        self._cancel.setText("Cancel")
        self._cancel.setAutoRaise(True)
        self._cancel.setAccessibleName("Stop writing the file")
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
