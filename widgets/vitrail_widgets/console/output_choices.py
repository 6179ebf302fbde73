"""Does what was chosen in a line about an output: saves it, or opens it elsewhere."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.console.live_blocks import Hit, LiveBlocks
from vitrail_widgets.console.private_files import PrivateFiles
from vitrail_widgets.render.choices import Choice, Content, Verb
from vitrail_widgets.render.image_loader import shared_loader

SUFFIXES: Final = {
    "text/html": ".html",
    "text/latex": ".tex",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "application/json": ".json",
    "application/javascript": ".js",
}
PAGE_START: Final = b"<!DOCTYPE html>\n<meta charset='utf-8'>\n"


class OutputChoices(QObject):
    """Asks for a file and writes what an output holds.

    Signals:
        troubled: It could not be written; a sentence that says why.
        open_wanted: The path of a file that is to be opened by the desktop.
    """

    troubled = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, blocks: LiveBlocks, window: QWidget) -> None:
        super().__init__(window)
        self._blocks = blocks
        self._window = window
        self._writing: set[_Writing] = set()
        self._files = PrivateFiles()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._files.remove)
        self.destroyed.connect(self._files.remove)
        blocks.choose = self._choose

    def _choose(self, hit: Hit, choice: Choice) -> None:
        match choice.verb:
            case Verb.SAVE:
                self.ask(choice.content)
            case Verb.BROWSER:
                self.ask(choice.content, opens=True)
            case Verb.PLAY:
                self.open_privately(choice.content)
            case Verb.FORMS:
                menu = QMenu(self._window)
                menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                self._blocks.fill_forms(menu, hit)
                menu.popup(QCursor.pos())

    def ask(self, content: Content, *, opens: bool = False) -> None:
        """Ask for the file that content is written to.

        Args:
            content: What is written.
            opens: Whether it is opened then.
        """
        suffix = suffix_of(content.mime)
        title = tr("Save as web page and open it in the browser") if opens else tr("Save output")
        dialog = QFileDialog(self._window, title, f"output{suffix}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.fileSelected.connect(partial(self.write, content, opens=opens))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_privately(self, content: Content) -> None:
        """Open content with the desktop's program for it, from a file that nobody else can read."""
        try:
            path = self._files.new(suffix_of(content.mime))
        except OSError as error:
            self.troubled.emit(
                tr("No file could be made: {reason}.", reason=error.strerror or error)
            )
        else:
            self.write(content, path, opens=True)

    def write(self, content: Content, path: str, *, opens: bool = False) -> None:
        """Write content to a file, soon; then open it, if that is wanted."""
        self._writing.add(_Writing(self, content, path, opens=opens))

    def finished(self, writing: "_Writing", problem: str) -> None:
        """Say how a piece of writing went."""
        self._writing.discard(writing)
        if problem:
            self.troubled.emit(problem)
        elif writing.opens:
            self.open_wanted.emit(writing.path)


class _Writing:
    """Writes one file, on another thread."""

    def __init__(self, owner: OutputChoices, content: Content, path: str, *, opens: bool) -> None:
        self.path = path
        self.opens = opens
        self._owner = owner
        work = partial(_written, content, path)
        shared_loader().request(self, work, self._take)

    def _take(self, problem: str) -> None:
        self._owner.finished(self, problem)


def _written(content: Content, path: str) -> str:
    """Write a file; return why it could not be."""
    try:
        data = content.load()
        if content.mime == "text/html" and not data.lstrip()[:9].lower().startswith(b"<!doctype"):
            data = PAGE_START + data
        Path(path).write_bytes(data)
    except OSError as error:
        return tr("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error)
    except (ValueError, TypeError) as error:
        return tr("{path} was not written: {error}.", path=path, error=error)
    return ""


def suffix_of(mime: str) -> str:
    """Return the suffix of files of a type."""
    import mimetypes  # a start does without

    return SUFFIXES.get(mime) or mimetypes.guess_extension(mime) or ".bin"
