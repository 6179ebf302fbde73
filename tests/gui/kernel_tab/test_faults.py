"""A kernel that dies, stops or goes astray at any moment: the tab says so, and keeps all it had."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from support.window import WindowSession, in_window, window_on
from vitrail.kernel.discovery import runtime_dir
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.connection import read_connection_file
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

TOLD_S = 3.0
"""After the death of a kernel."""

LONGEST_MOMENT_S = 0.3
EPITAPH = "killed by SIGKILL"

RUNNING = {
    "busy": "import time; print('begun', flush=True); time.sleep(60)",
    "computing": "print('begun', flush=True)\nwhile True: pass",
    "flooding": "while True: print('begun' * 20)",
    "reading input": "print('begun', flush=True); input('name? ')",
    "bursting": "print('begun', flush=True); big = 'x' * 50_000_000; big",
}


def process_of(session: WindowSession) -> KernelProcess:
    assert session.tab.live is not None
    assert session.tab.live.process is not None
    return session.tab.live.process


async def begin(session: WindowSession, state: str) -> None:
    """Bring a kernel that can be used into a state."""
    if state in RUNNING:
        session.type(RUNNING[state])
        await session.until(lambda: session.cells[-1].outputs)
    elif state == "restarting":
        former = process_of(session).pid
        session.tab.restart()
        await session.until(lambda: process_of(session).pid not in (former, None))
    elif state == "dead":
        await kill(session, state)
    elif state == "stopped":
        os.kill(process_of(session).pid, signal.SIGSTOP)
    else:
        assert state == "idle"


async def kill(session: WindowSession, state: str) -> None:
    """Kill the kernel with -9; it must be told in time, and once."""
    deaths = session.text().count(EPITAPH)
    killed_s = time.monotonic()
    os.kill(process_of(session).pid, signal.SIGKILL)
    await session.until(lambda: session.tab.state == "dead")
    took_s = time.monotonic() - killed_s
    assert took_s < TOLD_S, f"{state}: {took_s:.1f} s"
    await session.until(lambda: session.text().count(EPITAPH) == deaths + 1)


@in_window
async def test_a_kernel_killed_at_any_moment_is_said_dead_and_restarts(
    session: WindowSession,
) -> None:
    moments = [*RUNNING, "idle", "restarting"]
    random.shuffle(moments)
    for number, state in enumerate(moments):
        await session.run(f"'kept {number}'")
        await begin(session, state)
        last = session.cells[-1]
        await asyncio.sleep(random.uniform(0, LONGEST_MOMENT_S))
        await kill(session, state)
        if state in RUNNING:
            assert last.status in (CellStatus.LOST, CellStatus.DONE), state
        session.tab.restart()
        await session.ready()
    text = session.text()
    assert [text.count(f"'kept {n}'") for n in range(len(moments))] == [2] * len(moments)


async def test_a_kernel_killed_while_it_starts_is_said_dead_and_restarts(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    process = await KernelProcess.launch("python3")
    async with window_on(process) as session:
        await asyncio.sleep(random.uniform(0, LONGEST_MOMENT_S))
        await kill(session, "starting")
        session.tab.restart()
        await session.ready()
        assert (await session.run("1+1")).status is CellStatus.DONE


@pytest.mark.parametrize("state", ["flooding", "reading input", "restarting", "dead", "stopped"])
async def test_closing_a_window_leaves_nothing_in_any_state(
    qt_loop: asyncio.AbstractEventLoop, state: str
) -> None:
    files = set(runtime_dir().iterdir())
    async with window_on(await KernelProcess.launch("python3")) as session:
        await session.ready()
        await begin(session, state)
        pid = process_of(session).pid
    assert not psutil.pid_exists(pid)
    assert set(runtime_dir().iterdir()) == files


@pytest.mark.parametrize("spoil", [os.unlink, lambda path: path.write_text("{}")])
async def test_a_connection_file_may_go_astray_once_we_are_connected(
    qt_loop: asyncio.AbstractEventLoop, spoil: Callable[..., object]
) -> None:
    process = await KernelProcess.launch("python3")
    try:
        async with window_on(read_connection_file(process.connection_file)) as session:
            await session.ready()
            spoil(process.connection_file)
            assert (await session.run("1+1")).status is CellStatus.DONE
            session.type("import time; print('begun', flush=True); time.sleep(60)")
            await session.until(lambda: session.cells[-1].outputs)
            session.tab.interrupt()
            await session.until(lambda: session.cells[-1].status is CellStatus.FAILED)
        assert process.exit_code is None
    finally:
        await process.terminate()
