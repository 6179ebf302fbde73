import asyncio
from typing import Any

import pytest

from vitrail.presenters.intake import BUDGET_S, SLICE, Intake, sliced
from vitrail.protocol.broadcasts import Status, Stream
from vitrail.protocol.content import Content
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.messages import Channel, Header, Message
from vitrail_widgets.transcript.terminal_text import TerminalText

COLOURED = "\x1b[31mred\x1b[0m plain\n" * SLICE
IDLE = Status(execution_state="idle")


class Listener:
    """Notes what it hears; a text as its length."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.pause_s = 0.0

    def message_received(self, message: Message) -> None:
        content = message.content
        self.heard.append(content.text if isinstance(content, Stream) else content)
        until = asyncio.get_event_loop().time() + self.pause_s
        while asyncio.get_event_loop().time() < until:
            pass

    def exchange_settled(self, exchange: Any) -> None:
        self.heard.append(exchange)

    def payloads_strayed(self, payloads: Any, exchange: Any) -> None:
        self.heard.append(payloads)

    def refused(self, error: ProtocolError, channel: Channel) -> None:
        self.heard.append(channel)


def message(content: Content) -> Message:
    header = Header(msg_id="1", msg_type="any")
    return Message(channel=Channel.IOPUB, header=header, content=content)


def stream(text: str) -> Message:
    return message(Stream(name="stderr", text=text))


@pytest.mark.parametrize("text", ["short \x1b[31m", "x" * 3 * SLICE, "line\n" * SLICE])
def test_what_is_short_or_plain_is_not_cut(text: str) -> None:
    assert [part.content for part in sliced(stream(text))] == [Stream(name="stderr", text=text)]


@pytest.mark.parametrize("control", ["\x1b[31m", "\r", "\b"])
def test_long_text_with_controls_is_cut_and_loses_nothing(control: str) -> None:
    parts = [part.content for part in sliced(stream(f"word{control}" * SLICE))]
    texts = [part.text for part in parts if isinstance(part, Stream) and part.name == "stderr"]
    assert len(texts) == len(parts) > 1
    assert max(map(len, texts)) == SLICE
    assert "".join(texts) == f"word{control}" * SLICE


def test_slices_make_the_same_lines_as_the_whole() -> None:
    whole, in_slices = TerminalText(), TerminalText()
    whole.feed(COLOURED)
    for part in sliced(stream(COLOURED)):
        assert isinstance(part.content, Stream)
        in_slices.feed(part.content.text)
    assert list(in_slices.buffer) == list(whole.buffer)


async def test_what_comes_while_slices_wait_is_heard_after_them() -> None:
    listener: Any = Listener()
    listener.pause_s = BUDGET_S  # one slice a turn
    intake = Intake(listener)
    refusal = ProtocolError("No.", refusal=Refusal.SHORT)
    exchange: Any = "exchange"
    intake.message_received(stream(COLOURED))
    intake.message_received(message(IDLE))
    intake.payloads_strayed([{}], exchange)
    intake.exchange_settled(exchange)
    intake.refused(refusal, Channel.SHELL)
    assert len(listener.heard) == 1  # the loop gets its turn after the first
    while Channel.SHELL not in listener.heard:
        await asyncio.sleep(0)
    assert listener.heard[-4:] == [IDLE, [{}], "exchange", Channel.SHELL]
    assert "".join(listener.heard[:-4]) == COLOURED


def test_without_slices_everything_is_heard_at_once_and_without_a_loop() -> None:
    heard: list[Any] = []
    listener: Any = Listener()
    listener.message_received = heard.append
    Intake(listener).message_received(message(IDLE))
    assert heard == [message(IDLE)]


async def test_closed_intake_says_nothing_more() -> None:
    listener: Any = Listener()
    listener.pause_s = BUDGET_S
    intake = Intake(listener)
    intake.message_received(stream(COLOURED))
    intake.close()
    await asyncio.sleep(0)
    assert len(listener.heard) == 1
