"""Several tabs in a window: opened, gone to, moved, named and closed, by key and by mouse."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from support.fake_kernel import FakeKernel, Turn, script_result, script_sleep, script_stream
from support.window import WindowSession, window_on
from vitrail.kernel.lifecycle import KernelState
from vitrail.presenters.console_kernel import Kernel
from vitrail.shell.tabs.face import News
from vitrail.shell.tabs.name_field import NameField
from vitrail.shell.tabs.tab_bar import TabBar
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def script_failure(turn: Turn) -> Iterator[None]:
    turn.error("ValueError", "no")
    yield


SCRIPTS = {
    "1": script_result("one"),
    "say": script_stream("said\n"),
    "sleep": script_sleep,
    "fail": script_failure,
}


@asynccontextmanager
async def tabs_on_fake() -> AsyncIterator[WindowSession]:
    """Open a window whose tabs are all views of one fake kernel."""
    with FakeKernel(SCRIPTS) as fake:

        async def source() -> Kernel:
            return fake.connection

        async with window_on(fake.connection, source, more=source) as session:
            await session.ready()
            yield session


def press(session: WindowSession, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    session.window.activateWindow()
    QTest.keyClick(session.view.input, key, modifiers)


async def new_tab(session: WindowSession) -> None:
    """Open a tab by key; its console has the keyboard then."""
    await session.until(session.window.isActiveWindow)
    before = len(session.window.tabs.all)
    press(session, Key.Key_T)
    assert len(session.window.tabs.all) == before + 1
    await session.ready()
    await session.until(session.view.input.hasFocus)


def bar(session: WindowSession) -> TabBar:
    return session.window.tabs.groups[0].bar


def names(session: WindowSession) -> list[str]:
    shown = bar(session)
    return [shown.face(at).title for at in range(shown.count())]


async def named_tabs(session: WindowSession, *wanted: str) -> None:
    """Have tabs of these names; the last one is the current one."""
    session.tab.rename(wanted[0])
    for name in wanted[1:]:
        await new_tab(session)
        session.tab.rename(name)
    await session.until(lambda: names(session) == list(wanted))


async def test_one_tab_alone_has_no_bar(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        assert not bar(session).isVisible()
        await new_tab(session)
        assert bar(session).isVisible()
        press(session, Key.Key_W)
        assert not bar(session).isVisible()


async def test_the_button_and_a_double_click_beside_the_tabs_open_tabs(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await new_tab(session)
        header = session.window.tabs.groups[0].header
        QTest.mouseClick(header.plus, Qt.MouseButton.LeftButton)
        await session.ready()
        beside = header.rect().center() + QPoint(header.width() // 2 - 20, 0)
        QTest.mouseDClick(header, Qt.MouseButton.LeftButton, NONE, beside)
        await session.ready()
        assert len(session.window.tabs.all) == 4


async def test_tabs_of_one_name_are_told_apart(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        await new_tab(session)
        await session.until(lambda: names(session) == ["fake · 1", "fake · 2"])


async def test_keys_go_to_the_tabs_round_their_ends(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b", "c")
        for key, modifiers, name in (
            (Key.Key_PageDown, CTRL, "a"),
            (Key.Key_Tab, CTRL, "b"),
            (Key.Key_PageUp, CTRL, "a"),
            (Key.Key_Backtab, CTRL | SHIFT, "c"),
            (Key.Key_2, ALT, "b"),
            (Key.Key_9, ALT, "c"),
            (Key.Key_1, ALT, "a"),
            (Key.Key_5, ALT, "a"),
        ):
            press(session, key, modifiers)
            assert session.tab.title == name
            await session.until(session.view.input.hasFocus)


async def test_each_tab_has_its_own_input_and_cells(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        session.settings.change("kernel", "other_clients", False)
        session.type("first", enter=False)
        await new_tab(session)
        assert session.view.input.text() == ""
        await session.run("1")
        press(session, Key.Key_1, ALT)
        assert session.view.input.text() == "first"
        assert session.cells == []


async def test_tabs_are_moved_by_key(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b", "c")
        press(session, Key.Key_PageUp, CTRL | SHIFT)
        assert names(session) == ["a", "c", "b"]
        press(session, Key.Key_PageDown, CTRL | SHIFT)
        press(session, Key.Key_PageDown, CTRL | SHIFT)
        assert names(session) == ["a", "b", "c"]
        assert session.tab.title == "c"


def drag(shown: TabBar, start: QPoint, *stops: QPoint) -> None:
    """Drag with the left button over points of the bar."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(shown, left, NONE, start)
    for stop in map(QPointF, stops):  # QTest's move would run Qt's events meanwhile
        there = shown.mapToGlobal(stop)
        event = QMouseEvent(QEvent.Type.MouseMove, stop, there, Qt.MouseButton.NoButton, left, NONE)
        QApplication.sendEvent(shown, event)
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, NONE, stops[-1])


async def test_a_tab_is_moved_by_mouse(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b", "c")
        shown = bar(session)
        middle = shown.tabRect(0).center()
        drag(shown, middle, middle + QPoint(30, 0), shown.tabRect(2).center() + QPoint(30, 0))
        assert names(session) == ["b", "c", "a"]
        assert session.tab.title == "a"


async def test_a_tab_dragged_out_of_the_window_gets_one_of_its_own_and_can_come_back(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        await session.run("1")
        shown, torn = bar(session), session.tab
        middle = shown.tabRect(1).center()
        drag(shown, middle, middle + QPoint(0, 30), middle + QPoint(0, 5000))
        [first, second] = session.desk.windows
        assert (first.tab.title, second.tab) == ("a", torn)
        assert "one" in WindowSession(second).text()
        assert (await WindowSession(second).run("say")).status is CellStatus.DONE
        second.actions_by_id["tab.tear_off"].trigger()
        assert session.desk.windows == [first]
        assert first.tab is torn
        assert (await session.run("1")).status is CellStatus.DONE


async def test_closing_one_of_two_windows_leaves_the_other(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        session.window.actions_by_id["tab.tear_off"].trigger()
        [_, second] = session.desk.windows
        second.close()
        assert session.desk.windows == [session.window]
        assert (await session.run("1")).status is CellStatus.DONE


async def test_a_window_that_was_closed_follows_neither_theme_nor_keys(
    qt_loop: asyncio.AbstractEventLoop, qtbot: QtBot
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        session.window.actions_by_id["tab.tear_off"].trigger()
        [_, second] = session.desk.windows
        second.close()
        await session.until(lambda: not isValid(second))
        with qtbot.captureExceptions() as raised:
            session.desk.appearance.choose("dark")
            session.desk.keys.rebind("view.full_screen", ("Ctrl+J",))
        assert raised == []
        assert session.window.actions_by_id["view.full_screen"].shortcut().toString() == "Ctrl+J"


async def test_the_offers_of_a_tab_that_was_closed_follow_no_theme(
    qt_loop: asyncio.AbstractEventLoop, qtbot: QtBot
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        closed = session.tab
        closed.kernel.stuck.emit()
        assert closed.stuck is not None
        press(session, Key.Key_W)
        await session.until(lambda: not isValid(closed))
        with qtbot.captureExceptions() as raised:
            session.desk.appearance.choose("dark")
        assert raised == []


async def test_tabs_side_by_side_are_both_seen_and_close_to_one(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        left, right = session.window.tabs.all
        press(session, Key.Key_Backslash)
        assert left.isVisible()
        assert right.isVisible()
        assert len(session.window.tabs.groups) == 2
        left.view.input.setFocus()
        assert session.tab is left
        press(session, Key.Key_PageDown)
        assert session.tab is right
        left.view.input.setFocus()
        QTest.mouseClick(session.window.tabs.groups[1].header.plus, Qt.MouseButton.LeftButton)
        assert len(session.window.tabs.groups[1].tabs) == 2
        press(session, Key.Key_W)
        assert session.tab is right
        press(session, Key.Key_W)
        assert session.tab is left
        assert len(session.window.tabs.groups) == 1


async def test_a_tab_is_renamed_by_key_and_by_double_click(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await new_tab(session)
        press(session, Key.Key_F2, NONE)
        [field] = session.window.findChildren(NameField)
        await session.until(field.hasFocus)
        QTest.keyClicks(field, "my data & more")
        QTest.keyClick(field, Key.Key_Return)
        await session.until(lambda: names(session)[1] == "my data & more")
        await session.until(session.view.input.hasFocus)
        assert session.window.windowTitle() == "my data & more — fake"
        first = bar(session).tabRect(0).center()
        QTest.mouseDClick(bar(session), Qt.MouseButton.LeftButton, NONE, first)
        field = session.window.findChildren(NameField)[-1]
        QTest.keyClicks(field, "other")
        QTest.keyClick(field, Key.Key_Escape)
        assert session.window.tabs.all[0].title == "fake"


async def test_a_tab_is_closed_by_its_cross_and_by_the_middle_button(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b", "c")
        shown = bar(session)
        middle = shown.tabRect(1)
        cross = QPoint(middle.right() - 12, middle.center().y())
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, NONE, cross)
        assert names(session) == ["a", "c"]
        QTest.mouseClick(shown, Qt.MouseButton.MiddleButton, NONE, shown.tabRect(1).center())
        assert names(session) == ["a"]
        assert session.window.isVisible()


async def test_the_last_closed_tab_comes_back_with_what_was_said(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        await session.run("1")
        press(session, Key.Key_W)
        assert session.tab.title == "a"
        press(session, Key.Key_T, ALT | SHIFT)
        assert session.tab.title == "b"
        await session.ready()
        assert "one" in session.text()
        assert session.cells[0].is_stale
        assert (await session.run("1")).status is CellStatus.DONE


async def test_a_tab_that_was_attached_is_attached_again_when_it_is_reopened(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(SCRIPTS) as first, FakeKernel(SCRIPTS) as second:

        async def to_first() -> Kernel:
            return first.connection

        async def to_second() -> Kernel:
            return second.connection

        async with window_on(first.connection, to_first, more=to_second) as session:
            await session.ready()
            await new_tab(session)
            press(session, Key.Key_1, ALT)
            press(session, Key.Key_W)
            press(session, Key.Key_T, ALT | SHIFT)
            await session.ready()
            assert session.tab.live is not None
            assert session.tab.live.client.connection == first.connection


async def test_a_window_that_is_closed_while_kernels_are_looked_for_ends_at_once(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        session.window.actions_by_id["tab.choose"].trigger()
        assert session.window.close()


async def test_what_happens_in_another_tab_shows_on_it_until_one_looks(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        session.settings.change("kernel", "other_clients", False)
        await named_tabs(session, "a", "b")
        shown, first = bar(session), session.window.tabs.all[0]
        first.presenter.submit("say")
        await session.until(lambda: shown.face(0).news is News.OUTPUT)
        assert shown.accessibleTabName(0) == "a, idle, new output"
        first.presenter.submit("fail")
        await session.until(lambda: shown.face(0).news is News.ERROR)
        press(session, Key.Key_1, ALT)
        assert shown.face(0).news is News.NONE
        assert shown.face(1).news is News.NONE


async def test_the_state_of_each_kernel_shows_on_its_tab(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        session.type("sleep")
        await session.until(lambda: bar(session).face(1).state is KernelState.BUSY)
        assert "loopback" in bar(session).tabToolTip(1)
        session.tab.interrupt()
        await session.until(lambda: bar(session).face(1).state is KernelState.IDLE)


async def test_cells_that_wait_for_a_foreign_kernel_are_asked_about(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    async with tabs_on_fake() as session:
        await named_tabs(session, "a", "b")
        session.type("sleep")
        session.type("1")
        press(session, Key.Key_W)
        [box] = session.window.findChildren(QMessageBox)
        assert box.informativeText() == "One cell that waits is not run."
        QTest.keyClick(box, Key.Key_Escape)
        await session.until(lambda: not session.window.findChildren(QMessageBox))
        assert len(session.window.tabs.all) == 2
        session.tab.interrupt()
