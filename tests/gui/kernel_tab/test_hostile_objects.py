"""Objects that do harm when they are looked at: the window stays live, and none of them runs."""

from functools import partial

import pytest

from support.inspecting import dock, turn_to
from support.liveliness import ticking
from support.window import WindowSession, in_window
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail_widgets.inspector.members.page import MembersPage
from vitrail_widgets.objects.target import Target

pytestmark = pytest.mark.qasync

WORST_MS = 50
TRIES = 3

CODE = """\
import time
ran = []
class Sleeps:
    def __repr__(self): ran.append('repr'); time.sleep(60); return ''
    @property
    def slow(self): ran.append('property'); time.sleep(60)
class Huge:
    def __repr__(self): ran.append('repr'); return 'x' * 10**9
class Lies:
    @property
    def __class__(self): ran.append('class'); return dict
    def __getattr__(self, name): ran.append('getattr'); return self
class Many: pass
def count(): ran.append('generator'); yield 1
sleeps, huge, lies, waiting, mapped = Sleeps(), Huge(), Lies(), count(), map(ran.append, [1])
loop = []; loop.append(loop)
many = Many(); many.__dict__.update((f'n{i:06}', i) for i in range(100_000))
wide = {f'key {i}': [i] for i in range(100_000)}"""
NAMES = ("sleeps", "huge", "lies", "waiting", "mapped", "loop", "many", "wide")


def is_shown(page: MembersPage, target: Target) -> bool:
    return page.model.members.target == target and bool(page.model.tops)


async def look(session: WindowSession, variables: VariablesDock, inspector: InspectorDock) -> float:
    """Look at all in both docks; return the longest pause of the window, in milliseconds."""
    page = inspector.pane.page(inspector.pane.tabs.currentIndex())
    assert isinstance(page, MembersPage)
    with ticking() as gaps:
        variables.pane.refresh_wanted.emit()
        for name in NAMES:
            inspector.inspect(Target(name))
            await session.until(partial(is_shown, page, Target(name)))
    return gaps.worst_ms


@in_window
async def test_the_window_stays_live_and_nothing_runs(session: WindowSession) -> None:
    await session.run(CODE)
    session.window.actions_by_id["view.variables"].trigger()
    session.window.actions_by_id["view.inspector"].trigger()
    variables = session.window.findChild(VariablesDock)
    assert isinstance(variables, VariablesDock)
    turn_to(session, "Members")
    await session.until(lambda: variables.pane.model.count >= len(NAMES))
    worst = [await look(session, variables, dock(session)) for _ in range(TRIES)]
    await session.run("print(list(ran), next(waiting), next(mapped))")
    assert "[] 1 None" in session.text()
    assert min(worst) <= WORST_MS, worst
