"""What a kernel says while it starts, in an order in which it was seen to come."""

import asyncio

from support.fake_kernel import FakeKernel, Manners
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import Status
from vitrail.protocol.requests import HistoryRequest

NO_STATUS = Manners(statusless=frozenset({"kernel_info_request", "history_request"}))


async def test_kernel_is_not_ready_before_its_starting_was_seen() -> None:
    """ipykernel 7.4 under load: welcome, kernel_info_reply, then "starting", which loses cells."""
    with FakeKernel(manners=NO_STATUS) as kernel:
        heard = Recorder()
        client = KernelClient(kernel.connection, listener=heard)
        await client.connect()
        ready = asyncio.ensure_future(client.ready(READY_S))
        await asyncio.sleep(0)  # it asks
        # Replies come in order: by this one the kernel_info_reply has been seen.
        await client.ask(HistoryRequest(), timeout_s=READY_S)
        assert not ready.done()

        kernel.do(lambda: kernel.publish("stream", {"name": "stderr", "text": "a warning"}))
        kernel.do(lambda: kernel.publish("status", {"execution_state": "starting"}))
        await heard.until(lambda: heard.of(Status))
        assert not ready.done()
        asked = kernel.received("kernel_info_request")[-1].message
        kernel.do(lambda: kernel.publish("status", {"execution_state": "idle"}, parent=asked))
        await ready
        assert client.is_ready
        client.close()
