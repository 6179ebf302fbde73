"""What becomes of real kernels when tabs are opened, closed, and given other kernels."""

import asyncio
import os

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

from support.built_kernels import kernelspecs_found, skip_if_missing
from support.fake_kernel import FakeKernel, script_result
from support.window import WindowSession, in_window, window_on
from vitrail.kernel.live import LiveKernel
from vitrail.protocol.connection import read_connection_file
from vitrail.shell.desk import launching
from vitrail_widgets.commands.palette import CommandPalette
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def press(session: WindowSession, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    session.window.activateWindow()
    await session.until(session.window.isActiveWindow)
    QTest.keyClick(session.view.input, key, modifiers)


def question(session: WindowSession) -> QMessageBox:
    [box] = [each for each in session.window.findChildren(QMessageBox) if each.isVisible()]
    return box


def answer(session: WindowSession, label: str) -> None:
    [button] = [each for each in question(session).buttons() if each.text() == label]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def chooser(session: WindowSession) -> CommandPalette:
    found = session.window.findChildren(CommandPalette)
    [popup] = [each for each in found if each.isVisible()]
    return popup


def is_ours(session: WindowSession) -> bool:
    return session.tab.kernel.is_ours


def pid_of(session: WindowSession) -> int:
    live = session.tab.live
    assert live is not None
    assert live.process is not None
    return live.process.pid


@pytest.mark.kernel
async def test_a_kernel_is_chosen_by_name_and_shut_down_with_its_tab(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel({"1": script_result("one")}) as fake:
        async with window_on(fake.connection) as session:
            await session.ready()
            await press(session, Key.Key_T, CTRL | SHIFT)
            field = chooser(session).field
            await session.until(field.hasFocus)
            QTest.keyClicks(field, "python 3")
            QTest.keyClick(field, Key.Key_Return)  # quicker than the list
            await session.until(lambda: len(session.window.tabs.all) == 2)
            await session.ready()
            assert (await session.run("6*7")).status is CellStatus.DONE
            pid = pid_of(session)
            await press(session, Key.Key_W)
            assert question(session).text() == "Shut down the kernel of “Python 3 (ipykernel)”?"
            answer(session, "Shut down")
            await session.until(lambda: not psutil.pid_exists(pid))
            assert (await session.run("1")).status is CellStatus.DONE


@pytest.mark.kernel
@in_window
async def test_an_idle_kernel_that_has_computed_nothing_ends_without_a_question(
    session: WindowSession,
) -> None:
    pid = pid_of(session)
    await press(session, Key.Key_T)
    session.window.tabs.step(-1)
    await press(session, Key.Key_W)
    await session.until(lambda: not psutil.pid_exists(pid))
    assert len(session.window.tabs.all) == 1
    await session.ready()


@pytest.mark.kernel
@in_window
async def test_a_kernel_that_another_tab_shows_goes_on_there_as_ours(
    session: WindowSession,
) -> None:
    await session.run("x = 41")
    pid = pid_of(session)
    session.window.actions_by_id["tab.new_view"].trigger()
    await session.ready()
    assert not is_ours(session)
    session.window.tabs.step(-1)
    await press(session, Key.Key_W)
    assert is_ours(session)
    assert pid_of(session) == pid
    cell = await session.run("print(x + 1)")
    assert "42" in session.text()
    session.tab.restart()
    await session.until(lambda: cell.is_stale)
    await session.ready()
    assert (await session.run("1")).status is CellStatus.DONE


@pytest.mark.kernel
@in_window
async def test_the_memory_of_a_kernel_is_said_also_while_it_computes(
    session: WindowSession,
) -> None:
    await session.begin("while True: pass")
    assert session.tab.state == "busy"
    session.tab.watch_memory()
    await session.until(lambda: session.tab.memory_words.endswith("MB"))
    said = [label.text() for label in session.window.statusBar().findChildren(QLabel)]
    assert session.tab.memory_words in said
    await press(session, Key.Key_T)
    tip = session.window.tabs.groups[0].bar.tabToolTip(0)
    assert f"{session.window.tabs.all[0].memory_words} of memory" in tip
    session.window.tabs.step(-1)
    session.tab.interrupt()
    await session.until(lambda: session.tab.state == "idle")


@pytest.mark.kernel
@in_window
async def test_a_running_kernel_is_found_and_gets_another_tab(session: WindowSession) -> None:
    await session.run("x = 41")
    live = session.tab.live
    assert live is not None
    assert live.process is not None
    name = live.process.connection_file.stem.removeprefix("kernel-")[:8]
    await press(session, Key.Key_T, CTRL | SHIFT)
    popup = chooser(session)
    await session.until(popup.field.hasFocus)
    QTest.keyClicks(popup.field, name)
    await session.until(lambda: popup.shown)
    [choice] = popup.shown
    assert choice.command.area == "running"
    assert choice.keys.startswith("has a tab · started now")
    QTest.keyClick(popup.field, Key.Key_Return)
    await session.ready()
    assert (await session.run("print(x + 1)")).status is CellStatus.DONE
    assert not is_ours(session)


@pytest.mark.kernel
@in_window
async def test_a_kernel_that_is_kept_runs_on_and_the_way_back_is_said(
    session: WindowSession,
) -> None:
    await session.run("x = 1")
    pid, live = pid_of(session), session.tab.live
    assert live is not None
    assert live.process is not None
    file = live.process.connection_file
    await press(session, Key.Key_T)
    session.window.tabs.step(-1)
    await press(session, Key.Key_W)
    answer(session, "Keep running")
    said = f"The kernel lives on: vitrail --existing {file.name}"
    await session.until(lambda: session.window.statusBar().currentMessage() == said)
    await session.until(lambda: session.desk.kept)
    assert psutil.pid_exists(pid)
    other = LiveKernel(read_connection_file(file))
    await other.open()
    await other.close()
    process = psutil.Process(pid)
    process.terminate()
    await session.until(lambda: process.status() == psutil.STATUS_ZOMBIE)
    os.waitpid(pid, 0)  # it is a child of the tests' and nobody's else any more
    file.unlink()


@pytest.mark.kernel
async def test_a_tab_gets_a_kernel_of_another_language_and_keeps_what_was_said(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    skip_if_missing("bash")
    with kernelspecs_found(), FakeKernel({"1": script_result("one")}) as fake:
        async with window_on(fake.connection) as session:
            await session.ready()
            first = await session.run("1")
            session.desk.change(session.tab, launching("bash"))
            await session.until(lambda: first.is_stale)
            await session.ready()
            await session.run("echo $((6 * 7))")
            assert "one" in session.text()
            assert "42" in session.text()
            assert session.tab.presenter.language.name == "bash"


@pytest.mark.kernel
async def test_closing_the_window_asks_once_for_all_tabs(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with window_on(await launching("python3")()) as session:
        await session.ready()
        await session.run("1")
        await press(session, Key.Key_T)
        await session.ready()
        await session.run("2")
        session.window.close()
        assert question(session).text() == "Shut down 2 kernels?"
        answer(session, "Cancel")
        assert session.window.isVisible()
        session.window.close()
        answer(session, "Shut down")
        assert not session.window.isVisible()
