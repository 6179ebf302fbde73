"""A picture of a transcript, painted by the console itself."""

import os
from pathlib import Path

from vitrail.presenters.language import language_of
from vitrail.protocol.errors import UsageError
from vitrail.protocol.replies import KernelInfoReply
from vitrail_widgets.transcript.transcript import Transcript

WIDTH = 960
RATIO = 2.0
TALLEST = 16_000  # pixels of the console; QPainter ends at 32 767 of the device


def grab(transcript: Transcript, info: KernelInfoReply | None, theme: str, path: Path) -> str:
    """Paint `transcript` into a PNG; return a note when not all of it fits, else nothing.

    Raises:
        UsageError: The file cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from vitrail_widgets.console.picture import picture_of
    from vitrail_widgets.console.view import ConsoleView
    from vitrail_widgets.qt.metrics import code_font
    from vitrail_widgets.qt.theme import Theme

    application = QApplication.instance() or QApplication(["vitrail"])
    view = ConsoleView(transcript, Theme.load(theme), code_font())
    view.set_lexer(language_of(info).lexer if info else "python")
    view.input.hide()
    view.resize(WIDTH, 600)
    height = view.document.height
    image = picture_of(view, RATIO, TALLEST)
    view.deleteLater()
    if not image.save(str(path)):
        raise UsageError(f"{path} cannot be written")
    del application
    if height > TALLEST:
        return f"{path} shows the first {TALLEST} of {height} rows of pixels"
    return ""
