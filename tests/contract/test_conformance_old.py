"""What only kernels before protocol 5 do, on real ones: each fact is a trap for a frontend."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from support.built_kernels import Built, asked_for
from support.recorder import Recorder
from support.subjects import READY_S, Attach, joined
from vitrail.kernel import exchanges
from vitrail.kernel.client import KernelClient, RequestLostError
from vitrail.protocol.broadcasts import Error, ExecuteInput, Status, Stream
from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.replies import CompleteReply, ExecuteReply, InspectReply
from vitrail.protocol.requests import (
    CommInfoRequest,
    CompleteRequest,
    ExecuteRequest,
    InspectRequest,
    IsCompleteRequest,
)

pytestmark = pytest.mark.kernel

ANSWER_S = 20.0

# Only Python 2 has parameters that are tuples.
OBJECTS = """\
def f(a, (b, (c, d)), e=2, g=None, h=[1, {"2": 3}], i=float("nan"), j=object, *k, **l): "doc of f"
class C(object):
    "doc of C"
    def __init__(self, x=None): "making"
    def __call__(self, y): "calling"
    def method(self, z): pass
c = C()
many = range(1000)
"""


KERNELS = ("ipython-0.13.2", "ipython-1.2.1", "ipython-2.4.1")
"""Of protocol 4, and of the one before it."""

kernel = pytest.fixture(scope="module", params=KERNELS)(asked_for)


@pytest.fixture
async def attach(kernel: Built) -> AsyncIterator[Attach]:
    """Return a function that makes a ready client, and what it hears."""
    async with AsyncExitStack() as stack:

        async def new_client() -> tuple[KernelClient, Recorder]:
            return await joined(kernel.connection, stack)

        yield new_client


async def info_of(client: KernelClient, code: str, level: int = 0) -> ObjectInfo:
    request = InspectRequest(code=code, cursor_pos=len(code), detail_level=1 if level else 0)
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, InspectReply)
    assert reply.content.object_info is not None
    return reply.content.object_info


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an idle that does not come for longer than a test lasts."""
    monkeypatch.setattr(exchanges, "IDLE_GRACE_S", 3600.0)


@pytest.mark.usefixtures("patient")
async def test_questions_are_over_without_an_idle(attach: Attach) -> None:
    """jupyter_client waits for one in wait_for_ready, for ever."""
    client, heard = await attach()
    question = client.send(Channel.SHELL, CompleteRequest(code="im", cursor_pos=2), visible=True)
    await client.settled(question)
    assert question.state is ExchangeState.DONE
    assert heard.of(Status, question) == []


async def test_question_it_does_not_know_is_over_at_once(attach: Attach) -> None:
    """It would not answer at all, not even with an idle."""
    client, heard = await attach()
    for question in (IsCompleteRequest(code="1"), CommInfoRequest()):
        with pytest.raises(RequestLostError):
            await client.ask(question, timeout_s=ANSWER_S)
    await client.settled(client.execute("1"))
    assert "UNKNOWN MESSAGE" not in "".join(s.text for s in heard.of(Stream))


@pytest.mark.usefixtures("patient")
async def test_aborted_queue_has_neither_count_nor_idle(attach: Attach) -> None:
    """Of every client; an error throws out what waits behind it."""
    (one, _), (two, _) = await attach(), await attach()
    failing = one.execute("import time; time.sleep(1); 1/0")
    queued = [one.execute("1"), two.execute("2")]
    await one.settled(failing)
    for client, exchange in zip((one, two), queued, strict=True):
        await client.settled(exchange)
        assert isinstance(exchange.reply and exchange.reply.content, ExecuteReply)
    own: Exchange = queued[0]
    assert own.reply is not None
    assert isinstance(own.reply.content, ExecuteReply)
    assert own.reply.content.status == "aborted"
    assert own.reply.content.execution_count is None


async def test_error_of_silent_code_is_broadcast_and_not_shown(attach: Attach) -> None:
    (one, heard), (_, overheard) = await attach(), await attach()
    reply = await one.ask(ExecuteRequest(code="1/0", silent=True), timeout_s=ANSWER_S)
    await overheard.until(lambda: overheard.of(Error))
    assert overheard.messages[-1].parent_id == reply.parent_id
    await one.settled(one.execute("1"))
    assert heard.of(Error) == []


async def test_joining_while_another_clients_cell_prints(
    attach: Attach, kernel: Built, tmp_path: Path
) -> None:
    """Its pyin and its stream.data come before it is known that they are of protocol 4."""
    one, _ = await attach()
    end = tmp_path / "end"
    noise = f"""\
import os, sys, time
while not os.path.exists({str(end)!r}): print(1); sys.stdout.flush(); time.sleep(0.01)"""
    exchange = one.execute(noise)
    heard = Recorder()
    two = KernelClient(kernel.connection, listener=heard)
    await two.connect()
    try:
        ready = asyncio.ensure_future(two.ready(READY_S))
        if kernel.name != "ipython-0.13.2":  # that one is understood after its answer
            await heard.until(lambda: heard.of(Stream, exchange))
        end.touch()
        await ready
        await one.settled(exchange)
        again = one.execute("1")
        await heard.until(lambda: heard.of(ExecuteInput, again))
        assert heard.refusals == []
        assert set(two.unknown) <= {"log"}  # of IPython 0.13, about our first question
    finally:
        two.close()


async def test_signature_of_a_function_is_structured(attach: Attach) -> None:
    """Nested tuples, defaults as JSON where JSON can and as their repr otherwise."""
    client, _ = await attach()
    await client.settled(client.execute(OBJECTS, silent=True))
    info = await info_of(client, "x = f(1, g(2), ")
    spec = info.argspec
    assert spec is not None
    assert spec["args"] == ["a", ["b", ["c", "d"]], "e", "g", "h", "i", "j"]
    assert (spec["varargs"], spec["varkw"]) == ("k", "l")
    assert spec["defaults"][:3] == [2, None, [1, {"2": 3}]]
    assert spec["defaults"][3] == "nan"
    assert str(spec["defaults"][4]).startswith("<type 'object'>")
    assert info.definition is not None
    assert info.definition.endswith("\n")
    assert "\x1b[" in info.definition


async def test_object_fields_are_as_the_kernel_says(attach: Attach) -> None:
    client, _ = await attach()
    await client.settled(client.execute(OBJECTS, silent=True))
    cls, method = await info_of(client, "C("), await info_of(client, "c.method")
    assert cls.isclass is True
    assert cls.argspec is not None
    assert cls.argspec["args"] == ["self", "x"]
    assert cls.argspec["defaults"] == [None]
    assert method.argspec is not None
    assert (method.argspec["args"], method.argspec["defaults"]) == (["self", "z"], None)
    many = await info_of(client, "many")
    assert (many.length, many.namespace) == ("1000", "Interactive")
    assert many.string_form is not None
    assert "<...>" in many.string_form
    assert (await info_of(client, "len")).namespace == "Python builtin"
    magic = await info_of(client, "%time")
    assert (magic.ismagic, magic.namespace) == (True, "IPython internal")
    nothing = await info_of(client, "no_such_name")
    assert nothing == ObjectInfo(name="no_such_name", found=False)


async def test_cursor_after_a_newline_completes_its_own_line(attach: Attach) -> None:
    client, _ = await attach()
    code = "import \nimp"
    reply = await client.ask(CompleteRequest(code=code, cursor_pos=11), timeout_s=ANSWER_S)
    assert isinstance(reply.content, CompleteReply)
    assert "import" in reply.content.matches
    assert (reply.content.cursor_start, reply.content.cursor_end) == (8, 11)
