"""What an execute_reply asks a frontend to do beside showing outputs."""

from collections.abc import Callable
from typing import Any

from vitrail.presenters.execution import Execution
from vitrail.presenters.pages import page_of, source_of
from vitrail_resources.translation import tr
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.transcript.cells import NoticeLevel
from vitrail_widgets.transcript.mime import MimeBundle


class Payloads:
    """Acts on payloads.

    Attributes:
        exit_requested: Called with whether the kernel is to live on; `exit` in a cell asks it.
        page_wanted: Shows a page beside the console, given what was asked, the page and its first
            line; False to have it in the transcript.
        edit_wanted: Opens a file at a line, counted from 1 and 0 if none is meant; returns a
            sentence when it cannot.
    """

    def __init__(self, view: ConsoleView, execution: Execution) -> None:
        self._view = view
        self._execution = execution
        self.exit_requested: Callable[[bool], None] = lambda _keep_kernel: None
        self.page_wanted: Callable[[str, MimeBundle, int], bool] = lambda _text, _page, _start: (
            False
        )
        self.edit_wanted: Callable[[str, int], str] = _has_no_editor

    def take(self, payload: dict[str, Any], cell_id: str) -> None:
        """Do what one payload says; unknown ones are named in a notice.

        Source:
            Jupyter messaging 5.5, "Payloads (DEPRECATED)". Kernels of 2013 name sources in
            dotted form; the last part counts.
        """
        source = source_of(payload)
        match source:
            case "page":
                self._page(payload, cell_id)
            case "set_next_input":
                self._set_next_input(payload)
            case "ask_exit":
                self.exit_requested(bool(payload.get("keepkernel")))
            case "auto_rewrite_input":  # IPython before 3; later ones print it
                self._print(f"{payload.get('transformed_input', '')}\n", cell_id)
            case "doctest_mode":
                pass  # concerns prompts like >>>, which are the kernel's no more
            case "edit" | "edit_magic":
                self._edit(payload)
            case _:
                self._note(
                    tr(
                        "The kernel sent a payload that is not known here: {source}.",
                        source=f"{source!r}",
                    )
                )

    def _page(self, payload: dict[str, Any], cell_id: str) -> None:
        """Show a page in the pager, or with the cell that asked for it."""
        cell = self._execution.transcript.cell(cell_id)
        asked = cell.code.strip().partition("\n")[0] if cell is not None else ""
        if self.page_wanted(asked, page_of(payload), _number(payload.get("start"))):
            return
        changes = self._execution.transcript.append_rich(cell_id, page_of(payload))
        self._execution.listener.transcript_changed(changes)

    def _print(self, text: str, cell_id: str) -> None:
        changes = self._execution.transcript.append_stream(cell_id, "stdout", text)
        self._execution.listener.transcript_changed(changes)

    def _set_next_input(self, payload: dict[str, Any]) -> None:
        """Put code into the input: in place of what is there, or behind it."""
        text = str(payload.get("text", ""))
        if not payload.get("replace") and self._view.input.text().strip():
            text = f"{self._view.input.text()}\n{text}"
        self._view.input.set_text(text)

    def _edit(self, payload: dict[str, Any]) -> None:
        """Open a file in the user's editor, or say what keeps it from being opened."""
        path = str(payload.get("filename", ""))
        problem = self.edit_wanted(path, _number(payload.get("line_number")))
        if problem:
            self._note(tr("{problem}\nThe file to edit is {path}.", problem=problem, path=path))

    def _note(self, text: str) -> None:
        self._execution.notice(NoticeLevel.INFO, text)


def _number(value: object) -> int:
    """Return a line number as kernels write it; 0 for none."""
    return value if isinstance(value, int) and value > 0 else 0


def _has_no_editor(_path: str, _line: int) -> str:
    return tr("There is no editor here.")
