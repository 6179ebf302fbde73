"""The dock of the variables, on real kernels."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from support import inspecting
from support.built_kernels import Built, asked_for
from support.fake_kernel import FakeKernel, Manners
from support.window import WindowSession, in_window, window_on
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.variables.variable import Column, Freshness, Snapshot, Variable

pytestmark = pytest.mark.qasync

OLD, OTHER = "ipython-1.2.1", "bash"


kernel = pytest.fixture(asked_for)


def toggle(session: WindowSession) -> None:
    session.window.actions_by_id["view.variables"].trigger()


def dock(session: WindowSession) -> VariablesDock:
    found = session.window.findChild(VariablesDock)
    assert isinstance(found, VariablesDock)
    return found


def snapshot(session: WindowSession) -> Snapshot:
    return dock(session).pane.model.snapshot


def names(session: WindowSession) -> list[str]:
    model = dock(session).pane.model
    return [model.row(row).name for row in range(model.rowCount())]


@in_window
async def test_variables_are_listed_and_renewed_after_each_cell(session: WindowSession) -> None:
    await session.run("import math; apple = 1; pears = [1, 2]")
    toggle(session)
    await session.until(lambda: names(session) == ["apple", "pears"])
    await session.run("apple = 2; quince = {}")
    await session.until(lambda: names(session) == ["apple", "pears", "quince"])
    assert snapshot(session).changed == {"apple", "quince"}
    assert snapshot(session).count == 2
    assert session.cells[-1].count == 2


@in_window
async def test_they_are_renewed_on_demand_while_a_cell_runs(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    session.type("import time; fig = 1\nwhile not globals().get('done'): time.sleep(0.01)")
    await session.until(lambda: session.cells[-1].status is CellStatus.RUNNING)

    def asked() -> bool:
        dock(session).pane.refresh_wanted.emit()
        return "fig" in names(session)

    await session.until(asked)
    assert session.cells[-1].status is CellStatus.RUNNING
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status.is_finished)


@in_window
async def test_a_kernel_is_not_asked_while_nobody_looks(session: WindowSession) -> None:
    toggle(session)
    await session.until(lambda: snapshot(session).freshness is Freshness.FRESH)
    toggle(session)
    await session.run("apple = 1")
    await session.run("2")
    assert snapshot(session).rows == ()
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])


@in_window
async def test_a_name_is_written_into_the_console(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    pane = dock(session).pane
    pane.field.setFocus()
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    QTest.keyClick(pane.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.view.input.text() == "apple"


@in_window
async def test_names_and_values_are_changed_by_cells_that_one_sees(session: WindowSession) -> None:
    await session.run("apple = 1; pears = [1]")
    toggle(session)
    await session.until(lambda: names(session) == ["apple", "pears"])
    pane = dock(session).pane
    pane.edited.emit("apple", Column.NAME, "quince")
    await session.until(lambda: names(session) == ["pears", "quince"])
    assert session.cells[-1].code == "quince = apple\ndel apple"
    pane.edited.emit("quince", Column.VALUE, "'ripe'")
    await session.until(lambda: pane.model.row(1).preview == "'ripe'")
    pane.duplicate_wanted.emit("pears")
    await session.until(lambda: names(session) == ["pears", "pears_copy", "quince"])
    count = len(session.cells)
    pane.edited.emit("quince", Column.VALUE, "open('x')")
    assert len(session.cells) == count
    assert pane.foot.text() == "Write a number, a string in quotes, True, False or None."


@in_window
async def test_a_double_click_shows_a_variable_in_the_inspector(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    dock(session).pane.table.activated.emit(dock(session).pane.model.index(0, 0))
    assert inspecting.dock(session).pane.header.field.text() == "apple"


@in_window
async def test_a_list_of_many_costs_little_and_what_is_seen_is_told_in_full(
    session: WindowSession,
) -> None:
    await session.run("for i in range(4000): globals()[f'v{i}'] = [{'a': (i, 'b')}] * 12")
    toggle(session)
    await session.until(lambda: snapshot(session).freshness is Freshness.FRESH)
    assert any(row.is_brief for row in snapshot(session).rows) or snapshot(session).is_cut

    def seen() -> list[Variable]:
        return [dock(session).pane.model.row(row) for row in range(5)]

    await session.until(lambda: not any(row.is_brief for row in seen()))
    dock(session).pane.refresh_wanted.emit()
    await session.until(lambda: not snapshot(session).is_cut)
    assert len(snapshot(session).rows) >= 4000


@in_window
async def test_a_list_of_a_kernel_that_is_gone_is_stale(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    session.type("import os; os._exit(1)")
    await session.until(lambda: snapshot(session).freshness is Freshness.STALE)
    assert names(session) == ["apple"]


@in_window
async def test_deleting_asks_and_is_a_cell_of_its_own(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    dock(session).pane.delete_wanted.emit(["apple"])
    asked = dock(session).findChild(QMessageBox)
    assert isinstance(asked, QMessageBox)
    [button] = [each for each in asked.findChildren(QPushButton) if each.text() == "&Delete"]
    button.click()
    await session.until(lambda: names(session) == [])
    assert session.cells[-1].code == "del apple"


@in_window
async def test_the_dock_follows_the_current_tab(session: WindowSession) -> None:
    await session.run("apple = 1")
    toggle(session)
    await session.until(lambda: names(session) == ["apple"])
    session.window.actions_by_id["tab.new"].trigger()
    await session.ready()
    await session.run("pear = 1")
    await session.until(lambda: names(session) == ["pear"])
    session.window.actions_by_id["tab.previous"].trigger()
    await session.until(lambda: names(session) == ["apple"])


@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_an_old_kernel_lists_its_variables(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("apple = u'1'")
        toggle(session)
        await session.until(lambda: names(session) == ["apple"])
        session.type("import time; time.sleep(0.5)")
        await session.until(lambda: snapshot(session).freshness is Freshness.STALE)
        await session.until(lambda: snapshot(session).freshness is Freshness.FRESH)


@pytest.mark.parametrize("kernel", [OTHER], indirect=True)
async def test_a_bash_kernel_lists_its_variables(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("apple=1; pears=(a b)")
        toggle(session)
        await session.until(lambda: {"apple", "pears"} <= set(names(session)))
        cell = await session.run("quince=2")
        assert cell.count == 2
        await session.until(lambda: "quince" in names(session))
        assert "quince" in snapshot(session).changed


async def test_a_kernel_of_another_language_says_that_it_cannot(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(manners=Manners(language="lox")) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            toggle(session)
            await session.until(lambda: snapshot(session).freshness is Freshness.UNABLE)
            assert dock(session).pane.empty.text() == "Kernels of lox do not tell their variables."


@pytest.mark.parametrize("language", ["lox", "python"])
async def test_a_kernel_without_the_probe_is_asked_by_its_debugger(
    qt_loop: asyncio.AbstractEventLoop, language: str
) -> None:
    told = {"name": "apple", "value": "1", "type": "int"}
    reply = {"type": "response", "success": True, "body": {"variables": [told]}}
    manners = Manners(language=language, features=("debugger",), replies={"debug_request": reply})
    with FakeKernel(manners=manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            toggle(session)
            await session.until(lambda: names(session) == ["apple"])


async def test_a_debugger_that_refuses_is_said_to_tell_nothing(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    reply = {"type": "response", "success": False, "message": "not now"}
    manners = Manners(language="lox", features=("debugger",), replies={"debug_request": reply})
    with FakeKernel(manners=manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            toggle(session)
            await session.until(lambda: snapshot(session).freshness is Freshness.UNABLE)
            assert dock(session).pane.empty.text() == (
                "This kernel was asked for its variables, and did not tell them."
            )


@pytest.mark.parametrize("kernel", ["irkernel"], indirect=True)
async def test_an_r_kernel_lists_its_variables_and_runs_no_method(kernel: Built) -> None:
    code = (
        "x <- 1:10; s <- 'text'; m <- matrix(0, 3, 4); f <- function(a, b) a\n"
        "length.Mine <- function(x) stop('ran'); mine <- structure(list(one = 1), class = 'Mine')\n"
        "makeActiveBinding('live', function() stop('ran'), globalenv()); .hidden <- 1"
    )
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run(code)
        toggle(session)
        await session.until(lambda: names(session) == ["live", "m", "mine", "s", "x"])
        rows = {row.name: row for row in snapshot(session).rows}
        assert (rows["m"].size, rows["x"].preview) == ("3 x 4", "1, 2, 3, 4, 5, 6")
        assert (rows["mine"].type, rows["mine"].size) == ("Mine", "1")
        assert rows["f"].preview == "(a, b)"
        count = len(session.cells)
        dock(session).pane.duplicate_wanted.emit("x")
        assert len(session.cells) == count
        cell = await session.run("y <- 2")
        assert cell.count == 2
        await session.until(lambda: "y" in names(session))
