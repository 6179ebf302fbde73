"""What a right click on a picture offers: to copy it, to open it, to save it as it came."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.console.live_blocks import LiveBlocks
from vitrail_widgets.render.choices import Content
from vitrail_widgets.render.live import Pictured

SVG: Final = "image/svg+xml"
SUFFIXES: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    SVG: ".svg",
}


class PictureOffers(QObject):
    """Adds to the context menu what can be done with a picture.

    Signals:
        troubled: A picture could not be saved; a sentence that says why.
    """

    troubled = Signal(str)

    def __init__(
        self, blocks: LiveBlocks, open_elsewhere: Callable[[Content], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._blocks = blocks
        self._open = open_elsewhere
        self._window = window

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu what can be done with the picture at a point."""
        block: object = self._blocks.block_at(point)
        if not isinstance(block, Pictured):
            return
        menu.addSeparator()
        menu.addAction(tr("Copy picture")).triggered.connect(lambda: copy(block))
        if block.mime == SVG:
            menu.addAction(tr("Copy SVG source")).triggered.connect(lambda: copy_source(block))
        content = Content(block.mime, lambda: block.harmless)
        menu.addAction(tr("Open in viewer")).triggered.connect(lambda: self._open(content))
        menu.addAction(tr("Save picture as…")).triggered.connect(lambda: self._ask(block))

    def _ask(self, block: Pictured) -> None:
        suffix = SUFFIXES.get(block.mime, "")
        dialog = QFileDialog(self._window, tr("Save picture"), f"figure{suffix}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.setNameFilter(f"{suffix.removeprefix('.').upper()} (*{suffix})")
        dialog.fileSelected.connect(partial(self.save, block))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, block: Pictured, path: str) -> None:
        """Write a picture as it came, not as it is shown."""
        try:
            Path(path).write_bytes(block.original)
        except OSError as error:
            self.troubled.emit(
                tr("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error)
            )


def copy(block: Pictured) -> None:
    """Put a picture on the clipboard, at its own size."""
    QGuiApplication.clipboard().setImage(block.picture())


def copy_source(block: Pictured) -> None:
    """Put the text of an SVG picture on the clipboard."""
    QGuiApplication.clipboard().setText(block.original.decode("utf-8", "replace"))
