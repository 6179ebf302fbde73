"""What happens to a client when a kernel, or somebody in its place, does not keep the rules."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from support.fake_kernel import (
    FakeKernel,
    Fields,
    Manners,
    Request,
    script_die,
    script_error,
    script_input,
    script_result,
    script_sleep,
    script_stream,
)
from support.patience import PATIENCE_S
from support.recorder import Recorder
from support.subjects import READY_S, joined
from vitrail.kernel.client import KernelClient, RequestLostError
from vitrail.kernel.interrupt import REPLY_S, interrupt
from vitrail.kernel.readiness import PATIENT_NUDGE_S
from vitrail.protocol.broadcasts import ExecuteInput, ExecuteResult, Status, Stream
from vitrail.protocol.content import Unknown
from vitrail.protocol.errors import ProtocolError, Refusal, UsageError
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import CompleteReply, ExecuteReply, InputRequest
from vitrail.protocol.requests import (
    CommInfoRequest,
    CompleteRequest,
    ExecuteRequest,
    HistoryRequest,
    KernelInfoRequest,
)

SCRIPTS = {
    "1": script_result("1"),
    "sleep": script_sleep,
    "die": script_die,
    "raise": script_error("Error", "told"),
    "ask": script_input("? "),
    "print": script_stream("text"),
}

Meet = Callable[..., Awaitable[tuple[FakeKernel, KernelClient, Recorder]]]


def of_python(manners: Manners | None = None) -> Manners:
    """Return the manners of a kernel that may be asked beside a running cell."""
    return replace(manners or Manners(), language="python")


@pytest.fixture
async def meet() -> AsyncIterator[Meet]:
    """Return a function that makes a fake kernel with given manners, and a ready client."""
    async with AsyncExitStack() as stack:

        async def kernel_and_client(
            manners: Manners | None = None, *, curve: bool = False, ipc: Path | None = None
        ) -> tuple[FakeKernel, KernelClient, Recorder]:
            kernel = stack.enter_context(
                FakeKernel(SCRIPTS, of_python(manners), curve=curve, ipc_directory=ipc)
            )
            client, heard = await joined(kernel.connection, stack)
            return kernel, client, heard

        yield kernel_and_client


@pytest.fixture
def short_directory() -> Iterator[Path]:
    """Give a directory whose path leaves room for a socket's name."""
    with tempfile.TemporaryDirectory(prefix="vt-") as name:
        yield Path(name)


async def runs_code(client: KernelClient) -> bool:
    exchange = client.execute("1")
    await client.settled(exchange)
    return exchange.state is ExchangeState.DONE


def signed(kernel: FakeKernel, msg_type: str, content: Fields) -> list[bytes]:
    """Make frames as the kernel would send them on iopub, without sending them."""
    session = kernel._session
    frames: list[bytes] = session.serialize(session.msg(msg_type, content=content))
    return frames


def spoilt(kernel: FakeKernel, how: str) -> list[bytes]:
    """Make the frames of a bad message."""
    frames = signed(kernel, "stream", {"name": "stdout", "text": "x"})
    match how:
        case "no delimiter":
            return frames[1:]
        case "short":
            return frames[:4]
        case "unsigned":
            return [frames[0], b"", *frames[2:]]
        case "bad signature":
            return [frames[0], b"0" * 64, *frames[2:]]
        case "not JSON":
            return resigned(kernel, [*frames[2:5], b"{"])
        case "not an object":
            return resigned(kernel, [*frames[2:5], b"[]"])
        case _:
            return resigned(kernel, [*frames[2:5], json.dumps({"text": 1}).encode()])


def resigned(kernel: FakeKernel, parts: list[bytes]) -> list[bytes]:
    return [b"<IDS|MSG>", kernel._session.sign(parts), *parts]


@pytest.mark.parametrize("refusal", [r for r in Refusal if r is not Refusal.DUPLICATE])
@pytest.mark.parametrize("channel", ["iopub", "shell"])
async def test_bad_message_is_counted_told_and_dropped(
    meet: Meet, refusal: Refusal, channel: str
) -> None:
    kernel, client, heard = await meet()
    # A ROUTER needs the identity in front; the fake has it from the first request.
    to = kernel.requests[0].identities if channel == "shell" else []
    frames = [*to, *spoilt(kernel, refusal)]
    kernel.do(lambda: kernel.send_frames(channel, frames))
    await heard.until(lambda: heard.refusals)
    [(error, where)] = heard.refusals
    assert (error.refusal, where) == (refusal, Channel(channel))
    assert client.counters == {refusal: 1}
    assert heard.of(Stream) == []
    assert await runs_code(client)


async def test_replayed_message_is_told_and_dropped(meet: Meet) -> None:
    kernel, client, heard = await meet()
    frames = signed(kernel, "stream", {"name": "stdout", "text": "once"})
    for _ in range(3):
        kernel.do(lambda: kernel.send_frames("iopub", frames))
    await heard.until(lambda: len(heard.refusals) == 2)
    assert client.counters == {Refusal.DUPLICATE: 2}
    assert [s.text for s in heard.of(Stream)] == ["once"]


async def test_message_of_unknown_type_is_counted_and_ignored(meet: Meet) -> None:
    kernel, client, heard = await meet()
    before = len(heard.messages)
    for _ in range(2):
        kernel.do(lambda: kernel.publish("data_pub", {"keys": []}))
    kernel.do(lambda: kernel.publish("stream", {"name": "stdout", "text": "after"}))
    await heard.until(lambda: heard.of(Stream))
    assert client.unknown == {"data_pub": 2}
    assert [m.msg_type for m in heard.messages[before:] if m.msg_type != "iopub_welcome"] == [
        "stream"
    ]


async def test_empty_multipart_message_is_refused(meet: Meet) -> None:
    kernel, client, heard = await meet()
    kernel.do(lambda: kernel.send_frames("iopub", [b""]))
    await heard.until(lambda: heard.refusals)
    assert await runs_code(client)


async def test_reply_and_idle_may_come_in_either_order(meet: Meet) -> None:
    _, client, heard = await meet(Manners(idle_first=True))
    assert await runs_code(client)
    assert len(heard.settled) == 1


async def test_exchange_without_idle_is_done_after_a_grace(meet: Meet) -> None:
    """IRkernel 1.3 sends no busy and idle around aborted requests."""
    _, client, heard = await meet(Manners(statusless=frozenset({"execute_request"})))
    assert await runs_code(client)
    assert heard.of(Status) == []


async def test_exchange_without_reply_is_lost_after_a_grace(meet: Meet) -> None:
    _, client, heard = await meet(Manners(mute=frozenset({"execute_request"})))
    exchange = client.execute("1")
    await client.settled(exchange)
    assert exchange.state is ExchangeState.LOST
    assert heard.settled == [exchange]


async def test_exchange_without_reply_is_lost_when_a_later_one_is_answered(meet: Meet) -> None:
    _, client, heard = await meet(Manners(mute=frozenset({"execute_request"})))
    exchange = client.execute("1")
    await heard.until(lambda: len(heard.of(Status, exchange)) == 2)
    assert not exchange.is_done
    await client.ask(KernelInfoRequest(), timeout_s=READY_S)
    assert exchange.state is ExchangeState.LOST


async def test_reply_of_another_type_is_an_error(meet: Meet) -> None:
    """tslab 1.0 answers comm_info_request with a complete_reply."""
    manners = Manners(
        replies={"comm_info_request": {"status": "ok", "comms": {}}},
        reply_types={"comm_info_request": "complete_reply"},
    )
    _, client, _ = await meet(manners)
    with pytest.raises(ProtocolError, match="comm_info_request with a complete_reply"):
        await client.ask(CommInfoRequest(), timeout_s=READY_S)


async def test_questions_are_lost_with_the_kernel(meet: Meet) -> None:
    _, client, _ = await meet(Manners(deaf=frozenset({"history_request"})))
    question = asyncio.ensure_future(client.ask(HistoryRequest(), timeout_s=60))
    await asyncio.sleep(0)  # let it send
    client.lost()
    with pytest.raises(RequestLostError):
        await question


async def test_cancelled_question_leaves_nothing(meet: Meet) -> None:
    _, client, _ = await meet(Manners(deaf=frozenset({"history_request"})))
    question = asyncio.ensure_future(client.ask(HistoryRequest(), timeout_s=60))
    await asyncio.sleep(0)
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    assert await runs_code(client)


async def test_lost_settles_each_visible_exchange_once(meet: Meet) -> None:
    _, client, heard = await meet()
    first, second = client.execute("sleep"), client.execute("1")
    await heard.until(lambda: client.is_busy)
    client.lost()
    assert heard.settled == [first, second]
    assert {first.state, second.state} == {ExchangeState.LOST}
    assert not client.is_busy
    client.lost()
    assert len(heard.settled) == 2


async def test_somebody_elses_restart_loses_what_was_under_way(meet: Meet) -> None:
    kernel, client, heard = await meet()
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream, exchange))
    kernel.do(kernel.forget_itself)
    kernel.do(lambda: kernel.publish("status", {"execution_state": "starting"}))
    await client.settled(exchange)
    assert exchange.state is ExchangeState.LOST
    assert not client.is_ready
    await interrupt(client, None)
    await client.ready(READY_S)
    assert await runs_code(client)


async def test_a_start_that_is_told_late_loses_nothing(meet: Meet) -> None:
    """ipykernel 7.4 under load: its answers overtake its "starting"."""
    kernel, client, heard = await meet()
    exchange = client.execute("sleep")
    await heard.until(lambda: client.is_busy)
    kernel.do(lambda: kernel.publish("status", {"execution_state": "starting"}))
    await heard.until(lambda: any(s.execution_state == "starting" for s in heard.of(Status)))
    assert client.is_ready
    assert not exchange.is_done


async def test_death_is_noticed_by_the_heartbeat(meet: Meet) -> None:
    _, client, heard = await meet()
    client.heartbeat._interval_s = 0.02
    client.heartbeat.start()
    client.execute("die")
    await heard.until(lambda: not client.heartbeat.is_beating)


async def test_stopped_kernel_misses_beats_and_comes_back(meet: Meet) -> None:
    kernel, client, heard = await meet()
    client.heartbeat._interval_s = 0.02
    client.heartbeat.start()
    kernel.stall(0.5)
    await heard.until(lambda: not client.heartbeat.is_beating)
    await heard.until(lambda: client.heartbeat.is_beating)
    assert await runs_code(client)


async def test_interrupt_message_without_an_answer_is_not_waited_for_long(meet: Meet) -> None:
    kernel, client, heard = await meet(Manners(features=(), answers_interrupt=False))
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    await interrupt(client, None)
    await client.settled(exchange)
    assert len(kernel.received("interrupt_request")) == 1


async def test_interrupt_gives_up_on_a_kernel_that_does_not_obey(meet: Meet) -> None:
    kernel, client, heard = await meet(Manners(obeys_message=False))
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    await interrupt(client, None)
    assert not exchange.is_done
    assert len(kernel.received("interrupt_request")) == 1


async def test_aside_goes_to_one_subshell_that_is_made_once(meet: Meet) -> None:
    kernel, client, _ = await meet()
    questions = (client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S) for _ in range(3))
    await asyncio.gather(*questions)
    assert len(kernel.received("create_subshell_request")) == 1
    subshells = {request.subshell_id for request in kernel.received("complete_request")}
    assert subshells == {"subshell-1"}


async def test_aside_uses_control_when_that_answers_while_busy(meet: Meet) -> None:
    kernel, client, heard = await meet(Manners(features=()))
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    reply = await client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S)
    assert isinstance(reply.content, CompleteReply)
    assert [r.channel for r in kernel.received("complete_request")] == ["control"]
    assert kernel.received("create_subshell_request") == []
    await interrupt(client, None)
    await client.settled(exchange)


async def test_aside_uses_the_main_shell_when_control_is_deaf(meet: Meet) -> None:
    kernel, client, heard = await meet(Manners(features=(), answers_control_while_busy=False))
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    with pytest.raises(TimeoutError):
        await client.aside(CompleteRequest(code="al", cursor_pos=2), 0.5)
    await interrupt(client, None)
    await client.settled(exchange)
    assert await runs_code(client)
    assert [r.channel for r in kernel.received("complete_request")] == ["shell"]


async def test_aside_uses_the_main_shell_when_a_subshell_cannot_be_made(meet: Meet) -> None:
    """An ipyparallel 9.2 engine advertises nothing, but others may fail as well."""
    refusing = {"create_subshell_request": {"status": "error", "ename": "E", "evalue": ""}}
    kernel, client, _ = await meet(Manners(replies=refusing))
    for _ in range(2):
        await client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S)
    assert [r.subshell_id for r in kernel.received("complete_request")] == [None, None]
    assert len(kernel.received("create_subshell_request")) == 1


async def test_aside_that_executes_may_ask_and_gets_end_of_file(meet: Meet) -> None:
    kernel, client, heard = await meet(Manners(features=()))
    reply = await client.aside(ExecuteRequest(code="ask", allow_stdin=False), READY_S)
    assert isinstance(reply.content, ExecuteReply)
    assert reply.content.ename == "EOFError"
    sent = kernel.received("execute_request")[0].content
    assert (sent["allow_stdin"], sent["silent"], sent["store_history"]) == (True, True, False)
    assert heard.of(InputRequest) == []


async def test_output_of_a_settled_hidden_request_stays_hidden(meet: Meet) -> None:
    kernel, client, heard = await meet()
    await client.ask(ExecuteRequest(code="print", silent=True), timeout_s=READY_S)
    [request] = kernel.received("execute_request")
    late = {"name": "stdout", "text": "late"}
    kernel.do(lambda: kernel.publish("stream", late, parent=request.message))
    await client.ask(ExecuteRequest(code="print", silent=True), timeout_s=READY_S)
    assert heard.of(Stream) == []
    assert await runs_code(client)
    assert heard.of(ExecuteInput) != []


class ShyKernel(FakeKernel):
    """Publishes nothing until it was asked three times, like one whom we hear too late."""

    def _status(self, request: Request, state: str) -> None:
        if len(self.received("kernel_info_request")) >= 3:
            super()._status(request, state)


async def test_readiness_asks_again_until_iopub_reaches_us() -> None:
    with ShyKernel(SCRIPTS, Manners(welcomes=False)) as kernel:
        client = KernelClient(kernel.connection)
        await client.connect()
        async with asyncio.timeout(PATIENT_NUDGE_S):  # so much for who does not answer at all
            await client.ready(READY_S)
        assert len(kernel.received("kernel_info_request")) >= 3
        client.close()


@pytest.mark.parametrize(("welcomes", "questions"), [(True, 1), (False, 3)])
async def test_a_welcome_proves_iopub_and_without_one_it_is_asked(
    welcomes: bool, questions: int
) -> None:
    with ShyKernel(SCRIPTS, Manners(welcomes=welcomes)) as kernel:
        client = KernelClient(kernel.connection, is_shared=True)
        await client.connect()
        await client.ready(READY_S)
        assert len(kernel.received("kernel_info_request")) == questions
        client.close()


async def test_closing_ends_the_wait_for_readiness(meet: Meet) -> None:
    _, client, _ = await meet(Manners())
    with FakeKernel() as kernel:
        connection = kernel.connection
    waiting = KernelClient(connection)
    await waiting.connect()
    ready = asyncio.ensure_future(waiting.ready(60))
    await client.ask(KernelInfoRequest(), timeout_s=READY_S)  # a while
    waiting.close()
    with pytest.raises(UsageError, match="closed before the kernel was ready"):
        await ready


async def test_kernel_without_iopub_is_not_ready_in_time() -> None:
    silent = Manners(welcomes=False, statusless=frozenset({"kernel_info_request"}))
    with FakeKernel(SCRIPTS, silent) as kernel:
        client = KernelClient(kernel.connection)
        await client.connect()
        with pytest.raises(TimeoutError, match="answers, but nothing came on its iopub"):
            await client.ready(0.5)
        client.close()


async def test_dead_address_is_not_ready_in_time() -> None:
    with FakeKernel() as kernel:
        connection = kernel.connection
    client = KernelClient(connection)
    await client.connect()
    with pytest.raises(TimeoutError, match=r"did not answer within 0\.2 s"):
        await client.ready(0.2)
    client.close()


async def test_wrong_key_gets_no_answer_and_says_what_was_refused(meet: Meet) -> None:
    kernel, client, heard = await meet()
    heard_wrong = Recorder()
    wrong = KernelClient(replace(kernel.connection, key=b"another"), listener=heard_wrong)
    await wrong.connect()
    while not heard_wrong.refusals:  # what comes before its subscription is not refused
        exchange = client.execute("1")
        await client.settled(exchange)
    assert {error.refusal for error, _ in heard_wrong.refusals} == {Refusal.BAD_SIGNATURE}
    wrong.close()
    assert heard.of(ExecuteResult)


async def test_curve_protects_the_sockets(meet: Meet) -> None:
    kernel, client, _ = await meet(curve=True)
    assert kernel.connection.encrypted
    assert await runs_code(client)
    plain = KernelClient(replace(kernel.connection, curve_publickey=None, curve_secretkey=None))
    await plain.connect()
    with pytest.raises(TimeoutError):
        await plain.ready(0.3)
    plain.close()


async def test_ipc_sockets_work(meet: Meet, short_directory: Path) -> None:
    _, client, _ = await meet(ipc=short_directory)
    assert await runs_code(client)


@pytest.mark.parametrize("msg_type", ["status", "execute_input", "execute_reply"])
async def test_error_in_the_listener_strands_neither_its_message_nor_what_is_behind_it(
    meet: Meet, msg_type: str
) -> None:
    _, client, heard = await meet()
    errors: list[Fields] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: errors.append(dict(context)))
    plain = heard.message_received

    def failing(message: Message) -> None:
        if message.msg_type != msg_type:
            plain(message)
            return
        heard.message_received = plain  # type: ignore[method-assign]  # the seam of this test
        raise LookupError("from the listener")

    heard.message_received = failing  # type: ignore[method-assign]  # the seam of this test
    exchange = client.execute("1")
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    assert [type(context["exception"]) for context in errors] == [LookupError]


async def test_closing_loses_what_is_open_and_is_idempotent(meet: Meet) -> None:
    _, client, heard = await meet()
    exchange = client.execute("sleep")
    client.close()
    client.close()
    assert exchange.state is ExchangeState.LOST
    assert heard.settled == [exchange]


async def test_request_without_a_connection_is_lost_in_the_next_turn(meet: Meet) -> None:
    _, client, heard = await meet()
    client.disconnect()
    exchange = client.execute("1")
    assert heard.settled == []
    await client.settled(exchange)
    assert heard.settled == [exchange]
    assert exchange.state is ExchangeState.LOST
    client.answer_input("", exchange.request)
    with pytest.raises(RequestLostError):
        await client.ask(KernelInfoRequest(), timeout_s=READY_S)
    with pytest.raises(UsageError, match="closed before the kernel was ready"):
        await client.ready(READY_S)


async def test_reconnect_takes_a_new_session_id(meet: Meet) -> None:
    _, client, _ = await meet()
    before = client.session_id
    await client.reconnect()
    assert client.session_id != before
    await client.ready(READY_S)
    assert await runs_code(client)


async def test_request_of_an_unknown_type_can_be_sent(meet: Meet) -> None:
    kernel, client, _ = await meet(Manners(replies={"nonsense_request": {"status": "ok"}}))
    exchange = client.send(Channel.SHELL, Unknown(msg_type="nonsense_request", fields={"a": 1}))
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    assert client.unknown == {"nonsense_reply": 1}
    assert kernel.received("nonsense_request")[0].content == {"a": 1}


class ForgetfulKernel(FakeKernel):
    """Knows no subshell that it made, as after somebody deleted it."""

    def _canned(self, request: Request) -> Fields | None:
        if request.subshell_id is not None:
            return {"status": "error", "ename": "UnknownSubshellError", "evalue": "gone"}
        return super()._canned(request)


async def test_aside_goes_elsewhere_when_its_subshell_is_gone() -> None:
    with ForgetfulKernel(SCRIPTS, of_python()) as kernel:
        client = KernelClient(kernel.connection)
        await client.connect()
        await client.ready(READY_S)
        reply = await client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S)
        assert isinstance(reply.content, CompleteReply)
        assert reply.content.is_ok
        sent = [request.subshell_id for request in kernel.received("complete_request")]
        assert sent == ["subshell-1", None]
        client.close()


async def test_aside_uses_the_main_shell_when_making_a_subshell_takes_too_long(
    meet: Meet,
) -> None:
    _, client, _ = await meet(Manners(deaf=frozenset({"create_subshell_request"})))
    with pytest.raises(TimeoutError):
        await client.aside(CompleteRequest(code="al", cursor_pos=2), 0.05)
    reply = await client.aside(CompleteRequest(code="al", cursor_pos=2), READY_S)
    assert isinstance(reply.content, CompleteReply)


class Owner:
    """The owner of a kernel's process, whose signal interrupts the fake."""

    def __init__(self, kernel: FakeKernel) -> None:
        self.signals = 0
        self._kernel = kernel

    async def interrupt(self) -> None:
        self.signals += 1
        self._kernel.do(self._kernel.interrupt)


@pytest.mark.parametrize(
    "manners",
    [
        Manners(features=(), answers_interrupt=False, obeys_message=False),
        Manners(obeys_message=False, replies={"interrupt_request": {"status": "error"}}),
    ],
    ids=["no answer", "refuses"],
)
async def test_kernel_that_does_not_take_the_message_gets_the_signal(
    meet: Meet, manners: Manners
) -> None:
    """ipykernel 5 and IRkernel do not answer, tslab 1.0 answers with an error."""
    kernel, client, heard = await meet(manners)
    owner = Owner(kernel)
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    await interrupt(client, owner)
    await client.settled(exchange)
    assert owner.signals == 1


async def test_kernel_that_takes_the_message_gets_no_signal(meet: Meet) -> None:
    kernel, client, heard = await meet()
    owner = Owner(kernel)
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    await interrupt(client, owner)
    assert exchange.is_done
    assert owner.signals == 0


async def test_kernel_that_cannot_take_the_message_yet_gets_no_signal_as_well(
    meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ipykernel 7 while a compiled function holds Python's lock: two would be one too many."""
    monkeypatch.setattr("vitrail.kernel.interrupt.HELD_S", PATIENCE_S)
    kernel, client, heard = await meet()
    owner = Owner(kernel)
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream))
    kernel.stall(4 * REPLY_S)
    await interrupt(client, owner)
    await client.settled(exchange)
    assert owner.signals == 0


async def test_kernel_without_control_gets_the_signal(meet: Meet) -> None:
    """IPython 0.13 has no such channel."""
    kernel, _, _ = await meet()
    heard, owner = Recorder(), Owner(kernel)
    client = KernelClient(replace(kernel.connection, control_port=None), listener=heard)
    await client.connect()
    await client.ready(READY_S)
    exchange = client.execute("sleep")
    await heard.until(lambda: heard.of(Stream, exchange))
    await interrupt(client, owner)
    await client.settled(exchange)
    assert owner.signals == 1
    with pytest.raises(UsageError, match="control channel to the kernel is not open"):
        client.send(Channel.CONTROL, KernelInfoRequest())
    client.close()


async def test_interrupt_reaches_another_clients_cell(meet: Meet) -> None:
    kernel, other, _ = await meet()
    heard = Recorder()
    client = KernelClient(kernel.connection, listener=heard)
    await client.connect()
    await client.ready(READY_S)
    exchange = other.execute("sleep")
    await heard.until(lambda: client.is_busy)
    await interrupt(client, None)
    assert not client.is_busy
    await other.settled(exchange)
    client.close()


async def test_opening_twice_is_opening_once(meet: Meet) -> None:
    _, client, _ = await meet()
    await client.connect()
    assert await runs_code(client)


async def test_a_question_cancelled_while_its_kernel_is_lost_is_cancelled(meet: Meet) -> None:
    """Else its asker would go on, with a client that is closed."""
    _, client, _ = await meet(Manners(deaf=frozenset({"complete_request"})))
    went_on: list[str] = []

    async def asker() -> None:
        try:
            await client.ask(CompleteRequest(code="al", cursor_pos=2), timeout_s=READY_S)
        except TimeoutError:
            went_on.append("lost")

    question = asyncio.ensure_future(asker())
    await asyncio.sleep(0)
    question.cancel()
    client.lost()
    with pytest.raises(asyncio.CancelledError):
        await question
    assert went_on == []
