"""What a real ipykernel does not do: other languages, silence, refusals, no kernel at all."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from support.fake_kernel import FakeKernel, Manners, script_error, script_result
from support.window import WindowSession, window_on
from vitrail.kernel.reach import until_listening
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

TOY_INFO: dict[str, Any] = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "toy",
    "implementation_version": "1.0",
    "language_info": {"name": "toy", "version": "1", "mimetype": "text/x-toy"},
    "banner": "",
    "supported_features": ["kernel subshells"],
}


def toy(**replies: dict[str, Any]) -> Manners:
    return Manners(replies={"kernel_info_request": TOY_INFO, **replies})


def enter(session: WindowSession) -> None:
    QTest.keyClick(session.view.input, Qt.Key.Key_Return)


async def test_another_language_lets_its_kernel_say_what_is_complete(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.presenters.console.IS_COMPLETE_S", 30.0)  # a busy machine
    monkeypatch.setattr("vitrail_widgets.console.input_question.ANSWER_MS", 30_000)
    manners = toy(is_complete_request={"status": "incomplete", "indent": "  "})
    with FakeKernel(manners=manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("begin", enter=False)
            enter(session)
            await session.until(lambda: session.view.input.text() == "begin\n  ")
            assert session.cells == []


async def test_what_the_kernel_calls_complete_is_run(qt_loop: asyncio.AbstractEventLoop) -> None:
    manners = toy(is_complete_request={"status": "complete"})
    with FakeKernel({"go": script_result("gone")}, manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("go", enter=False)
            enter(session)
            await session.until(lambda: session.cells and session.cells[0].status.is_finished)
            assert "gone" in session.text()
            assert "Toy 1 · Toy 1.0" in session.text()


async def test_a_kernel_that_does_not_say_is_not_waited_for(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    manners = Manners(
        replies={"kernel_info_request": TOY_INFO}, mute=frozenset({"is_complete_request"})
    )
    with FakeKernel({"go": script_result("gone")}, manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("go", enter=False)
            enter(session)
            await session.until(lambda: session.cells)


async def test_an_attached_kernel_lives_on_and_cannot_be_restarted(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel({"1": script_result("1")}) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            assert not session.window.actions_by_id["kernel.restart"].isEnabled()
            said: list[str] = []
            session.tab.told.connect(said.append)
            session.tab.restart()
            assert "started by somebody else" in said[0]
            assert (await session.run("1")).status is CellStatus.DONE
        assert kernel.received("shutdown_request") == []


async def test_no_kernel_is_said_in_the_window(qt_loop: asyncio.AbstractEventLoop) -> None:
    async with window_on(UsageError("There is no kernel named 'pyton'.")) as session:
        assert session.tab.state == "dead"
        assert "There is no kernel named 'pyton'." in session.text()
        said: list[str] = []
        session.tab.told.connect(said.append)
        session.type("1")
        assert session.cells[0].status is CellStatus.ABORTED
        assert session.view.input.history.entries == ("1",)
        session.tab.interrupt()
        session.tab.restart()
        assert said == [
            "Not run: there is no kernel",
            "There is no kernel",
            "There is no kernel to restart",
        ]
        assert not session.window.actions_by_id["kernel.restart"].isEnabled()
        session.tab.presenter.run_again(session.cells[0].id)
        assert said[3:] == ["Not run: there is no kernel"]


async def test_kernel_of_somebody_else_that_ended_runs_nothing_until_it_is_back(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(until_listening, "__defaults__", (0.0,))

    async def again() -> ConnectionInfo:
        return connection

    with FakeKernel(ipc_directory=tmp_path) as kernel:
        connection = kernel.connection
    async with window_on(connection, again) as session:
        await session.until(lambda: session.tab.state == "dead")
        session.type("1")
        assert session.cells[0].status is CellStatus.ABORTED
        with FakeKernel({"2": script_result("two")}, ipc_directory=tmp_path):
            session.tab.restart()
            session.type("2")
            await session.until(lambda: session.cells[1].status is CellStatus.DONE)
            assert session.cells[0].status is CellStatus.ABORTED


async def test_an_error_told_by_the_reply_alone_is_shown(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel({"bad": script_error("ToyError", "no good")}, toy()) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            cell = await session.run("bad")
            assert cell.status is CellStatus.FAILED
            assert "ToyError" in session.text()


async def test_unsigned_traffic_is_said(
    qt_loop: asyncio.AbstractEventLoop, expected_log: Callable[[str], None]
) -> None:
    expected_log("Message signing is disabled")  # by the fake kernel's own session
    with FakeKernel(key=b"") as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            assert "not signed" in session.text()


async def test_unknown_payloads_are_named(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel({"1": script_result("1")}, toy()) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            cell = await session.run("1")
            payloads = session.tab.presenter.payloads
            payloads.take({"source": "a.b.levitate"}, cell.id)
            payloads.take({"source": "edit_magic", "filename": "x.py"}, cell.id)
            payloads.take({}, cell.id)
            text = session.text()
            for words in ("'levitate'", "x.py"):
                assert words in text


async def test_the_connection_is_copied_without_its_key(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(key=b"a-very-secret-key") as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.window.actions_by_id["kernel.copy_connection"].trigger()
            copied = QGuiApplication.clipboard().text()
            assert json.loads(copied)["shell_port"] == kernel.connection.shell_port
            assert "secret" not in copied
            assert "secret" not in session.window.windowTitle()
