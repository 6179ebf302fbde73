"""Kernels' deviations, one by one; the offender is named in the table."""

from typing import Any

import pytest

from support.wire import message, session
from vitrail.protocol import broadcasts as b
from vitrail.protocol import replies as r
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel, Content


def content(msg_type: str, fields: dict[str, Any]) -> Content:
    return session().decode(Channel.SHELL, message(msg_type, fields)).content


ERROR = {"status": "error", "ename": "E", "evalue": "v"}

QUIRKS: list[tuple[str, str, dict[str, Any], Content]] = [
    (
        "ipykernel 7.4: aborted, and nothing else",
        "execute_reply",
        {"status": "aborted"},
        r.ExecuteReply(status="aborted"),
    ),
    (
        "bash_kernel 0.10: abort",
        "execute_reply",
        {"status": "abort", "execution_count": 3},
        r.ExecuteReply(status="abort", execution_count=3),
    ),
    (
        "xeus-python --raw: null for user_expressions",
        "execute_reply",
        {"status": "ok", "execution_count": 1, "payload": None, "user_expressions": None},
        r.ExecuteReply(execution_count=1),
    ),
    (
        "the 2010 specification: one payload, not a list",
        "execute_reply",
        {"status": "ok", "execution_count": 1, "payload": {"source": "page"}},
        r.ExecuteReply(execution_count=1, payload=[{"source": "page"}]),
    ),
    (
        "languages that cannot tell {} from []",
        "execute_reply",
        {"status": "ok", "execution_count": 1, "payload": {}},
        r.ExecuteReply(execution_count=1),
    ),
    (
        "a language whose exceptions are any value",
        "execute_reply",
        {"status": "error", "ename": None, "evalue": {"a": 1}, "traceback": "one\ntwo"},
        r.ExecuteReply(status="error", evalue='{"a":1}', traceback=["one", "two"]),
    ),
    ("bash_kernel 0.10: an error without a name", "error", {"ename": ""}, b.Error()),
    (
        "sos-notebook 0.24: further fields",
        "error",
        {**ERROR, "execution_count": 1, "traceback": ["t"]},
        b.Error(ename="E", evalue="v", traceback=["t"]),
    ),
    ("an error value that is a number", "error", {"evalue": 5}, b.Error(evalue="5")),
    (
        "sos-notebook 0.24: indent as a number",
        "is_complete_reply",
        {"status": "incomplete", "indent": 4},
        r.IsCompleteReply(status="incomplete", indent="    "),
    ),
    (
        "jupyter-c-kernel 1.2: no indent",
        "is_complete_reply",
        {"status": "unknown"},
        r.IsCompleteReply(status="unknown"),
    ),
    (
        "protocol 4: versions as lists, no language_info",
        "kernel_info_reply",
        {"protocol_version": [4, 1], "language": "python", "language_version": [2, 7, 18]},
        r.KernelInfoReply(
            protocol_version="4.1",
            implementation="python",
            language_info=r.LanguageInfo(
                name="python",
                version="2.7.18",
                mimetype="text/x-python",
                file_extension=".py",
                pygments_lexer="ipython2",
            ),
            generation=4,
        ),
    ),
    (
        "a list for the version of a kernel of protocol 5",
        "kernel_info_reply",
        {"protocol_version": [5, 0], "implementation": "i"},
        r.KernelInfoReply(protocol_version="5.0", implementation="i"),
    ),
    (
        "a kernel that leaves out or nulls parts of language_info",
        "kernel_info_reply",
        {
            "protocol_version": "5.3.0",
            "language_info": {"name": "lua", "version": None, "codemirror_mode": "lua"},
            "help_links": None,
            "banner": None,
        },
        r.KernelInfoReply(
            protocol_version="5.3.0",
            language_info=r.LanguageInfo(name="lua", codemirror_mode="lua"),
        ),
    ),
    (
        "null for language_info",
        "kernel_info_reply",
        {"protocol_version": "5.3", "language_info": None},
        r.KernelInfoReply(protocol_version="5.3"),
    ),
    (
        "IRkernel 1.3: comms inside another content",
        "comm_info_reply",
        {"status": "ok", "content": {"comms": []}},
        r.CommInfoReply(),
    ),
    ("R: an empty list for no comms", "comm_info_reply", {"comms": []}, r.CommInfoReply()),
    (
        "ijavascript 5.2: no status, no metadata",
        "complete_reply",
        {"matches": ["a"], "cursor_start": 0, "cursor_end": 1},
        r.CompleteReply(matches=["a"], cursor_start=0, cursor_end=1),
    ),
    (
        "jupyter_client's adapter: cursors relative to the cursor, or null",
        "complete_reply",
        {"matches": ["a"], "cursor_start": -2, "cursor_end": None},
        r.CompleteReply(matches=["a"], cursor_start=-2),
    ),
    ("no matches at all", "complete_reply", {"status": "error"}, r.CompleteReply(status="error")),
    (
        "xeus-python --raw: null for data when nothing is found",
        "inspect_reply",
        {"status": "ok", "found": False, "data": None, "metadata": None},
        r.InspectReply(),
    ),
    (
        "IPython 3.2: other names for the ports",
        "connect_reply",
        {"shell": 1, "iopub": 2, "stdin": 3, "hb": 4, "control": 5},
        r.ConnectReply(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, control_port=5),
    ),
    ("gnuplot_kernel 0.5: an empty shutdown_reply", "shutdown_reply", {}, r.ShutdownReply()),
    (
        "IRkernel 1.3: no transient",
        "display_data",
        {"data": {"text/plain": "1"}, "metadata": []},
        b.DisplayData(data={"text/plain": "1"}),
    ),
    (
        "null for the name of the stream",
        "stream",
        {"name": None, "text": "x"},
        b.Stream(text="x"),
    ),
    ("ipykernel: target_module is null", "comm_open", {"comm_id": "c"}, b.CommOpen(comm_id="c")),
]


@pytest.mark.parametrize(
    ("msg_type", "fields", "expected"),
    [quirk[1:] for quirk in QUIRKS],
    ids=[quirk[0] for quirk in QUIRKS],
)
def test_a_known_deviation_is_mended(
    msg_type: str, fields: dict[str, Any], expected: Content
) -> None:
    assert content(msg_type, fields) == expected


@pytest.mark.parametrize("indent", [-1, 10**9, True, 1.5])
def test_an_indent_that_is_no_small_number_is_not_mended_into_text(indent: Any) -> None:
    with pytest.raises(ProtocolError, match=r"content\.indent"):
        content("is_complete_reply", {"status": "incomplete", "indent": indent})


@pytest.mark.parametrize(("status", "aborted"), [("ok", False), ("abort", True), ("aborted", True)])
def test_both_spellings_of_aborted_are_understood(status: str, aborted: bool) -> None:
    reply = r.ExecuteReply(status=status)

    assert reply.is_aborted is aborted
    assert reply.is_ok is (status == "ok")


def test_history_is_read_with_and_without_outputs() -> None:
    plain = content("history_reply", {"history": [[1, 2, "a"], [1, 3, "b"]]})
    paired = content("history_reply", {"history": [[1, 2, ["a", None]], [1, 3, ["b", "'B'"]]]})

    assert isinstance(plain, r.HistoryReply)
    assert isinstance(paired, r.HistoryReply)
    assert plain.sources == paired.sources == ["a", "b"]
    assert paired.history[1] == (1, 3, ("b", "'B'"))


@pytest.mark.parametrize(
    ("transient", "display_id"), [({"display_id": "d"}, "d"), ({}, None), ({"display_id": 1}, None)]
)
def test_a_display_is_known_by_its_id_if_that_is_text(
    transient: dict[str, Any], display_id: str | None
) -> None:
    assert b.DisplayData(data={}, transient=transient).display_id == display_id
