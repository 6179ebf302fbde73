"""What an execute_reply asks a frontend to do beside showing outputs."""

from collections.abc import Callable
from typing import Any

from vitrail.presenters.execution import Execution
from vitrail.presenters.pages import page_of, source_of
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.transcript.cells import NoticeLevel


class Payloads:
    """Acts on payloads.

    Attributes:
        exit_requested: Called with whether the kernel is to live on; `exit` in a cell asks it.
    """

    def __init__(self, view: ConsoleView, execution: Execution) -> None:
        self._view = view
        self._execution = execution
        self.exit_requested: Callable[[bool], None] = lambda _keep_kernel: None

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
                self._note(f"%edit wants {payload.get('filename')} opened in an editor.")
            case _:
                self._note(f"The kernel sent a payload that is not known here: {source!r}.")

    def _page(self, payload: dict[str, Any], cell_id: str) -> None:
        """Show paged text with the cell that asked for it."""
        changes = self._execution.transcript.append_rich(cell_id, page_of(payload))
        self._execution.listener.transcript_changed(changes)

    def _print(self, text: str, cell_id: str) -> None:
        changes = self._execution.transcript.append_stream(cell_id, "stdout", text)
        self._execution.listener.transcript_changed(changes)

    def _set_next_input(self, payload: dict[str, Any]) -> None:
        text = str(payload.get("text", ""))
        if self._view.input.text().strip():
            text = f"{self._view.input.text()}\n{text}"
        self._view.input.set_text(text)

    def _note(self, text: str) -> None:
        self._execution.notice(NoticeLevel.INFO, text)
