"""The first words to a kernel of unknown age."""

from typing import Any

import pytest

from support.wire import KEY, frames, header
from vitrail.kernel.identity import new_session
from vitrail.kernel.opening import Opening, described
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.content import Content
from vitrail.protocol.dialect import IPYTHON_0_13, OPENING, V4, V5
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import ExecuteReply, KernelInfoReply
from vitrail.protocol.requests import ExecuteRequest, KernelInfoRequest
from vitrail.protocol.session import Session


def opened(*, is_scheme_named: bool = True) -> Opening:
    connection = ConnectionInfo(
        shell_port=1,
        iopub_port=2,
        stdin_port=3,
        hb_port=4,
        key=KEY,
        is_scheme_named=is_scheme_named,
    )
    return Opening(connection, new_session(connection))


def replied(opening: Opening, content: Content) -> Message:
    return opening.session.new_message(Channel.SHELL, content)


def from_0_13(msg_type: str, content: dict[str, Any], *, has_parent: bool = True) -> list[bytes]:
    parent = header("execute_request") if has_parent else {}
    return frames(header(msg_type), parent, content, scheme="hmac-md5")


def test_first_question_is_one_of_protocol_5() -> None:
    for opening in (opened(), opened(is_scheme_named=False)):
        session, question = opening.question(is_known=False)
        assert session is opening.session
        assert session.dialect is OPENING
        assert question == KernelInfoRequest()


@pytest.mark.parametrize(("generation", "dialect"), [(4, V4), (5, V5)])
def test_answer_decides_the_dialect(generation: int, dialect: object) -> None:
    opening = opened(is_scheme_named=False)
    opening.heed(replied(opening, KernelInfoReply(generation=generation)))
    assert opening.session.dialect is dialect
    assert not opening.may_be_old


def test_protocol_4_is_asked_to_run_nothing_only_when_it_is_known() -> None:
    """It publishes a status for nothing else; what it is, only kernel_info tells."""
    opening = opened()
    opening.heed(replied(opening, KernelInfoReply(generation=4)))
    _, for_its_sake = opening.question(is_known=True)
    _, for_the_answer = opening.question(is_known=False)
    assert isinstance(for_its_sake, ExecuteRequest)
    assert (for_its_sake.silent, for_its_sake.code) == (True, "")
    assert not for_its_sake.store_history
    assert not for_its_sake.allow_stdin
    assert for_the_answer == KernelInfoRequest()


def test_every_other_question_is_for_0_13_where_no_scheme_is_named() -> None:
    opening = opened(is_scheme_named=False)
    asked = [opening.question(is_known=False) for _ in range(4)]
    assert [session.dialect for session, _ in asked] == [OPENING, IPYTHON_0_13] * 2
    assert {session.session_id for session, _ in asked} == {opening.session.session_id}
    named = opened()
    assert {named.question(is_known=False)[0].dialect for _ in range(4)} == {OPENING}


def test_answer_of_0_13_makes_its_session_the_one_in_use() -> None:
    opening = opened(is_scheme_named=False)
    got = opening.decode_again(Channel.IOPUB, from_0_13("status", {"execution_state": "busy"}))
    assert got is not None
    assert opening.session.dialect is IPYTHON_0_13
    _, question = opening.question(is_known=False)
    assert isinstance(question, ExecuteRequest)


def test_complaint_of_0_13_about_the_first_question_is_dropped() -> None:
    opening = opened(is_scheme_named=False)
    complaint = from_0_13("stream", {"name": "stderr", "data": "ERROR"}, has_parent=False)
    assert opening.decode_again(Channel.IOPUB, complaint) is None
    assert opening.may_be_old


def test_start_of_0_13_is_no_fault_though_its_launcher_named_a_scheme() -> None:
    opening = opened()
    start = from_0_13("status", {"execution_state": "starting"}, has_parent=False)
    assert opening.decode_again(Channel.IOPUB, start) is None
    with pytest.raises(ProtocolError, match="answers what nobody asked"):
        opening.decode_again(Channel.IOPUB, from_0_13("status", {"execution_state": "busy"}))
    assert opening.session.dialect is OPENING
    opening.heed(replied(opening, KernelInfoReply(generation=5)))
    assert not opening.is_open


def test_forged_message_does_not_make_a_kernel_old() -> None:
    opening = opened(is_scheme_named=False)
    forged = frames(header("status"), header(), {}, scheme="hmac-md5", key=b"another")
    with pytest.raises(ProtocolError):
        opening.decode_again(Channel.IOPUB, forged)
    assert opening.session.dialect is OPENING


def test_0_13_is_described_by_its_versions() -> None:
    values = {"python": "'2.7.18'", "ipython": "u'0.13.2'"}
    bundles = {name: {"status": "ok", "data": {"text/plain": v}} for name, v in values.items()}
    info = described(replied(opened(), ExecuteReply(user_expressions=bundles)))
    assert info is not None
    assert (info.language_info.version, info.implementation_version) == ("2.7.18", "0.13.2")
    assert info.language_info.name == "python"
    silent = described(replied(opened(), ExecuteReply()))
    assert silent is not None
    assert silent.language_info.version == ""


def test_session_keeps_its_id_when_the_kernel_turns_out_to_be_old() -> None:
    """Input requests go to the identity that the shell socket has, which is the session's id."""
    opening = opened(is_scheme_named=False)
    before: Session = opening.session
    opening.decode_again(Channel.IOPUB, from_0_13("status", {"execution_state": "busy"}))
    assert opening.session.session_id == before.session_id
