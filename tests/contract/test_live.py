"""A kernel of ours from launch to end, with a real one."""

import asyncio
import math
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from support.patience import PATIENCE_S
from support.recorder import Recorder
from support.subjects import FLOOD, SLEEP
from vitrail.kernel import process as process_module
from vitrail.kernel.discovery import find_connection_file
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess, LaunchError
from vitrail.protocol.broadcasts import ExecuteInput, ExecuteResult, Stream
from vitrail.protocol.connection import read_connection_file
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.requests import IsCompleteRequest

pytestmark = pytest.mark.kernel

WAITS_FOR_ITS_CHILD = """
import asyncio, subprocess
child = subprocess.Popen(["sleep", "600"])
async def end_the_child_and_wait():
    child.terminate()
    await asyncio.Event().wait()
get_ipython().kernel._progressively_terminate_all_children = end_the_child_and_wait
"""

Start = Callable[..., Awaitable[tuple[LiveKernel, Recorder, list[KernelState]]]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Return a function that launches a kernel, and gives what it is heard to say."""
    async with AsyncExitStack() as stack:

        async def live(transport: str = "auto") -> tuple[LiveKernel, Recorder, list[KernelState]]:
            process = await KernelProcess.launch("python3", transport=transport)  # type: ignore[arg-type]  # a str for parametrize
            stack.push_async_callback(process.terminate)
            heard, states = Recorder(), list[KernelState]()

            def changed() -> None:
                states.append(kernel.state)
                heard.poke()

            kernel = LiveKernel(process, listener=heard, changed=changed)
            stack.push_async_callback(kernel.close)
            assert kernel.state is KernelState.STARTING
            await kernel.open()
            return kernel, heard, states

        yield live


@pytest.mark.parametrize("transport", ["auto", "ipc", "tcp"])
async def test_launched_kernel_computes_and_ends_without_a_trace(
    start: Start, transport: str
) -> None:
    kernel, heard, states = await start(transport)
    assert kernel.process is not None
    assert kernel.process.connection.encrypted  # ipykernel 7.3 and later, over ipc as well
    exchange = kernel.client.execute("6*7")
    await kernel.client.settled(exchange)
    assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "42"
    pid, file = kernel.process.pid, kernel.process.connection_file
    assert file.exists()
    await kernel.close()
    await kernel.close()
    assert states[:3] == [KernelState.IDLE, KernelState.BUSY, KernelState.IDLE]
    assert kernel.state is KernelState.DEAD
    assert kernel.exit_code == 0
    assert not psutil.pid_exists(pid)
    assert list(file.parent.iterdir()) == []


async def test_nothing_is_printed_before_the_first_cell(start: Start) -> None:
    _, heard, _ = await start()
    assert heard.of(Stream) == []


async def test_killed_kernel_is_noticed_at_once_and_loses_its_cell(start: Start) -> None:
    kernel, heard, states = await start()
    exchange = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream))
    assert kernel.process is not None
    os.kill(kernel.process.pid, signal.SIGKILL)
    await heard.until(lambda: heard.settled)
    assert exchange.state is ExchangeState.LOST
    assert kernel.state is states[-1] is KernelState.DEAD
    assert kernel.exit_code == -signal.SIGKILL


async def test_exit_code_is_told(start: Start) -> None:
    kernel, heard, _ = await start()
    kernel.client.execute("import os; os._exit(3)")
    await heard.until(lambda: kernel.state is KernelState.DEAD)
    assert kernel.exit_code == 3


async def test_stopped_kernel_is_disconnected_until_it_continues(start: Start) -> None:
    kernel, heard, _ = await start()
    assert kernel.process is not None
    kernel.client.heartbeat._interval_s = 0.05
    kernel.client.heartbeat.start()
    os.kill(kernel.process.pid, signal.SIGSTOP)
    await heard.until(lambda: kernel.state is KernelState.DISCONNECTED)
    os.kill(kernel.process.pid, signal.SIGCONT)
    await heard.until(lambda: kernel.state is KernelState.IDLE)


async def test_restart_begins_anew_on_the_same_connection(start: Start) -> None:
    kernel, heard, states = await start()
    assert kernel.process is not None
    before = (kernel.process.connection, kernel.process.connection_file)
    pid, session = kernel.process.pid, kernel.client.session_id
    await kernel.client.aside(IsCompleteRequest(code="al"), 20)
    running = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream))
    await kernel.restart()
    assert running.state is ExchangeState.LOST
    assert (kernel.process.connection, kernel.process.connection_file) == before
    assert kernel.process.connection_file.exists()
    assert kernel.process.pid != pid
    assert not psutil.pid_exists(pid)
    assert kernel.client.session_id != session
    exchange = kernel.client.execute("6*7")
    await kernel.client.settled(exchange)
    assert [i.execution_count for i in heard.of(ExecuteInput, exchange)] == [1]
    await kernel.client.aside(IsCompleteRequest(code="al"), 20)
    assert states[-4:] == [
        KernelState.RESTARTING,
        KernelState.IDLE,
        KernelState.BUSY,
        KernelState.IDLE,
    ]


async def test_dead_kernel_can_be_restarted(start: Start) -> None:
    kernel, heard, _ = await start()
    kernel.client.execute("import os; os._exit(3)")
    await heard.until(lambda: kernel.state is KernelState.DEAD)
    await kernel.restart()
    assert kernel.state is KernelState.IDLE
    exchange = kernel.client.execute("6*7")
    await kernel.client.settled(exchange)
    assert exchange.state is ExchangeState.DONE


async def test_restart_twice_at_once_gives_one_living_kernel(start: Start) -> None:
    kernel, _, _ = await start()
    await asyncio.gather(kernel.restart(), kernel.restart())
    exchange = kernel.client.execute("6*7")
    await kernel.client.settled(exchange)
    assert exchange.state is ExchangeState.DONE


async def test_closing_a_busy_kernel_ends_it(start: Start) -> None:
    kernel, heard, _ = await start()
    exchange = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream))
    await kernel.close()
    assert exchange.state is ExchangeState.LOST
    assert kernel.process is not None
    assert kernel.process.exit_code is not None
    assert not kernel.process.connection_file.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the children of a process")
async def test_child_of_an_idle_kernel_delays_its_end_no_longer_than_it_takes(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ipykernel 7.4 waits 14 s for a child that it ended and nobody reaped; this one for ever."""
    monkeypatch.setattr(process_module, "_SIGINT_S", math.inf)
    kernel, _, _ = await start()
    await kernel.client.settled(kernel.client.execute(WAITS_FOR_ITS_CHILD))
    async with asyncio.timeout(PATIENCE_S):
        await kernel.close()
    assert kernel.exit_code == -signal.SIGTERM


async def test_closing_in_a_flood_ends_it(start: Start) -> None:
    kernel, heard, _ = await start()
    kernel.client.execute(FLOOD)
    await heard.until(lambda: len(heard.messages) > 100)
    await kernel.close()
    assert kernel.process is not None
    assert kernel.process.exit_code is not None


async def test_attached_kernel_is_left_alone(start: Start) -> None:
    owner, heard, _ = await start()
    assert owner.process is not None
    file = find_connection_file(owner.process.connection_file.name)
    guest = LiveKernel(read_connection_file(file))
    await guest.open()
    with pytest.raises(LaunchError, match="who alone can restart it"):
        await guest.restart()
    guest.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream))
    assert owner.state is KernelState.BUSY
    await guest.interrupt()
    await heard.until(lambda: owner.state is KernelState.IDLE)
    await guest.close()
    assert guest.state is KernelState.DISCONNECTED
    assert file.exists()
    exchange = owner.client.execute("6*7")
    await owner.client.settled(exchange)
    assert exchange.state is ExchangeState.DONE


def test_kernel_launched_on_one_loop_lives_on_the_next() -> None:
    process = asyncio.run(KernelProcess.launch("python3"))

    async def live() -> ExchangeState:
        kernel = LiveKernel(process)
        await kernel.open()
        await kernel.restart()
        exchange = kernel.client.execute("6*7")
        await kernel.client.settled(exchange)
        kernel.client.close()
        return exchange.state

    try:
        assert asyncio.run(live()) is ExchangeState.DONE
    finally:
        asyncio.run(process.terminate())
    assert not process.connection_file.exists()


async def test_kernel_starts_in_the_given_directory() -> None:
    with tempfile.TemporaryDirectory() as directory:
        process = await KernelProcess.launch("python3", cwd=Path(directory))
        heard = Recorder()
        kernel = LiveKernel(process, listener=heard)
        await kernel.open()
        exchange = kernel.client.execute("import os; os.getcwd()")
        await kernel.client.settled(exchange)
        [result] = heard.of(ExecuteResult)
        assert result.data["text/plain"] == repr(str(Path(directory).resolve()))
        await kernel.close()
