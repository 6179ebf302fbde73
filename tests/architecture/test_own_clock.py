"""The clock that liveliness is measured by."""

import os
import subprocess
import sys
import time

import pytest

from support import own_clock
from support.own_clock import own_time_s
from support.patience import PATIENCE_S


def test_time_that_is_slept_passes() -> None:
    began_s = own_time_s()
    time.sleep(0.05)
    assert own_time_s() - began_s > 0.04


@pytest.mark.skipif(not own_clock._ACCOUNT.exists(), reason="the system does not count it")
def test_time_that_others_have_does_not_pass() -> None:
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(ours)})  # one processor for both
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        own_s, wall_s = own_time_s(), time.perf_counter()
        while time.perf_counter() - wall_s < PATIENCE_S and _lost_s(own_s, wall_s) < 0.05:
            pass
        assert _lost_s(own_s, wall_s) >= 0.05
    finally:
        os.sched_setaffinity(0, ours)
        other.kill()
        other.wait()


def _lost_s(own_s: float, wall_s: float) -> float:
    """Return by how much less time passed than on the wall."""
    return (time.perf_counter() - wall_s) - (own_time_s() - own_s)


def test_where_nobody_counts_it_is_the_time_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_clock, "_ACCOUNT", own_clock._ACCOUNT / "none")
    before, own_s, after = time.perf_counter(), own_time_s(), time.perf_counter()
    assert before <= own_s <= after
