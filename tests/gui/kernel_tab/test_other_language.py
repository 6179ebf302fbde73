"""A kernel of another language and another make: IRkernel completes, tips and asks."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.answering import asked, finished
from support.built_kernels import (
    Built,
    asked_for,
    kernelspecs_found,
    skip_if_missing,
)
from support.built_windows import window_on_built
from support.inspecting import dock, turn_to
from support.window import window_on
from vitrail.kernel.process import KernelProcess
from vitrail_widgets.inspector.source.code import CodeView
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


r = pytest.fixture(scope="module", params=["irkernel"])(asked_for)


async def test_r_completes_its_variables(qt_loop: asyncio.AbstractEventLoop, r: Built) -> None:
    async with window_on_built(r) as session:
        await session.run("some.number <- 1")
        session.type("1 + some.nu", enter=False)
        QTest.keyClick(session.view.input, Key.Key_Tab)
        await session.until(lambda: session.view.input.text() == "1 + some.number")


async def test_the_usage_in_r_s_help_is_a_call_tip(
    qt_loop: asyncio.AbstractEventLoop, r: Built
) -> None:
    async with window_on_built(r) as session:
        label = session.view.call_tips.label
        session.type("read.csv(", enter=False)
        await session.until(label.isVisible)
        assert "read.csv(file, header = TRUE" in label.text
        session.type("f, TR", enter=False)
        await session.until(lambda: label.isVisible() and "header" in label.text)


async def test_readline_is_answered_in_its_cell(
    qt_loop: asyncio.AbstractEventLoop, r: Built
) -> None:
    async with window_on_built(r) as session:
        session.type("name <- readline('who? ')\ncat(rev(strsplit(name, '')[[1]]), sep = '')")
        line = await asked(session, "who?")
        QTest.keyClicks(line, "Ada")
        QTest.keyClick(line, Key.Key_Return)
        assert (await finished(session)).status is CellStatus.DONE
        assert "who? Ada" in session.text()
        assert "adA" in session.text()


async def test_r_writes_down_its_functions(qt_loop: asyncio.AbstractEventLoop, r: Built) -> None:
    async with window_on_built(r) as session:
        await session.ready()
        await session.run("area <- function(width, high = 2) {\n    width * high\n}")
        session.view.input.set_text("area")
        QTest.keyClick(session.view.input, Key.Key_F1)
        session.view.input.set_text("")
        turn_to(session, "Source")
        code = dock(session).findChild(CodeView)
        assert isinstance(code, CodeView)
        await session.until(lambda: "width * high" in code.toPlainText())
        await session.run("area <- 5")
        await session.until(lambda: "no function" in dock(session).pane.empty.text())


async def test_r_is_interrupted_while_it_asks(qt_loop: asyncio.AbstractEventLoop) -> None:
    skip_if_missing("irkernel")
    with kernelspecs_found():
        kernel = await KernelProcess.launch("irkernel", transport="tcp")
    async with window_on(kernel) as session:
        await session.ready()
        session.type("readline('stop? ')")
        line = await asked(session, "stop?")
        QTest.keyClick(line, Key.Key_C, CONTROL)
        await finished(session)
        assert session.view.requests.field is None
        assert (await session.run("cat(10 + 2)")).status is CellStatus.DONE
