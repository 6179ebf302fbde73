"""A session painted on pages, and written as a PDF."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QIODevice, QLocale, QMarginsF, QSaveFile, QSize
from PySide6.QtGui import (
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from vitrail.presenters.files.slices import in_slices
from vitrail.presenters.files.source import ExportSource
from vitrail.protocol.errors import UsageError
from vitrail_resources.translation import tr
from vitrail_widgets.console.pages import Pages

MARGINS_MM = QMarginsF(15, 15, 15, 12)


def resolution() -> int:
    """Return the dots per inch of the screen, for which fonts are measured."""
    return round(QGuiApplication.primaryScreen().logicalDotsPerInchY())


async def write_pdf(
    path: Path, source: ExportSource, family: str | None, tell: Callable[[int], None]
) -> None:
    """Write a PDF in slices; cancelled, it leaves what was there before.

    Args:
        path: Where to.
        source: What to write.
        family: Of the code font.
        tell: Is told how many pieces are painted, after each slice.

    Raises:
        UsageError: It cannot be written; says why.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise UsageError(
            tr("{path} cannot be written: {reason}", path=path, reason=file.errorString())
        )
    try:
        writer = QPdfWriter(file)
        writer.setResolution(resolution())
        writer.setPageSize(page_size())
        writer.setPageMargins(MARGINS_MM, QPageLayout.Unit.Millimeter)
        writer.setTitle(source.title)
        writer.setCreator("Vitrail")
        await print_pages(writer, source, family, tell)
    except BaseException:
        file.cancelWriting()
        raise
    if not file.commit():
        raise UsageError(
            tr("{path} cannot be written: {reason}", path=path, reason=file.errorString())
        )


async def print_pages(
    device: QPagedPaintDevice, source: ExportSource, family: str | None, tell: Callable[[int], None]
) -> None:
    """Paint a session on the pages of a device, in slices.

    Raises:
        UsageError: The device cannot be painted on.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise UsageError(tr("The pages cannot be painted: the printer is not there."))
    try:
        size = QSize(device.width(), device.height())
        pages = Pages(size, source.language.lexer, source.title, family)
        await in_slices(_strips(pages, source, painter, device), tell)
    finally:
        painter.end()


def _strips(
    pages: Pages, source: ExportSource, painter: QPainter, device: QPagedPaintDevice
) -> Iterator[int]:
    return pages.paint(source.entries, painter, device.newPage)


def page_size() -> QPageSize:
    """Return the paper that is usual where the user lives."""
    is_metric = QLocale().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return QPageSize(QPageSize.PageSizeId.A4 if is_metric else QPageSize.PageSizeId.Letter)
