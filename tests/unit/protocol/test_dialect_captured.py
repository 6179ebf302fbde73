"""Whole sessions of old kernels, from the first question on."""

import json
from typing import Any

import pytest

from support.captured import Captured, captured, captured_names
from support.wire import session
from vitrail.protocol.broadcasts import Error, ExecuteInput, ExecuteResult, Stream
from vitrail.protocol.content import Unknown
from vitrail.protocol.dialect import IPYTHON_0_13, OPENING, V4, V5, dialect_of
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply, InspectReply, KernelInfoReply
from vitrail.protocol.requests import CompleteRequest, ExecuteRequest, HistoryRequest

OLD = [name for name in captured_names() if captured(name).dialect is not V5]
SIGNED_TODAY = [
    name for name in captured_names() if captured(name).dialect is V5 and name != "print_flood"
]


def incoming(record: Captured, **options: Any) -> list[Message]:
    info = record.connection
    listener = session(info.key, signature_scheme=info.signature_scheme, **options)
    messages = []
    for channel, frames, direction, client in record:
        if direction == "in" and channel is not Channel.HEARTBEAT and client == "A":
            messages.append(listener.decode(channel, frames))
            if listener.dialect is OPENING and isinstance(messages[-1].content, KernelInfoReply):
                listener.dialect = dialect_of(messages[-1].content)
    return messages


def requests(record: Captured, msg_type: str) -> list[dict[str, Any]]:
    """Return the contents that the recorder sent, of one type."""
    sent = [f.frames for f in record if f.direction == "out" and f.channel is Channel.SHELL]
    parts = [frames[frames.index(b"<IDS|MSG>") + 2 :] for frames in sent]
    return [json.loads(p[-1]) for p in parts if json.loads(p[0])["msg_type"] == msg_type]


def test_old_sessions_are_there() -> None:
    assert OLD == ["ipython-0.13.2", "ipython-1.2.1", "v4bridge"]


@pytest.mark.parametrize("name", OLD)
def test_old_kernel_tells_what_a_kernel_of_today_would(name: str) -> None:
    messages = incoming(captured(name), dialect=captured(name).dialect)
    assert not [m for m in messages if isinstance(m.content, Unknown)]
    kinds = {type(m.content) for m in messages}
    assert {ExecuteInput, ExecuteResult, Stream, Error, ExecuteReply, InspectReply} <= kinds
    found = [m.content for m in messages if isinstance(m.content, InspectReply)]
    assert all(reply.object_info is not None for reply in found)
    assert {reply.found for reply in found} == {True, False}


@pytest.mark.parametrize("name", ["ipython-1.2.1", "v4bridge"])
def test_first_answer_tells_the_dialect(name: str) -> None:
    """Read from the beginning, when it is not known yet who speaks."""
    record = captured(name)
    assert incoming(record, dialect=OPENING) == incoming(record, dialect=V4)


@pytest.mark.parametrize("name", SIGNED_TODAY)
def test_ear_for_both_generations_hears_todays_kernels_right(name: str) -> None:
    record = captured(name)
    assert incoming(record, dialect=OPENING) == incoming(record, dialect=V5)


@pytest.mark.parametrize("name", OLD)
def test_what_we_send_is_what_the_kernel_was_seen_to_take(name: str) -> None:
    record = captured(name)
    for fields in requests(record, "execute_request"):
        known = {k: v for k, v in fields.items() if k != "user_variables"}
        _, ours = record.dialect.encode(ExecuteRequest(**known))
        assert ours == {**fields, "user_variables": []}
    for fields in requests(record, "complete_request"):
        line, cursor = fields["line"], fields["cursor_pos"]
        _, ours = record.dialect.encode(CompleteRequest(code=line, cursor_pos=cursor))
        assert ours == {**fields, "text": ""}
    for fields in requests(record, "history_request"):
        _, ours = record.dialect.encode(HistoryRequest(**fields))
        assert ours == fields


def test_expressions_of_0_13_come_as_bundles() -> None:
    messages = incoming(captured("ipython-0.13.2"), dialect=IPYTHON_0_13)
    told = [m.content.user_expressions for m in messages if isinstance(m.content, ExecuteReply)]
    [values] = [each for each in told if each]
    assert values["e"] == {"status": "ok", "data": {"text/plain": "10"}, "metadata": {}}
    assert values["bad"]["ename"] == "NameError"


@pytest.mark.parametrize("name", ["ipython-0.13.2", "ipython-1.2.1"])
def test_pages_of_old_kernels_are_bundles(name: str) -> None:
    messages = incoming(captured(name), dialect=captured(name).dialect)
    replies = [m.content for m in messages if isinstance(m.content, ExecuteReply)]
    pages = [payload for reply in replies for payload in reply.payload]
    assert len(pages) == 2
    for page in pages:
        assert page["source"] == "page"
        assert "Docstring" in page["data"]["text/plain"]
        assert "text" not in page
