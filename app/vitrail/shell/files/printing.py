"""A session on paper, and as a PDF."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from vitrail.presenters.files.paper import print_pages, resolution, write_pdf
from vitrail.presenters.files.source import ExportSource
from vitrail.shell.files.session_file import SessionFile, Tell
from vitrail_resources.translation import tr
from vitrail_widgets.console.view import ConsoleView

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Paper:
    """Puts a session on paper."""

    def __init__(self, file: SessionFile, view: ConsoleView) -> None:
        """Prepare.

        Args:
            file: Writes in the background and says how far it is.
            view: Its font is used, its window asks.
        """
        self._file = file
        self._view = view

    def export(self) -> None:
        """Ask where, and write a PDF."""
        self._file.ask(tr("Export: PDF"), tr("PDF"), ".pdf", self.export_to)

    def export_to(self, path: Path) -> None:
        """Write a PDF."""
        family = self._view.metrics.font.family()

        def writer(source: ExportSource) -> Callable[[Tell], Awaitable[None]]:
            return partial(write_pdf, path, source, family)

        self._file.write(path, writer, tr("Exported"), _pages)

    def ask(self) -> None:
        """Let the user choose a printer, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self._view.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(partial(self.print_on, printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # its open() wants a slot of C++
        dialog.show()

    def print_on(self, printer: "QPrinter") -> None:
        """Print."""
        printer.setResolution(resolution())
        family = self._view.metrics.font.family()

        def writer(source: ExportSource) -> Callable[[Tell], Awaitable[None]]:
            return partial(print_pages, printer, source, family)

        self._file.write(Path("session"), writer, tr("Printed"), _pages)


def _pages(turned: int) -> str:
    return f"page {turned + 1}"
