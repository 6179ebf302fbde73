"""Faults of a kernel that is no Python: bash dies, floods, stands still, and the tab says so."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from support.built_kernels import kernelspecs_found, missing
from support.victim import Victim
from support.window import WindowSession, window_on
from vitrail.kernel.process import KernelProcess
from vitrail_widgets.transcript.cells import CellStatus, StreamOutput

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

BUSY = "echo begun; sleep 60"
FLOOD = "n=0; while true; do echo $n; n=$((n+1)); done"
REASON = missing("bash")


@pytest.fixture(autouse=True)
def _specs() -> Iterator[None]:
    if REASON is not None:
        pytest.skip(REASON)
    with kernelspecs_found():
        yield


@asynccontextmanager
async def bash() -> AsyncIterator[WindowSession]:
    async with window_on(await KernelProcess.launch("bash")) as session:
        await session.ready()
        yield session


def text_of(session: WindowSession) -> str:
    outputs = session.cells[-1].outputs
    return "".join(
        each.text.buffer.plain_text() for each in outputs if isinstance(each, StreamOutput)
    )


async def begin(session: WindowSession, code: str) -> None:
    session.type(code)
    await session.until(lambda: text_of(session))


async def test_bash_killed_at_work_is_said_dead_and_loses_nothing(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with bash() as session:
        victim = Victim(session, session.tab)
        for number, code in enumerate((BUSY, FLOOD)):
            assert (await session.run(f"echo kept {number}")).status is CellStatus.DONE
            await begin(session, code)
            await victim.kill(code)
            assert session.cells[-1].status is CellStatus.LOST
            session.tab.restart()
            await session.ready()
        assert (await session.run("echo $((6*7))")).status is CellStatus.DONE
        assert text_of(session) == "42"
        assert [cell.code for cell in session.cells if "kept" in cell.code] == [
            f"echo kept {number}" for number in range(2)
        ]


async def test_flood_of_bash_is_interrupted(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with bash() as session:
        await begin(session, FLOOD)
        session.tab.interrupt()
        flood = session.cells[-1]
        await session.until(lambda: flood.status.is_finished)
        assert (await session.run("echo still here")).status is CellStatus.DONE
        assert "still here" in text_of(session)


async def test_bash_that_is_stopped_goes_on_where_it_was(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with bash() as session:
        live = session.tab.live
        assert live is not None
        assert live.process is not None
        live.client.heartbeat._interval_s = 0.05
        live.client.heartbeat.start()
        os.kill(live.process.pid, signal.SIGSTOP)
        session.type("echo afterwards")
        await session.until(lambda: session.tab.state == "disconnected")
        os.kill(live.process.pid, signal.SIGCONT)
        await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
        assert text_of(session) == "afterwards"


async def test_bash_that_is_restarted_has_forgotten_its_variables(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with bash() as session:
        await session.run("name=value")
        await begin(session, BUSY)
        session.tab.restart()
        await session.until(lambda: session.tab.state == "restarting")
        await session.ready()
        await session.run("echo [$name]")
        assert text_of(session) == "[]"
