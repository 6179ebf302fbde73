"""The chooser: what is listed, what may be typed, and what it remembers."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from support.fake_kernel import FakeKernel, script_result
from support.patience import PATIENCE_S
from support.window import WindowSession, window_on
from vitrail.kernel.discovery import kernelspecs, runtime_dir
from vitrail.kernel.running import connection_files
from vitrail.protocol.connection import write_connection_file
from vitrail.shell.tabs import chooser as chooser_module
from vitrail_widgets.commands.palette import CommandPalette

pytestmark = pytest.mark.qasync

Key = Qt.Key


@asynccontextmanager
async def choosing(recent_file: Path | None = None) -> AsyncIterator[WindowSession]:
    """Open a window on a fake kernel, with the chooser over it."""
    with FakeKernel({"1": script_result("one")}) as fake:
        async with window_on(fake.connection, recent_file=recent_file) as session:
            await session.ready()
            session.window.actions_by_id["tab.choose"].trigger()
            yield session


def popup_of(session: WindowSession) -> CommandPalette:
    found = session.window.findChildren(CommandPalette)
    [popup] = [each for each in found if each.isVisible()]
    return popup


def titles(session: WindowSession) -> list[str]:
    return [choice.command.label for choice in popup_of(session).shown]


def said(session: WindowSession) -> str:
    popup = popup_of(session)
    labels = popup.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return "".join(label.text() for label in labels if label.isVisible()).replace("\u200b", "")


async def type_and_enter(session: WindowSession, text: str) -> None:
    """Type what means a kernel, and press Enter once it is offered."""
    field = popup_of(session).field
    QTest.keyClicks(field, text)
    await session.until(lambda: text in titles(session))
    QTest.keyClick(field, Key.Key_Return)
    await session.until(lambda: len(session.window.tabs.all) == 2)
    await session.ready()


def by_path(file: Path) -> str:
    return str(file)


def by_glob(file: Path) -> str:
    return f"{file.stem[:-2]}*"


def by_part(file: Path) -> str:
    return file.stem[2:]


@pytest.mark.parametrize("typed", [by_path, by_glob, by_part])
async def test_a_kernel_is_attached_to_by_what_is_typed(
    qt_loop: asyncio.AbstractEventLoop, typed: Callable[[Path], str]
) -> None:
    with FakeKernel({"1": script_result("other")}) as other:
        file = runtime_dir() / "notebook-of-grace.json"  # none that is listed by itself
        file.parent.mkdir(parents=True, exist_ok=True)
        write_connection_file(file, other.connection)
        try:
            async with choosing() as session:
                await type_and_enter(session, typed(file))
                assert not session.tab.kernel.is_ours
                await session.run("1")
                assert "other" in session.text()
        finally:
            file.unlink()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.json", None, "No connection file matches “{path}”, here or in {runtime}."),
        ("bad.json", "{}", "The connection file {path}: shell_port is missing."),
        ("text.json", "hello", "The connection file {path} is not JSON"),
        ("huge.json", "x" * 2_000_000, "The connection file {path} is too large to be one."),
    ],
)
async def test_a_wrong_file_is_said_to_be_one(
    qt_loop: asyncio.AbstractEventLoop,
    tmp_path: Path,
    name: str,
    content: str | None,
    sentence: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    async with choosing() as session:
        popup = popup_of(session)
        QTest.keyClicks(popup.field, str(path))
        expected = sentence.format(path=path, runtime=runtime_dir())
        await session.until(lambda: said(session).startswith(expected))
        assert popup.shown == []
        QTest.keyClick(popup.field, Key.Key_Return)
        assert popup.isVisible()
        assert len(session.window.tabs.all) == 1


async def test_a_directory_without_python_is_said_to_be_one(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async with choosing() as session:
        QTest.keyClicks(popup_of(session).field, str(tmp_path))
        expected = f"{tmp_path} is a directory, and no Python environment."
        await session.until(lambda: said(session) == expected)


async def test_the_window_does_not_wait_for_a_slow_disk(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = threading.Event()

    def slow() -> object:
        assert disk.wait(PATIENCE_S)
        return kernelspecs()

    monkeypatch.setattr(chooser_module, "kernelspecs", slow)
    async with choosing() as session:
        assert said(session) == ""
        assert titles(session) == []
        disk.set()
        await session.until(lambda: "Python 3 (ipykernel)" in titles(session))


async def test_what_was_chosen_is_on_top_after_the_next_start(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    recent, file = tmp_path / "state" / "recent.json", tmp_path / "far away.json"
    with FakeKernel({"1": script_result("other")}) as other:
        write_connection_file(file, other.connection)
        assert file not in connection_files()
        async with choosing(recent) as session:
            await type_and_enter(session, str(file))
        assert json.loads(recent.read_text()) == [f"running:{file}"]
        async with choosing(recent) as session:
            await session.until(lambda: popup_of(session).shown)
            await session.until(lambda: popup_of(session).shown[0].is_recent)
            assert "far away"[:8] in titles(session)[0]
            assert popup_of(session).shown[0].command.area == "running"


async def test_a_spoilt_memory_is_no_memory(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    recent = tmp_path / "recent.json"
    recent.write_text('{"not": "ours"}')
    async with choosing(recent) as session:
        await session.until(lambda: popup_of(session).shown)
        assert not any(choice.is_recent for choice in popup_of(session).shown)
