"""Who we say we are."""

import pytest

from vitrail.kernel import identity
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.messages import Channel
from vitrail.protocol.requests import KernelInfoRequest

CONNECTION = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, key=b"key")


def test_every_session_is_another_one() -> None:
    one, two = identity.new_session(CONNECTION), identity.new_session(CONNECTION)
    assert one.session_id != two.session_id
    assert one.signed


@pytest.mark.parametrize("error", [KeyError, OSError])
def test_user_without_a_name_has_the_usual_one(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise error

    monkeypatch.setattr(identity, "getuser", nameless)
    session = identity.new_session(CONNECTION)
    message = session.new_message(Channel.SHELL, KernelInfoRequest())
    assert message.header.username == "username"
    assert message.header.date is not None
