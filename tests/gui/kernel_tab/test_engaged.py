"""A window that comes to a kernel while that computes for somebody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from support.fake_kernel import FakeKernel, Manners, script_result, script_sleep
from support.patience import until
from support.subjects import READY_S
from support.window import window_on
from vitrail.kernel import live as live_module
from vitrail.kernel.client import KernelClient
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.reach import Presence, presence
from vitrail.protocol.connection import ConnectionInfo
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

SCRIPTS = {"sleep": script_sleep, "1": script_result("one")}
ENGAGED = "busy elsewhere"


@asynccontextmanager
async def working_for_another(connection: ConnectionInfo, code: str) -> AsyncIterator[KernelClient]:
    """Let another client run code."""
    other = KernelClient(connection)
    await other.connect()
    try:
        await other.ready(READY_S)
        other.execute(code)
        await until(lambda: other.is_busy)
        yield other
    finally:
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what is waited for."""
    monkeypatch.setattr(LiveKernel.open, "__defaults__", (0.2,))
    monkeypatch.setattr(live_module, "LOOK_AGAIN_S", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_kernel_that_answers_nowhere_is_waited_for_while_it_is_there(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Presence] = []

    async def look(connection: ConnectionInfo) -> Presence:
        looks.append(await presence(connection))
        return looks[-1]

    monkeypatch.setattr(live_module, "presence", look)
    with FakeKernel(SCRIPTS, Manners(answers_control_while_busy=False)) as kernel:
        async with (
            working_for_another(kernel.connection, "sleep"),
            window_on(kernel.connection) as session,
        ):
            session.type("1")
            await session.until(lambda: ENGAGED in session.text())
            assert session.tab.state == "busy"
            await session.until(lambda: len(looks) > 8)  # longer than an answer may take
            assert set(looks) == {Presence.GREETS}
            assert session.tab.state == "busy"
            assert session.cells[0].status is CellStatus.QUEUED
            kernel.do(kernel.interrupt)
            await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
            await session.ready()
            assert session.text().count(ENGAGED) == 1


async def test_kernel_that_answers_on_control_is_worked_with_at_once(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with (
            working_for_another(kernel.connection, "sleep"),
            window_on(kernel.connection) as session,
        ):
            await session.until(lambda: session.tab.presenter.execution.is_ready)
            assert session.tab.state == "busy"
            assert "Canned 1" in session.text()
            assert ENGAGED in session.text()
            session.type("1")
            session.tab.interrupt()  # which is the other's
            await session.until(lambda: session.tab.state == "idle")
            assert (await session.run("1")).status is CellStatus.DONE


@pytest.mark.usefixtures("impatient")
async def test_kernel_that_ends_while_it_is_waited_for_is_gone(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "PATIENCE_S", 0.1)
    with FakeKernel(SCRIPTS, Manners(answers_control_while_busy=False)) as kernel:
        async with (
            working_for_another(kernel.connection, "sleep"),
            window_on(kernel.connection) as session,
        ):
            session.type("1")
            await session.until(lambda: ENGAGED in session.text())
            kernel.die()
            await session.until(lambda: "No kernel listens" in session.text())
            assert session.tab.state == "dead"
            assert session.cells[0].status is CellStatus.ABORTED


@pytest.mark.usefixtures("impatient")
async def test_kernel_out_of_reach_may_come_back(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(_: ConnectionInfo) -> Presence:
        return Presence.UNREACHABLE

    monkeypatch.setattr(live_module, "presence", look)
    with FakeKernel(SCRIPTS, Manners(answers_control_while_busy=False)) as kernel:
        async with (
            working_for_another(kernel.connection, "sleep"),
            window_on(kernel.connection) as session,
        ):
            await session.until(lambda: "could not be reached for 0.2 s" in session.text())
            assert session.tab.state == "dead"
            session.type("1")
            [cell] = session.cells
            assert cell.status is CellStatus.QUEUED
            kernel.do(kernel.interrupt)
            await session.until(lambda: cell.status is CellStatus.DONE)
            await session.ready()


@pytest.mark.kernel
async def test_real_kernel_that_sleeps_is_usable_and_its_counter_corrected(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    wait = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.01)"
    process = await KernelProcess.launch("python3")
    owner = LiveKernel(process)
    try:
        await owner.open()
        for code in ("1", "2", wait):
            owner.client.execute(code)
        async with window_on(process.connection) as session:
            await session.until(lambda: session.tab.presenter.execution.is_ready)
            await session.until(lambda: len(owner.client.running()) == 1)
            await session.until(lambda: session.tab.state == "busy")
            session.type("6*7")
            end.touch()
            await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
            await session.until(lambda: owner.client.running() == ())
            assert session.cells[-1].count == 4
            assert session.view.pending_count == 5
    finally:
        await owner.close()
