"""The heartbeat, on a clock that the test moves."""

from collections.abc import Iterator

import pytest

from support.stopped_loop import StoppedLoop
from vitrail.kernel.heartbeat import ALLOWED_MISSES, Heartbeat


class Patient:
    """A heartbeat, and the kernel that answers it or does not."""

    def __init__(self) -> None:
        self.pings = 0
        self.answers = True
        self.told: list[bool] = []
        self.heartbeat = Heartbeat(self._ping, self.told.append, interval_s=1.0)

    def _ping(self) -> None:
        self.pings += 1
        if self.answers:
            self.heartbeat.echoed()


@pytest.fixture
def loop() -> Iterator[StoppedLoop]:
    with StoppedLoop() as loop:
        yield loop


@pytest.fixture
def patient(loop: StoppedLoop) -> Patient:
    patient = Patient()
    patient.heartbeat.start()
    return patient


def test_healthy_kernel_is_pinged_every_second(loop: StoppedLoop, patient: Patient) -> None:
    loop.advance(10)
    assert patient.pings == 11
    assert patient.heartbeat.is_beating
    assert patient.told == []


def test_missed_beats_are_told_once(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    loop.advance(ALLOWED_MISSES)
    assert patient.told == []
    loop.advance(10)
    assert patient.told == [False]


def test_return_is_told(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    loop.advance(10)
    patient.answers = True
    loop.advance(1)
    assert patient.told == [False, True]


def test_late_answer_counts(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    for _ in range(10):
        loop.advance(1.5)
        patient.heartbeat.echoed()
    assert patient.told == []


def test_our_own_standstill_is_no_miss(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    for _ in range(ALLOWED_MISSES + 1):
        loop.advance(5, blocked=True)
    assert patient.told == []


def test_stop_ends_the_pings(loop: StoppedLoop, patient: Patient) -> None:
    patient.heartbeat.stop()
    patient.heartbeat.stop()
    loop.advance(10)
    assert patient.pings == 1
    assert loop.pending == 0


def test_listener_may_stop_it(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    patient.heartbeat._changed = lambda _: patient.heartbeat.stop()
    loop.advance(10)
    assert loop.pending == 0


def test_start_begins_anew(loop: StoppedLoop, patient: Patient) -> None:
    patient.answers = False
    loop.advance(10)
    patient.heartbeat.start()
    assert patient.heartbeat.is_beating
    loop.advance(ALLOWED_MISSES - 1)
    assert patient.told == [False]
    loop.advance(1)
    assert patient.told == [False, False]
    assert loop.pending == 1
