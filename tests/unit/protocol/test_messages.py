import re

import pytest

from support.wire import session
from vitrail.protocol.messages import (
    CONTENT_TYPES,
    Channel,
    Content,
    Header,
    Message,
    Unknown,
    msg_type_of,
)
from vitrail.protocol.requests import KernelInfoRequest


@pytest.mark.parametrize(("msg_type", "kind"), CONTENT_TYPES.items())
def test_each_class_is_named_after_its_wire_name(msg_type: str, kind: type[Content]) -> None:
    assert re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() == msg_type


def test_no_class_stands_for_two_wire_names() -> None:
    assert len(set(CONTENT_TYPES.values())) == len(CONTENT_TYPES)


def test_the_wire_name_of_a_content_is_found_from_the_content() -> None:
    assert msg_type_of(KernelInfoRequest()) == "kernel_info_request"
    assert msg_type_of(Unknown(msg_type="nonsense", fields={})) == "nonsense"


def test_a_message_tells_its_ids_from_its_headers() -> None:
    parent = Header(msg_id="p", msg_type="execute_request")
    header = Header(msg_id="m", msg_type="kernel_info_request")
    content = KernelInfoRequest()

    child = Message(channel=Channel.IOPUB, header=header, content=content, parent=parent)
    orphan = Message(channel=Channel.IOPUB, header=header, content=content)

    assert (child.msg_id, child.msg_type, child.parent_id) == ("m", "kernel_info_request", "p")
    assert orphan.parent_id is None


def test_a_message_cannot_be_changed() -> None:
    message = session().new_message(Channel.SHELL, KernelInfoRequest())

    with pytest.raises(AttributeError):
        message.channel = Channel.CONTROL  # type: ignore[misc]  # the point of the test
