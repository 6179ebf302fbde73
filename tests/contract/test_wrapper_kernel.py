"""A kernel of another language on top of ipykernel, whose ways it inherits and cannot bear."""

import asyncio

import pytest

from support.built_kernels import Built, asked_for
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.replies import CompleteReply, ExecuteReply
from vitrail.protocol.requests import CompleteRequest

NAME = "bash"
CODE = "for n in 1 2 3 4; do echo $n; sleep 0.2; done"

pytestmark = pytest.mark.kernel


bash = pytest.fixture(params=[NAME])(asked_for)


async def test_a_completion_asked_for_while_bash_works_does_its_cell_no_harm(bash: Built) -> None:
    """Answered beside the cell, it would take the place of the cell's exit status."""
    heard = Recorder()
    client = KernelClient(bash.connection, listener=heard)
    try:
        await client.connect()
        await client.ready(READY_S)
        exchange = client.execute(CODE)
        await heard.until(lambda: heard.of(Stream, exchange))
        question = CompleteRequest(code="echo ec", cursor_pos=7)
        asked = asyncio.ensure_future(client.aside(question, timeout_s=READY_S))
        await client.settled(exchange)
        assert exchange.reply is not None
        assert isinstance(exchange.reply.content, ExecuteReply)
        assert exchange.reply.content.status == "ok"
        assert "".join(s.text for s in heard.of(Stream, exchange)).split() == list("1234")
        assert isinstance((await asked).content, CompleteReply)
    finally:
        client.close()
