"""What an object holds, told by real kernels while one looks, and run when one clicks."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from support.built_kernels import Built, asked_for
from support.inspecting import dock, turn_to
from support.patience import PATIENCE_S
from support.window import WindowSession, in_window, window_on
from vitrail.presenters.inspector.members import MembersPresenter
from vitrail_widgets.inspector.members.page import MembersPage
from vitrail_widgets.objects.members import Inside, Members, Run, RunState
from vitrail_widgets.objects.target import Target
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.variables.variable import Freshness

pytestmark = pytest.mark.qasync

THING = Target("thing")
CODE = """\
import time
class Thing:
    def __init__(self): self.field, self.parts = 7, {'a': [1, 2]}
    @property
    def area(self): calls.append('area'); return [self.field]
    @property
    def slow(self):
        calls.append('slow')
        while True: time.sleep(0.005)
calls = []
thing = Thing()"""


kernel = pytest.fixture(asked_for)


@contextmanager
def members(session: WindowSession) -> Iterator[MembersPresenter]:
    found = MembersPresenter(session.tab.presenter)
    try:
        yield found
    finally:
        found.close()


@asynccontextmanager
async def thing_shown(session: WindowSession) -> AsyncIterator[MembersPresenter]:
    await session.run(CODE)
    with members(session) as shown:
        shown.show(THING)
        await session.until(lambda: inside(shown).groups)
        yield shown


def about(shown: MembersPresenter) -> Members:
    return shown.snapshot.about or Members()


def is_gone(shown: MembersPresenter) -> bool:
    return shown.snapshot.reason.startswith("The kernel knows no ")


def inside(shown: MembersPresenter, target: Target = THING) -> Inside:
    return about(shown).inside.get(target, Inside())


def names(shown: MembersPresenter, group: str, target: Target = THING) -> list[str]:
    return [row.name for row in inside(shown, target).group(group).rows]


def ran(shown: MembersPresenter, name: str) -> Run:
    return about(shown).runs.get(THING.attribute(name), Run(RunState.WAITING))


async def _has_begun(session: WindowSession) -> None:
    """Wait until the slow property runs in the kernel."""
    probe = session.tab.presenter.probe
    assert probe is not None
    async with asyncio.timeout(PATIENCE_S):
        while "'slow'" not in str(await probe.ask("glance", path=["calls"])):
            await asyncio.sleep(0.01)


@in_window
async def test_an_object_is_opened_level_by_level(session: WindowSession) -> None:
    async with thing_shown(session) as shown:
        assert names(shown, "data") == ["field", "parts"]
        assert names(shown, "dunder") == []
        shown.open_group(THING, "dunder")
        await session.until(lambda: "__init__" in names(shown, "dunder"))
        parts = THING.attribute("parts")
        shown.open(parts)
        await session.until(lambda: names(shown, "item", parts) == ["'a'"])
        await session.run("thing.parts['b'] = 1; thing.more = 2; calls")
        shown.refresh()
        await session.until(lambda: names(shown, "item", parts) == ["'a'", "'b'"])
        assert names(shown, "data") == ["field", "more", "parts"]
        assert "__init__" in names(shown, "dunder")
        await session.run("del thing")
        shown.refresh()
        await session.until(lambda: is_gone(shown))


@in_window
async def test_long_lists_come_in_pages_and_names_are_looked_for_in_the_kernel(
    session: WindowSession,
) -> None:
    await session.run(
        "class Many: pass\nthing = Many()\nfor i in range(900): setattr(thing, f'n{i}', i)"
    )
    with members(session) as shown:
        shown.show(THING)
        await session.until(lambda: inside(shown).group("data").total == 900)
        first = len(names(shown, "data"))
        assert first < 900
        shown.open_group(THING, "data")
        await session.until(lambda: len(names(shown, "data")) == 2 * first)
        shown.sift("n899")
        await session.until(lambda: names(shown, "data") == ["n899"])
        shown.sift("")
        await session.until(lambda: inside(shown).group("data").total == 900)


@in_window
async def test_a_property_is_run_once_and_its_result_is_opened(session: WindowSession) -> None:
    async with thing_shown(session) as shown:
        area = THING.attribute("area")
        shown.runs.run(area)
        await session.until(lambda: ran(shown, "area").state is RunState.DONE)
        result = ran(shown, "area").result
        assert result is not None
        assert result.preview == "[7]"
        shown.open(area)
        place = about(shown).place_of(area)
        await session.until(lambda: names(shown, "item", place) == ["[0]"])
        await session.run("print(calls)")
        assert "\n['area']" in session.text()


@in_window
async def test_a_slow_property_is_interrupted_and_the_console_goes_on(
    session: WindowSession,
) -> None:
    async with thing_shown(session) as shown:
        slow = THING.attribute("slow")
        shown.runs.run(slow)
        await session.until(lambda: ran(shown, "slow").state is RunState.RUNNING)
        shown.open_group(THING, "dunder")
        await session.until(lambda: names(shown, "dunder"))
        await _has_begun(session)  # else ipykernel may lose the interrupt
        shown.runs.stop(slow)
        await session.until(lambda: ran(shown, "slow").state is RunState.RAISED)
        assert ran(shown, "slow").error[0] == "KeyboardInterrupt"
        cell = await session.run("1 + 1")
        assert cell.status is CellStatus.DONE


@in_window
async def test_what_is_clicked_while_a_cell_runs_waits_for_its_end(session: WindowSession) -> None:
    async with thing_shown(session) as shown:
        await session.begin("while not globals().get('go'): time.sleep(0.005)")
        area, slow = THING.attribute("area"), THING.attribute("slow")
        shown.runs.run(area)
        shown.runs.run(slow)
        assert ran(shown, "area").state is RunState.WAITING
        shown.runs.stop(slow)
        assert slow not in about(shown).runs
        session.tab.interrupt()
        await session.until(lambda: ran(shown, "area").state is RunState.DONE)


@in_window
async def test_a_result_is_kept_until_one_looks_no_more(session: WindowSession) -> None:
    async with thing_shown(session) as shown:
        shown.runs.run(THING.attribute("area"))
        await session.until(lambda: ran(shown, "area").result is not None)
        place = about(shown).place_of(THING.attribute("area"))
        shown.show(place)
        await session.until(lambda: names(shown, "item", place) == ["[0]"])
    with members(session) as shown:
        shown.show(place)
        await session.until(lambda: is_gone(shown))


@pytest.mark.parametrize("kernel", ["ipython-1.2.1"], indirect=True)
async def test_an_old_kernel_tells_and_runs_members(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run(CODE.replace("class Thing:", "class Thing(object):"))
        with members(session) as shown:
            shown.show(THING)
            await session.until(lambda: names(shown, "data") == ["field", "parts"])
            shown.runs.run(THING.attribute("area"))
            await session.until(lambda: ran(shown, "area").state is RunState.DONE)


@pytest.mark.parametrize("kernel", ["bash"], indirect=True)
async def test_a_kernel_of_another_language_cannot_tell_members(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        with members(session) as shown:
            shown.show(THING)
            await session.until(lambda: shown.snapshot.freshness is Freshness.UNABLE)


@in_window
async def test_the_page_is_one_of_the_inspector_and_opens_on_demand(session: WindowSession) -> None:
    await session.run(CODE)
    session.window.actions_by_id["view.inspector"].trigger()
    turn_to(session, "Members")
    inspector = dock(session)
    inspector.inspect(THING)
    page = inspector.findChild(MembersPage)
    assert isinstance(page, MembersPage)
    await session.until(
        lambda: [node.text for node in page.model.tops][:2] == ["Data", "Properties"]
    )
    area = page.model.tops[1].children[0]
    page.acts.act(area)
    await session.until(lambda: area.run is not None and area.run.state is RunState.DONE)
    page.tree.expand(page.model.index_of(area))
    await session.until(lambda: area.children and area.children[0].member is not None)
    page.acts.act(area)
    assert inspector.pane.header.field.text() == "thing.area"
    await session.until(lambda: bool(page.model.tops) and page.model.tops[0].text == "Items")
