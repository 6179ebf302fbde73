"""A picture of a transcript, painted by the console itself, and a PDF."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.presenters.language import language_of
from vitrail.protocol.errors import UsageError
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from vitrail.presenters.files.source import ExportSource

WIDTH = 960
RATIO = 2.0
TALLEST = 16_000  # pixels of the console; QPainter ends at 32 767 of the device


def grab(transcript: Transcript, info: KernelInfoReply | None, theme: str) -> tuple[bytes, str]:
    """Paint `transcript`; return a PNG, and a note when not all of it fits, else nothing.

    Raises:
        UsageError: There is no memory for the picture, or Qt cannot be loaded.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever was set: no window is shown
    try:
        from PySide6.QtCore import QBuffer
        from PySide6.QtWidgets import QApplication
        from shiboken6 import delete
    except ImportError as error:
        raise UsageError(f"The picture cannot be painted, Qt cannot be loaded: {error}") from error

    from vitrail_widgets.console.picture import picture_of
    from vitrail_widgets.console.view import ConsoleView
    from vitrail_widgets.qt.metrics import code_font
    from vitrail_widgets.qt.theme import Theme

    application = QApplication.instance() or QApplication(["vitrail"])
    view = ConsoleView(transcript, Theme.load(theme), code_font())
    view.set_lexer(language_of(info).lexer if info else "python")
    view.input.hide()
    view.resize(WIDTH, 600)
    view.folding.set_limit(0)
    image = picture_of(view, RATIO, TALLEST)
    height = view.document.height
    delete(view)  # while the application lives
    buffer = QBuffer()
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide6 6.11 takes str here
        raise UsageError("The picture cannot be painted: there is not enough memory.")
    del application
    note = f"shows the first {TALLEST} of {height} rows of pixels" if height > TALLEST else ""
    return bytes(buffer.data().data()), note


def write_pages(path: Path, source: "ExportSource") -> None:
    """Write a session as a PDF.

    Raises:
        UsageError: It cannot be written, or Qt cannot be loaded.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise UsageError(f"The pages cannot be painted, Qt cannot be loaded: {error}") from error

    from vitrail.presenters.files.paper import write_pdf

    application = QApplication.instance() or QApplication(["vitrail"])
    asyncio.run(write_pdf(path, source, None, lambda _: None))
    del application
