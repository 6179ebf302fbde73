"""A kernel that only just starts, or does not: what the window says and lets do meanwhile."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window import window_on
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

SILENT = "import time; time.sleep(600)"
IPYKERNEL = (
    "import sys; sys.argv[1:1] = ['-f']; "
    "from ipykernel import kernelapp; kernelapp.launch_new_instance()"
)
DYING = "import sys; print('first line', flush=True); sys.exit('the reason of its death')"

Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that installs a kernel that is a Python program."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def install(code: str, language: str = "python") -> str:
        directory = tmp_path / "kernels" / "toy"
        directory.mkdir(parents=True)
        argv = [sys.executable, "-c", code, "{connection_file}"]
        spec = {"argv": argv, "display_name": "Toy", "language": language}
        (directory / "kernel.json").write_text(json.dumps(spec))
        return "toy"

    return install


async def test_kernel_that_dies_while_it_starts_is_quoted(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async with window_on(await KernelProcess.launch(install(DYING))) as session:
        await session.until(lambda: "the reason of its death" in session.text())
        text = session.text()
        assert "exit code 1" in text
        assert "first line" in text
        assert text.count("the reason of its death") == 1
        assert session.tab.state == "dead"


async def test_restart_of_a_kernel_that_dies_again_says_so_again(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async with window_on(await KernelProcess.launch(install(DYING))) as session:
        await session.until(lambda: session.tab.state == "dead")
        session.tab.restart()
        await session.until(lambda: session.text().count("the reason of its death") == 2)
        assert session.tab.state == "dead"


@pytest.mark.kernel
async def test_restart_launches_a_kernel_that_was_not_there_before(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async def launch() -> KernelProcess | UsageError:
        try:
            return await KernelProcess.launch("toy")
        except UsageError as error:
            return error

    async with window_on(await launch(), launch) as session:
        session.type("1")
        assert session.cells[0].status is CellStatus.ABORTED
        session.tab.restart()
        await session.until(lambda: session.text().count("no kernel named 'toy'") == 2)
        session.type("2")
        assert session.cells[1].status is CellStatus.ABORTED
        install(IPYKERNEL)
        assert session.window.actions_by_id["kernel.restart"].isEnabled()
        session.tab.restart()
        await session.ready()
        assert (await session.run("3")).status is CellStatus.DONE


async def test_block_is_judged_before_the_kernel_has_answered(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async with window_on(await KernelProcess.launch(install(SILENT))) as session:
        session.type("for name in 'ab':", enter=False)
        QTest.keyClick(session.view.input, Qt.Key.Key_Return)
        assert session.view.input.text() == "for name in 'ab':\n    "
        assert session.cells == []
        assert session.tab.state == "starting"


async def test_code_submitted_to_a_starting_kernel_waits(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async with window_on(await KernelProcess.launch(install(SILENT, "toy"))) as session:
        session.type("1")
        assert session.cells[0].status is CellStatus.QUEUED
        assert session.window.windowTitle() == "Toy"


async def test_interrupt_withdraws_what_waits_for_a_starting_kernel(
    qt_loop: asyncio.AbstractEventLoop, install: Install
) -> None:
    async with window_on(await KernelProcess.launch(install(SILENT))) as session:
        said: list[str] = []
        session.tab.told.connect(said.append)
        session.tab.interrupt()
        session.type("1")
        session.tab.interrupt()
        assert session.cells[0].status is CellStatus.ABORTED
        assert said == ["Nothing is running", "Nothing was running yet; what waited is not run"]
