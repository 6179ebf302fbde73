"""A debugger in the console: stopped, stepped and left by key, on kernels of today and of 2013."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.answering import asked, finished
from support.built_kernels import TODAYS, Built, asked_for
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


KERNELS = (TODAYS, "ipykernel-6.29.5", "ipython-1.2.1")

kernel = pytest.fixture(scope="module", params=KERNELS)(asked_for)


async def debug(session: WindowSession, *commands: str) -> None:
    """Give commands to the debugger that asks, or is about to."""
    for command in commands:
        line = await asked(session, "ipdb>", "(Pdb)")
        QTest.keyClicks(line, command)
        QTest.keyClick(line, Key.Key_Return)


def function(stop: str) -> str:
    return f"def f():\n    x = 41\n    {stop}\n    return x + 1\nf()"


async def test_set_trace_stops(kernel: Built, qt_loop: asyncio.AbstractEventLoop) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        session.type(function("import pdb; pdb.set_trace()"))
        await debug(session, "p x + 100", "c")
        assert (await finished(session)).status is CellStatus.DONE
        assert "141" in session.text()
        assert session.text().rstrip().endswith("42")


async def test_debug_looks_into_the_last_error(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("def f(x):\n    return 1 / x\nf(0)")
        session.type("%debug")
        await debug(session, "p x + 100", "up", "q")
        assert (await finished(session)).status is CellStatus.DONE
        assert "100" in session.text()


async def test_breakpoint_stops_where_it_stands(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    if kernel.name == "ipython-1.2.1":
        pytest.skip("Python 2.7 has no breakpoint()")
    async with window_on(kernel.connection) as session:
        await session.ready()
        probe = session.tab.presenter.probe
        await session.until(lambda: probe is not None and probe.is_there)
        session.type(function("breakpoint()"))
        await debug(session, "p x + 100", "n", "c")
        assert (await finished(session)).status is CellStatus.DONE
        assert "141" in session.text()
        assert "return x + 1" in session.text()
        assert session.text().rstrip().endswith("42")


@in_window
async def test_a_debugger_is_stepped_and_its_commands_recalled(session: WindowSession) -> None:
    session.type("def f():\n    x = 41\n    import pdb; pdb.set_trace()\n    return x + 1\nf()")
    line = await asked(session, "ipdb>")
    for command in ("p x", "n"):
        QTest.keyClicks(line, command)
        QTest.keyClick(line, Key.Key_Return)
        line = await asked(session, "ipdb>")
    QTest.keyClicks(line, "dra")
    QTest.keyClick(line, Key.Key_Up)
    QTest.keyClick(line, Key.Key_P, CTRL)
    assert line.text() == "p x"
    QTest.keyClick(line, Key.Key_Down)
    QTest.keyClick(line, Key.Key_Down)
    assert line.text() == "dra"
    line.setText("c")
    QTest.keyClick(line, Key.Key_Return)
    assert (await finished(session)).status is CellStatus.DONE
    assert "p x\n" in session.text()
    assert "41" in session.text()
    assert session.text().rstrip().endswith("42")
