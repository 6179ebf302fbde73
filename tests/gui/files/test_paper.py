"""A session as a PDF and on a printer."""

import asyncio
import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from support.dialogs import choose_file, file_dialog
from support.fake_kernel import FakeKernel, script_stream
from support.fake_windows import window_on_fake
from support.transcripts import cell
from support.transcripts import session as everything
from support.window import WindowSession, in_window, window_on
from vitrail.presenters.files.paper import write_pdf
from vitrail.presenters.files.source import ExportSource
from vitrail.shell.files.printing import Paper
from vitrail_widgets.console.pages import FOOT, Pages
from vitrail_widgets.transcript.transcript import Transcript

pytestmark = pytest.mark.qasync

PAPER = QSize(680, 960)
INK = QColor("#1d2129").rgb()


def painted(transcript: Transcript) -> list[QImage]:
    """Return the pages of a transcript as pictures."""
    pages = [_blank()]
    painter = QPainter(pages[0])

    def new_page() -> None:
        painter.end()
        pages.append(_blank())
        painter.begin(pages[-1])

    for _ in Pages(PAPER, "python", "title").paint(transcript.entries, painter, new_page):
        pass
    painter.end()
    return pages


def _blank() -> QImage:
    page = QImage(PAPER, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    return page


def inked(page: QImage, top: int, bottom: int) -> bool:
    """Tell whether there is anything but white in some rows of pixels."""
    return any(
        page.pixelColor(x, y) != QColor("white")
        for y in range(top, bottom)
        for x in range(page.width())
    )


def pages_in(pdf: bytes) -> int:
    found = re.search(rb"/Type /Pages.*?/Count (\d+)", pdf, re.DOTALL)
    assert found is not None
    return int(found[1])


def paper(session: WindowSession) -> Paper:
    return Paper(session.tab.file, session.view)


def test_every_kind_of_entry_is_painted(qapp: object) -> None:
    [page] = painted(everything())
    assert inked(page, 0, PAPER.height() // 2)
    assert inked(page, PAPER.height() - FOOT, PAPER.height())


def test_no_page_ends_inside_a_row(qapp: object) -> None:
    transcript = Transcript()
    cell(transcript, 1, "\n".join(f"x{number} = 'XÄgy'" for number in range(90)))
    transcript.append_stream("c1", "stdout", "XÄgy|\n" * 200)
    pages = painted(transcript)
    assert len(pages) >= 5
    for page in pages[:-1]:
        last = PAPER.height() - FOOT - 1
        assert not any(page.pixel(x, last) == INK for x in range(page.width()))


def test_a_row_is_on_one_page_and_none_is_lost(qapp: object) -> None:
    """Each row is a solid bar: their pixels on all pages are as many as in one endless page."""
    transcript = Transcript()
    cell(transcript, 1, "x")
    transcript.append_stream("c1", "stdout", "\x1b[48;2;255;0;255m          \x1b[0m\n" * 150)
    magenta = QColor("#ff00ff").rgb()
    runs: list[int] = []
    for page in painted(transcript):
        column = [page.pixel(130, y) == magenta for y in range(page.height())]
        runs.append(sum(column))
    whole = sum(runs)
    assert whole % 150 == 0
    assert all(run % (whole // 150) == 0 for run in runs)


def test_a_picture_taller_than_a_page_is_made_smaller(qapp: object) -> None:
    import base64

    from PySide6.QtCore import QBuffer

    from vitrail_widgets.transcript.mime import MimeBundle

    tall = QImage(100, 3000, QImage.Format.Format_RGB32)
    tall.fill(QColor("#00aa00"))
    buffer = QBuffer()
    tall.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6 takes str here
    transcript = Transcript()
    cell(transcript, 1, "x")
    png = base64.b64encode(buffer.data().data()).decode()
    transcript.append_rich("c1", MimeBundle({"image/png": png}))
    cell(transcript, 2, "after")
    pages = painted(transcript)
    assert 2 <= len(pages) <= 3
    green = [
        y
        for page in pages
        for y in range(page.height())
        if any(page.pixelColor(x, y).name() == "#00aa00" for x in range(0, page.width(), 3))
    ]
    assert 800 < len(green) <= PAPER.height() - FOOT


async def test_a_session_is_exported_as_a_pdf_by_menu(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    with FakeKernel({"many": script_stream("line\n" * 300)}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            await session.run("many")
            session.window.actions_by_id["file.export_pdf"].trigger()
            await session.until(lambda: file_dialog(session.window))
            choose_file(session.window, tmp_path / "out")
            await session.until((tmp_path / "out.pdf").exists)
            content = (tmp_path / "out.pdf").read_bytes()
            assert content.startswith(b"%PDF")
            assert pages_in(content) >= 4
            assert kernel.connection.key not in _unpacked(content)


def _unpacked(pdf: bytes) -> bytes:
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"".join(parts)


async def test_a_pdf_that_cannot_be_written_is_said(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake() as session:
        paper(session).export_to(tmp_path / "none" / "a.pdf")
        await session.until(lambda: "a.pdf cannot be written: " in session.text())


async def test_a_pdf_that_is_given_up_leaves_nothing(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    transcript = everything()
    source = ExportSource(transcript.entries)
    work = asyncio.ensure_future(write_pdf(tmp_path / "a.pdf", source, None, lambda _: None))
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert list(tmp_path.iterdir()) == []


async def test_print_asks_for_a_printer_and_prints(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake({"many": script_stream("line\n" * 100)}) as session:
        await session.run("many")
        session.window.actions_by_id["file.print"].trigger()
        await session.until(lambda: session.window.findChildren(QPrintDialog))
        [dialog] = session.window.findChildren(QPrintDialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await session.until(lambda: not session.window.findChildren(QPrintDialog))
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        said: list[str] = []
        session.tab.told.connect(said.append)
        paper(session).print_on(printer)
        await session.until(lambda: "Printed session" in said)
        assert pages_in((tmp_path / "printed.pdf").read_bytes()) >= 2


@pytest.mark.kernel
@in_window
async def test_a_real_figure_is_on_paper(session: WindowSession) -> None:
    import tempfile

    await session.run("import matplotlib.pyplot as plt; line = plt.plot([1, 2], 'magenta')")
    entries = session.tab.presenter.execution.transcript.entries
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figure.pdf"
        await write_pdf(path, ExportSource(list(entries)), None, lambda _: None)
        assert b"/Subtype /Image" in path.read_bytes()
