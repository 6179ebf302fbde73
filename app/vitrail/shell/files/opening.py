"""Opening files: by menu, by drop, by the command line."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QSplitter

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.files.opening import SUFFIXES, FileReading, can_be_opened
from vitrail.presenters.files.slices import in_slices
from vitrail.protocol.errors import UsageError
from vitrail.shell.files.dialogs import ask_what_to_open
from vitrail.shell.files.session_file import default_folder, megabytes
from vitrail_resources.translation import tr

if TYPE_CHECKING:
    from vitrail.shell.files.cells_pane import CellsPane

PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)
FILTERS = (
    tr("Notebooks and scripts ({patterns})", patterns=PATTERNS),
    tr("All files (*)"),
)
AT_ONCE_MS = 6  # what takes longer is read in slices
SHARE = (3, 2)  # of the console and of the cells


class FileOpening(QObject):
    """Opens files in a pane beside a console, one at a time.

    Attributes:
        pane: The cells of the file that is open; None when there is none.

    Signals:
        troubled: A file could not be opened; a sentence.
        progress: How far a large one is, in words; empty when it is done.
    """

    troubled = Signal(str)
    progress = Signal(str)

    def __init__(self, presenter: ConsolePresenter, panes: QSplitter) -> None:
        """Prepare.

        Args:
            presenter: Of the console.
            panes: What the console is in.
        """
        super().__init__(panes)
        self.pane: CellsPane | None = None
        self._presenter = presenter
        self._panes = panes
        self._reading: asyncio.Task[None] | None = None
        self._folder = default_folder()
        presenter.view.viewport().installEventFilter(self)  # sees drops before the input does

    def ask(self) -> None:
        """Let the user choose a file."""
        ask_what_to_open(self._panes, tr("Open"), self._folder, FILTERS, self.open)

    def open(self, path: Path) -> None:
        """Show the cells of a file; the one that was open is closed. A large one takes a while."""
        self.cancel()
        reading = FileReading(path, self._presenter.language.name or "python")
        steps, clock = reading.steps(), QElapsedTimer()
        clock.start()
        try:
            for _ in steps:
                if clock.elapsed() > AT_ONCE_MS:
                    self._reading = asyncio.get_running_loop().create_task(
                        self._read(reading, steps)
                    )
                    return
        except UsageError as error:
            self.troubled.emit(str(error))
            return
        self._show(reading)

    def cancel(self) -> None:
        """Read no further."""
        if self._reading is not None:
            self._reading.cancel()

    async def finish(self) -> None:
        """End what is under way."""
        self.cancel()
        if self._reading is not None:
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self, reading: FileReading, steps: Iterator[int]) -> None:
        def tell(done: int) -> None:
            self.progress.emit(
                tr(
                    "Opening {name} · {size}",
                    name=reading.path.name,
                    size=megabytes(done),
                )
            )

        try:
            await in_slices(steps, tell)
        except UsageError as error:
            self.troubled.emit(str(error))
        else:
            self._show(reading)
        finally:
            self.progress.emit("")

    def _show(self, reading: FileReading) -> None:
        opened = reading.opened
        assert opened is not None, "all of it is read"
        self.close()
        self._folder = opened.path.parent
        from vitrail.shell.files.cells_pane import CellsPane  # a start does without

        self.pane = CellsPane(opened, self._presenter, self._panes)
        self.pane.closed.connect(self.close)
        self.pane.left.connect(self._leave)
        self._panes.addWidget(self.pane)
        width = self._panes.width()
        self._panes.setSizes([width * share // sum(SHARE) for share in SHARE])
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Give the cells of the file the keyboard; ask for a file where there is none."""
        if self.pane is None:
            self.ask()
        else:
            self.pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Close the file that is open."""
        pane, self.pane = self.pane, None
        if pane is not None:
            pane.close_pane()
            pane.hide()
            pane.deleteLater()
            self._leave()

    def apply_theme(self) -> None:
        """Follow the console's theme."""
        if self.pane is not None:
            self.pane.apply_theme(self._presenter.view.theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take notebooks and scripts that are dropped; with Shift they are left to the input."""
        if isinstance(event, QDropEvent) and (files := files_in(event)):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.open(files[0])
            return True
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._presenter.view.input.setFocus(Qt.FocusReason.OtherFocusReason)


def files_in(event: QDropEvent) -> list[Path]:
    """Return the files of a drop, where all of them can be opened and Shift is not held."""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return []
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths if paths and all(map(can_be_opened, paths)) else []
