"""A console's session as a file: saved as a notebook, exported as what else there is."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vitrail.presenters.files.formats import NOTEBOOK, Format
from vitrail.presenters.files.slices import write_slowly
from vitrail.presenters.files.source import ExportSource
from vitrail.protocol.errors import UsageError
from vitrail.shell.files.dialogs import ask_where_to_write
from vitrail_resources.translation import tr

LONG_S = 0.4
"""After which a file that is being written is worth a word."""

SourceMaker = Callable[[str], ExportSource]
Tell = Callable[[int], None]
Measure = Callable[[int], str]
Writer = Callable[[ExportSource], Callable[[Tell], Awaitable[None]]]


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
            self._save(self.path)

    async def save_and_wait(self) -> bool:
        """Save as the notebook that it was saved as before; say whether it was written."""
        assert self.path is not None, "it was saved before"
        writing = self.path
        self.save()
        task = self._writing[writing]
        await asyncio.wait((task,))
        return not task.cancelled() and task.exception() is None

    def save_as(self) -> None:
        """Ask where, and save as a notebook there from now on."""
        self.ask(tr("Save session as notebook"), NOTEBOOK.name, NOTEBOOK.suffix, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save as this notebook, now and from now on."""
        self._save(path)

    def export(self, chosen: Format) -> None:
        """Ask where, and write a copy."""

        def take(path: Path) -> None:
            self.write(path, partial(_written, path, chosen), tr("Exported"), megabytes)

        self.ask(tr("Export: {name}", name=chosen.name), chosen.name, chosen.suffix, take)

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

    def ask(self, title: str, kind: str, suffix: str, take: Callable[[Path], object]) -> None:
        """Let the user choose a file to write."""
        ask_where_to_write(self._window, title, self.proposal(suffix), kind, suffix, take)

    def write(self, path: Path, writer: Writer, verb: str, measure: Measure) -> bool:
        """Begin to write the session as it is now; say whether it was begun.

        Args:
            path: Where to; something without a folder is no file, but its name is used.
            writer: Writes it.
            verb: What to say when it is done.
            measure: Says in words how far it is, from what the writer tells.
        """
        if path in self._writing:
            self.told.emit(tr("{name} is being written", name=path.name))
            return False
        if path.is_absolute():
            self._folder = path.parent
        work = self._write(path, writer(self._source_of(path.stem)), verb, measure)
        self._writing[path] = asyncio.get_running_loop().create_task(work)
        self._writing[path].add_done_callback(lambda _: self._forget(path))
        return True

    def _save(self, path: Path) -> None:
        before = self.path, self.is_modified
        if self.write(path, partial(_written, path, NOTEBOOK), tr("Saved"), megabytes):
            self._saving.add(path)
            self.path, self.is_modified = path, False  # what comes from now on is not in it
            self._writing[path].add_done_callback(lambda done: self._settle(done, *before))

    async def _write(
        self, path: Path, steps: Callable[[Tell], Awaitable[None]], verb: str, measure: Measure
    ) -> None:
        began = asyncio.get_running_loop().time()

        def tell(done: int) -> None:
            if asyncio.get_running_loop().time() - began > LONG_S:
                self.progress.emit(
                    tr("Writing {name} · {size}", name=path.name, size=measure(done))
                )

        try:
            await steps(tell)
        except asyncio.CancelledError:
            self.told.emit(tr("{name} was not written", name=path.name))
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
        error = None if task.cancelled() else task.exception()
        if isinstance(error, UsageError):
            self.troubled.emit(str(error))
        elif error is not None:
            reason = str(error) or type(error).__name__
            self.troubled.emit(
                tr(
                    "{name} cannot be written: {reason}",
                    name=path.name,
                    reason=reason,
                )
            )
        if not self._writing:
            self.progress.emit("")


def megabytes(size: int) -> str:
    """Return a size in words."""
    return f"{size / 1e6:.1f} MB"


def _written(path: Path, chosen: Format, source: ExportSource) -> Callable[[Tell], Awaitable[None]]:
    return partial(write_slowly, path, chosen, source)


def default_folder() -> Path:
    """Return where the program was started, or the user's home when that was nowhere."""
    here = Path.cwd()
    return Path.home() if here == Path(here.anchor) else here
