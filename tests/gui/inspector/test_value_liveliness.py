"""The window stays alive while large values are drawn."""

import pytest

from support.inspecting import inspect, known, until_drawn
from support.liveliness import ticking
from support.window import WindowSession, in_window
from vitrail_widgets.inspector.value.body import BodyView

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
    await session.run(LARGE)
    inspect(session, "noise")
    await until_drawn(session, BodyView)
    for name in ("lazy", "noise", "plane", "photo", "many", "text"):
        gaps: list[float] = []
        for _ in range(TRIES):
            gaps.append(await worst_gap(session, name))
            if gaps[-1] <= WORST_MS:
                break
        assert gaps[-1] <= WORST_MS, (name, gaps)
