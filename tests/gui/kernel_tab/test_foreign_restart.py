"""A window attached to a kernel that somebody else restarts."""

import asyncio

import pytest

from support.fake_kernel import FakeKernel, script_result
from support.window import window_on

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
