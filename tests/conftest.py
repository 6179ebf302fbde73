"""Rules for every test: a private home, no display, no warning, nothing left behind.

Fixtures for tests: `expected_log` (declare log records), `qt_loop` (asyncio on Qt's loop), `xvfb`
(a real X server). An async test runs on a plain asyncio loop unless it carries the marker
`qasync` or uses `qt_loop`.
"""

import asyncio
import gc
import inspect
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.leaks import (
    GRACE_S,
    SESSION_MARK,
    end,
    leftovers,
    outliving,
    take_census,
    watch_timers,
)
from support.logwatch import LogWatch
from support.private_home import make_private_home, remove_private_home
from support.x_server import XServer, x_server, xvfb_missing

HOME = pytest.StashKey[Path]()
LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def pytest_configure(config: pytest.Config) -> None:
    """Move the session into a home of its own before anything reads the environment."""
    gc.disable()  # it would free widgets on whatever thread allocates; see `_nothing_left_behind`
    config.stash[HOME] = make_private_home()
    slow = [HealthCheck.too_slow]  # a busy machine is no failure
    settings.register_profile("vitrail", deadline=None, suppress_health_check=slow)
    settings.load_profile("vitrail")
    watch_timers()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete the session's home."""
    remove_private_home(config.stash[HOME])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests were skipped, a line for each reason: of 250 lines none would be read."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {tests}: {reason}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Say what `-n auto` means: one worker more than cores, as half of the suite waits."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs an X server where there is none."""
    reason = xvfb_missing()
    if reason is None:
        return
    for item in items:
        if item.get_closest_marker("xvfb") or "xvfb" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, LoopFactory]:
    """Choose the loop of an async test: asyncio's own, or Qt's."""
    wants_qt = item.get_closest_marker("qasync") or "qt_loop" in getattr(item, "fixturenames", ())
    return {"qasync": _new_qt_loop} if wants_qt else {"asyncio": asyncio.new_event_loop}


def _new_qt_loop() -> asyncio.AbstractEventLoop:
    import qasync
    from PySide6.QtWidgets import QApplication

    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(QApplication.instance() or QApplication([]))
    return loop


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:
    """Replace pytest-qt's by one that is more patient."""
    from support.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture
async def qt_loop(qapp: object) -> asyncio.AbstractEventLoop:
    """Return the running loop of an async test, which is Qt's."""
    return asyncio.get_running_loop()


@pytest.fixture(scope="session")
def xvfb() -> Iterator[XServer]:
    """Run one X server for the session; `xvfb.env` starts a program in it."""
    with x_server() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _no_orphans() -> Iterator[None]:
    yield
    orphans = end(outliving(os.environ[SESSION_MARK]))
    if orphans:
        pytest.fail("processes outlived the tests: " + "; ".join(orphans), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[LogWatch]:
    """Fail the test that logs a warning, or leaves something running."""
    with LogWatch() as log:
        before = take_census()
        if inspect.iscoroutinefunction(getattr(request, "function", None)):
            request.getfixturevalue("_no_tasks_left")
        yield log
        gc.collect(1)
        found = leftovers(before)
    complaints = log.complaints() + [f"left behind: {line}" for line in found]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
async def _no_tasks_left() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    ours = {task for task in before | {asyncio.current_task()} if task is not None}
    if asyncio.all_tasks() - ours:
        await asyncio.wait(asyncio.all_tasks() - ours, timeout=GRACE_S)
    left = [repr(task) for task in asyncio.all_tasks() - ours]
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture
def expected_log(_nothing_left_behind: LogWatch) -> Callable[[str], None]:
    """Return a function that declares a log record by a regular expression; it must then come."""
    return _nothing_left_behind.expect
