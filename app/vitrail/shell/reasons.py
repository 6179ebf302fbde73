"""Why a command cannot be done now: one answer for its menu, its key and the palette."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.window_commands import editor_of
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Cell

Reason = Callable[[], str]
"""Says in a few words why not; empty when nothing is against it."""

OF_CELLS = (
    "file.export_html",
    "file.export_markdown",
    "file.export_script",
    "file.export_annotated_script",
    "file.export_text",
    "file.export_pdf",
    "file.print",
)
OF_A_FILE = ("file.go_to_cells", "file.run_all")
OF_THE_REST = ("kernel.run_the_rest", "kernel.discard_the_rest")
OF_A_CONNECTION = ("kernel.show_connection", "kernel.copy_connection")


class Reasons:
    """Looks at a tab, and at where text is typed, when it is asked."""

    def __init__(self, tab: Callable[[], KernelTab]) -> None:
        self._tab = tab
        self._reasons: dict[str, Reason] = {
            "edit.undo": self._why_not_undo,
            "edit.redo": self._why_not_redo,
            "edit.cut": self._why_not_cut,
            "edit.copy": self._why_not_copy,
            "edit.paste": self._why_not_paste,
            "input.paste_verbatim": self._why_not_paste,
            **dict.fromkeys(OF_CELLS, self._why_no_cells),
            **dict.fromkeys(OF_A_FILE, self._why_no_file),
            **dict.fromkeys(OF_THE_REST, self._why_no_rest),
            **dict.fromkeys(OF_A_CONNECTION, self._why_no_connection),
        }

    def why_not(self, command_id: str) -> str:
        """Say why a command cannot be done now; of those of the console the console itself says."""
        if (reason := self._reasons.get(command_id)) is not None:
            return reason()
        handler = self._tab().view.input.commands.handler(command_id)
        return "" if handler is None else handler.why_not()

    def _editor(self) -> QPlainTextEdit | QLineEdit:
        return editor_of(self._tab())

    def _why_not_undo(self) -> str:
        editor = self._editor()
        source = editor if isinstance(editor, QLineEdit) else editor.document()
        return "" if source.isUndoAvailable() else tr("There is nothing to undo")

    def _why_not_redo(self) -> str:
        editor = self._editor()
        source = editor if isinstance(editor, QLineEdit) else editor.document()
        return "" if source.isRedoAvailable() else tr("There is nothing to redo")

    def _why_not_cut(self) -> str:
        return "" if self._has_selection() else tr("Nothing is selected in the input")

    def _why_not_copy(self) -> str:
        is_selected = self._tab().view.selected.exists or self._has_selection()
        return "" if is_selected else tr("Nothing is selected")

    def _why_not_paste(self) -> str:
        held = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())  # as Qt says
        return "" if held is not None and held.formats() else tr("The clipboard is empty")

    def _has_selection(self) -> bool:
        editor = self._editor()
        if isinstance(editor, QLineEdit):
            return editor.hasSelectedText()
        return editor.textCursor().hasSelection()

    def _why_no_cells(self) -> str:
        entries = self._tab().presenter.execution.transcript.entries
        has_cells = any(isinstance(entry, Cell) for entry in entries)
        return "" if has_cells else tr("The session is empty")

    def _why_no_file(self) -> str:
        return tr("No file is open") if self._tab().opening.pane is None else ""

    def _why_no_rest(self) -> str:
        return "" if self._tab().presenter.execution.queue.rest else tr("Nothing was left to run")

    def _why_no_connection(self) -> str:
        return tr("There is no kernel") if self._tab().live is None else ""
