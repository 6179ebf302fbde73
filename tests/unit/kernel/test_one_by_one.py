"""Requests to a kernel that can bear one at a time, on a clock that the test moves."""

import asyncio
from collections.abc import Iterator

import pytest

from support.stopped_loop import StoppedLoop
from support.wire import session
from vitrail.kernel.one_by_one import HIDDEN_S, OneByOne
from vitrail.protocol.content import Content
from vitrail.protocol.exchange import Exchange, ExchangeEvent, ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest, InterruptRequest, ShutdownRequest

US = session()
XEUS = KernelInfoReply(implementation="xeus-python")
IPYKERNEL = KernelInfoReply(implementation="ipython")


class Line:
    """Requests in single file, and which of them were sent."""

    def __init__(self, info: KernelInfoReply = XEUS, under_way: tuple[Exchange, ...] = ()) -> None:
        self.sent: list[Exchange] = []
        self.is_busy = False
        self.one_by_one = OneByOne(lambda exchange, _: self.sent.append(exchange), self.busy)
        self.one_by_one.begin(info, under_way)

    def busy(self) -> bool:
        return self.is_busy

    def take(self, exchange: Exchange) -> Exchange:
        self.one_by_one.take(exchange, [])
        return exchange

    def end(self, exchange: Exchange) -> None:
        exchange.advance(ExchangeEvent.REPLY)
        exchange.advance(ExchangeEvent.IDLE)
        self.one_by_one.note_idle(exchange.request.msg_id)
        self.one_by_one.go_on()

    def give_up(self, exchange: Exchange) -> None:
        exchange.advance(ExchangeEvent.LOST)
        self.one_by_one.go_on()


def request(*, visible: bool = False, content: Content | None = None) -> Exchange:
    message = US.new_message(Channel.SHELL, content or ExecuteRequest(code=""))
    return Exchange(message, visible=visible)


@pytest.fixture
def loop() -> Iterator[StoppedLoop]:
    with StoppedLoop() as loop:
        yield loop


@pytest.fixture
def line(loop: StoppedLoop) -> Line:
    return Line()


def test_other_kernels_get_everything_at_once(loop: StoppedLoop) -> None:
    line = Line(IPYKERNEL)
    asked = [line.take(request()) for _ in range(3)]
    assert line.sent == asked
    assert loop.pending == 0


def test_a_request_is_sent_when_the_one_before_it_is_replied_and_idle(line: Line) -> None:
    first, second = line.take(request()), line.take(request())
    first.advance(ExchangeEvent.IDLE)
    line.one_by_one.go_on()
    assert line.sent == [first]
    first.advance(ExchangeEvent.REPLY)
    line.one_by_one.go_on()
    assert line.sent == [first, second]


def test_what_the_user_waits_for_goes_first(line: Line) -> None:
    asked, aside, cell = (line.take(request(visible=visible)) for visible in (False, False, True))
    line.end(asked)
    line.end(cell)
    assert line.sent == [asked, cell, aside]


@pytest.mark.parametrize("content", [InterruptRequest(), ShutdownRequest()])
def test_interrupts_and_the_end_are_never_kept_back(line: Line, content: Content) -> None:
    cell = line.take(request(visible=True))
    urgent = line.take(request(content=content))
    assert line.sent == [cell, urgent]


def test_nothing_is_sent_while_another_client_keeps_the_kernel_busy(line: Line) -> None:
    line.is_busy = True
    cell = line.take(request(visible=True))
    assert line.sent == []
    line.is_busy = False
    line.one_by_one.go_on()
    assert line.sent == [cell]


def test_a_question_that_was_given_up_before_its_turn_is_not_sent(line: Line) -> None:
    cell, aside = line.take(request(visible=True)), line.take(request())
    line.give_up(aside)
    line.end(cell)
    assert line.sent == [cell]


def test_a_question_that_was_given_up_holds_the_line_until_the_kernel_is_done_with_it(
    line: Line,
) -> None:
    aside, cell = line.take(request()), line.take(request(visible=True))
    line.give_up(aside)
    assert line.sent == [aside]
    line.one_by_one.note_idle(aside.request.msg_id)
    line.one_by_one.go_on()
    assert line.sent == [aside, cell]


def test_a_question_without_an_answer_does_not_hold_the_line_for_ever(
    loop: StoppedLoop, line: Line
) -> None:
    aside, cell = line.take(request()), line.take(request(visible=True))
    line.give_up(aside)
    loop.advance(HIDDEN_S - 0.1)
    assert line.sent == [aside]
    loop.advance(0.2)
    assert line.sent == [aside, cell]


def test_a_long_cell_holds_the_line_as_long_as_it_runs(loop: StoppedLoop, line: Line) -> None:
    cell = line.take(request(visible=True))
    line.take(request())
    loop.advance(100 * HIDDEN_S)
    assert line.sent == [cell]


def test_what_was_asked_before_the_kernel_was_known_is_waited_for(loop: StoppedLoop) -> None:
    opening = request()
    line = Line(under_way=(opening,))
    cell = line.take(request(visible=True))
    assert line.sent == []
    line.end(opening)
    assert line.sent == [cell]


def test_nothing_is_left_of_a_kernel_that_is_gone(loop: StoppedLoop, line: Line) -> None:
    line.take(request())
    line.take(request())
    line.one_by_one.reset()
    assert loop.pending == 0
    line.one_by_one.begin(XEUS, ())
    again = line.take(request())
    assert line.sent[-1] is again


async def test_who_is_patient_waits_until_nothing_is_under_way() -> None:
    line = Line()
    cell = line.take(request(visible=True))
    waiting = asyncio.create_task(line.one_by_one.free())
    await asyncio.sleep(0)
    assert not waiting.done()
    line.end(cell)
    await waiting
    assert cell.state is ExchangeState.DONE
