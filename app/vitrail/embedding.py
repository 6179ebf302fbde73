"""A console for other programs: `Console` is a widget of PySide6 with a kernel of its own choice.

See docs/embedding.md; everything here is public, and nothing of the application's window is used.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMetaMethod, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vitrail.host_loop import ensure_loop, forget, keep
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.process import KernelProcess
from vitrail.options import AttachOptions
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.console_kernel import ConsoleKernel, Kernel, Source
from vitrail.protocol.errors import UsageError
from vitrail_resources.translation import tr
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.cells import NoticeLevel
from vitrail_widgets.transcript.transcript import Transcript

__all__ = ["Console", "KernelState", "Theme"]

SYSTEM: Final = "system"


class Console(QWidget):
    """A console on a Jupyter kernel, to be put into any window.

    It needs a QApplication, whose event loop may be run by `QApplication.exec` or by qasync. The
    kernel that it started ends with it: by `end`, when the widget is deleted, and when the
    application quits; one that it attached to is left as it is.

    Attributes:
        transcript: What was entered and what came of it, as values.
        view: The widget that shows it, with all that can be asked of the console alone.

    Signals, which Qt's loop delivers, so that what they call may quit the application:
        changed: `state`, or what is known of the kernel, is another one.
        told: Something happened that deserves a passing word, for instance in a status bar.
        exit_requested: `exit` was run, or Ctrl+D pressed in an empty input.
        edit_requested: A file is to be opened at a line, counted from 1, 0 for any: by a click in
            a traceback, or by `%edit`.
        ended: The kernel has ended, or was left, and nothing is under way any more; what was said
            can still be read.
    """

    changed = Signal()
    told = Signal(str)
    exit_requested = Signal()
    edit_requested = Signal(str, int)
    ended = Signal()

    _said = Signal(str)
    _left = Signal()
    _is_over = Signal()
    _edit_wanted = Signal(str, int)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        theme: Theme | str = SYSTEM,
        font: QFont | None = None,
    ) -> None:
        """Make a console without a kernel.

        Args:
            parent: Where it is shown.
            theme: "light", "dark", "contrast", the name of a Pygments style, a theme of your own,
                or "system", which follows the desktop.
            font: Of code; None for the system's fixed one.

        Raises:
            ValueError: There is no theme of that name.
        """
        super().__init__(parent)
        self._theme: Theme | str = theme
        self.transcript = Transcript()
        self.view = ConsoleView(self.transcript, _found(theme), font or code_font(), parent=self)
        self._presenter = ConsolePresenter(self.view, self.transcript, now=time.time)
        self._open = _OpenConsole(self._presenter)
        self._waiting: list[Callable[[], object]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view.input)
        self._connect()
        self._presenter.expected_count_changed()

    @property
    def state(self) -> KernelState:
        """What to show of the kernel."""
        return self._open.kernel.state

    @property
    def kernel_name(self) -> str:
        """What the kernel is called."""
        return self._open.kernel.name

    def start(self, kernel: str = "python3", *, cwd: Path | None = None) -> None:
        """Launch a kernel; what keeps it from starting is said in the console.

        A kernel that the console has already is ended, or left, before.

        Args:
            kernel: Name of a kernelspec, else the path of a Python environment with ipykernel.
            cwd: Its working directory, ours when None.
        """
        self._soon(lambda: self._open.begin(partial(_launched, kernel, cwd)))

    def attach(self, kernel: str | Path) -> None:
        """Attach to a kernel that runs already, and is left running.

        Args:
            kernel: Its connection file, or what `jupyter console --existing` takes: a name, part
                of one or a glob of those in Jupyter's runtime directory.
        """
        self._soon(lambda: self._open.begin(partial(_attached, str(kernel))))

    def run(self, code: str) -> None:
        """Run code as if it were entered; it waits for a kernel that starts."""
        self._soon(lambda: self._presenter.submit(code))

    def interrupt(self) -> None:
        """Interrupt what runs, and withdraw what waits for it."""
        self._soon(self._open.kernel.interrupt)

    def restart(self) -> None:
        """Restart the kernel, or try again to get one; the transcript stays."""
        self._soon(self._open.kernel.restart)

    def set_theme(self, theme: Theme | str) -> None:
        """Use another theme from now on.

        Args:
            theme: As for the constructor.

        Raises:
            ValueError: There is none of that name.
        """
        self.view.apply_theme(_found(theme))
        self._theme = theme

    def set_code_font(self, font: QFont) -> None:
        """Write code in another font."""
        self.view.zoom.restart(font)

    def end(self) -> "asyncio.Future[None]":
        """Begin to end the kernel if it is ours, and all that is under way. Idempotent.

        Returns:
            What can be awaited, 3.5 s at most; else wait for `ended`.
        """
        ensure_loop()
        if not self._open.is_ended:
            self._presenter.flush()  # what has come can be read afterwards
            self.view.input.setEnabled(False)
        return self._open.end()

    def _soon(self, work: Callable[[], object]) -> None:
        """Do something as soon as Qt's loop runs: only then it shows whose asyncio there is."""
        self._waiting.append(work)
        QTimer.singleShot(0, self, self._do_what_waits)

    def _do_what_waits(self) -> None:
        ensure_loop()
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            if not self._open.is_ended:
                work()

    def _connect(self) -> None:
        kernel, view, payloads = self._open.kernel, self.view, self._presenter.payloads
        self._soon(bool)  # keys need the loop, too
        self.destroyed.connect(self._open.on_widget_destroyed)
        self._open.ended = self._is_over.emit
        queued = Qt.ConnectionType.QueuedConnection  # quitting within a task could end nothing
        kernel.changed.connect(self.changed, queued)
        kernel.told.connect(self._said)
        self._said.connect(self.told, queued)
        self._is_over.connect(self.ended, queued)
        self._left.connect(self.exit_requested, queued)
        self._edit_wanted.connect(self.edit_requested, queued)
        payloads.exit_requested = lambda _keeps_kernel: self._left.emit()
        payloads.edit_wanted = self._edit
        self._presenter.refused = lambda: self._said.emit(tr("Not run: there is no kernel"))
        view.input.commands.register("input.end_session", self._ask_to_leave)
        view.interrupt_requested.connect(self.interrupt)
        view.requests.interrupted.connect(self.interrupt)
        view.picture_offers.troubled.connect(self._warn)
        view.output_choices.troubled.connect(self._warn)
        view.output_choices.open_wanted.connect(_open_file)
        view.links.page_activated.connect(_open_page)
        view.links.source_activated.connect(self.edit_requested)
        view.links.told.connect(self.told)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def _ask_to_leave(self) -> bool:
        is_blank = self.view.input.document().isEmpty()
        if is_blank:
            self._left.emit()
        return is_blank

    def _edit(self, path: str, line: int) -> str:
        """Let the host open a file; return a sentence if it has no editor."""
        if not self.isSignalConnected(QMetaMethod.fromSignal(self.edit_requested)):
            return tr("There is no editor here.")
        self._edit_wanted.emit(path, line)
        return ""

    def _warn(self, sentence: str) -> None:
        self._presenter.execution.notice(NoticeLevel.WARN, sentence)

    def _on_scheme_changed(self) -> None:
        if self._theme == SYSTEM:
            self.view.apply_theme(Theme.system())


class _OpenConsole:
    """What of a console has to be ended, also when its widget is gone already.

    Attributes:
        ended: Called when it is.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self._presenter = presenter
        self.kernel = ConsoleKernel(presenter)
        self._beginning: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self.ended: Callable[[], object] = bool

    @property
    def is_ended(self) -> bool:
        """Whether it was, or is about to be."""
        return self._ending is not None

    def begin(self, source: Source) -> None:
        """Get a kernel and begin with it, in place of the one before."""
        keep(self)
        before = self._beginning
        self._beginning = asyncio.get_running_loop().create_task(self._begin(source, before))

    def end(self) -> "asyncio.Task[None]":
        """Begin to end it; idempotent."""
        if self._ending is None:
            self._presenter.close()
            self._ending = asyncio.get_running_loop().create_task(self._end())
        return self._ending

    async def abandon(self) -> None:
        """End a process of ours, on whichever loop."""
        live = self.kernel.live
        if live is not None and live.process is not None:
            await live.process.terminate()

    def on_widget_destroyed(self) -> None:
        """Tell nobody and end."""
        self.ended = bool
        try:
            self.end()
        except RuntimeError:  # no loop any more; `abandon` is called at the interpreter's end
            return

    async def _begin(self, source: Source, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            before.cancel()
            await asyncio.gather(before, return_exceptions=True)
            await self.kernel.part(keeps_kernel=False)
        self.kernel.start(await source(), source)

    async def _end(self) -> None:
        if self._beginning is not None:
            self._beginning.cancel()
            await asyncio.gather(self._beginning, return_exceptions=True)
        await self.kernel.end(keeps_kernel=False)
        forget(self)
        self.kernel.deleteLater()  # on this thread, wherever Python would collect it
        self.ended()


async def _launched(name: str, cwd: Path | None) -> Kernel:
    try:
        return await KernelProcess.launch(name, cwd=cwd)
    except UsageError as error:
        return error


async def _attached(target: str) -> Kernel:
    from vitrail.kernel.attaching import way_to_existing

    try:
        return way_to_existing(AttachOptions(existing=target))
    except UsageError as error:
        return error


def _found(theme: Theme | str) -> Theme:
    if isinstance(theme, Theme):
        return theme
    return Theme.system() if theme == SYSTEM else Theme.load(theme)


def _open_page(target: str) -> None:
    QDesktopServices.openUrl(QUrl(target))


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
