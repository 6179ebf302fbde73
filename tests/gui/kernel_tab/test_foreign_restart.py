"""A window attached to a kernel that somebody else restarts."""

import asyncio

import pytest

from support.fake_kernel import FakeKernel, script_result
from support.window import window_on
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync


async def test_the_restart_is_told_and_work_goes_on(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel({"1": script_result("1")}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            kernel.do(kernel.forget_itself)
            kernel.do(lambda: kernel.publish("status", {"execution_state": "starting"}))
            await session.until(lambda: "Somebody else restarted the kernel" in session.text())
            await session.ready()
            cell = await session.run("1")
            assert cell.count == 1
            assert session.text().count("restarted") == 1


async def test_what_its_owner_ran_is_lost_with_the_former_run(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    request = {"msg_id": "theirs", "session": "owner", "username": "grace"}
    code = {"code": "while True: pass", "execution_count": 1}
    with FakeKernel() as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            kernel.do(lambda: kernel.publish("execute_input", code, request))
            await session.until(lambda: session.cells)
            [theirs] = session.cells
            await session.until(lambda: theirs.status is CellStatus.RUNNING)
            kernel.do(kernel.forget_itself)
            kernel.do(lambda: kernel.publish("status", {"execution_state": "starting"}))
            await session.until(lambda: "restarted the kernel" in session.text())
            assert theirs.status is CellStatus.LOST


@pytest.mark.kernel
async def test_the_owner_restarts_it_under_a_cell_of_ours(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    process = await KernelProcess.launch("python3")
    owner = LiveKernel(process)
    try:
        await owner.open()
        async with window_on(process.connection) as session:
            await session.ready()
            await session.run("kept = 1")
            session.type("import time; time.sleep(600)")
            session.type("'waiting'")
            await session.until(lambda: session.cells[1].count_confirmed)
            await owner.restart()
            await session.until(lambda: "restarted the kernel" in session.text())
            await session.ready()
            expected = [CellStatus.DONE, CellStatus.LOST, CellStatus.ABORTED]
            assert [cell.status for cell in session.cells] == expected
            cell = await session.run("kept")
            assert (cell.status, cell.count) == (CellStatus.FAILED, 1)
            assert session.text().count("restarted the kernel") == 1
    finally:
        await owner.close()
