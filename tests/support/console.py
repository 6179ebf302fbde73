"""A console view with short words for what a kernel would do."""

from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.transcript import Transcript


class Console:
    """A transcript and its view."""

    def __init__(self) -> None:
        self.transcript = Transcript()
        self.view = ConsoleView(self.transcript, Theme.load("light"), code_font())
        self.view.resize(800, 600)

    def apply(self, changes: tuple[Change, ...]) -> None:
        self.view.apply(changes)

    def cell(self, cell_id: str, code: str = "code", **fields: object) -> None:
        status = CellStatus.RUNNING
        self.apply(
            self.transcript.append_cell(cell_id, code, count=1, status=status, at=1.0, **fields)  # type: ignore[arg-type]
        )

    def stream(self, cell_id: str, text: str, name: str = "stdout") -> None:
        self.apply(self.transcript.append_stream(cell_id, name, text))

    def finish(self, cell_id: str, status: CellStatus = CellStatus.DONE) -> None:
        self.apply(self.transcript.set_status(cell_id, status, 2.0))
