"""Frames that break the rules: counted, dropped, said once, and the session lives on."""

import asyncio
import json
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.fake_kernel import FakeKernel, Manners, script_result, script_sleep
from support.window import WindowSession, window_on
from vitrail.protocol.errors import Refusal
from vitrail_widgets.transcript.cells import CellStatus, Notice

pytestmark = pytest.mark.qasync

SCRIPTS = {"1": script_result("one"), "sleep": script_sleep}
DELIMITER = b"<IDS|MSG>"

Spoil = Callable[[FakeKernel, list[bytes]], list[bytes]]


def valid(kernel: FakeKernel) -> list[bytes]:
    """Make the frames of a stream that would be shown; no message of them was sent yet."""
    content = {"name": "stdout", "text": "from a bad frame"}
    message = kernel._session.msg("stream", content=content)
    frames: list[bytes] = kernel._session.serialize(message)
    return frames


def signed(kernel: FakeKernel, parts: list[bytes]) -> list[bytes]:
    return [DELIMITER, kernel._session.sign(parts), *parts]


def send(kernel: FakeKernel, channel: str, frames: list[bytes]) -> None:
    kernel.do(lambda: kernel.send_frames(channel, frames))


def with_content(content: bytes) -> Spoil:
    return lambda kernel, frames: signed(kernel, [*frames[2:5], content])


def with_header(header: bytes) -> Spoil:
    # The parent is another each time: frames of the same signature would be a replay.
    return lambda kernel, frames: signed(kernel, [header, frames[2], *frames[4:]])


SPOILT: dict[str, tuple[Refusal, Spoil]] = {
    "one empty frame": (Refusal.NO_DELIMITER, lambda _, frames: [b""]),
    "no delimiter": (Refusal.NO_DELIMITER, lambda _, frames: frames[1:]),
    "delimiter alone": (Refusal.SHORT, lambda _, frames: frames[:1]),
    "no content": (Refusal.SHORT, lambda _, frames: frames[:5]),
    "no signature": (Refusal.UNSIGNED, lambda _, frames: [frames[0], b"", *frames[2:]]),
    "wrong signature": (
        Refusal.BAD_SIGNATURE,
        lambda _, frames: [frames[0], b"0" * 64, *frames[2:]],
    ),
    "signature of no hex": (
        Refusal.BAD_SIGNATURE,
        lambda _, frames: [frames[0], b"\xff\x00", *frames[2:]],
    ),
    "changed after signing": (
        Refusal.BAD_SIGNATURE,
        lambda _, frames: [*frames[:5], frames[5].replace(b"bad", b"bud")],
    ),
    "no JSON": (Refusal.NOT_JSON, with_content(b"{")),
    "empty content": (Refusal.NOT_JSON, with_content(b"")),
    "deep": (Refusal.NOT_JSON, with_content(b'{"text":' + b"[" * 100_000)),
    "a list": (Refusal.NOT_AN_OBJECT, with_content(b"[]")),
    "null": (Refusal.NOT_AN_OBJECT, with_content(b"null")),
    "header is a list": (Refusal.NOT_AN_OBJECT, with_header(b"[]")),
    "header is empty": (Refusal.WRONG_TYPE, with_header(b"{}")),
    "msg_type is a number": (Refusal.WRONG_TYPE, with_header(b'{"msg_id": "a", "msg_type": 1}')),
    "text is a number": (Refusal.WRONG_TYPE, with_content(b'{"name": "stdout", "text": 1}')),
    "text is missing": (Refusal.WRONG_TYPE, with_content(b'{"name": "stdout"}')),
}


def notices(session: WindowSession) -> list[str]:
    entries = session.tab.presenter.execution.transcript.entries
    return [e.text for e in entries if isinstance(e, Notice) and "dropped" in e.text]


def counters(session: WindowSession) -> dict[Refusal, int]:
    assert session.tab.live is not None
    return dict(session.tab.live.client.counters)


@pytest.mark.parametrize("how", SPOILT)
async def test_bad_frames_are_counted_dropped_and_said_once(
    qt_loop: asyncio.AbstractEventLoop, how: str
) -> None:
    refusal, spoil = SPOILT[how]
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            for _ in range(3):
                send(kernel, "iopub", spoil(kernel, valid(kernel)))
            await session.until(lambda: counters(session) == {refusal: 3})
            [notice] = notices(session)
            assert notice in session.text()
            assert " on iopub " in notice
            assert notice.endswith("It was dropped, as others like it will be.")
            assert "from a bad frame" not in session.text()
            assert (await session.run("1")).status is CellStatus.DONE
            assert "one" in session.text()


async def test_bad_reply_is_said_and_the_next_cell_works(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            identity = kernel.requests[0].identities
            for name in ("shell", "control", "stdin"):
                send(kernel, name, [*identity, *valid(kernel)[:5]])
            await session.until(lambda: counters(session) == {Refusal.SHORT: 3})
            assert len(notices(session)) == 3  # one for each channel
            assert (await session.run("1")).status is CellStatus.DONE


async def test_replayed_frames_are_shown_once(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            frames = valid(kernel)
            for _ in range(3):
                send(kernel, "iopub", frames)
            await session.until(lambda: counters(session) == {Refusal.DUPLICATE: 2})
            assert session.text().count("from a bad frame") == 1
            assert len(notices(session)) == 1
            assert (await session.run("1")).status is CellStatus.DONE


async def test_replayed_reply_does_not_finish_another_cell(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            sent: list[tuple[str, list[bytes]]] = []
            plain = kernel.send_frames

            def tapped(channel: str, frames: Sequence[bytes]) -> None:
                sent.append((channel, list(frames)))
                plain(channel, frames)

            monkeypatch.setattr(kernel, "send_frames", tapped)
            await session.run("1")
            monkeypatch.undo()
            replayed = list(sent)
            session.type("sleep")
            running = session.cells[-1]
            await session.until(lambda: running.count_confirmed)
            for name, frames in replayed:
                send(kernel, name, frames)
            expected = {Refusal.DUPLICATE: len(replayed)}
            await session.until(lambda: counters(session) == expected)
            assert running.status is CellStatus.RUNNING
            kernel.do(kernel.interrupt)
            await session.until(lambda: running.status.is_finished)


async def test_unknown_types_are_counted_and_shown_nowhere(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            before = session.text()
            for _ in range(2):
                kernel.do(lambda: kernel.publish("data_pub", {"keys": ["secret"]}))
            assert session.tab.live is not None
            client = session.tab.live.client
            await session.until(lambda: client.unknown == {"data_pub": 2})
            assert session.text() == before
            assert (await session.run("1")).status is CellStatus.DONE


async def test_flood_of_bad_frames_is_one_notice(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel(SCRIPTS) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            frames = [DELIMITER, b"0" * 64, b"{}", b"{}", b"{}", json.dumps({}).encode()]
            for _ in range(5000):
                send(kernel, "iopub", frames)
            await session.until(lambda: counters(session) == {Refusal.BAD_SIGNATURE: 5000})
            assert len(notices(session)) == 1
            assert (await session.run("1")).status is CellStatus.DONE


async def test_kernel_that_never_answers_leaves_the_input_in_use(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    deaf = Manners(deaf=frozenset({"kernel_info_request"}), welcomes=False)
    with FakeKernel(SCRIPTS, deaf) as kernel:
        async with window_on(kernel.connection) as session:
            await session.until(lambda: kernel.received("kernel_info_request"))
            session.type("1")
            assert session.cells[0].status is CellStatus.QUEUED
            session.tab.interrupt()
            assert session.tab.state == "starting"
            QTest.keyClicks(session.view.input, "still here")
            QTest.keyClick(session.view.input, Qt.Key.Key_Backspace)
            assert session.view.input.text() == "still her"


async def test_kernel_that_is_there_and_never_answers_is_thought_to_be_busy(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    deaf = Manners(deaf=frozenset({"kernel_info_request"}), welcomes=False)
    with FakeKernel(SCRIPTS, deaf) as kernel:
        async with window_on(kernel.connection) as session:
            await session.until(lambda: "The kernel is busy elsewhere" in session.text())
            assert session.tab.state == "busy"


async def test_dead_kernel_to_attach_to_is_said(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitrail.kernel import reach

    monkeypatch.setattr(reach.until_listening, "__defaults__", (0.0,))
    with FakeKernel() as kernel:
        connection = kernel.connection
    async with window_on(connection) as session:
        await session.until(lambda: "No kernel listens at" in session.text())
        assert session.tab.state == "dead"
