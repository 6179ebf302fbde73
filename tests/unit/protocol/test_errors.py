from vitrail.protocol.errors import ProtocolError, Refusal, UsageError


def test_a_protocol_error_is_a_sentence_with_its_refusal_and_field() -> None:
    error = ProtocolError("The kernel erred.", refusal=Refusal.WRONG_TYPE, field="content.text")

    assert str(error) == "The kernel erred."
    assert error.refusal is Refusal.WRONG_TYPE
    assert error.field == "content.text"


def test_their_faults_and_ours_are_not_caught_together() -> None:
    assert not issubclass(ProtocolError, UsageError)
    assert not issubclass(UsageError, ProtocolError)
