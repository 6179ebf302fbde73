"""The headless runner on kernels that do not behave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from support.fake_kernel import FakeKernel, Manners, script_input, script_result, script_sleep
from support.patience import PATIENCE_S
from support.subjects import joined
from vitrail.headless import runner as runner_module
from vitrail.headless.runner import RunError, Runner
from vitrail.kernel import live as live_module
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.reach import Presence
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.connection import ConnectionInfo
from vitrail_widgets.transcript.cells import Cell, CellStatus, StreamOutput

SLEEP = "sleep"


@asynccontextmanager
async def run_on(
    kernel: FakeKernel, code: str
) -> AsyncIterator[tuple[Runner, asyncio.Future[None]]]:
    """Run on a kernel whose heart beats fast."""
    runner = Runner()
    live = LiveKernel(kernel.connection, changed=runner.kernel_changed)
    live.client.heartbeat._interval_s = 0.02
    running = asyncio.ensure_future(runner.run(live, [code], None))
    try:
        yield runner, running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await live.close()


def only_cell(runner: Runner) -> Cell:
    [cell] = runner.transcript.entries
    assert isinstance(cell, Cell)
    return cell


async def test_kernel_that_asks_though_it_may_not_hears_that_nobody_is_there() -> None:
    with FakeKernel({"ask": script_input("name? ")}) as kernel:
        async with run_on(kernel, "ask") as (runner, running), asyncio.timeout(PATIENCE_S):
            await running
        assert kernel.answer == "\x04"
    cell = only_cell(runner)
    assert cell.status is CellStatus.FAILED
    assert isinstance(cell.outputs[0], StreamOutput)
    assert cell.outputs[0].text.buffer.plain_text() == "name? "


async def run_until_it_dies(kernel: FakeKernel) -> None:
    async with run_on(kernel, SLEEP) as (runner, running), asyncio.timeout(PATIENCE_S):
        while not (runner.transcript.entries and only_cell(runner).outputs):
            await asyncio.sleep(0.005)
        kernel.die()
        await running


async def test_kernel_that_ends_in_its_cell_is_gone() -> None:
    with FakeKernel({SLEEP: script_sleep}) as kernel, pytest.raises(RunError, match="nobody"):
        await run_until_it_dies(kernel)


async def test_machine_that_vanishes_is_waited_for_and_then_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[Presence] = []

    async def look(_: ConnectionInfo) -> Presence:
        looks.append(Presence.UNREACHABLE)
        return looks[-1]

    monkeypatch.setattr(runner_module, "presence", look)
    monkeypatch.setattr(runner_module, "LOOK_AGAIN_S", 0.02)
    monkeypatch.setattr(runner_module, "UNREACHABLE_S", 0.1)
    with (
        FakeKernel({SLEEP: script_sleep}) as kernel,
        pytest.raises(RunError, match="network"),
    ):
        await run_until_it_dies(kernel)
    assert len(looks) > 2


async def test_a_cell_that_ends_while_its_stalled_kernel_is_looked_for_ends_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with FakeKernel({SLEEP: script_sleep}) as kernel:
        async with run_on(kernel, SLEEP) as (runner, running), asyncio.timeout(PATIENCE_S):

            async def look(_: ConnectionInfo) -> Presence:
                """Take so long that the kernel comes back, and its cell ends."""
                kernel.do(kernel.interrupt)
                while not only_cell(runner).status.is_finished:
                    await asyncio.sleep(0.005)
                return Presence.GREETS

            monkeypatch.setattr(runner_module, "presence", look)
            while not (runner.transcript.entries and only_cell(runner).outputs):
                await asyncio.sleep(0.005)
            kernel.stall(0.5)
            await running
        assert runner.raised


async def test_kernel_that_works_for_another_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LiveKernel.open, "__defaults__", (0.1,))
    monkeypatch.setattr(live_module, "LOOK_AGAIN_S", 0.02)
    manners = Manners(answers_control_while_busy=False)
    scripts = {SLEEP: script_sleep, "1": script_result("1")}
    async with AsyncExitStack() as stack:
        kernel = stack.enter_context(FakeKernel(scripts, manners))
        other, heard = await joined(kernel.connection, stack)
        sleeping = other.execute(SLEEP)
        await heard.until(lambda: heard.of(Stream, sleeping))
        async with run_on(kernel, "1") as (runner, running), asyncio.timeout(PATIENCE_S):
            while not len(kernel.received("kernel_info_request")) > 3:
                await asyncio.sleep(0.005)
            assert not running.done()
            kernel.do(kernel.interrupt)
            await running
            statuses = [
                entry.status for entry in runner.transcript.entries if isinstance(entry, Cell)
            ]
            assert statuses == [CellStatus.FAILED, CellStatus.DONE]
            assert not runner.raised  # that was the other's
