from hypothesis import given
from hypothesis import strategies as st

from vitrail.protocol.replay import DEFAULT_LIMIT, ReplayGuard


def test_a_signature_is_new_once() -> None:
    guard = ReplayGuard()

    assert guard.remember(b"a")
    assert not guard.remember(b"a")
    assert guard.remember(b"b")


def test_the_limit_is_jupyter_clients() -> None:
    assert DEFAULT_LIMIT == 65_536


def test_one_over_the_limit_drops_the_oldest_tenth() -> None:
    guard = ReplayGuard(100)
    for number in range(101):
        guard.remember(b"%d" % number)

    assert len(guard) == 91
    assert b"9" not in guard
    assert b"10" in guard
    assert b"100" in guard


def test_it_shrinks_as_often_as_it_fills() -> None:
    guard = ReplayGuard(100)
    for number in range(111):
        guard.remember(b"%d" % number)

    assert len(guard) == 91


def test_a_limit_of_zero_remembers_nothing() -> None:
    guard = ReplayGuard(0)

    assert guard.remember(b"a")
    assert guard.remember(b"a")
    assert len(guard) == 0


@given(st.integers(1, 30), st.lists(st.binary(max_size=1)))
def test_it_never_holds_more_than_the_limit_and_always_the_latest(
    limit: int, signatures: list[bytes]
) -> None:
    guard = ReplayGuard(limit)
    for signature in signatures:
        guard.remember(signature)
        assert signature in guard
        assert len(guard) <= limit
