"""What a kernel ran before a window came is shown above what is run there."""

import asyncio
from collections.abc import Iterator

import pytest

from support.built_kernels import TODAYS, Built, asked_for, running
from support.fake_kernel import FakeKernel, script_result
from support.recorder import Recorder
from support.subjects import READY_S, SLEEP
from support.victim import shown
from support.window import WindowSession, window_on
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.connection import ConnectionInfo
from vitrail_widgets.transcript.cells import EARLIER, Cell, CellStatus, Notice

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

RAN = ("x = 6 * 7", "x", "print('not kept')", "1/0", "import time; x + 1")


kernel = pytest.fixture(params=[TODAYS, "ipython-1.2.1", "ipykernel-5.5.6"])(asked_for)


@pytest.fixture
def todays() -> Iterator[Built]:
    with running(TODAYS) as built:
        yield built


async def run_elsewhere(connection: ConnectionInfo, *codes: str) -> None:
    client = KernelClient(connection)
    try:
        await client.connect()
        await client.ready(READY_S)
        for code in codes:
            await client.settled(client.execute(code))
    finally:
        client.close()


def earlier(session: WindowSession) -> list[Cell]:
    return [cell for cell in session.cells if cell.origin == EARLIER]


def notices(session: WindowSession) -> list[str]:
    entries = session.tab.presenter.execution.transcript.entries
    return [entry.text for entry in entries if isinstance(entry, Notice)]


async def test_cells_of_before_stand_above_ours_with_their_results(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    await run_elsewhere(kernel.connection, *RAN)
    async with window_on(kernel.connection, earlier=True) as session:
        await session.until(lambda: len(earlier(session)) == len(RAN))
        cells = earlier(session)
        assert [cell.code for cell in cells] == list(RAN)
        assert [cell.count for cell in cells] == [1, 2, 3, 4, 5]
        assert (shown(cells[1]), shown(cells[4])) == ("42", "43")
        assert [cell.outputs for cell in (cells[0], cells[2], cells[3])] == [[], [], []]
        assert {cell.author for cell in cells} == {"before"}
        await session.ready()
        ours = await session.run("x")
        assert (ours.count, session.cells[-1]) == (6, ours)
        assert "The kernel ran 5 cells before" in session.text()


async def test_what_is_entered_before_the_kernel_tells_is_shown_once(
    todays: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    await run_elsewhere(todays.connection, "'theirs'")
    async with window_on(todays.connection, earlier=True) as session:
        for code in ("'first'", "'second'"):
            session.type(code)
        await session.until(lambda: earlier(session))
        await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
        assert [cell.code for cell in session.cells] == ["'theirs'", "'first'", "'second'"]
        assert [cell.count for cell in session.cells] == [1, 2, 3]


async def test_a_second_view_and_a_tab_opened_again_show_each_cell_once(
    todays: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(todays.connection, earlier=True) as session:
        await session.ready()
        await session.run("'ours'")
        session.window.actions_by_id["tab.new_view"].trigger()
        await session.until(lambda: len(earlier(session)) == 1)
        await session.ready()
        assert shown(session.cells[0]) == "'ours'"
        await session.run("2")
        session.window._tab_commands.let_go(session.tab)
        session.window.actions_by_id["tab.reopen"].trigger()
        await session.ready()
        probe = session.tab.presenter.probe
        assert probe is not None
        await session.until(lambda: probe.is_there)  # sent after the past was asked for
        assert [cell.code for cell in session.cells] == ["'ours'", "2"]


async def test_a_kernel_that_computes_shows_what_it_ran_and_not_the_cell_that_runs(
    todays: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    await run_elsewhere(todays.connection, "'done'")
    heard = Recorder()
    client = KernelClient(todays.connection, listener=heard)
    try:
        await client.connect()
        await client.ready(READY_S)
        busy = client.execute(SLEEP)
        await heard.until(lambda: heard.of(Stream, busy))
        async with window_on(todays.connection, earlier=True) as session:
            await session.until(lambda: earlier(session))
            assert [cell.code for cell in earlier(session)] == ["'done'"]
            session.tab.interrupt()
            await client.settled(busy)
            await session.ready()
    finally:
        client.close()


async def test_a_kernel_that_does_not_tell_is_said_not_to(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel({"1": script_result("one")}) as fake:
        async with window_on(fake.connection, earlier=True) as session:
            await session.ready()
            assert not any("before" in text for text in notices(session))  # it has run nothing
        await run_elsewhere(fake.connection, "1")
        async with window_on(fake.connection, earlier=True) as session:
            told = "The kernel has run cells before, and does not tell which."
            await session.until(lambda: told in notices(session))
            assert earlier(session) == []
            assert (await session.run("1")).status is CellStatus.DONE


async def test_it_can_be_turned_off(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel({"1": script_result("one")}) as fake:
        await run_elsewhere(fake.connection, "1")
        async with window_on(fake.connection, earlier=False) as session:
            await session.ready()
            await session.run("1")
            assert not any("before" in text for text in notices(session))
