"""What is written down about a connection, and what never is."""

import json
from collections import Counter

from support.fake_kernel import FakeKernel
from support.recorder import Recorder
from support.subjects import READY_S, Attach
from vitrail.kernel.client import KernelClient
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.message_log import Direction
from vitrail.protocol.redaction import HIDDEN
from vitrail.protocol.replies import InputRequest


async def test_messages_both_ways_are_written_down(attach: Attach) -> None:
    client, _ = await attach()
    exchange = client.execute("6*7")
    await client.settled(exchange)
    ours = [entry for entry in client.log.entries() if entry.msg_id == exchange.request.msg_id]
    assert [(entry.direction, entry.msg_type) for entry in ours] == [
        (Direction.SENT, "execute_request")
    ]
    caused = [e for e in client.log.entries() if e.parent_id == exchange.request.msg_id]
    assert Counter(entry.msg_type for entry in caused) == Counter(
        ("status", "execute_input", "execute_result", "execute_reply", "status")
    )
    assert all(entry.direction is Direction.RECEIVED for entry in caused)
    assert all(abs(entry.at - ours[0].at) < 60 for entry in caused)


async def test_a_password_is_nowhere_in_the_log(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("import getpass; getpass.getpass('pass? ')")
    await heard.until(lambda: heard.of(InputRequest))
    [request] = [m for m in heard.messages if isinstance(m.content, InputRequest)]
    client.answer_input("hunter2", request)
    await client.settled(exchange)
    entries = client.log.entries()
    [answer] = [entry for entry in entries if entry.msg_type == "input_reply"]
    assert json.loads(answer.content) == HIDDEN
    sent = {e.msg_type for e in entries if e.content == f'"{HIDDEN}"'}
    assert sent == {"execute_request", "execute_input", "input_reply"}
    before_the_result = [e for e in entries if e.msg_type != "execute_result"]
    assert "hunter2" not in str(before_the_result)


async def test_a_refused_message_is_written_down_too() -> None:
    with FakeKernel({}) as kernel:
        heard = Recorder()
        client = KernelClient(kernel.connection, listener=heard)
        await client.connect()
        await client.ready(READY_S)
        kernel.do(lambda: kernel.send_frames("iopub", [b"topic", b"no delimiter"]))
        await heard.until(lambda: heard.refusals)
        client.close()
        last = [entry.msg_type for entry in client.log.entries()][-2:]
        assert "" in last  # a welcome may come behind it


async def test_the_key_that_a_kernel_prints_is_not_in_the_log() -> None:
    """As %connect_info of ipykernel does."""
    with FakeKernel({}) as kernel:
        heard = Recorder()
        client = KernelClient(kernel.connection, listener=heard)
        await client.connect()
        await client.ready(READY_S)
        text = json.dumps({"key": kernel.connection.key.decode()}, indent=2)
        kernel.do(lambda: kernel.publish("stream", {"name": "stdout", "text": text}))
        await heard.until(lambda: heard.of(Stream))
        assert kernel.connection.key.decode() not in str(client.log.entries())
        client.close()
        [told] = [entry for entry in client.log.entries() if entry.msg_type == "stream"]
        assert HIDDEN in told.content
