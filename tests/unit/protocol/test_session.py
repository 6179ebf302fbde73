"""Who we are; and agreement with jupyter_client's Session, the reference, in both directions."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from jupyter_client.jsonutil import extract_dates
from jupyter_client.session import Session as JupyterSession
from jupyter_client.session import json_packer

from support.wire import KEY, NOW, session
from vitrail.protocol.broadcasts import CommMsg, ExecuteResult, Stream
from vitrail.protocol.messages import Channel, Content, Header, Unknown
from vitrail.protocol.requests import ExecuteRequest, InputReply, KernelInfoRequest
from vitrail.protocol.session import Session

Pair = tuple[Session, Any]
"""Our session and jupyter_client's, whose annotations are partial."""

SCHEMES = [
    f"hmac-{name}" for name in sorted(hashlib.algorithms_guaranteed) if not name.startswith("shake")
]

CONTENTS: list[Content] = [
    ExecuteRequest(code="print('hello')\n"),
    ExecuteRequest(code="été 𝒳 😀 \u2028 \x00 \x1b[0m \u202e\u200d e\u0301", silent=True),
    Stream(name="stderr", text="\r\b\n" * 10),
    ExecuteResult(data={"text/plain": "1", "application/json": {"a": [1.5, None]}}),
    CommMsg(comm_id="c", data={"x": -0.0, "y": 2.5, "z": 2**53}),
    KernelInfoRequest(),
]


# -- identity ------------------------------------------------------------------------------


def test_message_ids_are_unique() -> None:
    ours = session()

    assert len({ours.new_id() for _ in range(4096)}) == 4096


def test_a_reconnected_session_keeps_its_id_and_repeats_no_message_id() -> None:
    first = session()
    again = session(session_id=first.session_id)

    assert again.session_id == first.session_id
    assert again.new_id() != first.new_id()


def test_two_sessions_have_two_ids() -> None:
    assert session().session_id != session().session_id


def test_the_header_says_who_what_and_when() -> None:
    ours = session(username="ada", session_id="s1")

    header = ours.new_message(Channel.SHELL, KernelInfoRequest(), msg_id="m1").header

    assert header == Header(
        msg_id="m1",
        msg_type="kernel_info_request",
        username="ada",
        session="s1",
        date="2026-11-20T10:40:00.123456Z",
        version="5.5",
    )


def test_the_date_is_utc_whatever_the_clock_says() -> None:
    east = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    ours = Session(now=lambda: east)

    header = ours.new_message(Channel.SHELL, KernelInfoRequest()).header

    assert header.date == "2026-11-20T10:40:00.123456Z"


def test_a_subshell_is_named_in_the_header_only_when_there_is_one() -> None:
    ours = session()
    main = ours.new_message(Channel.SHELL, KernelInfoRequest())
    aside = ours.new_message(Channel.SHELL, KernelInfoRequest(), subshell_id="sub")

    assert "subshell_id" not in json.loads(ours.encode(main)[2])
    assert json.loads(ours.encode(aside)[2])["subshell_id"] == "sub"


def test_an_answer_carries_the_header_of_the_question() -> None:
    ours = session()
    question = ours.new_message(Channel.STDIN, KernelInfoRequest())

    by_message = ours.new_message(Channel.STDIN, InputReply(value=""), parent=question)
    by_header = ours.new_message(Channel.STDIN, InputReply(value=""), parent=question.header)

    assert by_message.parent == by_header.parent == question.header
    assert json.loads(ours.encode(by_message)[3]) == json.loads(ours.encode(question)[2])


def test_the_metadata_given_is_copied() -> None:
    metadata = {"a": 1}
    message = session().new_message(Channel.SHELL, KernelInfoRequest(), metadata=metadata)
    metadata["a"] = 2

    assert message.metadata == {"a": 1}


def test_a_session_knows_whether_it_signs() -> None:
    assert session().signed
    assert not session(b"").signed


def test_the_replay_limit_can_be_set() -> None:
    ours = session(replay_limit=0)
    raw = ours.encode(ours.new_message(Channel.SHELL, KernelInfoRequest()))

    assert ours.decode(Channel.SHELL, raw) == ours.decode(Channel.SHELL, raw)


# -- agreement with jupyter_client ---------------------------------------------------------


@pytest.fixture(params=[*SCHEMES, None], ids=lambda scheme: scheme or "unsigned")
def pair(request: pytest.FixtureRequest, expected_log: Callable[[str], None]) -> Pair:
    """Both sessions with the same key and scheme; None is unsigned."""
    if request.param is None:
        expected_log("Message signing is disabled")  # jupyter_client's warning
    scheme: str = request.param or "hmac-sha256"
    key = KEY if request.param else b""
    theirs: Any = JupyterSession(key=key, signature_scheme=scheme, pack=compact, unpack=json.loads)
    return session(key, signature_scheme=scheme), theirs


def compact(value: Any) -> bytes:
    """Pack JSON without white space, as msgspec (and orjson in jupyter_client) do."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
def test_the_frames_are_jupyter_clients_byte_for_byte(pair: Pair, content: Content) -> None:
    """Given the same compact packer: same order of keys and frames, same signature."""
    ours, theirs = pair
    request = ours.new_message(Channel.SHELL, KernelInfoRequest())
    message = ours.new_message(
        Channel.SHELL, content, parent=request, metadata={"é": [1, None]}, buffers=[b"\x00\xff"]
    )

    raw = ours.encode(message)

    assert [*theirs.serialize(as_dict(raw)), b"\x00\xff"] == raw


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
def test_jupyter_client_reads_what_we_send(pair: Pair, content: Content) -> None:
    ours, theirs = pair
    request = ours.new_message(Channel.SHELL, KernelInfoRequest())
    message = ours.new_message(
        Channel.SHELL, content, parent=request, metadata={"é": 1}, buffers=[b"\x00", b""]
    )
    raw = ours.encode(message)

    got = theirs.deserialize(theirs.feed_identities(raw)[1])

    sent = as_dict(raw)
    assert got["header"] == extract_dates(sent["header"])
    assert got["parent_header"] == extract_dates(sent["parent_header"])
    assert got["msg_id"] == message.msg_id
    assert got["metadata"] == {"é": 1}
    assert got["content"] == sent["content"]
    assert [bytes(buffer) for buffer in got["buffers"]] == [b"\x00", b""]


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
@pytest.mark.parametrize("packer", ["json", "compact"])
def test_we_read_what_jupyter_client_sends(pair: Pair, content: Content, packer: str) -> None:
    ours, theirs = pair
    if packer == "json":
        theirs.pack = json_packer
    sent = as_dict(ours.encode(ours.new_message(Channel.SHELL, content)))
    parent = theirs.msg_header("execute_request")
    msg = theirs.msg(
        sent["header"]["msg_type"],
        content=sent["content"],
        parent={"header": parent},
        metadata={"é": [1, None]},
    )

    got = ours.decode(Channel.IOPUB, [*theirs.serialize(msg, ident=[b"topic", b"\x00"]), b"buffer"])

    assert got.content == content
    assert got.msg_id == msg["msg_id"]
    assert got.header.session == theirs.session
    assert got.header.username == theirs.username
    assert got.header.version == msg["header"]["version"]
    assert got.parent_id == parent["msg_id"]
    assert got.metadata == {"é": [1, None]}
    assert got.identities == (b"topic", b"\x00")
    assert got.buffers == (b"buffer",)


def test_what_jupyter_client_smuggles_through_surrogateescape_is_read() -> None:
    theirs: Any = JupyterSession(key=KEY)
    msg = theirs.msg(
        "stream", content={"name": "stdout", "text": b"caf\xe9".decode("utf8", "surrogateescape")}
    )

    got = session().decode(Channel.IOPUB, theirs.serialize(msg))

    assert got.content == Stream(text="caf\ufffd")


@pytest.mark.parametrize("order", ["key first", "scheme first"])
def test_key_and_scheme_count_as_a_pair(order: str) -> None:
    """IPython 1.0's Session ignored a scheme that was set after the key."""
    options: dict[str, Any] = {"key": KEY, "signature_scheme": "hmac-sha512"}
    if order == "scheme first":
        options = dict(reversed(options.items()))
    ours = Session(now=lambda: datetime.now(NOW.tzinfo), **options)
    theirs: Any = JupyterSession(key=KEY, signature_scheme="hmac-sha512")

    got = ours.decode(Channel.IOPUB, theirs.serialize(theirs.msg("hologram")))

    assert got.content == Unknown(msg_type="hologram", fields={})


def as_dict(raw: list[bytes]) -> dict[str, Any]:
    """Turn encoded frames into what jupyter_client's Session takes."""
    names = ("header", "parent_header", "metadata", "content")
    return dict(zip(names, map(json.loads, raw[2:6]), strict=True))
