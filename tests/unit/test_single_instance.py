"""One window for all: what passes through its door, and what does not."""

import asyncio
import contextlib
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vitrail.single_instance import LONGEST_PATH, Doorbell, Request, hand_over

REQUEST = Request(directory="/home", file="/home/x.py", kernel="ir", existing="")


async def handed(path: Path, request: Request = REQUEST) -> bool:
    with ThreadPoolExecutor(1) as thread:
        return await asyncio.wrap_future(thread.submit(hand_over, path, request))


@pytest.fixture
def door(tmp_path: Path) -> Path:
    return tmp_path / "run" / "door"


async def test_request_arrives_whole(door: Path) -> None:
    heard: list[Request] = []
    bell = await Doorbell.open(door, heard.append)
    try:
        assert bell.is_open
        assert await handed(door)
        assert heard == [REQUEST]
        assert door.stat().st_mode & 0o777 == 0o600
    finally:
        await bell.close()
    assert not door.exists()


def test_without_a_window_nobody_takes_it(door: Path) -> None:
    assert not hand_over(door, REQUEST)


async def test_door_of_a_window_that_crashed_is_replaced(door: Path) -> None:
    door.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as crashed:
        crashed.bind(str(door))
    assert not await handed(door)
    bell = await Doorbell.open(door, lambda _: None)
    assert await handed(door)
    await bell.close()


async def test_only_one_window_listens(door: Path) -> None:
    heard: list[str] = []
    first = await Doorbell.open(door, lambda _: heard.append("first"))
    second = await Doorbell.open(door, lambda _: heard.append("second"))
    assert not second.is_open
    await second.close()
    assert await handed(door)
    assert heard == ["first"]
    await first.close()


OF_NUMBERS = b'{"directory": 1, "file": "", "kernel": "", "existing": ""}\n'


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{}\n", b"[]\n", OF_NUMBERS, b'{"x": "' + b"y" * 100_000 + b'"}\n']
)
async def test_nonsense_is_not_taken_and_does_no_harm(door: Path, line: bytes) -> None:
    heard: list[Request] = []
    bell = await Doorbell.open(door, heard.append)
    reader, writer = await asyncio.open_unix_connection(str(door))
    writer.write(line)
    writer.write_eof()
    with contextlib.suppress(ConnectionError):  # it hangs up on what is too long
        assert await reader.read() == b""
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    assert heard == []
    assert await handed(door)
    await bell.close()


async def test_another_user_is_not_heard(door: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Request] = []
    bell = await Doorbell.open(door, heard.append)
    with monkeypatch.context() as other:
        other.setattr(os, "getuid", lambda: 4711)
        assert not await handed(door)
        assert heard == []
    assert await handed(door)  # what came before has been seen off by now
    await bell.close()


async def test_path_that_is_too_long_for_a_socket_is_no_door(tmp_path: Path) -> None:
    bell = await Doorbell.open(tmp_path / ("x" * LONGEST_PATH), lambda _: None)
    assert not bell.is_open
    await bell.close()
