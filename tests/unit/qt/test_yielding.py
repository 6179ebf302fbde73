"""Threads hand over the interpreter sooner while one of ours works."""

import sys

from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.yielding import SWITCH_S, QuickSwitching
from vitrail_widgets.render.image_loader import ImageLoader


class Taker:
    def __init__(self) -> None:
        self.taken: list[float] = []

    def take(self, seconds: float) -> None:
        self.taken.append(seconds)


def test_the_usual_interval_comes_back_with_the_last_end() -> None:
    usual = sys.getswitchinterval()
    first, second = QuickSwitching(), QuickSwitching()
    first.end()
    assert sys.getswitchinterval() == SWITCH_S
    second.end()
    assert sys.getswitchinterval() == usual


def test_an_interval_that_is_shorter_already_stays() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S / 5)
    try:
        switching = QuickSwitching()
        assert sys.getswitchinterval() < SWITCH_S / 2
        switching.end()
        assert sys.getswitchinterval() < SWITCH_S / 2
    finally:
        sys.setswitchinterval(usual)


def test_a_loader_works_so(qtbot: QtBot) -> None:
    usual = sys.getswitchinterval()
    loader, taker = ImageLoader(), Taker()
    loader.request("key", sys.getswitchinterval, taker.take)
    qtbot.waitUntil(lambda: bool(taker.taken))
    assert taker.taken == [SWITCH_S]
    assert sys.getswitchinterval() == usual
