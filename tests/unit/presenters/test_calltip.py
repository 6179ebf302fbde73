from typing import Any

import pytest

from vitrail.presenters.calltip import signature_in
from vitrail.presenters.completion import TYPES
from vitrail.protocol.replies import CompleteReply


def reply(*entries: Any) -> CompleteReply:
    return CompleteReply(metadata={TYPES: list(entries)})


def test_the_entry_of_the_very_name_is_taken() -> None:
    made = signature_in(
        reply({"text": "fitter", "signature": "(z)"}, {"text": "fit", "signature": "(a, b=2)"}),
        "x = model.fit",
    )
    assert made is not None
    assert [parameter.name for parameter in made.parameters] == ["a", "b"]


def test_an_entry_of_a_shorter_name_is_not() -> None:
    assert signature_in(reply({"text": "fit", "signature": "(a)"}), "outfit") is None
    assert signature_in(reply({"text": "fit", "signature": "(a)"}), "my_fit") is None


@pytest.mark.parametrize("odd", [{}, {"text": "fit"}, {"text": ""}, {"text": 5}, None, "fit"])
def test_odd_entries_tell_nothing(odd: Any) -> None:
    assert signature_in(reply(odd), "fit") is None


def test_a_reply_without_types_tells_nothing() -> None:
    assert signature_in(CompleteReply(), "fit") is None
    assert signature_in(CompleteReply(metadata={TYPES: "x"}), "fit") is None
