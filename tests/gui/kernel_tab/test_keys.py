"""The keys of the user on a real kernel."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window import WindowSession, in_window
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@in_window
async def test_a_rebound_interrupt_interrupts_what_runs(session: WindowSession) -> None:
    session.window.keys.rebind("kernel.interrupt", ("Ctrl+Alt+J",))
    cell = await session.begin("while True: pass")
    QTest.keyClick(session.view.input, Qt.Key.Key_Period, CTRL)  # its key of before
    assert cell.status is CellStatus.RUNNING
    QTest.keyClick(session.view.input, Qt.Key.Key_J, CTRL | ALT)
    await session.until(lambda: cell.status is CellStatus.FAILED)
    assert "KeyboardInterrupt" in session.text()


@in_window
async def test_interrupt_is_chosen_from_the_palette_while_a_cell_runs(
    session: WindowSession,
) -> None:
    cell = await session.begin("while True: pass")
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(session.view.input, Qt.Key.Key_P, CTRL | shift)
    field = session.window.command_palette.popup.field
    QTest.keyClicks(field, "interr")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await session.until(lambda: cell.status is CellStatus.FAILED)
    assert "KeyboardInterrupt" in session.text()
    assert session.view.input.hasFocus()


@in_window
async def test_a_rebound_key_runs_code_and_enter_no_longer_does(session: WindowSession) -> None:
    session.window.keys.rebind("input.enter", ("Ctrl+J",))
    session.window.keys.rebind("input.break_line", ("Return",))
    session.type("6*7", enter=False)
    QTest.keyClick(session.view.input, Qt.Key.Key_Return)
    assert session.cells == []
    QTest.keyClick(session.view.input, Qt.Key.Key_J, CTRL)
    await session.until(lambda: session.cells and session.cells[-1].status is CellStatus.DONE)
    assert "42" in session.text()
