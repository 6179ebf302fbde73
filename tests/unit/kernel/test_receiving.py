"""Large messages are decoded in steps; the order of a channel stays, and nothing is lost."""

import asyncio
from typing import Any

import pytest

from support.recorder import Recorder
from support.wire import KEY, header, message, session
from vitrail.kernel import receiving
from vitrail.kernel.activity import Activity
from vitrail.kernel.heartbeat import Heartbeat
from vitrail.kernel.opening import Opening
from vitrail.kernel.receiving import Receiving
from vitrail.kernel.router import Router
from vitrail.protocol.broadcasts import DisplayData, Stream
from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.content import Content
from vitrail.protocol.dialect import OPENING, V5, Dialect
from vitrail.protocol.errors import Refusal
from vitrail.protocol.message_log import MessageLog

LARGE = "x\n" * 30_000


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "LARGE_BYTES", 1000)
    monkeypatch.setattr(receiving, "BUDGET_S", 0.0)  # one step in each turn


class Ear:
    """Receives as a client does, without sockets."""

    def __init__(self, dialect: Dialect = V5) -> None:
        self.heard = Recorder()
        router = Router(
            Activity(None, is_shared=False),
            self.heard,
            restarted=lambda _: None,
            unheard=lambda _: None,
            ended=lambda _: None,
        )
        connection = ConnectionInfo(
            transport="tcp", ip="127.0.0.1", shell_port=1, iopub_port=2, stdin_port=3,
            control_port=4, hb_port=5, key=KEY,
        )  # fmt: skip
        opening = Opening(connection, session())
        opening.session.dialect = dialect
        router.begin(connection, opening)
        heartbeat = Heartbeat(lambda: None, lambda _: None)
        self.receiving = Receiving(MessageLog(()), heartbeat, router)
        self._receive = {each: self.receiving.receiver(each) for each in Channel}

    def take(self, content: Any = None, msg_type: str = "stream", **fields: Any) -> None:
        channel = Channel.CONTROL if msg_type.endswith("_reply") else Channel.IOPUB
        frames = message(msg_type, content, parent=header("execute_request"), **fields)
        self._receive[channel](frames)

    def take_frames(self, frames: list[bytes]) -> None:
        self._receive[Channel.IOPUB](frames)

    @property
    def contents(self) -> list[Content]:
        return [each.content for each in self.heard.messages]

    async def until(self, count: int) -> list[Content]:
        await self.heard.until(lambda: len(self.heard.messages) >= count)
        assert len(self.heard.messages) == count
        return self.contents


async def test_what_follows_a_large_message_waits_for_it() -> None:
    ear = Ear()
    ear.take()
    ear.take({"name": "stdout", "text": LARGE})
    ear.take({"name": "stdout", "text": "after\n"})
    ear.take({"data": {"text/html": LARGE}}, "display_data")
    assert len(ear.contents) == 1
    first, large, after, shown = await ear.until(4)
    assert first == Stream(text="hello\n")
    assert large == Stream(text=LARGE)
    assert after == Stream(text="after\n")
    assert shown == DisplayData(data={"text/html": LARGE})


async def test_other_channels_do_not_wait() -> None:
    ear = Ear()
    ear.take({"name": "stdout", "text": LARGE})
    ear.take({"status": "ok"}, "shutdown_reply")
    assert [each.msg_type for each in ear.heard.messages] == ["shutdown_reply"]
    await ear.until(2)


async def test_the_loop_has_its_turn_meanwhile() -> None:
    ear = Ear()
    ear.take({"name": "stdout", "text": LARGE * 20})
    turns = 0
    while not ear.contents:
        await asyncio.sleep(0)
        turns += 1
    assert turns > 20


@pytest.mark.parametrize(
    ("damage", "refusal"),
    [
        (lambda frames: [*frames[:-1], frames[-1][:-1]], Refusal.BAD_SIGNATURE),
        (lambda frames: [frames[0], b"", *frames[2:]], Refusal.UNSIGNED),
        (lambda frames: frames[1:], Refusal.NO_DELIMITER),
    ],
)
async def test_a_large_message_is_verified(damage: Any, refusal: Refusal) -> None:
    ear = Ear()
    ear.take_frames(damage(message("stream", {"name": "stdout", "text": LARGE})))
    ear.take()
    await ear.until(1)
    assert [error.refusal for error, _ in ear.heard.refusals] == [refusal]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b'{"name": "stdout", "text": "' + b"x" * 2000, Refusal.NOT_JSON),
        (b"[" * 50_000, Refusal.NOT_JSON),
        (b'["' + b"x" * 2000 + b'"]', Refusal.NOT_AN_OBJECT),
        (b'{"text": ["' + b"x" * 2000 + b'"]}', Refusal.WRONG_TYPE),
    ],
)
async def test_a_large_message_that_is_none_is_refused(content: bytes, refusal: Refusal) -> None:
    ear = Ear()
    ear.take(content)
    ear.take()
    await ear.until(1)
    assert [error.refusal for error, _ in ear.heard.refusals] == [refusal]


async def test_a_large_message_counts_once() -> None:
    ear = Ear()
    frames = message("stream", {"name": "stdout", "text": LARGE})
    ear.take_frames(frames)
    ear.take_frames(frames)
    ear.take()
    await ear.until(2)
    assert [error.refusal for error, _ in ear.heard.refusals] == [Refusal.DUPLICATE]


async def test_a_kernel_whose_dialect_is_not_known_is_read_at_once() -> None:
    ear = Ear(OPENING)
    ear.take({"name": "stdout", "text": LARGE})
    ear.take()
    assert await ear.until(2) == [Stream(text=LARGE), Stream(text="hello\n")]


async def test_what_waits_is_taken_when_the_connection_ends() -> None:
    ear = Ear()
    ear.take({"name": "stdout", "text": LARGE})
    ear.take()
    ear.receiving.finish()
    assert ear.contents == [Stream(text=LARGE), Stream(text="hello\n")]


async def test_nothing_comes_after_the_end() -> None:
    ear = Ear()
    ear.take({"name": "stdout", "text": LARGE})
    await asyncio.sleep(0)
    ear.receiving.close()
    for _ in range(100):
        await asyncio.sleep(0)
    assert ear.contents == []


async def test_a_listener_that_fails_keeps_back_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear()
    problems: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: problems.append(context))
    with monkeypatch.context() as once:
        once.setattr(ear.heard, "message_received", _fail)
        ear.take({"name": "stdout", "text": LARGE})
        ear.take()
        while not problems:
            await asyncio.sleep(0)
    assert await ear.until(1) == [Stream(text="hello\n")]


def _fail(_: object) -> None:
    raise ZeroDivisionError
