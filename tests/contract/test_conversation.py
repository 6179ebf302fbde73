"""What a client can rely on, checked against the fake kernel and a real one alike."""

import asyncio

import pytest

from support.patience import PATIENCE_S
from support.recorder import Recorder
from support.subjects import AWAIT, FLOOD, FREE, LATE, READY_S, SLEEP, Attach, Subject
from vitrail.kernel.client import KernelClient, RequestLostError
from vitrail.protocol.broadcasts import (
    Error,
    ExecuteInput,
    ExecuteResult,
    IopubWelcome,
    Status,
    Stream,
)
from vitrail.protocol.content import Unknown
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import (
    CompleteReply,
    ExecuteReply,
    HistoryReply,
    InputRequest,
    KernelInfoReply,
)
from vitrail.protocol.requests import (
    CompleteRequest,
    ExecuteRequest,
    HistoryRequest,
    IsCompleteRequest,
    KernelInfoRequest,
)


async def test_result_comes_between_busy_and_idle_of_its_request(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("6*7")
    await heard.until(lambda: heard.settled)
    own = [m for m in heard.messages if m.parent_id == exchange.request.msg_id]
    iopub = [m.msg_type for m in own if m.channel is Channel.IOPUB]
    assert iopub == ["status", "execute_input", "execute_result", "status"]
    assert [s.execution_state for s in heard.of(Status, exchange)] == ["busy", "idle"]
    assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "42"


async def test_exchange_ends_once_with_its_reply(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("6*7")
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    assert heard.settled == [exchange]
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    [started] = heard.of(ExecuteInput, exchange)
    assert exchange.reply.content.execution_count == started.execution_count


async def test_printed_text_comes_as_stream(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("print('hello')")
    await client.settled(exchange)
    assert "".join(s.text for s in heard.of(Stream, exchange)) == "hello\n"


async def test_own_message_id_is_kept(attach: Attach) -> None:
    client, _ = await attach()
    msg_id = client.new_id()
    exchange = client.execute("6*7", msg_id=msg_id)
    await client.settled(exchange)
    assert exchange.reply is not None
    assert exchange.reply.parent_id == msg_id


async def test_error_comes_as_broadcast_and_in_the_reply(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("1/0")
    await client.settled(exchange)
    assert [e.ename for e in heard.of(Error, exchange)] == ["ZeroDivisionError"]
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    assert exchange.reply.content.status == "error"


async def test_nothing_of_a_hidden_request_reaches_the_listener(attach: Attach) -> None:
    client, heard = await attach()
    request = ExecuteRequest(code="1/0", silent=False, store_history=False)
    reply = await client.ask(request, timeout_s=PATIENCE_S)
    assert isinstance(reply.content, ExecuteReply)
    assert reply.content.ename == "ZeroDivisionError"
    exchange = client.execute("6*7")  # what was published before it has arrived before it
    await client.settled(exchange)
    assert heard.of(Error) == []
    assert {m.parent_id for m in heard.messages if m.parent_id} <= {exchange.request.msg_id}
    assert heard.settled == [exchange]


async def test_late_output_keeps_the_parent_that_caused_it(attach: Attach) -> None:
    client, heard = await attach()
    first = client.execute(LATE)
    await client.settled(first)
    second = client.execute(FREE)
    await heard.until(lambda: heard.of(Stream))
    await client.settled(second)
    assert [s.text for s in heard.of(Stream, first)] == ["late\n"]
    assert heard.of(Stream, second) == []


async def test_user_expressions_come_back(attach: Attach) -> None:
    client, _ = await attach()
    exchange = client.execute("", silent=True, user_expressions={"abs": "abs"})
    await client.settled(exchange)
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    assert exchange.reply.content.user_expressions is not None
    assert exchange.reply.content.user_expressions["abs"]["status"] == "ok"


async def test_questions_are_answered(attach: Attach) -> None:
    client, heard = await attach()
    info = await client.ask(KernelInfoRequest(), timeout_s=PATIENCE_S)
    assert isinstance(info.content, KernelInfoReply)
    history = await client.ask(HistoryRequest(n=1), timeout_s=PATIENCE_S)
    assert isinstance(history.content, HistoryReply)
    assert heard.of(Status) == []


async def test_request_without_a_reply_is_given_up_before_its_deadline(attach: Attach) -> None:
    client, _ = await attach()
    # ipykernel 7.4 answers an unknown request with busy and idle alone.
    request = Unknown(msg_type="nonsense_request", fields={})
    with pytest.raises(RequestLostError):
        await client.ask(request, timeout_s=PATIENCE_S)


async def test_deadline_ends_a_question(attach: Attach, subject: Subject) -> None:
    client, heard = await attach()
    running = client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream))
    with pytest.raises(TimeoutError, match="did not answer the is_complete_request within"):
        await client.ask(IsCompleteRequest(code="al"), timeout_s=0.05)
    await subject.interrupt(client)
    await client.settled(running)


@pytest.mark.parametrize("code", [SLEEP, AWAIT])
async def test_interrupt_ends_a_cell(attach: Attach, subject: Subject, code: str) -> None:
    client, heard = await attach()
    exchange = client.execute(code)
    await heard.until(lambda: heard.of(Stream, exchange))
    await subject.interrupt(client)
    await client.settled(exchange)
    [error] = heard.of(Error, exchange)
    # CancelledError when it was waiting already, as it nearly always is
    assert error.ename in ("KeyboardInterrupt", "CancelledError")


async def test_interrupt_of_an_idle_kernel_changes_nothing(
    attach: Attach, subject: Subject
) -> None:
    client, heard = await attach()
    await subject.interrupt(client)
    exchange = client.execute("6*7")
    await client.settled(exchange)
    assert heard.of(ExecuteResult, exchange)


async def test_queue_behind_an_error_is_aborted(attach: Attach, subject: Subject) -> None:
    client, heard = await attach()
    first = client.execute(SLEEP)
    second = client.execute("6*7")
    await heard.until(lambda: heard.of(Stream, first))
    await subject.interrupt(client)
    await client.settled(second)
    assert second.reply is not None
    assert isinstance(second.reply.content, ExecuteReply)
    assert second.reply.content.is_aborted
    assert heard.of(ExecuteResult, second) == []


async def test_question_is_answered_while_a_cell_runs(attach: Attach, subject: Subject) -> None:
    client, heard = await attach()
    exchange = client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream, exchange))
    reply = await client.aside(CompleteRequest(code="al", cursor_pos=2), 20)
    assert isinstance(reply.content, CompleteReply)
    assert not exchange.is_done
    await subject.interrupt(client)
    await client.settled(exchange)


async def test_input_works_after_an_aside(attach: Attach) -> None:
    """A background request with allow_stdin false would forbid it (ipykernel 7.4)."""
    client, heard = await attach()
    exchange = client.execute("input('name? ')")
    await heard.until(lambda: heard.of(InputRequest))
    await client.aside(ExecuteRequest(code="", allow_stdin=False), 20)
    asked = next(m for m in heard.messages if isinstance(m.content, InputRequest))
    client.answer_input("Ada", asked)
    await client.settled(exchange)
    assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "'Ada'"
    again = client.execute("input('name? ')")
    await heard.until(lambda: len(heard.of(InputRequest)) == 2)
    client.answer_input("Grace", heard.messages[-1])
    await client.settled(again)
    assert heard.of(ExecuteResult, again)[0].data["text/plain"] == "'Grace'"


async def test_password_is_asked_for_as_one(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("import getpass; getpass.getpass('pass? ')")
    await heard.until(lambda: heard.of(InputRequest))
    assert heard.of(InputRequest) == [InputRequest(prompt="pass? ", password=True)]
    client.answer_input("secret", heard.messages[-1])
    await client.settled(exchange)


async def test_end_of_file_answers_input(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("input('name? ')")
    await heard.until(lambda: heard.of(InputRequest))
    client.answer_input("\x04", heard.messages[-1])
    await client.settled(exchange)
    assert [e.ename for e in heard.of(Error, exchange)] == ["EOFError"]


async def test_hidden_request_that_asks_gets_end_of_file(attach: Attach) -> None:
    client, heard = await attach()
    request = ExecuteRequest(code="input('name? ')", store_history=False)
    reply = await client.ask(request, timeout_s=PATIENCE_S)
    assert isinstance(reply.content, ExecuteReply)
    assert reply.content.ename == "EOFError"
    assert heard.of(InputRequest) == []


async def test_input_is_asked_of_the_client_that_runs_the_code(attach: Attach) -> None:
    asker, heard = await attach()
    _, overheard = await attach()
    exchange = asker.execute("input('name? ')")
    await heard.until(lambda: heard.of(InputRequest))
    asker.answer_input("Ada", heard.messages[-1])
    await asker.settled(exchange)
    await overheard.until(lambda: overheard.of(ExecuteResult, exchange))
    assert overheard.of(InputRequest) == []


async def test_two_clients_hear_each_other_and_count_together(attach: Attach) -> None:
    (one, heard_one), (two, heard_two) = await attach(), await attach()
    assert one.session_id != two.session_id
    first = one.execute("6*7")
    await one.settled(first)
    second = two.execute("6*7")
    await heard_one.until(lambda: heard_one.of(ExecuteResult, second))
    await heard_two.until(lambda: heard_two.of(ExecuteResult, first))
    [count_one] = [i.execution_count for i in heard_two.of(ExecuteInput, first)]
    [count_two] = [i.execution_count for i in heard_one.of(ExecuteInput, second)]
    assert count_one is not None
    assert count_two == count_one + 1
    await two.settled(second)
    assert heard_one.settled == [first]
    assert heard_two.settled == [second]


async def test_another_clients_cell_makes_the_kernel_busy(attach: Attach, subject: Subject) -> None:
    (one, _), (two, heard_two) = await attach(), await attach()
    exchange = one.execute(SLEEP)
    await heard_two.until(lambda: heard_two.of(Stream, exchange))
    assert two.is_busy
    await subject.interrupt(one)
    await heard_two.until(lambda: not two.is_busy)
    await one.settled(exchange)


async def test_flood_arrives_whole_and_lets_the_loop_turn(attach: Attach) -> None:
    client, heard = await attach()
    loop = asyncio.get_running_loop()
    ticks: list[int] = []  # how many messages were there at each tick

    def tick() -> None:
        ticks.append(len(heard.messages))
        if not heard.settled:
            loop.call_soon(tick)

    exchange = client.execute(FLOOD)
    tick()
    await client.settled(exchange)
    text = "".join(s.text for s in heard.of(Stream, exchange))
    assert text == "".join(f"{i}\n" for i in range(20_000))
    during = [n for n in set(ticks) if 0 < n < len(heard.messages)]
    assert len(during) >= 10


async def test_who_attaches_is_welcomed_by_a_word_that_nobody_else_has_used(
    subject: Subject,
) -> None:
    """The first subscriber alone is welcomed to everything, each to a topic of its own."""
    assert await _word_of_welcome(subject) != await _word_of_welcome(subject)


async def _word_of_welcome(subject: Subject) -> str:
    heard = Recorder()
    client = KernelClient(subject.connection, listener=heard, is_shared=True)

    def words() -> list[str]:
        return [each.subscription for each in heard.of(IopubWelcome) if each.subscription]

    try:
        await client.connect()
        await client.ready(READY_S)
        await heard.until(words)
    finally:
        client.close()
    [word] = words()
    return word
