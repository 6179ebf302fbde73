"""A session saved and exported by key and menu, on a fake kernel and on ipykernel."""

import asyncio
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QToolButton

from support.dialogs import choose_file, file_dialog
from support.fake_kernel import script_flood, script_result, script_sleep, script_stream
from support.fake_windows import window_on_fake
from support.window import WindowSession, in_window
from vitrail.presenters.execution import PASSWORD_ECHO
from vitrail.presenters.files import slices
from vitrail.presenters.files.formats import format_named
from vitrail.shell.files import session_file
from vitrail.shell.files.file_commands import FileProgress

pytestmark = pytest.mark.qasync

SCRIPTS = {"1": script_result("one"), "say": script_stream("said\n"), "flood": script_flood(3000)}


async def press(session: WindowSession, key: Qt.Key) -> None:
    """Press a key with Ctrl; offscreen nobody gives the window its focus back after a dialog."""
    session.window.activateWindow()
    await session.until(session.window.isActiveWindow)
    QTest.keyClick(session.view.input, key, Qt.KeyboardModifier.ControlModifier)


def words(session: WindowSession) -> list[str]:
    said: list[str] = []
    session.tab.told.connect(said.append)
    return said


def read(path: Path) -> Any:
    notebook: Any = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    return notebook


async def saved(session: WindowSession, path: Path) -> None:
    """Save by key under a name."""
    await press(session, Qt.Key.Key_S)
    await session.until(lambda: file_dialog(session.window))
    choose_file(session.window, path)
    await session.until(lambda: session.window.windowTitle().startswith(f"{path.name}[*]"))
    await session.until(path.exists)


def close_and_save(session: WindowSession) -> None:
    """Close the window, and answer its question: save first."""
    session.window.close()
    [box] = [each for each in session.window.findChildren(QMessageBox) if each.isVisible()]
    assert box.checkBox().isChecked()
    QTest.mouseClick(box.defaultButton(), Qt.MouseButton.LeftButton)


async def test_ctrl_s_asks_once_and_then_writes_the_same_file(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = tmp_path / "session.ipynb"
    async with window_on_fake(SCRIPTS) as session:
        await session.run("1")
        await saved(session, path)
        assert session.window.windowTitle() == "session.ipynb[*] — fake"
        assert not session.window.isWindowModified()
        await session.run("say")
        await session.until(session.window.isWindowModified)
        await press(session, Qt.Key.Key_S)
        assert file_dialog(session.window) is None
        await session.until(lambda: not session.window.isWindowModified())
        await session.until(lambda: len(read(path).cells) == 3)
        _, one, said = read(path).cells
        assert one.outputs[0].data["text/plain"] == "one"
        assert (one.execution_count, said.outputs[0].text) == (1, "said\n")
        assert said.metadata["execution"]["iopub.execute_input"]


async def test_what_is_said_during_a_save_leaves_it_modified(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "BUDGET_S", -1.0)  # each piece is a turn of its own
    async with window_on_fake(SCRIPTS) as session:
        for _ in range(20):
            await session.run("1")
        await saved(session, tmp_path / "a.ipynb")
        await press(session, Qt.Key.Key_S)
        session.type("say")
        cell = session.cells[-1]
        await session.until(lambda: cell.status.is_finished)
        await session.until(session.window.isWindowModified)


async def test_a_save_that_fails_is_said_and_leaves_the_old_file(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = tmp_path / "folder" / "a.ipynb"
    path.parent.mkdir()
    async with window_on_fake(SCRIPTS) as session:
        await saved(session, path)
        await session.run("1")
        await session.until(session.window.isWindowModified)
        path.unlink()
        path.parent.rmdir()
        path.parent.write_text("in the way")
        await press(session, Qt.Key.Key_S)
        await session.until(lambda: "cannot be written: Not a directory" in session.text())
        assert session.window.isWindowModified()
        assert session.tab.file.path == path


async def test_a_window_whose_session_cannot_be_saved_stays_open_and_says_why(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = tmp_path / "folder" / "a.ipynb"
    path.parent.mkdir()
    async with window_on_fake(SCRIPTS) as session:
        await saved(session, path)
        await session.run("1")
        await session.until(session.window.isWindowModified)
        path.unlink()
        path.parent.rmdir()
        path.parent.write_text("in the way")
        close_and_save(session)
        await session.until(lambda: "cannot be written: Not a directory" in session.text())
        assert session.window.isVisible()
        path.parent.unlink()
        path.parent.mkdir()
        close_and_save(session)
        await session.until(lambda: not session.window.isVisible())
        assert [each.source for each in read(path).cells if each.cell_type == "code"] == ["1"]


@pytest.mark.parametrize(
    ("command", "name", "words_in_it"),
    [
        ("file.export_html", "a.html", "<!DOCTYPE html>"),
        ("file.export_markdown", "a.md", "```canned\n1\n```"),
        ("file.export_script", "a.py", "# %%\n1\n"),
        ("file.export_annotated_script", "a.py", "#> one"),
        ("file.export_text", "a.txt", "In [1]: 1\nOut[1]: one\n"),
    ],
)
async def test_each_export_writes_its_file_and_does_not_rename_the_session(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, command: str, name: str, words_in_it: str
) -> None:
    async with window_on_fake(SCRIPTS) as session:
        await session.run("1")
        session.window.actions_by_id[command].trigger()
        await session.until(lambda: file_dialog(session.window))
        choose_file(session.window, tmp_path / name.partition(".")[0])  # the ending is added
        await session.until((tmp_path / name).exists)
        assert words_in_it in (tmp_path / name).read_text("utf-8")
        assert session.tab.file.path is None
        assert session.window.windowTitle() == "fake"


async def test_a_long_export_says_how_far_it_is_and_can_be_stopped(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "BUDGET_S", -1.0)
    monkeypatch.setattr(session_file, "LONG_S", 0.0)
    path = tmp_path / "a.html"
    path.write_text("old")
    async with window_on_fake(SCRIPTS) as session:
        said = words(session)
        for _ in range(3):
            await session.run("flood")
        session.tab.file.export(format_named(".html"))
        await session.until(lambda: file_dialog(session.window))
        dialog = file_dialog(session.window)
        assert dialog is not None
        dialog.setOption(dialog.Option.DontConfirmOverwrite)
        choose_file(session.window, path)
        [progress] = session.window.findChildren(FileProgress)
        await session.until(progress.isVisible)
        [cancel] = progress.findChildren(QToolButton)
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
        await session.until(lambda: "a.html was not written" in said)
        await session.until(lambda: not progress.isVisible())
        assert path.read_text() == "old"
        assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


async def test_closing_the_window_finishes_what_is_being_saved(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "BUDGET_S", -1.0)
    async with window_on_fake(SCRIPTS) as session:
        await session.run("flood")
        session.tab.file.save_to(tmp_path / "a.ipynb")
    assert len(read(tmp_path / "a.ipynb").cells) == 2


async def test_a_running_cell_is_saved_as_far_as_it_came(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with window_on_fake({"sleep": script_sleep}) as session:
        session.type("sleep")
        await session.until(lambda: "started" in session.text())
        await saved(session, tmp_path / "a.ipynb")
        *_, cell = read(tmp_path / "a.ipynb").cells
        assert cell.metadata["vitrail"] == {"status": "running"}
        assert cell.outputs[0].text == "started\n"
        session.tab.interrupt()
        await session.until(lambda: session.cells[-1].status.is_finished)


@pytest.mark.kernel
@in_window
async def test_a_real_session_is_saved_with_figures_errors_and_its_kernel(
    session: WindowSession,
) -> None:
    import tempfile

    await session.run("import matplotlib.pyplot as plt; fig = plt.plot([1, 2])")
    await session.run("6*7")
    await session.run("1/0")
    session.type("from getpass import getpass; x = getpass('key? ')")
    await session.until(lambda: session.view.requests.field)
    field = session.view.requests.field
    assert field is not None
    QTest.keyClicks(field.line, "s3cr3t")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    await session.until(lambda: session.cells[-1].status.is_finished)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "real.ipynb"
        await saved(session, path)
        notebook = read(path)
        _, figure, result, error, question = notebook.cells
        assert "image/png" in figure.outputs[-1].data
        assert result.outputs[0].data["text/plain"] == "42"
        assert result.outputs[0].execution_count == result.execution_count == 2
        assert error.outputs[0].ename == "ZeroDivisionError"
        assert PASSWORD_ECHO in question.outputs[0].text
        assert notebook.metadata["kernelspec"]["name"] == "python3"
        text = path.read_text("utf-8")
        live = session.tab.live
        assert live is not None
        connection = live.client.connection
        assert "s3cr3t" not in text
        assert connection.key.decode() not in text
        assert str(connection.shell_port) not in json.dumps(notebook.metadata)
