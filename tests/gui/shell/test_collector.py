"""Garbage is collected, and on the GUI's thread alone."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from vitrail.shell.collector import Collector

freed_on: set[threading.Thread] = set()


class Knot:
    """Garbage that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        freed_on.add(threading.current_thread())


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    if was_enabled:
        gc.enable()


def make_garbage() -> None:
    knots = [Knot() for _ in range(2000)]
    del knots


def test_garbage_of_a_thread_is_freed_by_the_guis(qtbot: QtBot) -> None:
    collector = Collector()
    freed_on.clear()
    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert not freed_on
    qtbot.waitUntil(lambda: bool(freed_on))
    assert freed_on == {threading.main_thread()}
    collector.deleteLater()


def test_little_garbage_is_left_alone_until_there_is_more(qtbot: QtBot) -> None:
    collector = Collector()
    gc.collect()
    knot = Knot()
    alive = weakref.ref(knot)
    del knot
    collector.look()
    assert alive() is not None
    make_garbage()
    collector.look()
    assert alive() is None
    collector.deleteLater()
