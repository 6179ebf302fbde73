"""The probe in a kernel that somebody else restarts: it is sent again, all of its parts."""

import asyncio

import pytest

from support.window import window_on
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.presenters.inspector.members import MembersPresenter
from vitrail_widgets.objects.members import Inside, RunState
from vitrail_widgets.objects.target import Target

pytestmark = [pytest.mark.qasync, pytest.mark.kernel]

CODE = "class Thing:\n    area = property(lambda self: 7)\nthing = Thing()"
THING = Target("thing")
AREA = THING.attribute("area")


async def test_members_are_told_and_run_in_the_next_run(qt_loop: asyncio.AbstractEventLoop) -> None:
    process = await KernelProcess.launch("python3")
    owner = LiveKernel(process)
    try:
        await owner.open()
        async with window_on(process.connection) as session:
            await session.ready()
            await session.run(CODE)
            shown = MembersPresenter(session.tab.presenter)

            def is_told() -> bool:
                known = shown.snapshot.about
                inside = known.inside.get(THING, Inside()) if known is not None else Inside()
                return inside.group("property").total == 1

            def state() -> RunState | None:
                known = shown.snapshot.about
                return known.runs[AREA].state if known is not None and AREA in known.runs else None

            shown.show(THING)
            await session.until(is_told)
            shown.runs.run(AREA)
            await session.until(lambda: state() is RunState.DONE)
            await owner.restart()
            await session.until(lambda: "restarted the kernel" in session.text())
            await session.ready()
            await session.until(lambda: shown.snapshot.reason == "The kernel knows no thing.")
            await session.run(CODE)
            shown.refresh()
            await session.until(is_told)
            shown.runs.leave()
            shown.runs.run(AREA)
            await session.until(lambda: state() is RunState.DONE)
            shown.close()
    finally:
        await owner.close()
