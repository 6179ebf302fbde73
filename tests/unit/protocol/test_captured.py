"""Every message that real kernels sent in the recorded sessions is read without an error."""

from collections import Counter

import pytest

from support.captured import Captured, captured, captured_names
from support.wire import session
from vitrail.protocol.dialect import V5
from vitrail.protocol.messages import CONTENT_TYPES, Channel, Message, Unknown
from vitrail.protocol.session import Session

NAMES = captured_names()
TODAYS = [name for name in NAMES if captured(name).dialect is V5]


def sessions(record: Captured) -> dict[tuple[str, str], Session]:
    """Make a session for each client and direction; they share no replay guard."""
    info = record.connection
    return {
        (client, direction): session(
            info.key, signature_scheme=info.signature_scheme, dialect=record.dialect
        )
        for client in ("A", "B")
        for direction in ("in", "out")
    }


def decoded(record: Captured, direction: str) -> list[Message]:
    peers = sessions(record)
    return [
        peers[client, way].decode(channel, frames)
        for channel, frames, way, client in record
        if way == direction and channel is not Channel.HEARTBEAT
    ]


def test_all_sessions_are_there() -> None:
    assert (len(NAMES), len(TODAYS)) == (29, 26)
    assert {"print_flood", "display_data", "two_clients", "kernel-ir", "ipython-3.2.3"} <= set(
        NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_message_of_a_real_kernel_is_read(name: str) -> None:
    record = captured(name)

    messages = decoded(record, "in")

    assert record.connection.signed or name == "v4bridge"
    assert len(messages) > 40
    assert all(message.msg_id for message in messages)
    # The iopub_welcome of xeus-python 0.19 says "" for session and username.
    assert all(m.header.session for m in messages if m.msg_type != "iopub_welcome")
    assert not [m.msg_type for m in messages if isinstance(m.content, Unknown)]


@pytest.mark.parametrize("name", TODAYS)
def test_every_message_of_the_client_is_read_too(name: str) -> None:
    messages = decoded(captured(name), "out")

    # The probe asks each kernel one thing that does not exist.
    unknown = Counter(m.msg_type for m in messages if isinstance(m.content, Unknown))
    assert set(unknown) <= {"nonsense_request"}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_can_be_sent_and_read_again(name: str) -> None:
    ours = session(replay_limit=0)  # two clients saw the same messages

    for message in decoded(captured(name), "in"):
        assert ours.decode(message.channel, ours.encode(message)) == message


def test_the_sessions_cover_what_kernels_send() -> None:
    seen = {m.msg_type for name in NAMES for m in decoded(captured(name), "in")}
    # Never recorded: deletion of a subshell, usage, and the debugger's events.
    rare = {"delete_subshell_reply", "usage_reply", "debug_event"}

    kernels = {name for name in CONTENT_TYPES if not name.endswith("_request")} | {"input_request"}
    assert kernels - seen - {"input_reply"} == rare


def test_the_welcome_of_xeus_has_null_for_parent_and_metadata() -> None:
    welcome = next(
        m for m in decoded(captured("kernel-xpython"), "in") if m.msg_type == "iopub_welcome"
    )

    assert welcome.parent is None
    assert welcome.metadata == {}


def test_a_message_that_was_left_out_is_marked() -> None:
    marks = [e["mark"] for e in captured("display_data").entries if "mark" in e]

    assert len([mark for mark in marks if mark.startswith("LEFT OUT")]) == 1
