"""Silent questions beside a running cell: nothing of the cell may suffer from them.

Each of these is a trap that a real kernel sets (ipykernel 7.4): they are tested on it, and where
order matters also on the fake.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from support.fake_kernel import FakeKernel, Manners, Script, Turn
from support.recorder import Recorder
from support.subjects import READY_S, Attach, Subject, joined, launched
from vitrail.kernel import asides as asides_module
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import (
    DisplayData,
    Error,
    ExecuteInput,
    ExecuteResult,
    Status,
    Stream,
)
from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import CompleteReply, ExecuteReply, InputRequest, ListSubshellReply
from vitrail.protocol.requests import CompleteRequest, ExecuteRequest, ListSubshellRequest

LINES = 150
TIMER = f"""
import threading
def tell(n=0):
    print(n, flush=True)
    display({{"text/plain": str(n)}}, raw=True)
    if n < {LINES - 1}: threading.Timer(0.004, tell, (n + 1,)).start()
threading.Timer(0.004, tell).start()
"""
QUESTION = ExecuteRequest(code="", silent=True, user_expressions={"six": "2*3"})
GO = "go = True"
# Runs until an aside says so, in the kernel and nowhere else.
WAIT = "go = False\nprint('started', flush=True)\nimport time\nwhile not go: time.sleep(0.005)\n"
COMPLETE = CompleteRequest(code="al", cursor_pos=2)

Meet = Callable[..., Awaitable[tuple[FakeKernel, KernelClient, Recorder]]]


@pytest.fixture(scope="module")
def subject() -> Iterator[Subject]:
    """Give a real kernel only: no script waits for an aside."""
    yield from launched("ipykernel", "python3")


@pytest.fixture
async def meet() -> AsyncIterator[Meet]:
    """Return a function that makes a fake kernel with given manners, and a ready client."""
    async with AsyncExitStack() as stack:

        async def kernel_and_client(
            manners: Manners | None = None, **scripts: Script
        ) -> tuple[FakeKernel, KernelClient, Recorder]:
            of_python = replace(manners or Manners(), language="python")
            kernel = stack.enter_context(FakeKernel(scripts, of_python))
            client, heard = await joined(kernel.connection, stack)
            return kernel, client, heard

        yield kernel_and_client


async def started(client: KernelClient, heard: Recorder, code: str) -> Exchange:
    exchange = client.execute(code)
    await heard.until(lambda: heard.of(Stream, exchange))
    return exchange


async def go(client: KernelClient) -> ExecuteReply:
    reply = await client.aside(ExecuteRequest(code=GO, allow_stdin=False), READY_S)
    assert isinstance(reply.content, ExecuteReply)
    return reply.content


@pytest.mark.kernel
async def test_a_cell_may_ask_after_an_aside_that_must_not(attach: Attach) -> None:
    """allow_stdin of the aside is remembered for the running cell (ipykernel 7.4)."""
    client, heard = await attach()
    exchange = await started(client, heard, WAIT + "input('name? ')")
    await go(client)
    await heard.until(lambda: heard.of(InputRequest))
    client.answer_input(
        "Ada", next(m for m in heard.messages if isinstance(m.content, InputRequest))
    )
    await client.settled(exchange)
    assert heard.of(Error, exchange) == []
    assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "'Ada'"


@pytest.mark.kernel
async def test_payloads_of_the_running_cell_reach_it(attach: Attach) -> None:
    """They come with the aside's reply, and not with the cell's own (ipykernel 7.4)."""
    client, heard = await attach()
    exchange = await started(client, heard, "get_ipython().set_next_input('next')\n" + WAIT)
    await client.aside(ExecuteRequest(code="pass"), READY_S)
    await go(client)
    await client.settled(exchange)
    told = [(payload["source"], payload["text"], cell) for payload, cell in heard.strayed]
    assert told == [("set_next_input", "next", exchange)]
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    assert exchange.reply.content.payload == []


@pytest.mark.kernel
async def test_a_storm_of_asides_leaves_outputs_and_statuses_with_their_cells(
    attach: Attach,
) -> None:
    client, heard = await attach()
    loud = WAIT.replace("time.sleep(0.005)", "print('.', end='', flush=True); time.sleep(0.002)")
    exchange = await started(client, heard, loud)
    silent = ExecuteRequest(code="print('never shown')", user_expressions={"six": "2*3"})
    asked = [client.aside(COMPLETE if i % 2 else silent, READY_S) for i in range(60)]
    replies = await asyncio.gather(*asked)
    assert client.is_busy
    await go(client)
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    parents = {m.parent_id for m in heard.messages} - {None}  # the welcome has none
    assert parents == {exchange.request.msg_id}
    assert {text.text.strip(".") for text in heard.of(Stream)} <= {"", "started\n"}
    assert [s.execution_state for s in heard.of(Status, exchange)] == ["busy", "idle"]
    assert len(heard.of(ExecuteInput)) == 1
    assert all(isinstance(r.content, CompleteReply | ExecuteReply) for r in replies)


@pytest.mark.kernel
async def test_an_error_of_a_cell_does_not_abort_asides_nor_theirs_the_queue(
    attach: Attach,
) -> None:
    client, heard = await attach()
    exchange = await started(client, heard, WAIT)
    queued = client.execute("6*7")
    failing = await client.aside(ExecuteRequest(code="1/0"), READY_S)
    assert isinstance(failing.content, ExecuteReply)
    assert failing.content.ename == "ZeroDivisionError"
    await go(client)
    await client.settled(exchange)
    await client.settled(queued)
    assert heard.of(ExecuteResult, queued)[0].data["text/plain"] == "42"
    assert heard.of(Error) == []


@pytest.mark.kernel
async def test_an_interrupt_ends_the_cell_and_not_the_aside(
    attach: Attach, subject: Subject
) -> None:
    """ipykernel 7.4 interrupts its main thread only."""
    client, heard = await attach()
    exchange = await started(client, heard, WAIT)
    nap = ExecuteRequest(code="time.sleep(1)", user_expressions={"six": "2*3"})
    aside = asyncio.ensure_future(client.aside(nap, READY_S))
    await subject.interrupt(client)
    await client.settled(exchange)
    assert [error.ename for error in heard.of(Error)] == ["KeyboardInterrupt"]
    assert isinstance(reply := (await aside).content, ExecuteReply)
    assert reply.user_expressions is not None
    assert reply.user_expressions["six"]["data"]["text/plain"] == "6"


@pytest.mark.kernel
async def test_a_busy_subshell_is_left_alone_when_a_question_is_given_up(
    attach: Attach, tmp_path: Path
) -> None:
    """Deleting it would block the shell until its code ends (ipykernel 7.4)."""
    client, _ = await attach()
    end = tmp_path / "end"
    wait = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.005)"
    await client.aside(COMPLETE, READY_S)
    with pytest.raises(TimeoutError):
        await client.aside(ExecuteRequest(code=wait), 0.1)
    exchange = client.execute("6*7")
    await client.settled(exchange)
    end.touch()
    listed = await client.ask(ListSubshellRequest(), channel=Channel.CONTROL, timeout_s=READY_S)
    assert isinstance(listed.content, ListSubshellReply)
    mine = [e for e in client.log.entries() if e.msg_type == "create_subshell_request"]
    assert len(mine) == 1
    assert listed.content.subshell_id
    assert not [e for e in client.log.entries() if e.msg_type.startswith("delete_subshell")]


@pytest.mark.kernel
async def test_what_a_thread_prints_and_shows_between_questions_is_all_heard(
    attach: Attach,
) -> None:
    """ipykernel 7 names the question that came last as the parent of what a thread says."""
    client, heard = await attach()
    exchange = client.execute(TIMER)
    await client.settled(exchange)
    async with asyncio.timeout(READY_S):
        while len(heard.of(DisplayData)) < LINES:
            await client.aside(QUESTION, READY_S, quick=True)
            await client.aside(COMPLETE, READY_S)
    said = "".join(text.text for text in heard.of(Stream, exchange))
    assert said.split() == [str(n) for n in range(LINES)]
    assert len(heard.of(DisplayData, exchange)) == LINES


async def test_payloads_without_a_running_cell_go_nowhere(meet: Meet) -> None:
    _, client, heard = await meet(greedy=script_with_payload)
    reply = await client.aside(ExecuteRequest(code="greedy"), READY_S)
    assert isinstance(reply.content, ExecuteReply)
    assert reply.content.payload
    assert heard.strayed == []


def script_with_payload(turn: Turn) -> Iterator[None]:
    turn.outcome["payload"] = [{"source": "page", "data": {"text/plain": "help"}}]
    yield


async def test_no_subshell_is_named_to_a_kernel_that_has_none(meet: Meet) -> None:
    """An engine of ipyparallel 9.2 stays busy for ever when it is."""
    kernel, client, _ = await meet(Manners(features=("debugger",)))
    await client.aside(COMPLETE, READY_S)
    assert kernel.received("create_subshell_request") == []
    assert [r.subshell_id for r in kernel.received("complete_request")] == [None]


async def test_one_deadline_covers_the_making_of_a_subshell_by_somebody_else(
    meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asides_module, "_CREATE_S", 5.0)
    _, client, _ = await meet(Manners(deaf=frozenset({"create_subshell_request"})))
    patient = asyncio.ensure_future(client.aside(COMPLETE, READY_S))
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        await client.aside(COMPLETE, 0.05)
    assert not patient.done()  # the subshell is still waited for
    assert isinstance((await patient).content, CompleteReply)


async def test_a_cancelled_question_leaves_its_subshell_to_the_next(meet: Meet) -> None:
    kernel, client, _ = await meet()
    first = asyncio.ensure_future(client.aside(COMPLETE, READY_S))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await client.aside(COMPLETE, READY_S)
    assert len(kernel.received("create_subshell_request")) == 1
    assert {r.subshell_id for r in kernel.received("complete_request")} == {"subshell-1"}


async def test_a_restart_makes_a_new_subshell_even_in_the_middle_of_making_one(meet: Meet) -> None:
    kernel, client, _ = await meet()
    question = asyncio.ensure_future(client.aside(COMPLETE, READY_S))
    await asyncio.sleep(0)
    await client.reconnect()
    await client.ready(READY_S)
    await asyncio.wait((question,))
    await client.aside(COMPLETE, READY_S)
    assert kernel.received("complete_request")[-1].subshell_id is not None
