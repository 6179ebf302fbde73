from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.wire import session
from vitrail.presenters.completion import TYPES
from vitrail.presenters.signatures import signature_in, tell_signature
from vitrail.protocol.content import Content
from vitrail.protocol.dialect import V4
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.replies import CompleteReply, InspectReply, KernelInfoReply
from vitrail_widgets.signature.model import Signature


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


class Kernel:
    """A kernel of protocol 4 that knows one object."""

    def __init__(self) -> None:
        self.kernel_info = KernelInfoReply(generation=4)
        self.asked: list[Content] = []

    async def aside(self, content: Content, timeout_s: float) -> Message:
        self.asked.append(content)
        spec = {"args": ["a", "b"], "defaults": [2], "varargs": None, "varkw": None}
        kind = "<type 'function'>"
        info = ObjectInfo(name="fit", found=True, base_class=kind, argspec=spec)
        reply = InspectReply(found=True, object_info=info)
        return session().new_message(Channel.SHELL, reply)


async def test_old_kernel_is_asked_for_the_fields_of_the_callee() -> None:
    """The callee, and not what is called around it."""
    kernel = Kernel()
    offered: list[Signature] = []
    tips = SimpleNamespace(offer=lambda code, end, made, text: offered.append(made))
    await tell_signature(cast("Any", kernel), None, cast("Any", tips), "print(model.fit(1", 15)
    [question] = kernel.asked
    assert V4.encode(question) == (
        "object_info_request",
        {"oname": "model.fit", "detail_level": 0},
    )
    [made] = offered
    assert [(p.name, p.default) for p in made.parameters] == [("a", None), ("b", "2")]
