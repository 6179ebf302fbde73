"""Prompt and status as the user's templates have them, on a fake kernel and on real ones."""

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from support.built_kernels import Built, asked_for
from support.fake_kernel import FakeKernel, Manners, script_result, script_sleep
from support.patience import PATIENCE_S
from support.window import WindowSession, in_window, window_on
from vitrail.presenters import template_values
from vitrail.shell.template_status import TemplateStatus
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.prompt import IN, Prompt

pytestmark = pytest.mark.qasync

OLD, OTHER = "ipython-1.2.1", "bash"


kernel = pytest.fixture(params=[OLD, OTHER])(asked_for)


def use(session: WindowSession, status: str = "", prompt: str = "In [{n}]") -> None:
    session.tab.templates.use(prompt, "Out[{n}]", status)


def parts(session: WindowSession) -> list[QLabel | QToolButton]:
    """Return what the status bar shows of the template, left to right."""
    [status] = session.window.findChildren(TemplateStatus)
    layout = status.layout()
    assert layout is not None
    items = [layout.itemAt(index) for index in range(layout.count())]
    widgets = [item.widget() for item in items if item is not None]
    return [each for each in widgets if isinstance(each, QLabel | QToolButton)]


def said(session: WindowSession) -> str:
    """Return all of what the template says, whatever there is room for."""
    tips = [part.toolTip().removeprefix("<p>").partition("<br>")[0] for part in parts(session)]
    return "".join(
        tip.removesuffix("</p>") or part.text()
        for tip, part in zip(tips, parts(session), strict=True)
    )


async def click_failing(session: WindowSession) -> None:
    [button] = [part for part in parts(session) if isinstance(part, QToolButton)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.kernel
@in_window
async def test_status_follows_each_cell(session: WindowSession) -> None:
    use(session, "{len(data)} rows, {name} {{x}} $HOME {1/3:.2f}")
    await session.run("data = [1, 2]; name = chr(233)")
    await session.until(lambda: said(session) == "2 rows, é {x} $HOME 0.33")
    await session.run("data.append(3)")
    await session.until(lambda: said(session).startswith("3 rows"))
    assert [cell.count for cell in session.cells] == [1, 2]  # nothing of it is counted


@pytest.mark.kernel
@in_window
async def test_a_failing_piece_says_why_and_runs_when_it_is_clicked(session: WindowSession) -> None:
    use(session, "{undefined + 1} | {6*7}")
    wanted = "[ERROR in undefined + 1: NameError - name 'undefined' is not defined] | 42"
    await session.until(lambda: said(session) == wanted)
    assert "NameError" not in session.text()
    await click_failing(session)
    await session.until(lambda: session.cells and session.cells[-1].status is CellStatus.FAILED)
    assert session.cells[-1].code == "undefined + 1"
    assert "Traceback" in session.text()
    await session.run("undefined = 1")
    await session.until(lambda: said(session) == "2 | 42")


@pytest.mark.kernel
@in_window
async def test_the_prompt_keeps_what_it_was_and_its_number_is_corrected(
    session: WindowSession,
) -> None:
    await session.run("1")
    use(session, prompt="{stage}:{n}>")
    await session.run("stage = 'two'")
    execution = session.tab.presenter.execution
    await session.until(lambda: execution.prompt == Prompt("two:", ">"))
    await session.run("stage = 'three'")
    await session.until(lambda: execution.prompt == Prompt("three:", ">"))
    first, _, third = session.cells
    assert first.prompt is None
    assert (third.prompt, third.count) == (Prompt("two:", ">"), 3)
    assert session.view.looks.prompts.input == Prompt("three:", ">")
    use(session)
    assert session.view.looks.prompts.input == IN


@pytest.mark.kernel
async def test_kernels_of_1_2_1_and_of_other_languages_do_as_well(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        use(session, "a{x + 1}b", "{n}> ")
        await session.run("x = 2" if kernel.is_python else "true")
        if kernel.is_python:
            await session.until(lambda: said(session) == "a3b")
            await session.run("del x")
            wanted = "[ERROR in x + 1: NameError - name 'x' is not defined]"
            await session.until(lambda: wanted in said(session))
        else:  # bash_kernel has no expressions
            await session.until(lambda: said(session) == "ab")
        assert (await session.run("1")).status.is_finished
        assert "ERROR" not in session.text()


async def test_a_slow_piece_does_not_delay_and_is_not_asked_for_again(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_values, "ANSWER_S", 0.2)
    with FakeKernel({"1": script_result("one")}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            kernel.manners = Manners(deaf=frozenset({"execute_request"}))
            asked = len(_expressions(kernel))
            use(session, "{slow}")
            await session.until(lambda: "takes too long" in said(session))
            kernel.manners = Manners()
            monkeypatch.setattr(template_values, "ANSWER_S", PATIENCE_S)
            assert (await session.run("1")).status is CellStatus.DONE
            assert (await session.run("1")).status is CellStatus.DONE
            assert len(_expressions(kernel)) == asked + 1
            session.tab.templates.refresh()
            await session.until(lambda: said(session) == "0")  # the fake answers with the name


def _expressions(kernel: FakeKernel) -> list[dict[str, Any]]:
    asked = [request.content["user_expressions"] for request in kernel.received("execute_request")]
    return [each for each in asked if each]


async def test_nothing_is_asked_as_long_as_there_are_no_pieces(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel({"1": script_result("one")}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            await session.run("1")
            use(session, "plain text", "{n}:")
            await session.run("1")
            assert said(session) == "plain text"
            assert _expressions(kernel) == []


async def test_pieces_wait_for_the_running_cell(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel({"sleep": script_sleep, "1": script_result("one")}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("sleep")
            await session.until(lambda: "started" in session.text())
            use(session, "{x}")
            session.tab.interrupt()
            await session.until(lambda: said(session) == "0")
            assert len(_expressions(kernel)) == 1
