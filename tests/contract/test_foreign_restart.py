"""A kernel that somebody else restarts while we are attached to it."""

import asyncio

import pytest

from support.fake_kernel import FakeKernel, script_result, script_sleep
from support.recorder import Recorder
from support.subjects import READY_S, SLEEP
from vitrail.kernel.client import KernelClient
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.broadcasts import ExecuteResult, Stream
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.replies import KernelInfoReply
from vitrail.protocol.requests import CompleteRequest

SCRIPTS = {"sleep": script_sleep, "1": script_result("1")}


async def test_a_new_session_id_tells_of_a_restart_whose_start_was_missed() -> None:
    told: list[str] = []
    with FakeKernel(SCRIPTS) as kernel:
        heard = Recorder()
        client = KernelClient(
            kernel.connection,
            listener=heard,
            activity_changed=heard.poke,
            restarted=lambda: told.append("restarted"),
        )
        await client.connect()
        await client.ready(READY_S)
        old = client.execute("sleep")
        await heard.until(lambda: heard.of(Stream, old))  # busy comes before it can be interrupted
        kernel.interrupt()
        await client.settled(old)
        kernel.do(kernel.forget_itself)
        new = client.execute("1")
        await client.settled(new)
        assert told == ["restarted"]
        assert new.state is ExchangeState.DONE
        assert heard.of(ExecuteResult, new)
        assert not client.is_ready
        await client.ready(READY_S)
        client.close()


@pytest.mark.kernel
async def test_a_guest_goes_on_with_the_kernel_that_its_owner_restarted() -> None:
    process = await KernelProcess.launch("python3")
    owner = LiveKernel(process)
    heard, states, infos = Recorder(), list[KernelState](), list[KernelInfoReply]()
    guest = LiveKernel(
        process.connection,
        listener=heard,
        changed=lambda: states.append(guest.state),
        restarted=infos.append,
    )
    try:
        await asyncio.gather(owner.open(), guest.open())
        lost = guest.client.execute(SLEEP)
        await heard.until(lambda: heard.of(Stream, lost))
        await owner.restart()
        # The guest is not connected yet when the new run says that it starts.
        async with asyncio.timeout(READY_S):
            while not infos or guest.state is KernelState.BUSY:  # with the guest's question
                await asyncio.sleep(0.01)
        assert lost.state is ExchangeState.LOST
        assert guest.state is KernelState.IDLE
        assert KernelState.STARTING in states
        exchange = guest.client.execute("6*7")
        await guest.client.settled(exchange)
        assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "42"
        await guest.client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S)
        assert len(infos) == 1
    finally:
        await guest.close()
        await owner.close()
