"""The same client on Qt's event loop, where the application runs it."""

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QTimer

from support.fake_kernel import FakeKernel
from support.recorder import Recorder
from support.subjects import AWAIT, FLOOD, PYTHON, SLEEP
from vitrail.kernel.client import KernelClient
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.broadcasts import ExecuteResult, Stream
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.replies import InputRequest
from vitrail.protocol.requests import IsCompleteRequest

pytestmark = pytest.mark.qasync


def says_more(heard: Recorder, said: int) -> bool:
    return len(heard.of(Stream)) > said


@pytest.fixture
def process() -> Iterator[KernelProcess]:
    """Launch a kernel before Qt's loop runs, and end it after."""
    process = asyncio.run(KernelProcess.launch("python3"))
    try:
        yield process
    finally:
        asyncio.run(process.terminate())


async def test_flood_lets_timers_fire(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel(PYTHON) as kernel:
        heard = Recorder()
        client = KernelClient(kernel.connection, listener=heard)
        await client.connect()
        await client.ready(60)
        seen: list[int] = []
        timer = QTimer(interval=1)
        timer.timeout.connect(lambda: seen.append(len(heard.messages)))
        timer.start()
        exchange = client.execute(FLOOD)
        await client.settled(exchange)
        timer.stop()
        client.close()
    text = "".join(s.text for s in heard.of(Stream, exchange))
    assert text == "".join(f"{i}\n" for i in range(20_000))
    assert len({n for n in seen if 0 < n < len(heard.messages)}) >= 10


@pytest.mark.kernel
async def test_kernel_lives_its_whole_life_on_qt(
    process: KernelProcess, qt_loop: asyncio.AbstractEventLoop
) -> None:
    heard = Recorder()
    kernel = LiveKernel(process, listener=heard, changed=heard.poke)
    await kernel.open()
    exchange = kernel.client.execute("6*7")
    await kernel.client.settled(exchange)
    assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "42"
    for code in (SLEEP, AWAIT):
        said = len(heard.of(Stream))
        exchange = kernel.client.execute(code)
        await heard.until(partial(says_more, heard, said))
        await kernel.client.aside(IsCompleteRequest(code="al"), 20)
        await kernel.interrupt()
        await kernel.client.settled(exchange)
    exchange = kernel.client.execute("input('name? ')")
    await heard.until(lambda: heard.of(InputRequest))
    kernel.client.answer_input("Ada", heard.messages[-1])
    await kernel.client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    await kernel.restart()
    exchange = kernel.client.execute("import os; os._exit(3)")
    await heard.until(lambda: kernel.state is KernelState.DEAD)
    assert (exchange.state, kernel.exit_code) == (ExchangeState.LOST, 3)
    await kernel.close()
    assert not process.connection_file.exists()


@pytest.mark.kernel
async def test_flood_of_a_real_kernel_arrives_whole(
    process: KernelProcess, qt_loop: asyncio.AbstractEventLoop
) -> None:
    heard = Recorder()
    kernel = LiveKernel(process, listener=heard)
    await kernel.open()
    exchange = kernel.client.execute("for i in range(300_000): print(i)")
    await kernel.client.settled(exchange)
    text = "".join(s.text for s in heard.of(Stream, exchange))
    assert text == "".join(f"{i}\n" for i in range(300_000))
    await kernel.close()
