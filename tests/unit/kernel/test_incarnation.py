"""Telling the runs of a kernel apart."""

from datetime import UTC, datetime

import pytest

from support.captured import captured, captured_names
from vitrail.kernel.incarnation import Incarnation
from vitrail.protocol.broadcasts import Status
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel, Header, Message
from vitrail.protocol.session import Session

RESTARTS = {"interrupt_restart": 1, "kernel_death": 2}


def said(by: str, to: str = "client") -> Message:
    return Message(
        channel=Channel.IOPUB,
        header=Header(msg_id="1", msg_type="status", session=by),
        content=Status(execution_state="busy"),
        parent=Header(msg_id="2", msg_type="execute_request", session=to),
    )


def test_another_session_id_is_another_run() -> None:
    kernel = Incarnation()
    assert [kernel.is_another(said(by)) for by in ("a", "a", "b", "b", "c")] == [
        *(False, False),
        *(True, False),
        True,
    ]


def test_a_kernel_that_writes_the_clients_session_id_is_one_run() -> None:
    """IRkernel 1.3."""
    kernel = Incarnation()
    assert not kernel.is_another(said("me", to="me"))
    assert not kernel.is_another(said("other", to="other"))


def test_a_message_without_a_session_id_says_nothing() -> None:
    """The welcome of xeus-python 0.19."""
    kernel = Incarnation()
    assert not kernel.is_another(said(""))
    assert not kernel.is_another(said("a"))
    assert not kernel.is_another(said(""))


def test_a_kernel_with_two_voices_is_restarted_once_at_most() -> None:
    kernel = Incarnation()
    found = [kernel.is_another(said(by)) for by in ("a", "b", "a", "b", "a")]
    assert sum(found) == 1


@pytest.mark.parametrize("name", captured_names())
def test_real_kernels_are_told_apart_rightly(name: str) -> None:
    recorded = captured(name)
    kernels: dict[str, Incarnation] = {}
    restarts: dict[str, int] = {}
    to = recorded.connection
    ours = Session(
        now=lambda: datetime.now(UTC),
        key=to.key,
        signature_scheme=to.signature_scheme,
        replay_limit=0,
    )
    for channel, frames, direction, client in recorded:
        if direction == "out" or channel is not Channel.IOPUB:
            continue
        try:
            message = ours.decode(channel, frames)
        except ProtocolError:
            continue  # of another dialect
        kernel = kernels.setdefault(client, Incarnation())
        restarts[client] = restarts.get(client, 0) + kernel.is_another(message)
    assert set(restarts.values()) <= {RESTARTS.get(name, 0)}
