"""The requests under way, on a clock that the test moves."""

from collections.abc import Iterator

import pytest

from support.stopped_loop import StoppedLoop
from support.wire import session
from vitrail.kernel.exchanges import IDLE_GRACE_S, REPLY_GRACE_S, Exchanges
from vitrail.protocol.exchange import Exchange, ExchangeEvent, ExchangeState
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.requests import ExecuteRequest

A_LITTLE_S = 0.3  # more than one sweep

US = session()


class Book:
    """Exchanges, and what became of them."""

    def __init__(self) -> None:
        self.settled: list[Exchange] = []
        self.exchanges = Exchanges(self.settled.append)

    def send(
        self,
        *,
        visible: bool = True,
        channel: Channel = Channel.SHELL,
        subshell_id: str | None = None,
    ) -> Exchange:
        request = US.new_message(channel, ExecuteRequest(code=""), subshell_id=subshell_id)
        exchange = Exchange(request, visible=visible)
        self.exchanges.add(exchange)
        return exchange

    def reply(self, exchange: Exchange, *, is_in_order: bool = False) -> None:
        self.exchanges.take_reply(exchange, _reply_to(exchange), is_in_order=is_in_order)

    def idle(self, exchange: Exchange) -> None:
        self.exchanges.advance(exchange, ExchangeEvent.IDLE)


def _reply_to(exchange: Exchange) -> Message:
    return US.new_message(exchange.request.channel, ExecuteReply(), parent=exchange.request)


@pytest.fixture
def loop() -> Iterator[StoppedLoop]:
    with StoppedLoop() as loop:
        yield loop


@pytest.fixture
def book(loop: StoppedLoop) -> Book:
    return Book()


def test_request_is_found_until_it_is_settled(book: Book) -> None:
    exchange = book.send()
    msg_id = exchange.request.msg_id
    assert book.exchanges.find(msg_id) is exchange
    assert book.exchanges.visible() == (exchange,)
    book.reply(exchange)
    book.idle(exchange)
    assert book.exchanges.find(msg_id) is None
    assert book.exchanges.visible() == ()
    assert book.settled == [exchange]


def test_no_parent_has_no_exchange(book: Book) -> None:
    assert book.exchanges.find(None) is None
    assert not book.exchanges.is_hidden(None)


def test_hidden_request_stays_known_as_hidden(book: Book) -> None:
    hidden, shown = book.send(visible=False), book.send()
    for exchange in (hidden, shown):
        book.reply(exchange)
        book.idle(exchange)
    assert book.exchanges.is_hidden(hidden.request.msg_id)
    assert not book.exchanges.is_hidden(shown.request.msg_id)


def test_memory_of_hidden_requests_is_bounded(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vitrail.kernel.exchanges._REMEMBERED_HIDDEN", 3)
    ids = [book.send(visible=False).request.msg_id for _ in range(5)]
    assert [book.exchanges.is_hidden(msg_id) for msg_id in ids] == [False, False, True, True, True]


def test_missing_idle_is_waited_for_and_then_assumed(loop: StoppedLoop, book: Book) -> None:
    exchange = book.send()
    book.reply(exchange)
    loop.advance(IDLE_GRACE_S - A_LITTLE_S)
    assert book.settled == []
    loop.advance(2 * A_LITTLE_S)
    assert exchange.state is ExchangeState.DONE
    assert loop.pending == 0


def test_idle_is_not_assumed_while_output_streams_in(loop: StoppedLoop, book: Book) -> None:
    exchange = book.send()
    book.reply(exchange)
    for _ in range(20):
        loop.advance(IDLE_GRACE_S / 2)
        book.exchanges.note_iopub()
    assert book.settled == []
    loop.advance(IDLE_GRACE_S + A_LITTLE_S)
    assert book.settled == [exchange]


def test_missing_reply_is_waited_for_and_then_given_up(loop: StoppedLoop, book: Book) -> None:
    exchange = book.send()
    book.idle(exchange)
    loop.advance(REPLY_GRACE_S - A_LITTLE_S)
    assert book.settled == []
    loop.advance(2 * A_LITTLE_S)
    assert exchange.state is ExchangeState.LOST


def test_request_that_is_not_answered_at_all_waits_for_ever(loop: StoppedLoop, book: Book) -> None:
    exchange = book.send()
    book.exchanges.advance(exchange, ExchangeEvent.BUSY)
    loop.advance(10_000)
    assert book.settled == []


def test_later_reply_of_the_same_shell_ends_the_wait_for_an_earlier_one(book: Book) -> None:
    earlier, later = book.send(), book.send()
    book.idle(earlier)
    book.reply(later)
    assert earlier.state is ExchangeState.LOST


def test_later_reply_elsewhere_says_nothing(book: Book) -> None:
    earlier = book.send()
    on_control = book.send(channel=Channel.CONTROL)
    in_subshell = book.send(subshell_id="s")
    book.idle(earlier)
    book.reply(on_control)
    book.reply(in_subshell)
    assert earlier.state is ExchangeState.QUIET


def test_later_reply_does_not_end_what_still_runs(book: Book) -> None:
    earlier, later = book.send(), book.send()
    book.exchanges.advance(earlier, ExchangeEvent.BUSY)
    book.reply(later)
    assert not earlier.is_done


def test_all_are_lost_in_order(book: Book) -> None:
    sent = [book.send(), book.send(visible=False), book.send()]
    book.exchanges.lose_all()
    book.exchanges.lose_all()
    assert book.settled == sent


def test_stop_leaves_no_timer(loop: StoppedLoop, book: Book) -> None:
    book.idle(book.send())
    book.exchanges.stop()
    book.exchanges.stop()
    assert loop.pending == 0


def test_request_that_an_orderly_kernel_passed_over_is_lost(book: Book) -> None:
    """IPython 0.13 to 2 give no reply and no idle to code that is interrupted before it runs."""
    first, control, last = book.send(), book.send(channel=Channel.CONTROL), book.send()
    book.exchanges.advance(first, ExchangeEvent.BUSY)
    book.reply(last, is_in_order=True)
    assert (first.state, last.state) == (ExchangeState.LOST, ExchangeState.REPLIED)
    assert control.state is ExchangeState.SENT
    assert book.settled == [first]


def test_request_that_still_runs_is_not_lost_by_a_later_reply(book: Book) -> None:
    first, last = book.send(), book.send()
    book.exchanges.advance(first, ExchangeEvent.BUSY)
    book.reply(last)
    assert first.state is ExchangeState.BUSY
