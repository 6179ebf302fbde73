"""Tables of real kernels in a grid: opened, scrolled, renewed, and gone."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from support.built_kernels import Built, asked_for
from support.inspecting import dock, turn_to
from support.patience import PATIENCE_S
from support.window import WindowSession, in_window, window_on
from vitrail.presenters.inspector.grid import Grid
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition, Key
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

pytestmark = pytest.mark.qasync

OLD, OTHER = "ipython-1.2.1", "bash"
FRAME = "import pandas as pd; df = pd.DataFrame({'n': range(100000), 't': 'x'})"


kernel = pytest.fixture(asked_for)


class Looking:
    """The page of the data in the inspector of a session's window."""

    def __init__(self, session: WindowSession) -> None:
        self.session = session

    async def at(self, name: str) -> None:
        """Show an object, and wait until it is there."""
        self.open(name)
        await self.until(Freshness.FRESH)

    def open(self, name: str) -> None:
        """Show an object."""
        self.session.window.actions_by_id["view.inspector"].trigger()
        self.dock = dock(self.session)
        turn_to(self.session, "Data")
        self.dock.inspect(Target(name))

    async def until(self, freshness: Freshness) -> None:
        await self.session.until(lambda: self.grid.snapshot.freshness is freshness)

    @property
    def pane(self) -> GridPane:
        found = self.dock.pane.page(self.dock.pane.tabs.currentIndex())
        assert isinstance(found, GridPane)
        return found

    @property
    def grid(self) -> Grid:
        inspector = self.dock.inspector
        assert inspector is not None
        found = inspector.page(self.dock.pane.tabs.currentIndex())
        assert isinstance(found, Grid)
        return found

    def cell(self, row: int, column: int) -> object:
        return self.grid.pages.cell(row, column)

    @property
    def foot(self) -> str:
        return self.pane.foot.text()


@in_window
async def test_a_frame_is_opened_scrolled_and_renewed(session: WindowSession) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    assert (look.cell(0, 0), look.cell(5, 1)) == ("0", "x")
    QTest.keyClick(look.pane.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    await session.until(lambda: look.cell(99_999, 0) == "99999")
    await session.run("df.loc[99_999, 'n'] = -1")
    await session.until(lambda: look.cell(99_999, 0) == "-1")
    assert "100\u202f000 rows × 2 columns" in look.foot


@in_window
async def test_another_shape_another_type_and_deletion_are_followed(
    session: WindowSession,
) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    await session.run("df['more'] = 1.5")
    await session.until(lambda: look.cell(0, 2) == "1.5")
    await session.run("df = [3, 4]")
    await session.until(lambda: "2 rows × 1 column " in look.foot)
    assert look.cell(1, 0) == "4"
    await session.run("del df")
    await session.until(lambda: look.foot.endswith("There is no df now."))
    assert look.cell(1, 0) == "4"
    await session.run("df = 5")
    await look.until(Freshness.UNABLE)
    assert look.dock.pane.empty.text() == "A value of type int is not shown as a table."


@in_window
async def test_pages_come_while_a_cell_runs(session: WindowSession) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    session.type("answer = input('on? ')")
    await session.until(lambda: session.view.requests.field is not None)
    QTest.keyClick(look.pane.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    await session.until(lambda: look.cell(99_999, 0) == "99999")
    assert look.grid.snapshot.freshness is Freshness.FRESH
    assert not session.cells[-1].status.is_finished
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status.is_finished)


@in_window
async def test_rows_are_sorted_and_sifted_in_the_kernel_and_again_after_a_cell(
    session: WindowSession,
) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    kept = Arrangement((Key(0, descends=True),), (Condition(0, "<", ("500",)),))
    look.pane.arrange(kept)
    await session.until(lambda: look.cell(0, 0) == "499")
    assert "100\u202f000 rows × 2 columns · 500 of them shown" in look.foot
    await session.run("df.loc[7, 'n'] = 450")
    await session.until(lambda: (look.cell(49, 0), look.cell(50, 0)) == ("450", "450"))
    look.pane.arrange(Arrangement((), (Condition(0, "<", ("many",)),)))
    await session.until(lambda: "“many” is no number." in look.foot)
    assert look.grid.snapshot.about is not None
    assert look.grid.snapshot.about.arrangement == kept
    await session.run("df = df[['t']]")
    await session.until(lambda: "1 column" in look.foot)
    assert look.pane.view.scene.columns.shown == [0]


@in_window
async def test_columns_are_summarized_and_cells_copied(session: WindowSession) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    look.pane.toggle_summaries()
    await session.until(lambda: set(look.grid.summaries) == {0, 1})
    assert dict(look.grid.summaries[0].facts)["Most"] == "99999"
    assert look.grid.summaries[1].top == (("x", look.grid.summaries[1].sampled),)
    look.pane.view.move_to(50_000, 0)
    look.pane.view.move_to(69_999, 1, extends=True)
    look.pane.copy("CSV")
    await session.until(lambda: look.foot == "Copied 40000 cells")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert (lines[0], lines[1], lines[-1], len(lines)) == ("n,t", "50000,x", "69999,x", 20_001)


@in_window
async def test_keys_of_the_grid_go_before_those_of_the_window(session: WindowSession) -> None:
    await session.run(FRAME)
    look = Looking(session)
    await look.at("df")
    session.window.activateWindow()
    look.pane.view.setFocus()
    QTest.keyClick(look.pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert look.pane.find_field.isVisible()
    QTest.keyClicks(look.pane.find_field.field, "7777")
    QTest.keyClick(look.pane.find_field.field, Qt.Key.Key_Return)
    await session.until(lambda: look.pane.view.scene.selection.row == 7777)
    assert look.pane.view.accessibleDescription().startswith("n, 7777")
    QTest.keyClick(look.pane.find_field.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    await session.until(lambda: look.pane.find_field.said == "Not found further on")


@in_window
async def test_a_deleted_frame_is_let_go_and_a_closed_grid_leaves_no_order_of_its_rows(
    session: WindowSession,
) -> None:
    await session.run(FRAME)
    await session.run("import gc, sys, weakref; weak = weakref.ref(df)")
    look = Looking(session)
    await look.at("df")
    look.pane.arrange(Arrangement((Key(0, descends=True),)))
    await session.until(lambda: look.cell(0, 0) == "99999")
    assert await said(session, KEPT) == "1"
    await session.run("del df")
    await session.until(lambda: look.foot.endswith("There is no df now."))
    assert await said(session, "(gc.collect(), weak())[1] is None") == "True"
    await session.run(FRAME)
    await look.until(Freshness.FRESH)
    look.grid.close()
    async with asyncio.timeout(PATIENCE_S):
        while await said(session, KEPT) != "0":  # it is told beside the cells
            pass


KEPT = "sum(len(m.views) for n, m in [*sys.modules.items()] if n.startswith('_vitrail_probe'))"


async def said(session: WindowSession, code: str) -> str:
    """Return what a cell prints as the value of an expression."""
    await session.run(f"print('said', {code})")
    return session.text().rpartition("said ")[2].split()[0]


@in_window
async def test_planes_of_an_array_are_looked_at_one_after_the_other(session: WindowSession) -> None:
    await session.run("import numpy as np; cube = np.arange(24).reshape(2, 3, 4)")
    look = Looking(session)
    await look.at("cube")
    assert look.cell(0, 0) == "0"
    QTest.keyClick(look.pane.plane.sliders[0], Qt.Key.Key_Right)
    await session.until(lambda: look.cell(0, 0) == "12")
    assert look.pane.menus.plane_code() == "cube[1, :, :]"
    await session.run("cube = cube[:1] * 2")
    await session.until(lambda: look.cell(0, 1) == "2")
    assert look.pane.menus.plane_code() == "cube[0, :, :]"
    await session.run("cube = cube[0]")
    await session.until(look.pane.plane.isHidden)


@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_a_kernel_of_2013_shows_its_lists_as_tables(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run(
            "people = [{'name': 'Ada', 'born': 1815}, {'name': 'Alan', 'born': 1912}]"
        )
        look = Looking(session)
        await look.at("people")
        assert {look.cell(0, 0), look.cell(0, 1)} == {"Ada", "1815"}
        look.pane.arrange(Arrangement((), (Condition(0, "present"), Condition(1, "present"))))
        await session.until(lambda: "2 of them shown" in look.foot)


@pytest.mark.parametrize("kernel", [OTHER], indirect=True)
async def test_a_kernel_that_is_no_python_says_that_it_cannot(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        look = Looking(session)
        look.open("PATH")
        await look.until(Freshness.UNABLE)
        assert look.dock.pane.empty.text() == "This kernel cannot tell."
