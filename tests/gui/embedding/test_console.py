"""What a host can do with a console, and is told by it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from support.patience import until
from support.victim import shown
from vitrail.embedding import Console, KernelState, Theme
from vitrail_widgets.transcript.cells import Cell, Notice

EDIT = """\
payload = {"source": "edit_magic", "filename": "some.py", "line_number": 3}
get_ipython().payload_manager.write_payload(payload)"""


@asynccontextmanager
async def console(**options: object) -> AsyncIterator[Console]:
    QGuiApplication.setQuitOnLastWindowClosed(False)
    made = Console(**options)  # type: ignore[arg-type] # each test passes what it is about
    made.show()
    try:
        yield made
    finally:
        await made.end()
        made.deleteLater()


def notices(made: Console) -> list[str]:
    return [entry.text for entry in made.transcript.entries if isinstance(entry, Notice)]


def cells(made: Console) -> list[Cell]:
    return [entry for entry in made.transcript.entries if isinstance(entry, Cell)]


async def test_unknown_theme_is_an_error_of_the_host(qt_loop: object) -> None:
    with pytest.raises(ValueError, match="no such theme"):
        Console(theme="no such theme")
    async with console(theme="light") as made:
        with pytest.raises(ValueError, match="no such theme"):
            made.set_theme("no such theme")
        assert made.view.theme is Theme.load("light")


async def test_theme_may_be_of_the_hosts_own(qt_loop: object) -> None:
    mine = replace(Theme.load("dark"), name="mine", bg=QColor("#101418"))
    async with console(theme="light") as made:
        before = QGuiApplication.palette()
        made.set_theme(mine)
        assert made.grab().toImage().pixelColor(5, 5) == QColor("#101418")
        assert QGuiApplication.palette() == before  # the host's


async def test_console_of_the_system_follows_the_system(
    qt_loop: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as following, console(theme="light") as fixed:
        monkeypatch.setattr(Theme, "system", staticmethod(lambda: Theme.load("dark")))
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert following.view.theme is Theme.load("dark")
        assert fixed.view.theme is Theme.load("light")


async def test_kernel_that_there_is_not_is_said_and_code_is_not_run(qt_loop: object) -> None:
    async with console() as made:
        told: list[str] = []
        made.told.connect(told.append)
        made.start("no such kernel")
        made.run("6*7")
        await until(lambda: made.state is KernelState.DEAD and notices(made))
        assert "no such kernel" in notices(made)[0]
        made.run("6*7")
        await until(lambda: told)


async def test_attaching_to_what_is_not_there_is_said(qt_loop: object) -> None:
    async with console() as made:
        made.attach("no-such-kernel.json")
        await until(lambda: made.state is KernelState.DEAD)
        assert "no-such-kernel.json" in notices(made)[0]


async def test_end_before_the_start_leaves_no_kernel(qt_loop: object) -> None:
    async with console() as made:
        ended: list[None] = []
        made.ended.connect(lambda: ended.append(None))
        made.start()
        await made.end()
        await until(lambda: ended)
        await asyncio.sleep(0)
        assert notices(made) == []


@pytest.mark.kernel
async def test_console_that_has_ended_can_be_read_and_runs_nothing(qt_loop: object) -> None:
    async with console() as made:
        made.start()
        made.run("6*7")
        await until(lambda: cells(made) and cells(made)[0].status.is_finished)
        await made.end()
        assert made.state is KernelState.DEAD
        QTest.keyClicks(made.view.input, "1/0")
        QTest.keyClick(made.view.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        made.view.input.submitted.emit("1/0")
        made.run("1/0")
        made.interrupt()
        made.restart()
        made.start()
        await asyncio.sleep(0.05)  # as long as the calls that were put off may take
        assert [cell.code for cell in cells(made)] == ["6*7"]
        made.view.selected.select_all()
        assert "42" in made.view.selected.text()
        made.resize(300, 200)
        made.grab()


async def test_ctrl_d_in_an_empty_input_asks_the_host_to_leave(qt_loop: object) -> None:
    async with console() as made:
        left: list[None] = []
        made.exit_requested.connect(lambda: left.append(None))
        await asyncio.sleep(0)
        QTest.keyClick(made.view.input, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: left)


@pytest.mark.kernel
async def test_console_tells_its_host_what_becomes_of_the_kernel(qt_loop: object) -> None:
    async with console() as made:
        states: list[KernelState] = []
        edits: list[tuple[str, int]] = []
        made.changed.connect(lambda: states.append(made.state))
        made.start()
        made.run("6*7")
        await until(lambda: cells(made) and cells(made)[0].status.is_finished)
        assert shown(cells(made)[0]) == "42"
        made.run(EDIT)
        assert made.kernel_name == "Python 3 (ipykernel)"
        await until(lambda: any("There is no editor here" in text for text in notices(made)))
        made.edit_requested.connect(lambda path, line: edits.append((path, line)))
        made.run(EDIT)
        await until(lambda: edits == [("some.py", 3)])
        made.run("print('begun', flush=True)\nwhile True: pass")
        await until(lambda: cells(made)[-1].outputs)
        assert made.state is KernelState.BUSY
        made.interrupt()
        await until(lambda: cells(made)[-1].status.is_finished)
        made.restart()
        await until(lambda: KernelState.RESTARTING in states)
        await until(lambda: made.state is KernelState.IDLE)
        made.start()  # another one in its place
        await until(lambda: notices(made)[-1].startswith("Python 3"))
