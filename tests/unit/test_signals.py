"""What ends a program, and with it the kernel that it has started."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from vitrail.signals import be_cancelled_by_signals

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def _unchanged() -> Iterator[None]:
    before = {which: signal.getsignal(which) for which in ENDING}
    for which in ENDING:
        signal.signal(which, signal.default_int_handler)
    yield
    for which, handler in before.items():
        signal.signal(which, handler)


async def interrupted(times: int, send: Callable[[], None]) -> int:
    """Return how often a task was cancelled to which a signal is sent so often."""
    be_cancelled_by_signals()
    cancelled = 0
    for _ in range(times):
        send()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.Future()
        cancelled += 1
    return cancelled


@pytest.mark.parametrize("which", ENDING)
def test_each_signal_cancels_and_the_second_once_more(which: signal.Signals) -> None:
    """Ctrl+C too: a KeyboardInterrupt would end the loop in the middle of whatever it does."""
    assert asyncio.run(interrupted(2, lambda: os.kill(os.getpid(), which))) == 2


def test_ignored_signal_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def send() -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)

    assert asyncio.run(interrupted(1, send)) == 1
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
