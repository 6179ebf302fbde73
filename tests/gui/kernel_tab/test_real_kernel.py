import os
import signal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from support.subjects import READY_S
from support.window import WindowSession, in_window
from vitrail.kernel.client import KernelClient
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.transcript.cells import CellStatus, RichOutput, StreamOutput

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]


@in_window
async def test_code_typed_and_entered_gives_its_result(session: WindowSession) -> None:
    session.type("6*7", enter=False)
    QTest.keyClick(session.view.input, Qt.Key.Key_Return)
    cell = session.cells[-1]
    await session.until(lambda: cell.status is CellStatus.DONE)
    (output,) = cell.outputs
    assert isinstance(output, RichOutput)
    assert output.bundle.data["text/plain"] == "42"
    assert (cell.count, cell.count_confirmed, output.execution_count) == (1, True, 1)
    assert session.view.input.text() == ""
    assert session.view.pending_count == 2


@in_window
async def test_the_title_and_the_status_bar_name_the_kernel(session: WindowSession) -> None:
    assert session.window.windowTitle() == "Python 3 (ipykernel)"
    assert "python 3" in session.text().lower()


@in_window
async def test_an_incomplete_block_gets_another_line(session: WindowSession) -> None:
    session.type("for i in range(2):", enter=False)
    QTest.keyClick(session.view.input, Qt.Key.Key_Return)
    assert session.cells == []
    assert session.view.input.text() == "for i in range(2):\n    "


@in_window
async def test_what_is_submitted_while_busy_is_queued_and_then_runs(
    session: WindowSession,
) -> None:
    session.type("import time; time.sleep(0.3)")
    session.type("'second'")
    session.type("'third'")
    assert [cell.status for cell in session.cells[1:]] == [CellStatus.QUEUED] * 2
    assert [cell.count for cell in session.cells] == [1, 2, 3]
    await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    assert [cell.count for cell in session.cells] == [1, 2, 3]


@in_window
async def test_after_an_error_what_was_queued_is_not_run_and_not_lost(
    session: WindowSession,
) -> None:
    session.type("import time; time.sleep(0.2); 1/0")
    session.type("'kept'")
    await session.until(lambda: session.cells[-1].status.is_finished)
    assert [cell.status for cell in session.cells] == [CellStatus.FAILED, CellStatus.ABORTED]
    assert session.cells[-1].code == "'kept'"
    assert (await session.run("1")).count == 2


@in_window
async def test_ctrl_c_interrupts_what_runs(session: WindowSession) -> None:
    cell = await session.begin("while True: pass")
    QTest.keyClick(session.view.input, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    await session.until(lambda: cell.status is CellStatus.FAILED)
    assert "KeyboardInterrupt" in session.text()


@in_window
async def test_ctrl_c_on_an_idle_kernel_interrupts_nothing(session: WindowSession) -> None:
    said: list[str] = []
    session.tab.told.connect(said.append)
    QTest.keyClick(session.view.input, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert said == ["Nothing is running"]
    assert session.tab.live is not None
    assert session.tab.live.client.running() == ()


@in_window
async def test_input_is_answered_below_its_cell(session: WindowSession) -> None:
    session.type("name = input('who? ')")
    await session.until(lambda: session.view.requests.field)
    field = session.view.requests.field
    assert field is not None
    QTest.keyClicks(field.focusProxy() or field, "Ada")
    QTest.keyClick(field.focusProxy() or field, Qt.Key.Key_Return)
    await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    assert session.view.requests.field is None
    await session.run("name")
    text = session.text()
    assert "who? Ada" in text
    assert "'Ada'" in text


@in_window
async def test_a_password_reaches_the_kernel_and_nothing_else(session: WindowSession) -> None:
    session.type("import getpass; secret = getpass.getpass('key: ')")
    await session.until(lambda: session.view.requests.field)
    field = session.view.requests.field
    assert field is not None
    QTest.keyClicks(field.focusProxy() or field, "hunter2")
    QTest.keyClick(field.focusProxy() or field, Qt.Key.Key_Return)
    await session.until(lambda: session.cells[-1].status is CellStatus.DONE)
    assert "hunter2" not in session.text()
    assert "key: ········" in session.text()
    assert all("hunter2" not in entry for entry in session.view.input.history.entries)
    await session.run("print(secret[::-1])")
    assert "2retnuh" in session.text()


@in_window
async def test_end_of_file_ends_an_input(session: WindowSession) -> None:
    session.type("input()")
    await session.until(lambda: session.view.requests.field)
    field = session.view.requests.field
    assert field is not None
    QTest.keyClick(field.focusProxy() or field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    await session.until(lambda: session.cells[-1].status is CellStatus.FAILED)
    assert "EOFError" in session.text()


@in_window
async def test_an_interrupt_withdraws_the_question(session: WindowSession) -> None:
    session.type("input()")
    await session.until(lambda: session.view.requests.field)
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status is CellStatus.FAILED)
    assert session.view.requests.field is None


@in_window
async def test_numbers_are_corrected_when_another_client_uses_the_kernel(
    session: WindowSession,
) -> None:
    assert session.tab.live is not None
    other = KernelClient(session.tab.live.client.connection)
    await other.connect()
    try:
        await other.ready(READY_S)
        await other.settled(other.execute("theirs = 1"))
        await session.until(lambda: session.cells)
        assert session.cells[0].origin == other.session_id
        assert session.view.pending_count == 2
        session.type("'ours'")
        cell = session.cells[-1]
        assert (cell.count, cell.count_confirmed) == (2, False)
        await session.until(lambda: cell.status is CellStatus.DONE)
        assert (cell.count, cell.count_confirmed) == (2, True)
    finally:
        other.close()


@in_window
async def test_a_wrong_guess_of_a_number_is_corrected_in_place(session: WindowSession) -> None:
    session.tab.presenter.execution.begin(last_count=6)
    assert session.view.pending_count == 7
    session.type("'first'")
    cell = session.cells[-1]
    assert (cell.count, cell.count_confirmed) == (7, False)
    await session.until(lambda: cell.status is CellStatus.DONE)
    assert (cell.count, cell.count_confirmed) == (1, True)
    assert session.view.pending_count == 2


@in_window
async def test_a_restart_keeps_the_transcript_and_starts_counting_anew(
    session: WindowSession,
) -> None:
    await session.run("kept = 1")
    session.tab.restart()
    await session.until(lambda: "Kernel restarted" in session.text())
    await session.ready()
    cell = await session.run("kept")
    assert cell.status is CellStatus.FAILED
    assert cell.count == 1
    assert "kept = 1" in session.text()


@in_window
async def test_a_restart_while_a_cell_runs_loses_that_cell_alone(session: WindowSession) -> None:
    await session.run("'before'")
    session.type("import time; time.sleep(60)")
    await session.until(lambda: session.cells[-1].count_confirmed)
    session.tab.restart()
    await session.until(lambda: "Kernel restarted" in session.text())
    assert [cell.status for cell in session.cells] == [CellStatus.DONE, CellStatus.LOST]


@in_window
async def test_a_killed_kernel_is_said_dead_and_can_be_restarted(session: WindowSession) -> None:
    assert session.tab.live is not None
    assert session.tab.live.process is not None
    session.type("import time; time.sleep(60)")
    await session.until(lambda: session.cells[-1].count_confirmed)
    os.kill(session.tab.live.process.pid, signal.SIGKILL)
    await session.until(lambda: session.tab.state == "dead")
    assert session.cells[-1].status is CellStatus.LOST
    assert "died (killed by SIGKILL)" in session.text()
    session.tab.restart()
    await session.ready()
    assert (await session.run("1+1")).status is CellStatus.DONE


@in_window
async def test_code_entered_without_a_kernel_waits_for_the_next_one(
    session: WindowSession,
) -> None:
    assert session.tab.live is not None
    assert session.tab.live.process is not None
    os.kill(session.tab.live.process.pid, signal.SIGKILL)
    await session.until(lambda: session.tab.state == "dead")
    session.type("'patient'")
    assert session.cells[-1].status is CellStatus.QUEUED
    session.tab.restart()
    await session.until(lambda: session.cells[-1].status is CellStatus.DONE)


@in_window
async def test_history_goes_by_prefix(session: WindowSession) -> None:
    for code in ("alpha = 1", "beta = 2", "alpha = 3"):
        await session.run(code)
    session.type("al", enter=False)
    QTest.keyClick(session.view.input, Qt.Key.Key_Up)
    assert session.view.input.text() == "alpha = 3"
    QTest.keyClick(session.view.input, Qt.Key.Key_Up)
    assert session.view.input.text() == "alpha = 1"


@in_window
async def test_what_was_submitted_is_one_undo_away(session: WindowSession) -> None:
    await session.run("first")
    QTest.keyClick(session.view.input, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.view.input.text() == "first"


@in_window
async def test_code_can_set_the_next_input(session: WindowSession) -> None:
    await session.run("get_ipython().set_next_input('from the kernel')")
    assert session.view.input.text() == "from the kernel"


@in_window
async def test_exit_in_a_cell_closes_the_window(session: WindowSession) -> None:
    session.type("exit")
    await session.until(lambda: not session.window.isVisible())


@in_window
async def test_exit_that_keeps_the_kernel_leaves_it_and_its_file(session: WindowSession) -> None:
    assert session.tab.live is not None
    process = session.tab.live.process
    assert process is not None
    try:
        session.type("exit(keep_kernel=True)")
        await session.until(lambda: not session.window.isVisible())
        await session.tab.end()
        assert process.exit_code is None
        assert process.connection_file.exists()
        assert os.waitpid(process.pid, os.WNOHANG) == (0, 0)  # it runs
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        os.waitpid(process.pid, 0)
        process.connection_file.unlink()


@in_window
async def test_late_output_of_a_task_lands_in_its_own_cell(session: WindowSession) -> None:
    first = await session.run(
        "import asyncio\nasync def later():\n    await asyncio.sleep(0.3)\n    print('late')\n"
        "task = asyncio.ensure_future(later())"
    )
    await session.run("'second'")
    await session.until(lambda: first.outputs)
    (output,) = first.outputs
    assert isinstance(output, StreamOutput)
    assert output.text.buffer.plain_text() == "late"


@in_window
async def test_a_figure_is_drawn(session: WindowSession) -> None:
    await session.run(
        "import matplotlib.pyplot as plt; plt.figure(figsize=(3, 2)); plt.plot([1, 2]); plt.show()"
    )
    blue = 0xFF1F77B4
    image = picture_of(session.view, 1.0, 4000)
    pixels = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert blue in pixels


@in_window
async def test_copy_takes_text_of_several_cells(session: WindowSession) -> None:
    await session.run("print('one')")
    await session.run("print('two')")
    session.tab.presenter.flush()
    session.view.selected.select_all()
    session.view.setFocus()
    QTest.keyClick(session.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.endswith("print('one')\none\nprint('two')\ntwo")


@in_window
async def test_a_name_is_completed_by_the_kernel(session: WindowSession) -> None:
    await session.run("some_long_name = some_long_number = 1")
    session.type("some_l", enter=False)
    popup = session.view.completer.popup
    await session.until(popup.isVisible)
    assert popup.count == 2
    QTest.keyClicks(session.view.input, "nu")
    QTest.keyClick(session.view.input, Qt.Key.Key_Tab)
    assert session.view.input.text() == "some_long_number"


@in_window
async def test_completion_works_while_a_cell_runs(session: WindowSession) -> None:
    await session.run("some_long_name = some_long_number = 1")
    session.type("import time; time.sleep(60)")
    await session.until(lambda: session.cells[-1].count_confirmed)
    session.type("some_l", enter=False)
    await session.until(session.view.completer.popup.isVisible)
    assert session.cells[-1].status is CellStatus.RUNNING


@in_window
async def test_a_call_tip_runs_nothing_of_the_users(session: WindowSession) -> None:
    await session.run(
        "class Slow:\n    def __repr__(self): global ran; ran = True; return 'slow'\n"
        "    def method(self, first, second=2): pass\nran = False; slow = Slow()"
    )
    session.type("slow.method(1, ", enter=False)
    label = session.view.call_tips.label
    await session.until(label.isVisible)
    assert label.text == "method(first, second=2)"
    assert label.pointed_out == "second=2"
    session.view.input.set_text("")
    await session.run("ran")
    assert "False" in session.text()


@in_window
async def test_after_an_error_the_rest_is_run_by_a_key(session: WindowSession) -> None:
    session.type("import time; time.sleep(0.2); 1/0")
    session.type("'second'")
    session.type("'third'")
    await session.until(lambda: session.cells[-1].status is CellStatus.ABORTED)
    session.window.actions_by_id["kernel.run_the_rest"].trigger()
    await session.until(lambda: len(session.cells) == 3 and session.cells[-1].outputs)
    assert [cell.code for cell in session.cells[1:]] == ["'second'", "'third'"]


@in_window
async def test_what_a_thread_prints_after_its_cell_has_ended_is_shown_in_it(
    session: WindowSession,
) -> None:
    """ipykernel 7 says that our last hidden question printed it."""
    cell = await session.run(
        "import threading; threading.Timer(1.0, print, ['late from the thread']).start()"
    )
    await session.until(lambda: bool(cell.outputs))
    (output,) = cell.outputs
    assert isinstance(output, StreamOutput)
    assert output.text.buffer.plain_text().strip() == "late from the thread"
