"""Windows and tabs that close at any moment leave nothing: no process, socket, file or thread.

Threads, timers and widgets are looked for after each test (see `tests/conftest.py`).
"""

import asyncio

import psutil
import pytest

from support.patience import until
from support.victim import Victim, shown, tabs_of
from support.window import WindowSession, in_window, window_on
from vitrail.kernel.discovery import runtime_dir
from vitrail.kernel.process import KernelProcess
from vitrail.shell.desk import launching

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

MADE_ONCE = 5
"""File descriptors of Qt's and ZeroMQ's, made by the first window and not for each tab."""

CLOSED_IN = (
    "idle",
    "busy",
    "flooding",
    "reading input",
    "restarting",
    "starting",
    "dead",
    "stopped",
)


@in_window
async def test_a_window_with_a_kernel_in_each_state_closes_and_leaves_nothing(
    session: WindowSession,
) -> None:
    victims = [Victim(session, tab) for tab in tabs_of(session, len(CLOSED_IN))]
    await asyncio.gather(*(each.ready() for each in victims))
    begun = (each.begin(state) for each, state in zip(victims, CLOSED_IN, strict=True))
    await asyncio.gather(*begun)
    pids = [each.process.pid for each in victims]
    session.desk.close_unasked()
    await session.desk.end()
    alive = [state for pid, state in zip(pids, CLOSED_IN, strict=True) if psutil.pid_exists(pid)]
    assert alive == []
    assert list(runtime_dir().iterdir()) == []


@in_window
async def test_a_tab_closes_while_its_kernel_is_being_changed(session: WindowSession) -> None:
    stays = session.tab
    victim = Victim(session, tabs_of(session, 2)[1])
    await victim.ready()
    await victim.begin("busy")  # so that its end takes a while
    pid = victim.process.pid
    goes = session.tab
    assert goes is not stays
    session.desk.change(goes, launching("python3"))
    await session.until(lambda: not goes.kernel.is_ours)
    session.window.tabs.take(goes)
    session.desk.discard(goes)
    await session.until(lambda: not psutil.pid_exists(pid) and not session.desk._tasks)
    assert stays.state == "idle"
    assert len(list(runtime_dir().glob("*.json"))) == 1


async def test_twenty_kernels_begin_at_once_and_their_tabs_close_at_once_without_a_trace(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    program = psutil.Process()
    before = program.num_fds()
    async with window_on(await KernelProcess.launch("python3")) as session:
        victims = [Victim(session, tab) for tab in tabs_of(session, 20)]
        await asyncio.gather(*(each.ready() for each in victims))
        cells = await asyncio.gather(*(each.run("6*7") for each in victims))
        assert [shown(cell) for cell in cells] == ["42"] * 20
        pids = [each.process.pid for each in victims]
        assert len(set(pids)) == 20
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert list(runtime_dir().iterdir()) == []
    await until(lambda: program.num_fds() <= before + MADE_ONCE)  # a thread of ZeroMQ's closes them
