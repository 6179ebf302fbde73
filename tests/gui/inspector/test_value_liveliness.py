"""The window stays alive while large values are drawn."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from support.inspecting import drawn, inspect, known, until_drawn, value
from support.liveliness import ticking
from support.window import WindowSession, in_window
from vitrail_widgets.inspector.tree.model import ObjectModel
from vitrail_widgets.inspector.value.body import BodyView
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.objects.holding import MOST_BELOW
from vitrail_widgets.objects.value import Value

pytestmark = pytest.mark.qasync

WORST_MS = 50.0
TRIES = 6

LARGE = """\
import numpy as np
lazy = np.broadcast_to(np.float32(1.5), (10**9,))
noise = np.random.default_rng(1).normal(size=3_000_000)
plane = noise.reshape(1500, 2000)
photo = (plane[:900, :1200, None] * [50, 70, 90] + 128).clip(0, 255).astype("u1")
many = {f"key {n}": "value " * 20 for n in range(100_000)}
text = "a line of text\\n" * 1_000_000
"""
CONTAINERS = """\
longs, words = [1.5] * 10_000_000, ["word"] * 10_000_000
keys = dict.fromkeys(range(1_000_000))
small, both = {}, {"longs": longs, "keys": keys}
"""


async def worst_gap(session: WindowSession, name: str) -> float:
    """Return how long the loop stood still while a value was asked for and drawn."""
    inspect(session, "lazy" if name != "lazy" else "noise")
    await session.until(lambda: known(session).about is not None)
    await session.run("pass")
    with ticking() as gaps:
        inspect(session, name)
        await session.until(lambda: is_of(session, name))
        await session.run("pass")  # it is painted, and asked for again
    return gaps.worst_ms


def is_of(session: WindowSession, name: str) -> bool:
    target = known(session).target
    return target is not None and target.name == name and known(session).about is not None


@in_window
async def test_no_large_value_stops_the_window(session: WindowSession) -> None:
    await session.run(LARGE + CONTAINERS)
    inspect(session, "noise")
    await until_drawn(session, BodyView)
    names = ("lazy", "noise", "plane", "photo", "many", "text", "longs", "words", "keys")
    for name in names:
        await soon_alive(name, partial(worst_gap, session, name))


@in_window
async def test_no_large_container_stops_the_window_when_it_is_paged_and_opened(
    session: WindowSession,
) -> None:
    await session.run(CONTAINERS)
    for name in ("words", "keys"):
        inspect(session, name)
        await session.until(partial(is_of, session, name))
        await soon_alive(name, partial(gap_of_pages, session))
    for row in (0, 1):
        await soon_alive(f"row {row}", partial(gap_of_more, session, row))


def is_another(session: WindowSession, before: Value) -> bool:
    return value(session) != before


def has_rows(model: ObjectModel, item: QModelIndex, count: int) -> bool:
    return model.rowCount(item) == count


async def soon_alive(what: str, measure: Callable[[], Awaitable[float]]) -> None:
    """See that the window was kept from its turn no longer than it may, once at least."""
    gaps: list[float] = []
    for _ in range(TRIES):
        gaps.append(await measure())
        if gaps[-1] <= WORST_MS:
            return
    raise AssertionError((what, gaps))


async def gap_of_pages(session: WindowSession) -> float:
    """Return how long the loop stood still while one went to other pages, and scrolled there."""
    body = drawn(session, ItemsBody)
    with ticking() as gaps:
        for button in (body.bar.on, body.bar.on, body.bar.back, body.bar.back):
            before = value(session)
            button.click()
            await session.until(partial(is_another, session, before))
            for _ in range(4):
                QTest.keyClick(body.tree, Qt.Key.Key_PageDown)
            await asyncio.sleep(0)
    return gaps.worst_ms


async def gap_of_more(session: WindowSession, row: int) -> float:
    """Return how long the loop stood still while an item was opened, and more of it asked for."""
    for name in ("small", "both"):  # what was opened is closed again
        inspect(session, name)
        await session.until(partial(is_of, session, name))
    tree, model = drawn(session, ItemsBody).tree, drawn(session, ItemsBody).model
    item = model.index(row, 0)
    with ticking() as gaps:
        tree.expand(item)
        for count in range(200, MOST_BELOW + 1, 200):
            await session.until(partial(has_rows, model, item, count + 1))
            tree.setCurrentIndex(model.index(count, 0, item))
            if count < MOST_BELOW:
                QTest.keyClick(tree, Qt.Key.Key_Return)
        await session.run("pass")  # it is painted, and asked for again
    return gaps.worst_ms
