"""Restart, interrupt and death of a tab's kernel, as one who uses it sees them."""

import asyncio
import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window import WindowSession, in_window, window_on, window_session
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.revival import LIMIT
from vitrail.shell.restarting import RestartBox
from vitrail.shell.stuck_offer import StuckOffer
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

LEFT = Qt.MouseButton.LeftButton

DEAF = """
import time
while True:
    try:
        print('begun', flush=True)
        while True: time.sleep(0.05)
    except KeyboardInterrupt: print('no')
"""
FLOODING = (
    "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: print('flood' * 20)"
)


def pid_of(session: WindowSession) -> int:
    assert session.tab.live is not None
    assert session.tab.live.process is not None
    return session.tab.live.process.pid


def restart(session: WindowSession, command: str = "kernel.restart") -> None:
    session.window.actions_by_id[command].trigger()


def question(session: WindowSession) -> RestartBox:
    box = session.tab.restarting.box
    assert box is not None
    return box


def answer(session: WindowSession, word: str) -> None:
    box = question(session)
    QTest.mouseClick(next(each for each in box.buttons() if each.text() == word), LEFT)
    assert session.tab.restarting.box is None


async def offered(session: WindowSession) -> StuckOffer:
    """Wait for the offer of a way on."""
    await session.until(lambda: session.tab.stuck is not None)
    assert session.tab.stuck is not None
    await session.until(session.tab.stuck.bar.isVisible)
    return session.tab.stuck


async def again(session: WindowSession, former: int) -> None:
    """Wait for another run of the kernel."""
    await session.until(lambda: pid_of(session) != former)
    await session.ready()


@in_window
async def test_a_restart_asks_when_something_would_be_lost(session: WindowSession) -> None:
    first = pid_of(session)
    restart(session)  # it has run nothing
    assert session.tab.restarting.box is None
    await again(session, first)
    second = pid_of(session)
    await session.run("kept = 1")
    restart(session)
    assert question(session).informativeText() == "All variables are lost; the transcript stays."
    answer(session, "Cancel")
    assert pid_of(session) == second
    assert (await session.run("kept")).status is CellStatus.DONE
    restart(session)
    question(session).never.setChecked(True)
    answer(session, "Restart")
    await again(session, second)
    assert (await session.run("kept")).status is CellStatus.FAILED
    third = pid_of(session)
    restart(session)  # not asked again
    assert session.tab.restarting.box is None
    await again(session, third)


@in_window
async def test_all_that_was_run_is_run_again_by_a_new_kernel(session: WindowSession) -> None:
    await session.run("n = 1")
    await session.run("n += 1")
    await session.run("print('n is', n)")
    former = pid_of(session)
    restart(session, "kernel.restart_and_run_all")
    answer(session, "Restart")
    await again(session, former)
    await session.until(lambda: len(session.cells) == 6 and session.cells[-1].status.is_finished)
    assert [cell.status for cell in session.cells[3:]] == [CellStatus.DONE] * 3
    assert [cell.count for cell in session.cells[3:]] == [1, 2, 3]
    assert session.text().count("n is 2") == 2


@pytest.mark.parametrize("code", [DEAF, FLOODING])
async def test_an_interrupt_in_vain_is_said_and_a_restart_offered(
    qt_loop: asyncio.AbstractEventLoop, code: str
) -> None:
    async with window_session() as session:
        former = pid_of(session)
        session.type(code)
        await session.until(lambda: session.cells[-1].outputs)  # it is deaf from now on
        await session.until(lambda: session.tab.state == "busy")
        session.tab.interrupt()
        stuck = await offered(session)
        QTest.mouseClick(stuck.restart, LEFT)
        assert "What runs is cut off." in question(session).informativeText()
        answer(session, "Restart")
        await again(session, former)
        assert stuck.bar.isHidden()
        assert session.cells[0].status is CellStatus.LOST
        assert (await session.run("1+1")).status is CellStatus.DONE


@in_window
async def test_the_offer_goes_when_the_cell_ends_after_all(session: WindowSession) -> None:
    with TemporaryDirectory() as directory:
        end = Path(directory) / "end"
        session.type(
            "import os, time\ntry:\n    print('begun', flush=True)\n    time.sleep(600)\n"
            f"except KeyboardInterrupt:\n    while not os.path.exists({str(end)!r}): pass"
        )
        await session.until(lambda: session.cells[-1].outputs)
        session.tab.interrupt()
        stuck = await offered(session)
        end.touch()
        await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    await session.until(stuck.bar.isHidden)


@in_window
async def test_a_kernel_that_died_is_started_again_but_not_for_ever(
    session: WindowSession,
) -> None:
    assert session.settings is not None
    session.settings.change("kernel", "restart_when_dead", True)
    for number in range(LIMIT):
        former = pid_of(session)
        os.kill(former, signal.SIGKILL)
        await again(session, former)
        text = session.text()
        assert text.count("Kernel started again; all variables are lost") == number + 1
        assert text.count("killed by SIGKILL") == number + 1
        assert "Kernel ▸ Restart" not in text
    os.kill(pid_of(session), signal.SIGKILL)
    await session.until(lambda: session.tab.state == "dead")
    await session.until(lambda: "keeps dying" in session.text())
    assert "Kernel ▸ Restart starts it again" in session.text()
    session.tab.restart()
    await session.ready()


async def test_a_kernel_that_ends_with_its_window_is_not_started_again(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with window_on(await KernelProcess.launch("python3"), revives=True) as session:
        await session.ready()
        transcript = session.tab.presenter.execution.transcript
        said = len(transcript.entries)
        await session.tab.end()
        assert session.tab.state == "dead"
        assert len(transcript.entries) == said
