from itertools import permutations, product

import pytest

from support.wire import session
from vitrail.protocol.exchange import TRANSITIONS, Exchange, ExchangeEvent, ExchangeState
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply
from vitrail.protocol.requests import ExecuteRequest

BUSY, REPLY, IDLE, LOST = ExchangeEvent
S = ExchangeState

TABLE = {
    (S.SENT, BUSY): S.BUSY,
    (S.SENT, REPLY): S.REPLIED,
    (S.SENT, IDLE): S.QUIET,
    (S.SENT, LOST): S.LOST,
    (S.BUSY, BUSY): S.BUSY,
    (S.BUSY, REPLY): S.REPLIED,
    (S.BUSY, IDLE): S.QUIET,
    (S.BUSY, LOST): S.LOST,
    (S.REPLIED, BUSY): S.REPLIED,
    (S.REPLIED, REPLY): S.REPLIED,
    (S.REPLIED, IDLE): S.DONE,
    (S.REPLIED, LOST): S.LOST,
    (S.QUIET, BUSY): S.QUIET,
    (S.QUIET, REPLY): S.DONE,
    (S.QUIET, IDLE): S.QUIET,
    (S.QUIET, LOST): S.LOST,
    (S.DONE, BUSY): S.DONE,
    (S.DONE, REPLY): S.DONE,
    (S.DONE, IDLE): S.DONE,
    (S.DONE, LOST): S.DONE,
    (S.LOST, BUSY): S.LOST,
    (S.LOST, REPLY): S.LOST,
    (S.LOST, IDLE): S.LOST,
    (S.LOST, LOST): S.LOST,
}


def request(code: str = "1") -> Message:
    return session().new_message(Channel.SHELL, ExecuteRequest(code=code))


def reply() -> Message:
    return session().new_message(Channel.SHELL, ExecuteReply(execution_count=1))


@pytest.mark.parametrize(("state", "event"), list(product(ExchangeState, ExchangeEvent)))
def test_every_state_answers_every_event(state: ExchangeState, event: ExchangeEvent) -> None:
    exchange = Exchange(request())
    exchange.state = state

    exchange.advance(event)

    assert exchange.state is TABLE[state, event]
    assert TRANSITIONS[state][event] is TABLE[state, event]


def test_the_table_has_nothing_else() -> None:
    assert {(state, event) for state, row in TRANSITIONS.items() for event in row} == set(TABLE)


@pytest.mark.parametrize("order", list(permutations([BUSY, REPLY, IDLE])))
def test_done_means_reply_and_idle_in_either_order(order: tuple[ExchangeEvent, ...]) -> None:
    exchange = Exchange(request())
    seen: set[ExchangeEvent] = set()

    for event in order:
        exchange.advance(event)
        seen.add(event)
        assert exchange.is_done == (seen >= {REPLY, IDLE})

    assert exchange.state is S.DONE


@pytest.mark.parametrize("state", [state for state in S if state is not S.DONE])
def test_an_open_exchange_can_be_lost_from_everywhere(state: ExchangeState) -> None:
    exchange = Exchange(request())
    exchange.state = state

    exchange.advance(LOST)

    assert exchange.state is S.LOST
    assert exchange.is_done


def test_the_end_is_told_exactly_once() -> None:
    for events in product(ExchangeEvent, repeat=5):
        exchange = Exchange(request())

        ends = sum(exchange.advance(event) for event in events)

        assert ends == exchange.is_done, events


def test_the_first_reply_is_kept() -> None:
    exchange, first = Exchange(request()), reply()

    assert not exchange.take_reply(first)
    assert not exchange.take_reply(reply())

    assert exchange.reply is first
    assert exchange.advance(IDLE)


def test_a_reply_after_idle_ends_the_exchange() -> None:
    exchange = Exchange(request())
    exchange.advance(IDLE)

    assert exchange.take_reply(reply())


def test_an_exchange_is_visible_unless_said_otherwise() -> None:
    assert Exchange(request()).visible
    assert not Exchange(request(), visible=False).visible


def test_its_repr_names_type_and_state_and_no_code() -> None:
    text = repr(Exchange(request("secret")))

    assert "execute_request" in text
    assert "sent" in text
    assert "secret" not in text
