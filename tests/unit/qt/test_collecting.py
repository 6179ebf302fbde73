"""Nothing is collected on threads that are not the GUI's."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.collecting import CollectionPause
from vitrail_widgets.render.image_loader import ImageLoader


@pytest.fixture(autouse=True)
def _collector_at_work() -> Iterator[None]:
    """Have the collector work as in other programs; in the suite it does not."""
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def collecting_threads() -> Iterator[set[str]]:
    seen: set[str] = set()

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            seen.add(threading.current_thread().name)

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def litter() -> list[list[object]]:
    """Allocate enough for many collections."""
    kept: list[list[object]] = []
    for _ in range(20_000):
        cycle: list[object] = []
        cycle.append(cycle)
        kept.append([cycle])
    return kept


class Taker:
    def __init__(self) -> None:
        self.taken: list[object] = []

    def take(self, made: object) -> None:
        self.taken.append(made)


def test_what_a_loader_does_is_collected_on_the_thread_of_the_gui(
    qtbot: QtBot, collecting_threads: set[str]
) -> None:
    loader, taker = ImageLoader(), Taker()
    loader.request("key", litter, taker.take)
    qtbot.waitUntil(lambda: bool(taker.taken))
    litter()
    assert collecting_threads == {threading.main_thread().name}


def test_the_collector_works_again_once_the_last_pause_is_over() -> None:
    assert gc.isenabled()
    first, second = CollectionPause(), CollectionPause()
    first.end()
    assert not gc.isenabled()
    second.end()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        CollectionPause().end()
        assert not gc.isenabled()
    finally:
        gc.enable()
