"""What waits for a kernel is a list that keys and mouse rule."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from support.fake_kernel import FakeKernel, script_result, script_sleep
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.console.offers import Offer
from vitrail_widgets.transcript.cells import Cell, CellStatus

pytestmark = pytest.mark.qasync

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
HOLD = "hold"
SCRIPTS = {HOLD: script_sleep, **{f"'{name}'": script_result(name) for name in "abcd"}}


def in_waiting_window(
    test: Callable[[WindowSession], Awaitable[None]],
) -> Callable[[asyncio.AbstractEventLoop], Awaitable[None]]:
    """Give a test a window on a kernel that holds on until it is interrupted."""

    @wraps(test)
    async def run(qt_loop: asyncio.AbstractEventLoop) -> None:
        del qt_loop
        with FakeKernel(SCRIPTS) as kernel:
            async with window_on(kernel.connection) as session:
                await session.ready()
                await test(session)

    del run.__wrapped__  # pytest would ask for its arguments
    return run


async def queued(session: WindowSession, *codes: str) -> None:
    """Let cells wait behind one that runs until it is interrupted."""
    session.type(HOLD)
    await session.until(lambda: session.cells[0].count_confirmed)
    for code in codes:
        session.type(code)
    session.tab.presenter.flush()


def waiting(session: WindowSession) -> list[str]:
    shown = [cell for cell in session.cells if cell.status is CellStatus.QUEUED]
    assert [cell.place for cell in shown] == list(range(1, len(shown) + 1))
    return [cell.code for cell in shown]


def cell_of(session: WindowSession, code: str) -> Cell:
    return next(cell for cell in session.cells if cell.code == code)


def offer_point(session: WindowSession, code: str, offer: Offer) -> QPoint:
    """Find where an offer of a cell is drawn, as a hand would: from the right to the left."""
    session.tab.presenter.flush()
    view = session.view
    y = view.viewport_y(cell_of(session, code).id) + 8 + view.metrics.line_height // 2
    for x in range(view.viewport().width() - 1, 0, -2):
        found = view.cell_offers.at(QPoint(x, y))
        if found is not None and found[0] is offer:
            return QPoint(x, y)
    raise AssertionError(f"{offer} is nowhere")


def click(session: WindowSession, code: str, offer: Offer) -> None:
    QTest.mouseClick(session.view.viewport(), LEFT, pos=offer_point(session, code, offer))


async def let_go(session: WindowSession) -> None:
    """Interrupt the cell that runs; what waited is offered, and run."""
    QTest.keyClick(session.view.input, Qt.Key.Key_Period, CTRL)
    await session.until(lambda: session.cells[0].status is CellStatus.FAILED)


@in_waiting_window
async def test_waiting_cells_are_moved_cancelled_and_taken_back_by_mouse(
    session: WindowSession,
) -> None:
    await queued(session, "'a'", "'b'", "'c'", "'d'")
    assert waiting(session) == ["'a'", "'b'", "'c'", "'d'"]
    click(session, "'c'", Offer.UP)
    assert waiting(session) == ["'a'", "'c'", "'b'", "'d'"]
    click(session, "'a'", Offer.DOWN)
    assert waiting(session) == ["'c'", "'a'", "'b'", "'d'"]
    assert [cell.count for cell in session.cells] == [1, 2, 3, 4, 5]
    click(session, "'a'", Offer.CANCEL)
    assert waiting(session) == ["'c'", "'b'", "'d'"]
    assert cell_of(session, "'a'").status is CellStatus.ABORTED
    session.type("typed", enter=False)
    click(session, "'b'", Offer.EDIT)
    assert waiting(session) == ["'c'", "'d'"]
    assert session.view.input.text() == "'b'\ntyped"
    await let_go(session)


@in_waiting_window
async def test_the_list_of_what_waits_is_ruled_by_keys(session: WindowSession) -> None:
    await queued(session, "'a'", "'b'", "'c'")
    QTest.keyClick(session.view.input, Qt.Key.Key_Q, ALT)
    rows = session.view.queue_list.rows
    await session.until(rows.hasFocus)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down, ALT)
    session.tab.presenter.flush()
    assert waiting(session) == ["'a'", "'c'", "'b'"]
    assert rows.currentRow() == 2
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert waiting(session) == ["'c'", "'b'"]
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert waiting(session) == ["'b'"]
    assert session.view.input.text() == "'c'"
    assert session.view.input.hasFocus()
    QTest.keyClick(session.view.input, Qt.Key.Key_Q, ALT)
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    assert session.view.queue_list.isHidden()
    assert session.view.input.hasFocus()
    await let_go(session)


@in_waiting_window
async def test_the_list_follows_the_kernel_and_goes_when_nothing_waits(
    session: WindowSession,
) -> None:
    await queued(session, "'a'")
    session.view.input.commands.run("queue.open")
    assert session.view.queue_list.isVisible()
    await let_go(session)
    await session.until(session.view.queue_list.isHidden)
    assert not session.view.input.commands.run("queue.open")


@in_waiting_window
async def test_a_waiting_cell_has_its_actions_in_the_context_menu(session: WindowSession) -> None:
    await queued(session, "'a'", "'b'")
    point = offer_point(session, "'b'", Offer.UP)
    menu = QMenu(session.view)
    session.view.cell_offers.add_to(menu, point)
    titles = [action.text() for action in menu.actions()]
    assert titles[-4:] == [
        "Run it earlier",
        "Run it later",
        "Take it back into the input",
        "Do not run it",
    ]
    menu.actions()[-4].trigger()
    menu.deleteLater()
    assert waiting(session) == ["'b'", "'a'"]
    await let_go(session)


@pytest.mark.kernel
@in_window
async def test_the_new_order_is_the_order_in_which_cells_run(session: WindowSession) -> None:
    session.type("import time; time.sleep(0.5)")
    for code in ("order = 'a'", "order += 'b'"):
        session.type(code)
    click(session, "order += 'b'", Offer.CANCEL)
    session.type("order += 'c'")
    session.type("order = 'first'")
    click(session, "order = 'first'", Offer.UP)
    click(session, "order = 'first'", Offer.UP)
    assert waiting(session) == ["order = 'first'", "order = 'a'", "order += 'c'"]
    last = await session.run("print(order)")
    assert last.status is CellStatus.DONE
    assert "ac" in session.text()
    assert [cell.count for cell in session.cells if cell.count_confirmed] == [1, 2, 3, 4, 5]


@in_waiting_window
async def test_rows_of_the_list_grow_with_the_font(session: WindowSession) -> None:
    session.settings.change("appearance", "font_size", 20.0)
    await queued(session, "'a'", "'b'")
    QTest.keyClick(session.view.input, Qt.Key.Key_Q, ALT)
    rows = session.view.queue_list.rows
    await session.until(rows.isVisible)
    row = rows.visualItemRect(rows.item(1))
    assert row.height() >= session.view.metrics.line_height
    assert rows.viewport().rect().contains(row)
    await let_go(session)


@pytest.mark.kernel
@in_window
async def test_after_an_error_the_rest_is_offered_and_run(session: WindowSession) -> None:
    session.type("import time; time.sleep(0.2); 1/0")
    for code in ("'b'", "'c'", "'d'"):
        session.type(code)
    bar = session.tab.rest.bar
    await session.until(bar.isVisible)
    assert bar.run.text() == "Run the 3 that waited"
    await session.until(lambda: bar.height() == bar.sizeHint().height())
    QTest.mouseClick(bar.run, LEFT)
    await session.until(lambda: session.cells[-1].outputs)
    assert [cell.code for cell in session.cells[1:]] == ["'b'", "'c'", "'d'"]
    assert bar.isHidden()


@in_waiting_window
async def test_the_rest_can_be_discarded_by_key_and_is_still_there(session: WindowSession) -> None:
    await queued(session, "'a'")
    await let_go(session)
    bar = session.tab.rest.bar
    assert bar.isVisible()
    assert bar.run.text() == "Run the one that waited"
    bar.discard.setFocus()
    QTest.keyClick(bar.discard, Qt.Key.Key_Space)
    assert bar.isHidden()
    assert session.view.input.hasFocus()
    click(session, "'a'", Offer.RUN_AGAIN)
    await session.until(lambda: session.cells[-1].outputs)


@in_waiting_window
async def test_the_pointer_says_that_an_offer_can_be_clicked(session: WindowSession) -> None:
    await queued(session, "'a'")
    point = offer_point(session, "'a'", Offer.CANCEL)
    view = session.view
    session.hover(point)
    await session.until(
        lambda: view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    )
    await let_go(session)
