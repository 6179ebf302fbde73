"""A kernel that dies, stops or goes astray at any moment: the tab says so, and keeps all it had."""

import asyncio
import json
import os
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest

from support.recorder import Recorder
from support.subjects import READY_S, answering
from support.victim import Victim, counts_up, tabs_of
from support.window import WindowSession, in_window, window_on
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import ExecuteInput
from vitrail.protocol.connection import read_connection_file
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

LONGEST_MOMENT_S = 0.3
TOLD_S = 3.0
"""After the death of a kernel; now and then a busy machine takes longer."""

SEED = 5
TABS = 4
"""So many kernels die side by side, for the sake of time."""

MOMENTS = {
    "idle": 8,
    "busy": 6,
    "computing": 6,
    "flooding": 8,
    "reading input": 8,
    "bursting": 2,
    "restarting": 6,
    "starting": 6,
}


@in_window
async def test_kernels_killed_at_fifty_moments_are_said_dead_and_lose_nothing(
    session: WindowSession,
) -> None:
    dice = random.Random(SEED)
    states = [state for state, times in MOMENTS.items() for _ in range(times)]
    dice.shuffle(states)
    moments = [(state, dice.uniform(0, LONGEST_MOMENT_S)) for state in states]
    assert len(moments) == 50
    victims = [Victim(session, tab) for tab in tabs_of(session, TABS)]
    await asyncio.gather(*(victim.ready() for victim in victims))
    parts = (moments[n::TABS] for n in range(TABS))
    await asyncio.gather(*(each.suffer(part) for each, part in zip(victims, parts, strict=True)))
    told_s = [each for victim in victims for each in victim.told_s]
    assert median(told_s) < TOLD_S


def replace_by_a_strangers(file: Path) -> None:
    """Put the connection file of another kernel in place of one; as like as two of one program."""
    told = json.loads(file.read_text())
    ports = {name: port + 1 for name, port in told.items() if name.endswith("_port")}
    file.write_text(json.dumps({**told, **ports, "key": "of somebody else"}))


@pytest.mark.parametrize("spoil", [os.unlink, replace_by_a_strangers])
async def test_a_connection_file_may_go_astray_once_we_are_connected(
    qt_loop: asyncio.AbstractEventLoop, spoil: Callable[[Path], None]
) -> None:
    process = await answering("python3")
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


@in_window
async def test_a_kernel_whose_connection_file_went_astray_restarts(session: WindowSession) -> None:
    process = Victim(session, session.tab).process
    for spoil in (os.unlink, replace_by_a_strangers):
        spoil(process.connection_file)
        session.tab.restart()
        await session.until(lambda: session.tab.state == "restarting")
        await session.ready()
        assert (await session.run("1+1")).status is CellStatus.DONE
        assert read_connection_file(process.connection_file) == process.connection


@in_window
async def test_a_stopped_kernel_is_said_to_be_silent_and_goes_on_where_it_was(
    session: WindowSession,
) -> None:
    live = session.tab.live
    assert live is not None
    pid = Victim(session, session.tab).process.pid
    live.client.heartbeat._interval_s = 0.05
    live.client.heartbeat.start()
    with TemporaryDirectory() as directory:
        end = Path(directory) / "end"
        session.type(f"import os; n = 0\nwhile not os.path.exists({str(end)!r}): print(n); n += 1")
        await session.until(lambda: session.cells[-1].outputs)
        os.kill(pid, signal.SIGSTOP)
        await session.until(lambda: session.tab.state == "disconnected")
        assert not session.cells[-1].status.is_finished
        os.kill(pid, signal.SIGCONT)
        await session.until(lambda: session.tab.state == "busy")
        end.touch()
        await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    await session.ready()
    assert counts_up(session.cells[-1].outputs)


def has_cells(view: Victim, codes: list[str]) -> bool:
    return [cell.code for cell in view.cells] == codes


@in_window
async def test_two_windows_and_a_stranger_share_a_kernel(session: WindowSession) -> None:
    """Each sees all cells; the window whose kernel it is may close, and the kernel lives on."""
    owner, process = session.tab, Victim(session, session.tab).process
    session.window.actions_by_id["tab.new_view"].trigger()
    await session.ready()
    guest = session.tab
    session.window.actions_by_id["tab.tear_off"].trigger()
    heard = Recorder()
    stranger = KernelClient(process.connection, listener=heard)
    try:
        await stranger.connect()
        await stranger.ready(READY_S)
        views = [Victim(session, owner), Victim(session, guest)]
        for number, view in enumerate(views):
            await view.run(f"{number}")
        await stranger.settled(stranger.execute("2"))
        for view in views:
            await session.until(partial(has_cells, view, ["0", "1", "2"]))
        session.window.close()
        await session.until(lambda: guest.kernel.is_ours)
        await views[1].run("3")
        await heard.until(lambda: any(i.code == "3" for i in heard.of(ExecuteInput)))
    finally:
        stranger.close()
