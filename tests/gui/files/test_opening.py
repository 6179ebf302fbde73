"""A file whose cells are run in the console: opened by key, drop and command line."""

import asyncio
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from support.dialogs import choose_file, file_dialog
from support.fake_kernel import script_error, script_result
from support.fake_windows import window_on_fake
from support.transcripts import INFO
from support.transcripts import session as everything
from support.window import WindowSession, in_window
from vitrail.cli import parse
from vitrail.options import WindowOptions
from vitrail.presenters.files import opening as opening_module
from vitrail.presenters.files import slices
from vitrail.presenters.files.formats import NOTEBOOK, write_now
from vitrail.presenters.files.source import ExportSource
from vitrail.shell.files import opening as shell_opening
from vitrail.shell.files.cells_pane import CellsPane
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.cells import Cell, CellStatus

pytestmark = pytest.mark.qasync

SCRIPTS = {
    "a = 1": script_result("one"),
    "b": script_error("NameError", "b"),
    "c": script_result("c"),
}
SCRIPT = "# %%\na = 1\n\n# %% second\nb\n\n# %%\nc\n"


def pane_of(session: WindowSession) -> CellsPane:
    pane = session.tab.opening.pane
    assert pane is not None
    return pane


def file_cells(session: WindowSession) -> list[Cell]:
    entries = pane_of(session)._transcript.entries
    return [entry for entry in entries if isinstance(entry, Cell)]


async def show(session: WindowSession, path: Path) -> None:
    """Open a file and wait until its cells are there: on a busy machine it is read in slices."""
    session.tab.opening.open(path)
    await session.until(lambda: session.tab.opening.pane)


def click(session: WindowSession, text: str) -> None:
    [button] = [each for each in pane_of(session).findChildren(QToolButton) if each.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def script(tmp_path: Path, text: str = SCRIPT) -> Path:
    path = tmp_path / "steps.py"
    path.write_text(text, "utf-8")
    return path


async def test_ctrl_o_opens_a_script_and_enter_runs_cell_by_cell(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = script(tmp_path)
    async with window_on_fake(SCRIPTS) as session:
        session.window.activateWindow()
        await session.until(session.window.isActiveWindow)
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(session.view.input, Qt.Key.Key_O, control)
        await session.until(lambda: file_dialog(session.window))
        choose_file(session.window, path)
        await session.until(lambda: session.tab.opening.pane)
        pane = pane_of(session)
        assert pane.title.text() == "steps.py"
        assert session.cells == []  # nothing is run unasked
        QTest.keyClick(pane.cells, Qt.Key.Key_Return)
        await session.until(lambda: file_cells(session)[0].count == 1)
        assert [cell.code for cell in session.cells] == ["a = 1"]
        assert [cell.code for cell in pane.cells.chosen] == ["b"]
        QTest.keyClick(pane.cells, Qt.Key.Key_Return)
        await session.until(lambda: file_cells(session)[1].status is CellStatus.FAILED)
        QTest.keyClick(pane.cells, Qt.Key.Key_Escape)
        assert session.window.focusWidget() is session.view.input
        click(session, "Close")
        assert session.tab.opening.pane is None
        assert [cell.code for cell in session.cells] == ["a = 1", "b"]


async def test_run_all_stops_at_an_error_and_says_what_was_not_run(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake(SCRIPTS) as session:
        await show(session, script(tmp_path))
        click(session, "Run all")
        await session.until(lambda: session.cells[-1].status is CellStatus.ABORTED)
        wanted = [CellStatus.DONE, CellStatus.FAILED, CellStatus.ABORTED]
        await session.until(lambda: [cell.status for cell in file_cells(session)] == wanted)
        offering = pane_of(session).cells._painter.looks.entries.notes.has_offers
        assert not offering  # nothing could be clicked there
        assert session.view.looks.entries.notes.has_offers


async def test_cells_that_are_run_after_all_say_so_in_the_file(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake(SCRIPTS) as session:
        await show(session, script(tmp_path))
        click(session, "Run all")
        await session.until(lambda: file_cells(session)[-1].status is CellStatus.ABORTED)
        await session.until(session.tab.rest.bar.isVisible)
        QTest.mouseClick(session.tab.rest.bar.run, Qt.MouseButton.LeftButton)
        await session.until(lambda: file_cells(session)[-1].status is CellStatus.DONE)
        await session.until(lambda: file_cells(session)[-1].count == session.cells[-1].count)


async def test_a_selection_is_run_in_its_order(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake(SCRIPTS) as session:
        await show(session, script(tmp_path, "# %%\na = 1\n# %%\nc\n# %%\nd\n"))
        cells = pane_of(session).cells
        await session.until(lambda: cells.visualRect(cells.cells.index(1)).isValid())
        at = cells.visualRect(cells.cells.index(1)).center()
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, shift, at)
        click(session, "Run")
        await session.until(lambda: len(session.cells) == 2)
        assert [cell.code for cell in session.cells] == ["a = 1", "c"]
        await session.until(lambda: session.cells[-1].status.is_finished)


async def test_a_notebook_is_shown_with_its_outputs_and_texts(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = tmp_path / "saved.ipynb"
    write_now(path, NOTEBOOK, ExportSource(everything().entries, INFO))
    async with window_on_fake(SCRIPTS) as session:
        await show(session, path)
        cells = pane_of(session).cells
        await session.until(lambda: cells.visualRect(cells.cells.index(9)).isValid())
        heights = [cells.visualRect(cells.cells.index(row)).height() for row in range(10)]
        assert max(heights) > 2 * min(heights) > 0
        assert len(file_cells(session)[4].outputs) == 3
        assert not cells.cells.flags(cells.cells.index(0)) & Qt.ItemFlag.ItemIsSelectable
        assert (
            cells.cells.data(cells.cells.index(6), Qt.ItemDataRole.AccessibleTextRole)
            == "Cell 6, failed: 1/0"
        )
        session.window.grab()
        await session.until(lambda: shared_loader().is_idle)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.ipynb", b"{", "a.ipynb is not a notebook: "),
        ("a.ipynb", b'{"cells": 5}', "a.ipynb is not a notebook: its cells are no list"),
        ("a.py", b"\xff\xfe", "a.py cannot be read: byte 0 is not UTF-8"),
        ("a.txt", b"", "a.txt is neither a notebook (.ipynb) nor a script (.py)."),
        ("a.py", None, "a.py cannot be read: No such file or directory"),
        ("a.py", b"x" * 2000, "a.py is too large: "),
    ],
)
async def test_what_cannot_be_opened_is_said_in_a_sentence(
    qt_loop: asyncio.AbstractEventLoop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes | None,
    sentence: str,
) -> None:
    monkeypatch.setattr(opening_module, "LARGEST", 1000)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    async with window_on_fake(SCRIPTS) as session:
        session.tab.opening.open(tmp_path / name)
        await session.until(lambda: sentence in session.text())
        assert session.tab.opening.pane is None


def long_notebook(tmp_path: Path, cells: int = 300) -> Path:
    """Write a notebook of some thousand lines."""
    output = {"output_type": "stream", "name": "stdout", "text": ["a line\n"] * 50}
    written = [
        {"cell_type": "code", "source": f"x = {number}", "outputs": [output]}
        for number in range(cells)
    ]
    path = tmp_path / "long.ipynb"
    path.write_text(json.dumps({"cells": written, "nbformat": 4}), "utf-8")
    return path


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each step of reading a turn of its own."""
    monkeypatch.setattr(shell_opening, "AT_ONCE_MS", -1)
    monkeypatch.setattr(slices, "BUDGET_S", -1.0)


@pytest.mark.usefixtures("slowly")
async def test_a_long_file_is_read_in_slices_that_say_how_far_they_are(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path, said = long_notebook(tmp_path), list[str]()
    async with window_on_fake(SCRIPTS) as session:
        session.tab.opening.progress.connect(said.append)
        session.tab.opening.open(path)
        assert session.tab.opening.pane is None
        await session.run("c")  # the console goes on meanwhile
        await session.until(lambda: session.tab.opening.pane)
        assert len(file_cells(session)) == 300
        assert len(said) > 300
        assert "Opening long.ipynb · 0.1 MB" in said
        assert said[-1] == ""


@pytest.mark.usefixtures("slowly")
async def test_reading_can_be_stopped_and_another_file_takes_its_place(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path, said = long_notebook(tmp_path), list[str]()
    async with window_on_fake(SCRIPTS) as session:
        session.tab.opening.progress.connect(said.append)
        session.tab.opening.open(path)
        await session.until(lambda: said)
        [stop] = [
            each
            for each in session.window.findChildren(QToolButton)
            if each.accessibleName() == "Stop writing or reading the file"
        ]
        stop.click()
        await session.until(lambda: said[-1] == "")
        assert session.tab.opening.pane is None
        session.tab.opening.open(path)
        session.tab.opening.open(script(tmp_path))
        await session.until(lambda: session.tab.opening.pane)
        assert pane_of(session).title.text() == "steps.py"
        session.tab.opening.open(path)  # the window may be closed meanwhile


async def test_many_cells_are_laid_out_a_batch_at_a_time(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake(SCRIPTS) as session:
        session.tab.opening.open(long_notebook(tmp_path))
        await session.until(lambda: session.tab.opening.pane)
        laid_out = pane_of(session).cells._painter._layouts
        assert len(laid_out) < 100
        assert [cell.code for cell in pane_of(session).cells.chosen] == ["x = 0"]
        await session.until(lambda: len(laid_out) == 300)


def drop(session: WindowSession, path: Path, modifiers: Qt.KeyboardModifier) -> QDropEvent:
    """Drop a file on the transcript; return the event."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    viewport, copy = session.view.viewport(), Qt.DropAction.CopyAction
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(20, 20), copy, mime, left, modifiers)
    QApplication.sendEvent(viewport, enter)
    event = QDropEvent(QPointF(20, 20), copy, mime, left, modifiers)
    QApplication.sendEvent(viewport, event)
    return event


async def test_a_file_is_opened_by_a_drop_and_its_path_inserted_with_shift(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = script(tmp_path)
    async with window_on_fake(SCRIPTS) as session:
        drop(session, path, Qt.KeyboardModifier.ShiftModifier)
        assert session.tab.opening.pane is None
        assert drop(session, path, Qt.KeyboardModifier.NoModifier).isAccepted()
        await session.until(lambda: session.tab.opening.pane)
        assert pane_of(session).title.text() == "steps.py"


def test_the_command_line_names_a_file() -> None:
    options = parse(["analysis.ipynb"])
    assert isinstance(options, WindowOptions)
    assert options.file == Path("analysis.ipynb")


@pytest.mark.kernel
@in_window
async def test_a_saved_session_runs_again_on_a_real_kernel(session: WindowSession) -> None:
    import tempfile

    await session.run("x = 20")
    await session.run("x + 1")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "again.ipynb"
        session.tab.file.save_to(path)
        await session.until(lambda: path.exists() and session.tab.file.path)
        await session.run("x = 0")
        await show(session, path)
    click(session, "Run all")
    await session.until(lambda: len(session.cells) == 5)
    await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    await session.until(lambda: file_cells(session)[1].count == 5)
    assert session.text().count("21") == 2
