"""What was clicked is run when no cell runs, one after the other."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.patience import soon
from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.member_runs import MemberRuns
from vitrail_widgets.objects.members import RunState
from vitrail_widgets.objects.target import Target

A, B = Target("thing").attribute("a"), Target("thing").attribute("b")


class Console:
    """A console as a member sees it: busy or not, and with a kernel that answers at once."""

    def __init__(self) -> None:
        self.followers: list[Any] = []
        self.probe = self
        self.client = SimpleNamespace(is_busy=False)
        self.execution = SimpleNamespace(is_busy=False, last_count=3)
        self.ran: list[str] = []

    async def run(self, _: str, *, path: list[Any]) -> dict[str, Any]:
        self.ran.append(str(path))
        await asyncio.sleep(0)
        return {"raised": {"name": "Oops", "value": "no"}}


@pytest.fixture
def console() -> Console:
    return Console()


@pytest.fixture
def runs(console: Console) -> MemberRuns:
    return MemberRuns(cast("ConsolePresenter", console), lambda: None)


def states(runs: MemberRuns) -> list[RunState]:
    return [run.state for run in runs.known.values()]


async def test_members_run_one_after_the_other(console: Console, runs: MemberRuns) -> None:
    runs.run(A)
    runs.run(B)
    await soon(lambda: RunState.RUNNING in states(runs))
    assert states(runs) == [RunState.RUNNING, RunState.WAITING]
    await soon(lambda: states(runs) == [RunState.RAISED, RunState.RAISED])
    assert console.ran == [str(A.path), str(B.path)]


@pytest.mark.parametrize("turns", range(6))
async def test_a_click_is_never_lost(runs: MemberRuns, turns: int) -> None:
    runs.run(A)
    for _ in range(turns):
        await asyncio.sleep(0)
    runs.run(B)
    await soon(lambda: states(runs) == [RunState.RAISED, RunState.RAISED])


async def test_a_cell_that_has_begun_goes_first(console: Console, runs: MemberRuns) -> None:
    runs.run(A)
    console.execution.is_busy = True
    await asyncio.sleep(0)
    assert states(runs) == [RunState.WAITING]
    console.execution.is_busy = False
    for follow in console.followers:
        follow(())
    await soon(lambda: states(runs) == [RunState.RAISED])


async def test_nothing_runs_once_one_is_cut_off(console: Console, runs: MemberRuns) -> None:
    """As at the end of the program, where all tasks are cancelled."""
    before = asyncio.all_tasks()
    runs.run(A)
    runs.run(B)
    await soon(lambda: console.ran)
    (running,) = asyncio.all_tasks() - before
    running.cancel()
    await asyncio.wait([running])
    assert asyncio.all_tasks() == before
    assert console.ran == [str(A.path)]
