"""A kernel that can bear one request at a time gets one at a time: xeus-python 0.19.

What else becomes of its cells is in `vitrail.kernel.one_by_one`.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.built_kernels import Built, asked_for
from support.fake_kernel import FakeKernel, Manners, script_result, script_sleep
from support.patience import PATIENCE_S
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel.client import KernelClient, RequestLostError
from vitrail.kernel.interrupt import interrupt
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.content import Content
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.replies import HistoryReply
from vitrail.protocol.requests import (
    CompleteRequest,
    ExecuteRequest,
    HistoryRequest,
    InspectRequest,
    IsCompleteRequest,
)

NAME = "xeus-python-0.19.0"
QUESTIONS: tuple[Content, ...] = (
    CompleteRequest(code="ti", cursor_pos=2),
    InspectRequest(code="print", cursor_pos=5),
    IsCompleteRequest(code="a ="),
    HistoryRequest(n=5),
    ExecuteRequest(code="", silent=True, store_history=False, user_expressions={"": "1"}),
)
CELLS = 60


xeus = pytest.fixture(scope="module", params=[NAME])(asked_for)


@pytest.fixture
async def client(xeus: Built) -> AsyncIterator[KernelClient]:
    client = KernelClient(xeus.connection, listener=Recorder())
    try:
        await client.connect()
        await client.ready(READY_S)
        yield client
    finally:
        client.close()


@pytest.mark.kernel
async def test_cells_amid_a_storm_of_questions_all_end(client: KernelClient) -> None:
    """Sent as they come, one of some hundred of these is the last that the kernel reads."""

    async def ask(question: Content) -> str:
        try:
            return (await client.aside(question, PATIENCE_S, patient=True)).msg_type
        except RequestLostError:
            return "not now"

    for number in range(CELLS):
        asked = [asyncio.create_task(ask(each)) for each in QUESTIONS]
        await asyncio.sleep(0)
        cells = [client.execute(f"{number}"), client.execute("print('x')")]
        asked += [asyncio.create_task(ask(each)) for each in QUESTIONS]
        for cell in cells:
            await client.settled(cell)
            assert cell.state is ExchangeState.DONE
        told = set(await asyncio.gather(*asked))
        assert told >= {"history_reply"}


@pytest.mark.kernel
async def test_a_question_is_lost_at_once_while_a_cell_runs(
    client: KernelClient, tmp_path: Path
) -> None:
    heard = client.listener
    assert isinstance(heard, Recorder)
    end = tmp_path / "end"
    cell = client.execute(
        "import os, time; print('started', flush=True)\n"
        f"while not os.path.exists({str(end)!r}): time.sleep(0.005)"
    )
    await heard.until(lambda: heard.of(Stream, cell))
    for question in QUESTIONS:
        with pytest.raises(RequestLostError):
            await client.aside(question, PATIENCE_S)
    assert not cell.is_done
    patient = asyncio.ensure_future(client.aside(HistoryRequest(n=1), PATIENCE_S, patient=True))
    await asyncio.sleep(0)  # it is asked while the cell runs
    end.touch()
    reply = await patient
    assert isinstance(reply.content, HistoryReply)
    assert cell.is_done


async def test_nothing_but_an_interrupt_reaches_such_a_kernel_while_it_runs_a_cell() -> None:
    info = {
        "status": "ok",
        "protocol_version": "5.6",
        "implementation": "xeus-python",
        "implementation_version": "0.19.0",
        "language_info": {"name": "python", "version": "3.11"},
        "banner": "",
    }
    manners = Manners(replies={"kernel_info_request": info})
    scripts = {"sleep": script_sleep, "6*7": script_result("42")}
    with FakeKernel(scripts, manners) as kernel:
        heard = Recorder()
        client = KernelClient(kernel.connection, listener=heard)
        await client.connect()
        try:
            await client.ready(READY_S)
            cell, queued = client.execute("sleep"), client.execute("6*7")
            await heard.until(lambda: heard.of(Stream, cell))
            before = len(kernel.requests)
            with pytest.raises(RequestLostError):
                await client.aside(CompleteRequest(code="a", cursor_pos=1), PATIENCE_S)
            client.poke()
            await interrupt(client, None)
            await client.settled(queued)
            since = [request.msg_type for request in kernel.requests[before:]]
            assert since == ["interrupt_request", "execute_request"]
            assert queued.state is ExchangeState.DONE
        finally:
            client.close()
