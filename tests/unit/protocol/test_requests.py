"""What goes out is exactly what protocol 5.5 names: old and strict kernels read it."""

import json
from typing import Any

import pytest

from support.wire import session
from vitrail.protocol import requests as r
from vitrail.protocol.broadcasts import CommClose, CommMsg, CommOpen
from vitrail.protocol.messages import Channel, Content

SENT: list[tuple[Content, dict[str, Any]]] = [
    (
        r.ExecuteRequest(code="1+1"),
        {
            "code": "1+1",
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": True,
            "stop_on_error": True,
        },
    ),
    (r.CompleteRequest(code="al", cursor_pos=2), {"code": "al", "cursor_pos": 2}),
    (
        r.InspectRequest(code="al", cursor_pos=2),
        {"code": "al", "cursor_pos": 2, "detail_level": 0},
    ),
    (r.IsCompleteRequest(code="if 1:"), {"code": "if 1:"}),
    (
        r.HistoryRequest(n=1000),
        {"output": False, "raw": True, "hist_access_type": "tail", "n": 1000},
    ),
    (
        r.HistoryRequest(hist_access_type="range", session=0, start=1, stop=5),
        {
            "output": False,
            "raw": True,
            "hist_access_type": "range",
            "session": 0,
            "start": 1,
            "stop": 5,
        },
    ),
    (
        r.HistoryRequest(hist_access_type="search", pattern="a*", n=5, unique=True),
        {
            "output": False,
            "raw": True,
            "hist_access_type": "search",
            "n": 5,
            "pattern": "a*",
            "unique": True,
        },
    ),
    (r.KernelInfoRequest(), {}),
    (r.CommInfoRequest(), {}),
    (r.CommInfoRequest(target_name="jupyter.widget"), {"target_name": "jupyter.widget"}),
    (r.ConnectRequest(), {}),
    (r.ShutdownRequest(restart=True), {"restart": True}),
    (r.InterruptRequest(), {}),
    (
        r.DebugRequest(seq=1, command="debugInfo"),
        {"seq": 1, "command": "debugInfo", "type": "request", "arguments": {}},
    ),
    (r.CreateSubshellRequest(), {}),
    (r.DeleteSubshellRequest(subshell_id="s"), {"subshell_id": "s"}),
    (r.ListSubshellRequest(), {}),
    (r.UsageRequest(), {}),
    (r.InputReply(value="x"), {"value": "x"}),
    (
        CommOpen(comm_id="c", target_name="t"),
        {"comm_id": "c", "target_name": "t", "data": {}},
    ),
    (CommMsg(comm_id="c", data={"a": 1}), {"comm_id": "c", "data": {"a": 1}}),
    (CommClose(comm_id="c"), {"comm_id": "c", "data": {}}),
]


@pytest.mark.parametrize(("content", "fields"), SENT, ids=lambda value: type(value).__name__)
def test_a_request_carries_exactly_the_fields_of_the_specification(
    content: Content, fields: dict[str, Any]
) -> None:
    ours = session()

    frames = ours.encode(ours.new_message(Channel.SHELL, content))

    assert json.loads(frames[5]) == fields
