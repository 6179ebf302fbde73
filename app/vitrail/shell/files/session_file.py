"""A console's session as a file: saved as a notebook, exported as what else there is."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vitrail.presenters.files.formats import NOTEBOOK, Format
from vitrail.presenters.files.source import ExportSource
from vitrail.protocol.errors import UsageError
from vitrail.shell.files.dialogs import ask_where_to_write
from vitrail.shell.files.slices import write_slowly

LONG_S = 0.4
"""After which a file that is being written is worth a word."""

SourceMaker = Callable[[str], ExportSource]


class SessionFile(QObject):
    """Knows where a session was saved, and writes it.

    Attributes:
        path: The notebook it was saved as; None as long as it was not.
        is_modified: Whether the session went on since it was saved.

    Signals:
        changed: It was saved, or is modified now.
        told: Something happened that deserves a passing word.
        troubled: It could not be written; a sentence.
        progress: How far the writing of a long file is; empty when none is being written.
    """

    changed = Signal()
    told = Signal(str)
    troubled = Signal(str)
    progress = Signal(str)

    def __init__(self, source_of: SourceMaker, parent: QWidget) -> None:
        """Prepare.

        Args:
            source_of: Makes what is to be written, from a title.
            parent: The window or tab that dialogs belong to.
        """
        super().__init__(parent)
        self.path: Path | None = None
        self.is_modified = False
        self._source_of = source_of
        self._window = parent
        self._folder = default_folder()
        self._writing: dict[Path, asyncio.Task[None]] = {}
        self._saving: set[Path] = set()

    def save(self) -> None:
        """Save as the notebook that it was saved as before; ask where, the first time."""
        if self.path is None:
            self.save_as()
        else:
            self._start(self.path, NOTEBOOK, is_saving=True)

    def save_as(self) -> None:
        """Ask where, and save as a notebook there from now on."""
        self._ask("Save session as notebook", NOTEBOOK, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save as this notebook, now and from now on."""
        self._start(path, NOTEBOOK, is_saving=True)

    def export(self, chosen: Format) -> None:
        """Ask where, and write a copy."""
        self._ask(f"Export: {chosen.name}", chosen, lambda path: self._start(path, chosen))

    def note_change(self) -> None:
        """Note that the session went on."""
        if self.path is not None and not self.is_modified:
            self.is_modified = True
            self.changed.emit()

    def cancel(self) -> None:
        """Stop writing; what was there before stays."""
        for task in self._writing.values():
            task.cancel()

    async def finish(self) -> None:
        """Wait for what is being saved; what is being exported is given up."""
        for path, task in self._writing.items():
            if path not in self._saving:
                task.cancel()
        await asyncio.gather(*self._writing.values(), return_exceptions=True)

    def proposal(self, suffix: str) -> Path:
        """Return the file to propose: beside the saved notebook, called as it is."""
        stem = "session" if self.path is None else self.path.stem
        return self._folder / f"{stem}{suffix}"

    def _ask(self, title: str, chosen: Format, take: Callable[[Path], object]) -> None:
        proposal = self.proposal(chosen.suffix)
        ask_where_to_write(self._window, title, proposal, chosen.name, chosen.suffix, take)

    def _start(self, path: Path, chosen: Format, *, is_saving: bool = False) -> None:
        if path in self._writing:
            self.told.emit(f"{path.name} is being written")
            return
        self._folder = path.parent
        source = self._source_of(path.stem)
        verb = "Saved" if is_saving else "Exported"
        task = asyncio.get_running_loop().create_task(self._write(path, chosen, source, verb))
        self._writing[path] = task
        if is_saving:
            self._saving.add(path)
            before = self.path, self.is_modified
            self.path, self.is_modified = path, False  # what comes from now on is not in it
            task.add_done_callback(lambda done: self._settle(done, *before))
        task.add_done_callback(lambda _: self._forget(path))

    async def _write(self, path: Path, chosen: Format, source: ExportSource, verb: str) -> None:
        began = asyncio.get_running_loop().time()

        def tell(size: int) -> None:
            if asyncio.get_running_loop().time() - began > LONG_S:
                self.progress.emit(f"Writing {path.name} · {size / 1e6:.1f} MB")

        try:
            await write_slowly(path, chosen, source, tell)
        except UsageError as error:
            self.troubled.emit(str(error))
            raise
        except asyncio.CancelledError:
            self.told.emit(f"{path.name} was not written")
            raise
        self.told.emit(f"{verb} {path.name}")

    def _settle(self, task: asyncio.Task[None], path: Path | None, was_modified: bool) -> None:
        """Tell how a save ended; one that failed leaves everything as it was."""
        if task.cancelled() or task.exception() is not None:
            self.path, self.is_modified = path, was_modified or self.is_modified
        self.changed.emit()

    def _forget(self, path: Path) -> None:
        task = self._writing.pop(path)
        self._saving.discard(path)
        if not task.cancelled():
            task.exception()  # it was said
        if not self._writing:
            self.progress.emit("")


def default_folder() -> Path:
    """Return where the program was started, or the user's home when that was nowhere."""
    here = Path.cwd()
    return Path.home() if here == Path(here.anchor) else here
