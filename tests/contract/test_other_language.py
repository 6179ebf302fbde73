"""A kernel of another language and another make, where one is installed."""

import pytest

from support.recorder import Recorder
from support.subjects import READY_S, Subject
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import ExecuteInput, Stream
from vitrail.protocol.exchange import ExchangeState

pytestmark = pytest.mark.kernel


async def test_bash_prints_and_is_interrupted(bash: Subject) -> None:
    heard = Recorder()
    client = KernelClient(bash.connection, listener=heard)
    await client.connect()
    await client.ready(READY_S)
    exchange = client.execute("echo hello")
    await client.settled(exchange)
    assert "".join(s.text for s in heard.of(Stream, exchange)).strip() == "hello"
    exchange = client.execute("sleep 60")
    await heard.until(lambda: heard.of(ExecuteInput, exchange))
    await bash.interrupt(client)
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    client.close()
