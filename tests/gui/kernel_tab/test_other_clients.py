"""Two clients on one kernel: the window, and jupyter_client's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from jupyter_client.asynchronous.client import AsyncKernelClient
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.built_kernels import TODAYS, Built, asked_for
from support.subjects import READY_S
from support.window import WindowSession, window_on
from vitrail_widgets.console.note_words import state_of
from vitrail_widgets.transcript.cells import Cell, CellStatus

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.qasync,
    # jupyter_client wants the time zones that IPython 1 does not write.
    pytest.mark.filterwarnings("ignore:Interpreting naive datetime:DeprecationWarning"),
]


kernel = pytest.fixture(params=[TODAYS, "ipython-1.2.1"])(asked_for)
# Two clients of jupyter_client's at once fail to reach 1.2.1.
todays = pytest.fixture(params=[TODAYS])(asked_for)


@asynccontextmanager
async def stranger(kernel: Built, username: str = "grace") -> AsyncIterator[AsyncKernelClient]:
    client = AsyncKernelClient()
    client.load_connection_file(str(kernel.connection_file))
    client.session.username = username
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=READY_S)
        yield client
    finally:
        client.stop_channels()
        client.context.destroy(linger=0)


def foreign(session: WindowSession) -> list[Cell]:
    return [cell for cell in session.cells if not cell.is_own]


async def test_a_strangers_cell_is_shown_with_its_name_and_numbers_follow(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session, stranger(kernel) as client:
        await session.ready()
        before = session.view.pending_count
        assert before is not None
        client.execute("print('theirs')")
        await session.until(lambda: foreign(session) and foreign(session)[0].outputs)
        [cell] = foreign(session)
        await session.until(lambda: cell.status is CellStatus.DONE)
        assert (cell.code, cell.author, cell.count) == ("print('theirs')", "grace", before)
        assert session.view.pending_count == before + 1
        ours = await session.run("1")
        assert (ours.count, ours.author) == (before + 1, "")
        assert "theirs" in session.text()


async def test_clients_of_one_user_are_told_apart_and_their_cells_come_in_order(
    todays: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with (
        window_on(todays.connection) as session,
        stranger(todays) as one,
        stranger(todays) as two,
    ):
        await session.ready()
        await one.execute_interactive("1", timeout=READY_S)
        await two.execute_interactive("2", timeout=READY_S)
        await one.execute_interactive("3", timeout=READY_S)
        await session.until(lambda: len(foreign(session)) == 3)
        assert [cell.code for cell in foreign(session)] == ["1", "2", "3"]
        assert [cell.author for cell in foreign(session)] == ["grace", "grace 2", "grace"]


async def test_a_strangers_cell_comes_before_what_waits_here_and_folds(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session, stranger(kernel) as client:
        await session.ready()
        session.type("import time; time.sleep(1)")
        await session.until(lambda: session.cells[0].count_confirmed)
        client.execute("for n in range(5): print(n)")
        session.type("'waits'")
        assert state_of(session.cells[1]) == "queued · next"
        await session.until(lambda: len(session.cells) == 3)
        await session.until(lambda: all(cell.status.is_finished for cell in session.cells))
        assert {cell.author for cell in session.cells} == {"", "grace"}
        assert sorted(cell.count or 0 for cell in session.cells) == [
            (session.cells[0].count or 0) + step for step in range(3)
        ]
        session.tab.presenter.flush()
        index = session.tab.presenter.execution.transcript.position(foreign(session)[0].id)
        height = session.view.document.flow[index].height
        session.view.cells.point_at(index)
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(session.view.input, Qt.Key.Key_BracketRight, keys)
        assert session.view.document.flow[index].height < height


async def test_strangers_cells_can_be_left_out_and_still_count(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session, stranger(kernel) as client:
        await session.ready()
        before = session.view.pending_count
        assert before is not None
        client.execute("'early'")
        await session.until(lambda: foreign(session) and foreign(session)[0].status.is_finished)
        await session.run("'ours'")
        toggle = session.window.actions_by_id["kernel.other_clients"].trigger
        toggle()
        assert [cell.code for cell in session.cells] == ["'ours'"]
        await client.execute_interactive("print('theirs')", timeout=READY_S)
        await session.until(lambda: session.view.pending_count == before + 3)
        assert foreign(session) == []
        assert "theirs" not in session.text()
        toggle()
        assert [cell.code for cell in session.cells] == ["'early'", "'ours'", "print('theirs')"]
        await session.until(lambda: "print('theirs')\ntheirs" in session.text())
        client.execute("2")
        await session.until(lambda: len(foreign(session)) == 3)


async def test_what_is_looked_at_and_found_stays_while_strangers_cells_come_and_go(
    todays: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(todays.connection) as session, stranger(todays) as client:
        await session.ready()
        for number in range(3):
            theirs = f"for n in range(40): print('theirs', {number}, n)"
            await client.execute_interactive(theirs, timeout=READY_S)
            await session.until(lambda: all(cell.status.is_finished for cell in session.cells))
            await session.run(f"for n in range(40): print('ours', {number}, n)")
        view = session.view
        session.text()
        view.finder.bar.field.setText("0 7")
        view.finder.open()
        await session.until(lambda: not view.finder.is_searching and view.finder.index.total == 2)
        ours = session.cells[3]
        view.arrangement.show_entry(3)
        y = view.viewport_y(ours.id)
        toggle = session.window.actions_by_id["kernel.other_clients"].trigger
        toggle()
        await session.until(lambda: not view.finder.is_searching and view.finder.index.total == 1)
        assert len(view.document.flow) == 4
        toggle()
        await session.until(lambda: not view.finder.is_searching and view.finder.index.total == 2)
        assert view.viewport_y(ours.id) == y
