from collections.abc import Callable
from typing import Any, cast

import pytest

from support.wire import header, message, session
from vitrail.kernel.client import KernelClient
from vitrail.presenters.execution import PASSWORD_ECHO, Execution
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.exchange import Exchange, ExchangeEvent
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import InputRequest
from vitrail.protocol.requests import ExecuteRequest
from vitrail_widgets.transcript.cells import Cell, CellStatus, Notice, StreamOutput
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.transcript import Transcript

OURS = "our-session"


class SilentClient:
    """Takes what an execution sends and answers when the test says so."""

    session_id = OURS

    def __init__(self) -> None:
        self.listener: Any = None
        self.sent: list[Exchange] = []
        self.answers: list[str] = []

    def execute(self, code: str, *, msg_id: str, allow_stdin: bool) -> Exchange:
        request = session().new_message(
            Channel.SHELL, ExecuteRequest(code=code, allow_stdin=allow_stdin), msg_id=msg_id
        )
        self.sent.append(Exchange(request))
        return self.sent[-1]

    def answer_input(self, value: str, request: Message) -> None:
        del request
        self.answers.append(value)

    def hear(self, msg_type: str, parent: str, session_id: str = OURS, **content: Any) -> None:
        cause = header("execute_request", msg_id=parent, session=session_id)
        channel = Channel.STDIN if msg_type == "input_request" else Channel.IOPUB
        frames = message(msg_type, content, parent=cause)
        self.listener.message_received(session(replay_limit=0).decode(channel, frames))

    def finish(self, index: int, status: str = "ok", **content: Any) -> None:
        exchange = self.sent[index]
        cause = header("execute_request", msg_id=exchange.request.msg_id, session=OURS)
        frames = message("execute_reply", {"status": status, **content}, parent=cause)
        reply = session(replay_limit=0).decode(Channel.SHELL, frames)
        exchange.take_reply(reply)
        self.listener.message_received(reply)
        exchange.advance(ExchangeEvent.IDLE)
        self.listener.exchange_settled(exchange)

    def lose(self, index: int) -> None:
        self.sent[index].advance(ExchangeEvent.LOST)
        self.listener.exchange_settled(self.sent[index])


class Witness:
    """An ExecutionListener that remembers."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.asked: list[tuple[str, str]] = []
        self.withdrawn = 0
        self.payloads: list[dict[str, object]] = []
        self.on_count: Callable[[], None] = lambda: None

    def transcript_changed(self, changes: tuple[Change, ...]) -> None:
        self.changes.extend(changes)

    def expected_count_changed(self) -> None:
        self.on_count()

    def input_requested(self, cell_id: str, request: InputRequest) -> None:
        self.asked.append((cell_id, request.prompt))

    def input_withdrawn(self) -> None:
        self.withdrawn += 1

    def payload_received(self, payload: dict[str, object], cell_id: str) -> None:
        del cell_id
        self.payloads.append(payload)


class Bench:
    """An execution between a silent client and a witness."""

    def __init__(self) -> None:
        self.client, self.witness = SilentClient(), Witness()
        self.clock = 100.0
        self.execution = Execution(Transcript(), self.witness, now=lambda: self.clock)
        self.execution.attach(cast("KernelClient", self.client))

    def status(self, cell_id: str) -> CellStatus:
        cell = self.execution.transcript.cell(cell_id)
        assert cell is not None
        return cell.status

    def counts(self) -> list[int | None]:
        cells = [self.execution.transcript.cell(e.id) for e in self.execution.transcript.entries]
        return [cell.count for cell in cells if cell is not None]


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.execution.begin(0)
    return made


def test_code_waits_until_the_kernel_answers() -> None:
    bench = Bench()
    cell_id = bench.execution.submit("1")
    assert bench.status(cell_id) is CellStatus.QUEUED
    assert bench.client.sent == []
    bench.execution.begin(4)
    assert bench.status(cell_id) is CellStatus.RUNNING
    assert bench.counts() == [5]


def test_one_cell_is_at_the_kernel_at_a_time(bench: Bench) -> None:
    for code in ("1", "2", "3"):
        bench.execution.submit(code)
    assert len(bench.client.sent) == 1
    bench.client.finish(0, execution_count=1)
    assert [e.request.content.code for e in bench.client.sent] == ["1", "2"]  # type: ignore[attr-defined]


def test_a_reply_without_idle_does_not_finish_a_cell(bench: Bench) -> None:
    cell_id = bench.execution.submit("1")
    bench.client.hear("status", cell_id, execution_state="busy")
    bench.client.hear("stream", cell_id, text="x")
    assert bench.status(cell_id) is CellStatus.RUNNING
    assert bench.execution.is_busy


def test_the_next_number_counts_what_waits(bench: Bench) -> None:
    assert bench.execution.expected_count == 1
    bench.execution.submit("1")
    assert bench.execution.expected_count == 2
    bench.execution.submit("2")
    assert bench.execution.expected_count == 3
    bench.client.finish(0, execution_count=1)
    assert bench.execution.expected_count == 3


def test_another_clients_cell_renumbers_what_waits(bench: Bench) -> None:
    first = bench.execution.submit("1")
    bench.client.hear("execute_input", first, code="1", execution_count=1)
    bench.execution.submit("2")
    assert bench.counts() == [1, 2]
    bench.client.hear("execute_input", "x", "theirs", code="t", execution_count=2)
    assert bench.counts() == [1, 2, 3]
    assert bench.execution.expected_count == 4


def test_a_reply_that_comes_after_anothers_input_does_not_turn_the_count_back(
    bench: Bench,
) -> None:
    bench.execution.submit("1")
    bench.client.hear("execute_input", "x", "theirs", code="t", execution_count=2)
    bench.client.finish(0, execution_count=1)
    assert bench.execution.expected_count == 3


@pytest.mark.parametrize("status", ["error", "aborted"])
def test_after_a_failure_the_rest_is_withdrawn(bench: Bench, status: str) -> None:
    bench.execution.submit("1/0")
    waiting = bench.execution.submit("2")
    bench.client.finish(0, status)
    assert bench.status(waiting) is CellStatus.ABORTED
    assert not bench.execution.is_busy
    assert len(bench.client.sent) == 1


def test_an_interrupt_withdraws_what_waits_and_not_what_comes_after_it(bench: Bench) -> None:
    bench.execution.submit("for ever")
    before = bench.execution.submit("before")
    bench.execution.interrupted()
    after = bench.execution.submit("after")
    bench.client.finish(0, "error", ename="KeyboardInterrupt", evalue="", traceback=[])
    assert bench.status(before) is CellStatus.ABORTED
    assert bench.status(after) is CellStatus.RUNNING
    last = bench.execution.submit("last")
    bench.client.finish(1, "error", ename="E", evalue="", traceback=[])
    assert bench.status(last) is CellStatus.ABORTED


def test_what_was_not_run_is_run_after_all_in_its_order(bench: Bench) -> None:
    for code in ("1/0", "2", "3"):
        bench.execution.submit(code)
    bench.client.finish(0, "error")
    assert bench.execution.run_the_rest() == 2
    bench.client.finish(1)
    assert [e.request.content.code for e in bench.client.sent] == ["1/0", "2", "3"]  # type: ignore[attr-defined]
    assert bench.execution.run_the_rest() == 0


def test_what_is_run_after_all_leaves_nothing_behind_that_was_not_run(bench: Bench) -> None:
    failed = bench.execution.submit("1/0")
    bench.execution.submit("2")
    third = bench.execution.submit("3")
    bench.client.finish(0, "error")
    bench.execution.run_again(third)
    bench.execution.run_the_rest()
    entries = bench.execution.transcript.entries
    cells = [entry for entry in entries if isinstance(entry, Cell)]
    assert [cell.code for cell in cells] == ["1/0", "3", "2"]
    bench.execution.run_again(failed)  # it was run: what it said stays
    assert entries[0] is cells[0]
    assert len(entries) == 4


def test_one_cell_is_run_again_and_the_rest_stays_to_be_run(bench: Bench) -> None:
    bench.execution.submit("1/0")
    bench.execution.submit("2")
    third = bench.execution.submit("3")
    bench.client.finish(0, "error")
    bench.execution.run_again(third)
    assert [e.request.content.code for e in bench.client.sent] == ["1/0", "3"]  # type: ignore[attr-defined]
    bench.client.finish(1)
    assert bench.execution.run_the_rest() == 1


def test_a_lost_kernel_loses_its_cell_and_keeps_the_rest_unsent(bench: Bench) -> None:
    lost = bench.execution.submit("1")
    waiting = bench.execution.submit("2")
    bench.client.lose(0)
    assert bench.status(lost) is CellStatus.LOST
    assert bench.status(waiting) is CellStatus.ABORTED


def test_a_question_is_answered_and_echoed(bench: Bench) -> None:
    cell_id = bench.execution.submit("input('? ')")
    bench.client.hear("input_request", cell_id, prompt="? ", password=False)
    assert bench.witness.asked == [(cell_id, "? ")]
    bench.execution.answer("yes")
    assert bench.client.answers == ["yes"]
    assert text_of(bench, cell_id) == "? yes"


def test_a_password_is_not_echoed(bench: Bench) -> None:
    cell_id = bench.execution.submit("getpass()")
    bench.client.hear("input_request", cell_id, prompt="Key: ", password=True)
    bench.execution.answer("hunter2")
    assert bench.client.answers == ["hunter2"]
    assert text_of(bench, cell_id) == f"Key: {PASSWORD_ECHO}"


def test_a_password_that_is_asked_without_a_word_says_what_it_is(bench: Bench) -> None:
    cell_id = bench.execution.submit("getpass()")
    bench.client.hear("input_request", cell_id, prompt="", password=True)
    bench.execution.answer("hunter2")
    assert text_of(bench, cell_id) == f"Password: {PASSWORD_ECHO}"


def test_an_answer_without_a_question_goes_nowhere(bench: Bench) -> None:
    bench.execution.answer("to whom?")
    assert bench.client.answers == []


def test_a_question_is_withdrawn_when_its_cell_ends(bench: Bench) -> None:
    cell_id = bench.execution.submit("input()")
    bench.client.hear("input_request", cell_id, prompt="", password=False)
    bench.client.finish(0, "error", ename="KeyboardInterrupt")
    assert bench.witness.withdrawn == 1
    bench.execution.answer("late")
    assert bench.client.answers == []


def test_payloads_of_a_running_cell_that_came_elsewhere_are_told(bench: Bench) -> None:
    bench.execution.submit("?print")
    bench.execution.payloads_strayed([{"source": "page"}], bench.client.sent[0])
    assert bench.witness.payloads == [{"source": "page"}]


def test_payloads_are_told_whatever_the_outcome(bench: Bench) -> None:
    bench.execution.submit("1")
    bench.client.finish(0, "error", payload=[{"source": "page"}])
    assert bench.witness.payloads == [{"source": "page"}]


def test_a_kind_of_refusal_is_told_once(bench: Bench) -> None:
    error = ProtocolError("It is not signed.", refusal=Refusal.UNSIGNED)
    for _ in range(3):
        bench.execution.refused(error, Channel.IOPUB)
    bench.execution.refused(error, Channel.SHELL)
    notices = [e for e in bench.execution.transcript.entries if isinstance(e, Notice)]
    assert len(notices) == 2


def test_nothing_is_sent_while_the_kernel_is_away(bench: Bench) -> None:
    bench.execution.pause()
    bench.execution.submit("1")
    assert bench.client.sent == []


def test_times_are_taken_from_the_clock_that_is_given(bench: Bench) -> None:
    cell_id = bench.execution.submit("1")
    bench.clock = 103.5
    bench.client.finish(0)
    cell = bench.execution.transcript.cell(cell_id)
    assert cell is not None
    assert (cell.started_at, cell.finished_at) == (100.0, 103.5)


def text_of(bench: Bench, cell_id: str) -> str:
    cell = bench.execution.transcript.cell(cell_id)
    assert cell is not None
    (output,) = cell.outputs
    assert isinstance(output, StreamOutput)
    return output.text.buffer.plain_text()


def test_an_aborted_cell_is_offered_again(bench: Bench) -> None:
    """A kernel aborts what waits in it when another client's cell fails (E8, E9)."""
    first = bench.execution.submit("1")
    second = bench.execution.submit("2")
    bench.client.finish(0, status="aborted")
    assert bench.execution.queue.rest == [first, second]
    assert bench.execution.run_the_rest() == 2
    assert bench.execution.queue.rest == []
