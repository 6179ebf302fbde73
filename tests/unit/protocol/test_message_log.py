import json
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.wire import KEY, frames, header, message, session
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.message_log import (
    KEPT_PART_BYTES,
    Direction,
    LogEntry,
    MessageLog,
)
from vitrail.protocol.messages import Channel
from vitrail.protocol.redaction import HIDDEN, secrets_of
from vitrail.protocol.requests import ExecuteRequest, InputReply

SECRET = KEY.decode()


def arrive(log: MessageLog, channel: Channel, raw: list[bytes], at: float) -> None:
    log.taker(channel)(raw)
    log.end_turn(at)


def shown(log: MessageLog) -> LogEntry:
    [entry] = log.entries()
    return entry


def test_what_came_can_be_looked_at() -> None:
    log = MessageLog([KEY])
    parent = header("execute_request", msg_id="cause")
    raw = message(parent=parent, identities=[b"stream.stdout"])
    arrive(log, Channel.IOPUB, raw, 12.5)
    assert shown(log) == LogEntry(
        at=12.5,
        direction=Direction.RECEIVED,
        channel=Channel.IOPUB,
        msg_type="stream",
        msg_id="8f2c_1",
        parent_id="cause",
        size_bytes=sum(map(len, raw)),
        content='{"name": "stdout", "text": "hello\\n"}',
    )


def test_what_goes_out_is_kept_too() -> None:
    log, ours = MessageLog([KEY]), session()
    request = ours.new_message(Channel.SHELL, ExecuteRequest(code="6*7"))
    log.sent(Channel.SHELL, ours.encode(request), 1.0)
    entry = shown(log)
    assert (entry.direction, entry.msg_type) == (Direction.SENT, "execute_request")
    assert entry.msg_id == request.msg_id
    assert json.loads(entry.content)["code"] == "6*7"


def test_the_latest_are_kept() -> None:
    log = MessageLog(limit=6)  # of messages and turns
    for at in range(5):
        arrive(log, Channel.IOPUB, message(), float(at))
    assert [entry.at for entry in log.entries()] == [2.0, 3.0, 4.0]
    log.clear()
    assert len(log) == 0
    assert log.entries() == ()


@pytest.mark.parametrize("raw", [[b""], [b"x"] * 9, frames(b"{", b"[]", b"null", b"\xff")])
def test_what_is_no_message_is_kept_as_well(raw: list[bytes]) -> None:
    log = MessageLog([KEY])
    arrive(log, Channel.SHELL, raw, 0.0)
    assert (shown(log).msg_type, shown(log).size_bytes) == ("", sum(map(len, raw)))


def test_a_large_message_is_cut_and_its_size_told() -> None:
    log = MessageLog([KEY])
    raw = message("display_data", {"data": "x" * 5_000_000}, buffers=[b"y" * 1_000_000] * 100)
    arrive(log, Channel.IOPUB, raw, 0.0)
    assert len(shown(log).content) == KEPT_PART_BYTES + len("…")
    assert shown(log).content.endswith("x…")
    assert shown(log).size_bytes == sum(map(len, raw))


def test_an_answer_is_never_kept() -> None:
    log, ours = MessageLog([KEY]), session()
    answer = ours.new_message(Channel.STDIN, InputReply(value="hunter2"))
    log.sent(Channel.STDIN, ours.encode(answer), 0.0)
    assert "hunter2" not in str(log.entries()) + str(vars(log))
    assert shown(log).msg_type == "input_reply"
    assert json.loads(shown(log).content) == HIDDEN


@pytest.mark.parametrize("padding", ["", " " * 10_000])
@pytest.mark.parametrize("msg_type", ["execute_request", "execute_input"])
def test_code_that_asks_for_a_password_is_not_shown(msg_type: str, padding: str) -> None:
    log = MessageLog([KEY])
    code = "import getpass" + padding + "; getpass.getpass('hunter2')"
    arrive(log, Channel.IOPUB, message(msg_type, {"code": code}), 0.0)
    assert "hunter2" not in str(log.entries())
    assert json.loads(shown(log).content) == HIDDEN


@pytest.mark.parametrize("secret", [SECRET, "a\"\\b'ü\n", "x"])
@pytest.mark.parametrize("layers", [0, 1, 2])
def test_the_key_is_taken_out_however_often_it_is_quoted(secret: str, layers: int) -> None:
    """As %connect_info prints it, a notebook holds it, and a reply repeats that."""
    log = MessageLog([secret.encode()])
    text = secret
    for _ in range(layers):
        text = json.dumps(text)
    arrive(log, Channel.IOPUB, message(content={"name": "stdout", "text": text}), 0.0)
    assert json.dumps(secret)[1:-1] not in shown(log).content
    assert HIDDEN in shown(log).content


@given(
    secret=st.text(string.ascii_letters + 'üß"\\', min_size=6, max_size=40),
    before=st.integers(KEPT_PART_BYTES - 80, KEPT_PART_BYTES),
)
def test_no_half_of_the_key_is_left_where_a_message_was_cut(secret: str, before: int) -> None:
    log = MessageLog([secret.encode()])
    content = ("#" * before).encode() + secret.encode() + b"#" * 5000
    arrive(log, Channel.IOPUB, frames({}, {}, {}, content), 0.0)
    left = shown(log).content.replace(HIDDEN, "").strip("#…")
    assert left == ""


def test_the_key_in_a_header_is_taken_out() -> None:
    log = MessageLog([KEY])
    arrive(log, Channel.IOPUB, message(SECRET, {}, parent=header(msg_id=SECRET)), 0.0)
    assert SECRET not in str(log.entries())


def test_nothing_is_secret_about_an_empty_key() -> None:
    bare = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4)
    assert secrets_of(bare) == ()
    info = replace(bare, key=b"k", curve_publickey=b"p", curve_secretkey=b"s")
    assert secrets_of(info) == (b"k", b"s")


def test_a_log_does_not_show_what_it_holds_by_accident() -> None:
    log = MessageLog([KEY])
    arrive(log, Channel.IOPUB, message(), 0.0)
    assert repr(log) == "<MessageLog of 1 messages>"


def test_a_flood_of_one_turn_is_kept_to_the_limit() -> None:
    log = MessageLog(limit=3)
    take = log.taker(Channel.IOPUB)
    for number in range(1000):
        take(message("status", {"execution_state": str(number)}))
    assert len(log) == 3
    assert [entry.at for entry in log.entries()] == [0.0] * 3
    assert ["997" in entry.content for entry in log.entries()] == [True, False, False]
    log.end_turn(1.0)
    assert [entry.at for entry in log.entries()] == [1.0] * 2
    assert json.loads(log.entries()[-1].content) == {"execution_state": "999"}


def test_what_came_before_a_request_stands_before_it() -> None:
    log, ours = MessageLog([KEY]), session()
    log.taker(Channel.IOPUB)(message())
    log.sent(
        Channel.SHELL, ours.encode(ours.new_message(Channel.SHELL, ExecuteRequest(code=""))), 1
    )
    log.taker(Channel.SHELL)(message("execute_reply", {"status": "ok"}))
    types = [entry.msg_type for entry in log.entries()]
    assert types == ["stream", "execute_request", "execute_reply"]


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_no_more_is_kept_than_the_limit(limit: int) -> None:
    log = MessageLog(limit=limit)
    for turn in range(4):
        for _ in range(turn):
            log.taker(Channel.IOPUB)(message())
        log.end_turn(float(turn))
        assert len(log) == len(log.entries()) <= limit


def test_a_flood_of_output_pushes_no_reply_out() -> None:
    log = MessageLog(limit=10)
    arrive(log, Channel.SHELL, message("execute_reply", {"status": "ok"}), 1.0)
    for at in range(100):
        arrive(log, Channel.IOPUB, message(), float(at))
    assert log.entries()[0].msg_type == "execute_reply"
    assert len(log) == 6


def test_one_large_message_in_a_flood_is_cut_and_the_others_are_whole() -> None:
    log = MessageLog([KEY])
    small, large = message(), message(content={"name": "stdout", "text": "x" * 100_000})
    for raw in (small, large, small):
        log.taker(Channel.IOPUB)(raw)
    log.end_turn(0.0)
    assert [entry.size_bytes for entry in log.entries()] == [
        sum(map(len, raw)) for raw in (small, large, small)
    ]
    assert [entry.content.endswith("…") for entry in log.entries()] == [False, True, False]
    assert "x" * 5000 not in str(vars(log))
