"""Inputs of the past in a window: what the kernel remembers, what we keep, and both in one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.built_kernels import TODAYS, Built, asked_for
from support.fake_kernel import FakeKernel, Manners, Turn, script_error, script_result
from support.window import WindowSession, window_on
from vitrail.history.database import Kept
from vitrail.history.store import HistoryStore
from vitrail.kernel.process import KernelProcess
from vitrail.presenters import history as module
from vitrail.settings.model import Settings
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TOY: dict[str, Any] = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "toy",
    "implementation_version": "1.0",
    "language_info": {"name": "toy", "version": "1"},
    "banner": "",
}
DEAF = Manners(replies={"kernel_info_request": TOY}, deaf=frozenset({"history_request"}))


@asynccontextmanager
async def store_in(directory: Path) -> AsyncIterator[HistoryStore]:
    store = HistoryStore(directory / "history.sqlite")
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def session_on(kernel: FakeKernel, directory: Path) -> AsyncIterator[WindowSession]:
    """Open a window on a fake kernel that keeps its inputs in a directory."""
    async with store_in(directory) as store, window_on(kernel.connection) as session:
        session.tab.presenter.history.use(store)
        await session.ready()
        yield session


def press(session: WindowSession, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    field = session.view.history.popup.field
    QTest.keyClick(field if field.hasFocus() else session.view.input, key, held)


async def look_for(session: WindowSession, typed: str) -> None:
    session.view.input.setFocus()
    press(session, Key.Key_R, CONTROL)
    await session.until(session.view.history.popup.field.hasFocus)
    QTest.keyClicks(session.view.history.popup.field, typed)
    await session.until(lambda: session.view.history.search.is_done)


def offered(session: WindowSession) -> list[str]:
    rows = session.view.history.popup.rows
    return [rows.past(row).code for row in range(rows.rowCount())]


async def kept(directory: Path, language: str = "toy") -> list[Kept]:
    async with store_in(directory) as store:
        return list(await store.read(language))


async def test_what_one_window_ran_is_found_by_the_next_without_waiting_for_the_kernel(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    scripts = {"good": script_result("1"), "bad": script_error("ToyError", "no")}
    with FakeKernel(scripts, DEAF) as kernel:
        async with session_on(kernel, tmp_path) as session:
            await session.run("good")
            await session.run("bad")
        async with session_on(kernel, tmp_path) as session:
            await session.until(lambda: session.view.input.history.entries == ("good", "bad"))
            press(session, Key.Key_Up)
            assert session.view.input.text() == "bad"
            session.view.input.set_text("")
            await look_for(session, "go")
            assert offered(session) == ["good"]
            press(session, Key.Key_Return, SHIFT)
            await session.until(lambda: session.cells and session.cells[0].status.is_finished)
            assert session.cells[0].code == "good"
    entries = await kept(tmp_path)
    assert [(entry.code, entry.failed) for entry in entries] == [
        ("good", False),
        ("bad", True),
        ("good", False),
    ]
    assert len({entry.session for entry in entries}) == 2
    assert all(entry.time_s > 1e9 for entry in entries)
    assert all(entry.number is not None for entry in entries)


async def test_a_window_finds_what_another_one_runs_meanwhile(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    with FakeKernel({"first": script_result("1")}, DEAF) as kernel:
        async with session_on(kernel, tmp_path) as one, session_on(kernel, tmp_path) as other:
            await other.until(lambda: other.view.history.search.is_done)
            await one.run("first")
            written = one.tab.presenter.history.store
            assert written is not None
            await written.read("toy")  # after what is to be written
            await look_for(other, "fir")
            await other.until(lambda: offered(other) == ["first"])
            assert other.view.input.history.entries == ()


async def test_passwords_answers_and_silent_code_are_kept_nowhere(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    def ask(turn: Turn) -> Iterator[None]:
        turn.ask("key: ", password=True)
        while turn.kernel.answer is None:
            yield

    with FakeKernel({"login": ask}, DEAF) as kernel:
        async with session_on(kernel, tmp_path) as session:
            session.type("login")
            await session.until(lambda: session.view.requests.field)
            field = session.view.requests.field
            assert field is not None
            QTest.keyClicks(field.focusProxy() or field, "hunter2")
            QTest.keyClick(field.focusProxy() or field, Key.Key_Return)
            await session.until(lambda: session.cells[0].status.is_finished)
            await look_for(session, "")
            assert offered(session) == ["login"]
    assert [entry.code for entry in await kept(tmp_path)] == ["login"]
    assert b"hunter2" not in (tmp_path / "history.sqlite").read_bytes()


async def test_an_input_that_begins_with_a_space_is_not_kept_if_so_set(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    with FakeKernel({" secret": script_result("1"), "open": script_result("2")}, DEAF) as kernel:
        async with session_on(kernel, tmp_path) as session:
            session.tab.presenter.history.skips_spaced = True
            await session.run(" secret")
            await session.run("open")
            await look_for(session, "")
            assert offered(session) == ["open"]
    assert [entry.code for entry in await kept(tmp_path)] == ["open"]


async def test_nothing_is_kept_where_that_is_set(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    assert Settings().history.keep
    with FakeKernel({"x": script_result("1")}, DEAF) as kernel:
        async with session_on(kernel, tmp_path) as session:
            session.tab.presenter.history.keeps = False
            await session.run("x")
            await look_for(session, "")
            assert offered(session) == ["x"]
    assert await kept(tmp_path) == []


@pytest.mark.parametrize(
    "reply",
    [
        {"history": [[1, 1, "old = 1"], [1, 2, "old = 2"]]},  # before protocol 5: no status
        {"history": [[1, 1, ["old = 1", None]], [1, 2, ["old = 2", "2"]]], "status": "ok"},
    ],
)
async def test_old_shapes_of_the_reply_are_understood(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, reply: dict[str, Any]
) -> None:
    manners = Manners(replies={"kernel_info_request": TOY, "history_request": reply})
    with FakeKernel({}, manners) as kernel:
        async with session_on(kernel, tmp_path) as session:
            await session.until(
                lambda: session.view.input.history.entries == ("old = 1", "old = 2")
            )
            await look_for(session, "old")
            assert offered(session) == ["old = 2", "old = 1"]
            preview = session.view.history.popup.preview
            assert preview.accessibleDescription() == "Session 1 · In [2]\nold = 2"


async def test_the_kernel_is_asked_for_older_inputs_once_each(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    reply = {"status": "ok", "history": [[1, 1, "read_CSV()"], [1, 2, "csv"]]}
    manners = Manners(replies={"kernel_info_request": TOY, "history_request": reply})
    with FakeKernel({}, manners) as kernel:
        async with session_on(kernel, tmp_path) as session:
            await look_for(session, "csv")
            await session.until(lambda: len(kernel.received("history_request")) == 2)
            asked = kernel.received("history_request")[1].content
            assert asked["hist_access_type"] == "search"
            assert asked["pattern"] == "*[cC][sS][vV]*"
            assert asked["unique"] is True
            assert (asked["raw"], asked["output"]) == (True, False)
            assert offered(session) == ["csv", "read_CSV()"]


async def test_a_question_that_the_kernel_threw_away_is_asked_once_more(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    reply = {"status": "aborted"}
    manners = Manners(replies={"kernel_info_request": TOY, "history_request": reply})
    with FakeKernel({}, manners) as kernel:
        async with session_on(kernel, tmp_path) as session:
            await session.until(lambda: len(kernel.received("history_request")) == 2)


async def test_a_place_that_cannot_be_written_is_said_in_the_console(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    (tmp_path / "no").write_text("a file where a directory should be")
    with FakeKernel({"x": script_result("1")}, DEAF) as kernel:
        async with session_on(kernel, tmp_path / "no") as session:
            await session.run("x")
            await session.until(lambda: "cannot be kept" in session.text())
            assert session.cells[0].status is CellStatus.DONE


# -- real kernels --------------------------------------------------------------------------------


@pytest.mark.kernel
async def test_what_the_first_session_ran_is_found_by_the_second(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the kernel alone: nothing is kept by us, and the tail is too short for it."""
    async with window_on(await KernelProcess.launch(TODAYS)) as session:
        await session.ready()
        await session.run("Needle_In_A_Stack = 1")
        await session.run("later = 2")
    monkeypatch.setattr(module, "TAIL_LENGTH", 1)
    async with window_on(await KernelProcess.launch(TODAYS)) as session:
        await session.ready()
        await session.until(lambda: session.view.input.history.entries)
        assert session.view.input.history.entries == ("later = 2",)
        await look_for(session, "needle stack")
        await session.until(lambda: offered(session) == ["Needle_In_A_Stack = 1"])
        press(session, Key.Key_Return)
        assert session.view.input.text() == "Needle_In_A_Stack = 1"


@pytest.mark.kernel
async def test_the_kernels_history_and_ours_are_one_and_a_restart_keeps_it(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with store_in(tmp_path) as store:
        async with window_on(await KernelProcess.launch(TODAYS)) as session:
            session.tab.presenter.history.use(store)
            await session.ready()
            await session.run("merged_one = 1")
            await session.run("merged_two = merged_one + nothing_of_that_name")
        async with window_on(await KernelProcess.launch(TODAYS)) as session:
            session.tab.presenter.history.use(store)
            await session.ready()
            await session.until(
                lambda: session.view.input.history.entries.count("merged_one = 1") == 1
            )
            await session.run("merged_three = 3")
            session.tab.restart()
            await session.until(
                lambda: session.tab.state == "starting" or "restarted" in session.text()
            )
            await session.ready()
            await session.run("merged_four = 4")
            await look_for(session, "merged_")
            assert offered(session)[:4] == [
                "merged_four = 4",
                "merged_three = 3",
                "merged_two = merged_one + nothing_of_that_name",
                "merged_one = 1",
            ]
            found = session.view.history.search.found
            assert found[2].failed
            assert len({each.session for each in found[:4]}) == 3


elder = pytest.fixture(params=["ipython-1.2.1"])(asked_for)
forgetful = pytest.fixture(params=["bash", "irkernel", "xeus-python-0.19.0"])(asked_for)


@pytest.mark.kernel
async def test_ipython_of_2014_tells_what_was_run_and_finds_it(
    qt_loop: asyncio.AbstractEventLoop, elder: Built
) -> None:
    async with window_on(elder.connection) as session:
        await session.ready()
        await session.run("Elder_One = 'some of 2014'")
        await session.run("elder_two = 2")
    async with window_on(elder.connection) as session:
        await session.ready()
        await look_for(session, "elder")
        await session.until(lambda: "Elder_One = 'some of 2014'" in offered(session))
        assert "elder_two = 2" in offered(session)


@pytest.mark.kernel
async def test_kernels_without_a_history_of_their_own_use_ours(
    qt_loop: asyncio.AbstractEventLoop, forgetful: Built, tmp_path: Path
) -> None:
    code = "echo once" if forgetful.name == "bash" else "cat('once')"
    async with store_in(tmp_path) as store:
        for _ in range(2):
            async with window_on(forgetful.connection) as session:
                session.tab.presenter.history.use(store)
                await session.ready()
                await session.run(code)
        async with window_on(forgetful.connection) as session:
            session.tab.presenter.history.use(store)
            await session.ready()
            await session.until(lambda: code in session.view.input.history.entries)
            await look_for(session, "once")
            await session.until(lambda: offered(session) == [code])
            press(session, Key.Key_Return, CONTROL)
            await session.until(lambda: session.cells and session.cells[0].status.is_finished)
            assert "once" in session.text()
