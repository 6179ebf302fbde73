"""The cells of an opened file beside the console, to be run in it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.files.opening import OpenedFile
from vitrail.shell.files.cell_list import CellList
from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged


class CellsPane(QWidget):
    """Offers the cells of a file, and shows how those went that were run.

    Signals:
        closed: It is not wanted any more.
        left: The console is to have the keyboard again.
    """

    closed = Signal()
    left = Signal()

    def __init__(self, opened: OpenedFile, presenter: ConsolePresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._transcript = opened.transcript
        self._run: dict[str, str] = {}  # cell of the console to cell of the file
        view = presenter.view
        lexer = presenter.language.lexer or "ipython3"
        self.cells = CellList(opened.transcript, view.theme, view.metrics.font, lexer, self)
        self.title = QLabel(opened.path.name)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setToolTip(opened.path.name)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.cells.run_requested.connect(self.run_selected)
        self.cells.left.connect(self.left)
        presenter.followers.append(self._follow)
        presenter.execution.resubmitted.append(self._on_resubmitted)
        self._choose_next(None)

    def run_selected(self) -> None:
        """Run what is selected, and select what comes after it."""
        chosen = self.cells.chosen
        self._submit(chosen)
        if chosen:
            self._choose_next(chosen[-1])

    def run_all(self) -> None:
        """Run all cells from the first on."""
        self._submit(self._all())

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self.cells.apply_theme(theme)

    def close_pane(self) -> None:
        """Follow the console no longer."""
        if self._follow in self._presenter.followers:
            self._presenter.followers.remove(self._follow)
            self._presenter.execution.resubmitted.remove(self._on_resubmitted)
        self.closed.emit()

    def _all(self) -> list[Cell]:
        return [entry for entry in self._transcript.entries if isinstance(entry, Cell)]

    def _submit(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            if cell.code.strip():
                self._run[self._presenter.submit(cell.code)] = cell.id

    def _choose_next(self, after: Cell | None) -> None:
        cells = self._all()
        at = 0 if after is None else cells.index(after) + 1
        if at < len(cells):
            self.cells.choose(cells[at])

    def _follow(self, changes: Iterable[Change]) -> None:
        """Let the cells of the file look like those that run for them."""
        for change in changes:
            if isinstance(change, EntryChanged) and change.entry_id in self._run:
                self._mirror(change.entry_id, self._run[change.entry_id])

    def _on_resubmitted(self, before: str, after: str) -> None:
        """Follow the cell that is run in the place of one that was not."""
        if before in self._run:
            self._run[after] = self._run.pop(before)
            self._mirror(after, self._run[after])

    def _mirror(self, ran_id: str, cell_id: str) -> None:
        ran = self._presenter.execution.transcript.cell(ran_id)
        if ran is None:
            return
        at = ran.finished_at if ran.status.is_finished else ran.started_at
        self._transcript.set_status(cell_id, ran.status, at)
        if ran.count is not None and ran.count_confirmed:
            self._transcript.set_count(cell_id, ran.count)
        self.cells.cells.note(self._transcript.position(cell_id))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 4, 8, 4)
        bar.setSpacing(4)
        bar.addWidget(self.title, 1)
        bar.addWidget(
            _button(tr("Run"), tr("Run what is selected, and go on (Enter)"), self.run_selected)
        )
        bar.addWidget(_button(tr("Run all"), tr("Run all cells from the first on"), self.run_all))
        bar.addWidget(
            _button(tr("Close"), tr("Close the file (the cells that ran stay)"), self.close_pane)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.cells)
        self.setFocusProxy(self.cells)


def _button(text: str, tip: str, act: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(act)
    return button
