"""The list of variables asks again whenever it is wanted, and never behind the user's back."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.patience import soon
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.variables import Variables
from vitrail.protocol.replies import KernelInfoReply, LanguageInfo
from vitrail_widgets.variables.variable import Freshness


class Probe:
    """Tells one variable, brief until all of it is asked for."""

    is_refused = is_deaf = False

    def __init__(self) -> None:
        self.value = "1"
        self.asked: list[str] = []

    async def ask(self, op: str, **_: Any) -> dict[str, Any]:
        self.asked.append(op)
        preview = self.value if op == "previews" else None
        row = ["x", "number", "int", "", 28, preview, 1]
        return {"ms": 1.0, "stamp": 1, "complete": True, "unseen": ["x"], "variables": [row]}

    def let_go(self, op: str, **_: Any) -> None:
        self.asked.append(op)


@pytest.fixture
def probe() -> Probe:
    return Probe()


@pytest.fixture
def variables(probe: Probe) -> Variables:
    python = KernelInfoReply(language_info=LanguageInfo(name="python"))
    presenter = SimpleNamespace(
        execution=SimpleNamespace(last_count=3),
        client=SimpleNamespace(kernel_info=python),
        probe=probe,
        followers=[],
        probed=[],
    )
    return Variables(cast("ConsolePresenter", presenter))


def previews(variables: Variables) -> list[str]:
    return [row.preview for row in variables.snapshot.rows]


@pytest.mark.parametrize("turns", range(12))
async def test_a_refresh_is_never_lost(variables: Variables, probe: Probe, turns: int) -> None:
    variables.watch(watched=True)
    await soon(lambda: probe.asked)
    for _ in range(turns):
        await asyncio.sleep(0)
    asked = len(probe.asked)
    variables.refresh()
    await soon(lambda: len(probe.asked) > asked)
    variables.close()


@pytest.mark.parametrize("turns", range(12))
async def test_what_is_brief_is_never_left_so(
    variables: Variables, probe: Probe, turns: int
) -> None:
    variables.watch(watched=True)
    await soon(lambda: variables.snapshot.freshness is Freshness.FRESH)
    for _ in range(turns):
        await asyncio.sleep(0)
    variables.complete(["x"])
    await soon(lambda: previews(variables) == [probe.value])
    variables.close()


@pytest.mark.parametrize("implementation", ["ipython", "xeus-python"])
async def test_a_python_without_the_probe_or_a_debugger_to_ask_says_so(
    variables: Variables, probe: Probe, implementation: str
) -> None:
    probe.is_refused = True
    client = cast("Any", variables)._presenter.client
    features = ["debugger"] if implementation.startswith("xeus") else []
    language = client.kernel_info.language_info
    client.kernel_info = KernelInfoReply(
        implementation=implementation, language_info=language, supported_features=features
    )
    variables.watch(watched=True)
    await soon(lambda: variables.snapshot.freshness is Freshness.UNABLE)
    assert variables.snapshot.reason.startswith("This kernel ran nothing")
    variables.close()


async def test_nothing_is_asked_after_the_end(variables: Variables, probe: Probe) -> None:
    variables.watch(watched=True)
    variables.close()
    await asyncio.sleep(0)
    assert probe.asked == []
