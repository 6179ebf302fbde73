"""What is sent to kernels before protocol 5, and what their answers become."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.wire import KEY, frames, header, session
from vitrail.protocol import broadcasts as b
from vitrail.protocol import replies as r
from vitrail.protocol import requests as q
from vitrail.protocol.content import Content, Unknown
from vitrail.protocol.dialect import IPYTHON_0_13, OPENING, V4, V5, Dialect, dialect_of
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.messages import CONTENT_TYPES, Channel, Message
from vitrail.protocol.object_info import ObjectInfo
from vitrail.protocol.session import Session

NOT_FOUND = dict.fromkeys(ObjectInfo.__struct_fields__) | {"name": "nope", "found": False}
TYPES = [*CONTENT_TYPES, "pyin", "pyout", "pyerr", "object_info_reply", "data_pub"]
NAMES = sorted(
    {field for kind in CONTENT_TYPES.values() for field in kind.__struct_fields__}
    | set(ObjectInfo.__struct_fields__)
    | {"user_variables", "matched_text", "shell", "html", "start_line_number", "language"}
    | {"ipython_version", "language_version", "application/json"}
)
TUPLES = {"args": ["self", ["a", ["b", "c"]], "d"], "varargs": None, "varkw": None}


def heard(msg_type: str, fields: dict[str, Any], dialect: Dialect = V4) -> Message:
    """Receive a message of an old kernel, whose headers have no version."""
    kind = {k: v for k, v in header(msg_type).items() if k not in ("version", "date")}
    parts = [kind, {}, {}, fields] if dialect.parts == 4 else [kind, {}, fields]
    scheme = dialect.signature_scheme or "hmac-sha256"
    listener = session(dialect=dialect)
    return listener.decode(Channel.IOPUB, frames(*parts, scheme=scheme))


def content(msg_type: str, dialect: Dialect = V4, /, **fields: Any) -> Content:
    return heard(msg_type, fields, dialect).content


def object_info(**fields: Any) -> r.InspectReply:
    reply = content("object_info_reply", **{**NOT_FOUND, "found": True, **fields})
    assert isinstance(reply, r.InspectReply)
    return reply


def completed(code: str, cursor: int, **reply: Any) -> r.CompleteReply:
    """Ask for completions and receive a reply."""
    ours = session(dialect=V4)
    question = ours.new_message(Channel.SHELL, q.CompleteRequest(code=code, cursor_pos=cursor))
    ours.encode(question)
    cause = header("complete_request", msg_id=question.msg_id)
    answer = ours.decode(Channel.SHELL, frames(header("complete_reply"), cause, {}, reply))
    assert isinstance(answer.content, r.CompleteReply)
    return answer.content


# What is sent


def test_execution_names_no_variables_and_does_not_speak_of_its_queue() -> None:
    request = q.ExecuteRequest(code="a", user_expressions={"x": "1"}, allow_stdin=False)
    assert V4.encode(request) == (
        "execute_request",
        {
            "code": "a",
            "silent": False,
            "store_history": True,
            "user_expressions": {"x": "1"},
            "user_variables": [],
            "allow_stdin": False,
        },
    )


@pytest.mark.parametrize(
    ("code", "cursor", "line", "column"),
    [
        ("import o", 8, "import o", 8),
        ("a\nimport o\nb", 10, "import o", 8),
        ("a\n", 2, "", 0),  # not the end of the line before
        ("a\nb", 1, "a", 1),
        ("a\x0cb\u2028c\x0bd", 7, "a\x0cb\u2028c\x0bd", 7),  # no ends of lines for Python
        ("𨭎𨭎 = 1\n𨭎𨭎", 9, "𨭎𨭎", 2),
        ("", 0, "", 0),
        ("abc", 99, "abc", 3),
    ],
)
def test_completion_is_asked_with_the_cursors_line(
    code: str, cursor: int, line: str, column: int
) -> None:
    sent = V4.encode(q.CompleteRequest(code=code, cursor_pos=cursor))
    fields = {"text": "", "line": line, "block": None, "cursor_pos": column}
    assert sent == ("complete_request", fields)


def test_inspection_is_asked_by_name() -> None:
    sent = V4.encode(q.InspectRequest(code="été(1, ", cursor_pos=7, detail_level=1))
    assert sent == ("object_info_request", {"oname": "été", "detail_level": 1})


def test_what_protocol_4_has_is_sent_as_it_is() -> None:
    assert V4.encode(q.HistoryRequest(n=5)) == V5.encode(q.HistoryRequest(n=5))
    assert V4.encode(q.ShutdownRequest(restart=True)) == ("shutdown_request", {"restart": True})
    assert V4.encode(Unknown(msg_type="x_request", fields={"a": 1})) == ("x_request", {"a": 1})


@pytest.mark.parametrize("msg_type", sorted(V4.lacks))
def test_what_protocol_4_lacks_is_a_request_of_today(msg_type: str) -> None:
    assert msg_type in CONTENT_TYPES


def test_0_13_lacks_kernel_info_as_well() -> None:
    assert IPYTHON_0_13.lacks - V4.lacks == {"kernel_info_request"}


def test_header_is_always_that_of_protocol_5() -> None:
    """Without a version ipykernel 4 to 6 take us for protocol 4, and ipykernel 7 is mute."""
    for dialect in (V5, OPENING, V4, IPYTHON_0_13):
        ours = session(dialect=dialect)
        message = ours.new_message(Channel.SHELL, q.KernelInfoRequest())
        sent = session(dialect=dialect).decode(Channel.SHELL, ours.encode(message))
        assert sent.header.version.startswith("5.")


def test_0_13_signs_three_parts_with_md5() -> None:
    ours = session(dialect=IPYTHON_0_13, signature_scheme="hmac-sha256")
    message = ours.new_message(Channel.SHELL, q.ExecuteRequest(code="1"), metadata={"a": 1})
    delimiter, signature, *parts = ours.encode(message)
    assert (delimiter, len(parts)) == (b"<IDS|MSG>", 3)
    assert [delimiter, signature, *parts] == frames(*parts, scheme="hmac-md5")


def test_message_of_four_parts_is_not_taken_for_one_of_0_13() -> None:
    ours = session(dialect=IPYTHON_0_13)
    with pytest.raises(ProtocolError) as refused:
        ours.decode(Channel.IOPUB, frames(header(), {}, {}, {}))
    assert refused.value.refusal is Refusal.BAD_SIGNATURE


# What is received


@pytest.mark.parametrize("dialect", [V4, IPYTHON_0_13, OPENING], ids=repr)
def test_broadcasts_have_their_names_of_today(dialect: Dialect) -> None:
    told = [
        heard("pyin", {"code": "1", "execution_count": 2}, dialect),
        heard("pyout", {"data": {"text/plain": "1"}, "execution_count": 2}, dialect),
        heard("pyerr", {"ename": "E", "evalue": "v", "traceback": ["t"]}, dialect),
        heard("stream", {"name": "stderr", "data": "x"}, dialect),
    ]
    assert [message.content for message in told] == [
        b.ExecuteInput(code="1", execution_count=2),
        b.ExecuteResult(data={"text/plain": "1"}, execution_count=2),
        b.Error(ename="E", evalue="v", traceback=["t"]),
        b.Stream(name="stderr", text="x"),
    ]
    types = [message.msg_type for message in told]
    assert types == ["execute_input", "execute_result", "error", "stream"]


def test_parent_has_its_name_of_today() -> None:
    cause = header("object_info_request")
    got = session(dialect=V4).decode(
        Channel.SHELL, frames(header("object_info_reply"), cause, {}, NOT_FOUND)
    )
    assert got.parent is not None
    assert (got.msg_type, got.parent.msg_type) == ("inspect_reply", "inspect_request")


def test_clear_output_by_streams_clears_at_once() -> None:
    fields = {"stdout": True, "stderr": True, "other": True}
    assert content("clear_output", **fields) == b.ClearOutput(wait=False)
    assert content("clear_output", wait=True) == b.ClearOutput(wait=True)  # since 4.1


def test_json_that_came_as_text_is_unpacked() -> None:
    data = {"application/json": '{"a": [1]}', "text/plain": '{"a": 2}'}
    shown = content("display_data", source="display", data=data, metadata={})
    expected = {"application/json": {"a": [1]}, "text/plain": '{"a": 2}'}
    assert shown == b.DisplayData(data=expected)
    broken = {"application/json": "{"}
    assert content("display_data", data=broken) == b.DisplayData(data=broken)


def test_input_request_without_password_is_none() -> None:
    assert content("input_request", prompt="? ") == r.InputRequest(prompt="? ", password=False)


def test_aborted_reply_has_no_count_and_no_idle() -> None:
    reply = content("execute_reply", status="aborted")
    assert isinstance(reply, r.ExecuteReply)
    assert (reply.is_aborted, reply.execution_count) == (True, None)
    assert not V4.will_be_idle("execute_request", reply)


def test_only_executions_are_announced_in_protocol_4() -> None:
    assert V4.will_be_idle("execute_request", r.ExecuteReply())
    assert not V4.will_be_idle("complete_request", r.CompleteReply())
    assert V5.will_be_idle("complete_request", r.CompleteReply())
    assert V5.will_be_idle("execute_request", r.ExecuteReply(status="aborted"))


def test_ports_without_suffix_are_ports() -> None:
    ports = {"shell": 1, "iopub": 2, "stdin": 3, "hb": 4, "control": 5}
    expected = r.ConnectReply(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, control_port=5)
    assert content("connect_reply", **ports) == expected
    assert content("connect_reply", V5, **ports) == expected  # IPython 3.2


def test_variables_are_expressions() -> None:
    ok = {"status": "ok", "data": {"text/plain": "7"}, "metadata": {}}
    failed = {"status": "error", "ename": "KeyError", "evalue": "n", "traceback": []}
    reply = content(
        "execute_reply", status="ok", user_variables={"y": ok}, user_expressions={"n": failed}
    )
    assert isinstance(reply, r.ExecuteReply)
    assert reply.user_expressions == {"y": ok, "n": failed}


def test_plain_text_of_an_expression_is_its_value_or_its_error() -> None:
    told = {"e": "10", "bad": "[ERROR] NameError: name 'nope' is not defined"}
    reply = content("execute_reply", IPYTHON_0_13, status="ok", user_expressions=told)
    assert isinstance(reply, r.ExecuteReply)
    assert reply.user_expressions is not None
    assert reply.user_expressions["e"]["data"] == {"text/plain": "10"}
    assert reply.user_expressions["bad"]["ename"] == "NameError"
    assert reply.user_expressions["bad"]["evalue"] == "name 'nope' is not defined"


def test_payloads_come_with_errors_too_and_by_the_last_part_of_their_source() -> None:
    paged = {"source": "IPython.zmq.page.page", "text": "t", "html": None, "start_line_number": 3}
    exits = {"source": "IPython.zmq.zmqshell.ZMQInteractiveShell.ask_exit", "keepkernel": True}
    error = {"status": "error", "ename": "E", "evalue": "v", "traceback": [], "engine_info": {}}
    reply = content("execute_reply", **error, payload=[paged, exits], user_variables={})
    assert isinstance(reply, r.ExecuteReply)
    assert reply.payload == [
        {"source": "page", "data": {"text/plain": "t"}, "start": 3},
        {"source": "ask_exit", "keepkernel": True},
    ]


def test_one_payload_of_2010_is_a_list_of_one() -> None:
    reply = content("execute_reply", status="ok", payload={"source": "set_next_input"})
    assert isinstance(reply, r.ExecuteReply)
    assert reply.payload == [{"source": "set_next_input"}]


def test_versions_in_lists_tell_protocol_4() -> None:
    told = {"protocol_version": [4, 0], "ipython_version": [1, 2, 1, ""], "language": "python"}
    info = content("kernel_info_reply", OPENING, **told, language_version=[2, 7, 18])
    assert isinstance(info, r.KernelInfoReply)
    assert dialect_of(info) is V4
    assert (info.protocol_version, info.implementation_version) == ("4.0", "1.2.1")
    assert (info.language_info.name, info.language_info.version) == ("python", "2.7.18")


def test_numbers_below_5_do_not_make_a_kernel_old() -> None:
    """Kernels say any number; the shape of their answer does not lie."""
    told = {"protocol_version": "4.1", "implementation": "i", "language_info": {"name": "l"}}
    info = content("kernel_info_reply", OPENING, **told)
    assert isinstance(info, r.KernelInfoReply)
    assert dialect_of(info) is V5


# Completion


@pytest.mark.parametrize("name", ["matched_text", "text"])
def test_matched_text_is_replaced_in_the_whole_cell(name: str) -> None:
    """The specification says text, the kernels say matched_text."""
    reply = completed("𨭎 = 1\nimport o", 14, matches=["os"], **{name: "o"})
    assert (reply.matches, reply.cursor_start, reply.cursor_end) == (["os"], 13, 14)


def test_completion_without_matches_has_bounds() -> None:
    """jupyter_client's adapter takes the first match, and fails when there is none."""
    reply = completed("zz", 2, matches=[], matched_text="")
    assert (reply.matches, reply.cursor_start, reply.cursor_end) == ([], 2, 2)


def test_matched_text_does_not_reach_over_its_line() -> None:
    reply = completed("ab\ncd", 5, matches=["x"], matched_text="longer than the line")
    assert (reply.cursor_start, reply.cursor_end) == (3, 5)


def test_reply_to_another_clients_completion_has_no_bounds() -> None:
    reply = content("complete_reply", matches=["os"], matched_text="o")
    assert reply == r.CompleteReply(matches=["os"])


@given(st.text("ab \né𨭎", max_size=20), st.data())
def test_bounds_always_lie_in_the_cursors_line(code: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(code)))
    reply = completed(
        code, cursor, matches=["x"], matched_text=data.draw(st.text("ab", max_size=4))
    )
    assert reply.cursor_start is not None
    assert code.rfind("\n", 0, cursor) < reply.cursor_start <= cursor == reply.cursor_end


def test_old_questions_are_forgotten() -> None:
    ours = session(dialect=V4)
    for _ in range(1000):
        ask = q.CompleteRequest(code="a", cursor_pos=1)
        ours.encode(ours.new_message(Channel.SHELL, ask))
    assert len(ours._requests) == 256


# Objects


def test_object_that_is_not_found_has_null_fields() -> None:
    reply = content("object_info_reply", **NOT_FOUND)
    assert isinstance(reply, r.InspectReply)
    assert (reply.found, reply.data) == (False, {})
    assert reply.object_info == ObjectInfo(name="nope", found=False)


def test_all_fields_of_an_object_are_kept() -> None:
    fields: dict[str, Any] = {
        "name": "f",
        "found": True,
        "ismagic": False,
        "isalias": False,
        "isclass": None,
        "namespace": "Interactive",
        "type_name": "function",
        "string_form": "<function f>",
        "base_class": "<type 'function'>",
        "length": "3",
        "file": "f.py",
        "definition": "\x1b[0mf\x1b[1;33m(\x1b[0ma\x1b[1;33m)\x1b[0m\n",
        "argspec": {"args": ["a"], "varargs": None, "varkw": None, "defaults": [None]},
        "init_definition": "i",
        "docstring": "d",
        "init_docstring": "id",
        "class_docstring": "cd",
        "call_def": "c",
        "call_docstring": "cad",
        "source": "s",
    }
    assert set(fields) == set(ObjectInfo.__struct_fields__)
    assert object_info(**fields).object_info == ObjectInfo(**fields)


def test_definition_loses_its_colours_and_its_newline_in_the_page() -> None:
    definition = "\x1b[0mf\x1b[0m\x1b[1;33m(\x1b[0m\x1b[0ma\x1b[0m\x1b[1;33m)\x1b[0m\n"
    reply = object_info(name="f", definition=definition, docstring="Do.\n\nMore.", argspec=TUPLES)
    assert reply.data["text/plain"] == "Signature: f(a)\nDocstring:\nDo.\n\nMore."


def test_length_is_a_text_or_a_number() -> None:
    for length in ("3", 3):
        reply = object_info(length=length, type_name="list", string_form="[1, 2, 3]")
        assert reply.object_info is not None
        assert reply.object_info.length == length
        assert "Length: 3\n" in reply.data["text/plain"]


def test_source_takes_the_place_of_the_docstring_at_level_1() -> None:
    page = object_info(definition="f()", source="def f():\n    pass", argspec=TUPLES)
    assert page.data["text/plain"] == "Signature: f()\nSource:\ndef f():\n    pass"


def test_page_of_a_class_begins_with_its_constructor() -> None:
    """In IPython 1 ``definition`` is that of ``__call__``, also for the class itself."""
    page = object_info(
        isclass=True, definition="C(self, y)", init_definition="C(self, x)", docstring="d"
    )
    assert page.data["text/plain"].splitlines()[0] == "Init signature: C(self, x)"


def test_nested_tuple_parameters_stay_nested() -> None:
    info = object_info(argspec=TUPLES).object_info
    assert info is not None
    assert info.argspec == TUPLES


def test_object_of_a_wrong_shape_is_refused_with_its_field() -> None:
    with pytest.raises(ProtocolError, match="object_info_reply") as refused:
        object_info(argspec="none")
    assert refused.value.refusal is Refusal.WRONG_TYPE


# All together


def test_unknown_old_message_is_counted_not_refused() -> None:
    assert content("data_pub", keys=["a"]) == Unknown(msg_type="data_pub", fields={"keys": ["a"]})


def test_complaint_of_0_13_about_our_first_question_is_no_output() -> None:
    text = "ERROR:IPKernelApp:Invalid Message\nTraceback (most recent call last):"
    told = content("stream", IPYTHON_0_13, name="stderr", data=text)
    assert isinstance(told, Unknown)
    assert isinstance(content("stream", IPYTHON_0_13, name="stderr", data="ERROR:"), b.Stream)


def test_unsigned_0_13_is_read() -> None:
    listener = Session(now=lambda: None, dialect=IPYTHON_0_13)  # type: ignore[arg-type, return-value]  # nothing is sent
    got = listener.decode(Channel.IOPUB, frames(header("pyin"), {}, {"code": "1"}, key=b""))
    assert got.content == b.ExecuteInput(code="1")


def test_replay_is_refused_in_every_dialect() -> None:
    listener = session(KEY, dialect=V4)
    wire = frames(header("pyin"), {}, {}, {"code": "1"})
    listener.decode(Channel.IOPUB, wire)
    with pytest.raises(ProtocolError) as refused:
        listener.decode(Channel.IOPUB, wire)
    assert refused.value.refusal is Refusal.DUPLICATE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("aé.[ER]", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("dialect", [V4, IPYTHON_0_13, OPENING], ids=repr)
@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(NAMES), JSON))
def test_any_content_is_a_message_or_a_refusal(
    dialect: Dialect, msg_type: str, fields: dict[str, Any]
) -> None:
    refusals = []
    try:
        heard(msg_type, fields, dialect)
    except ProtocolError as error:
        refusals.append(error.refusal)
    assert set(refusals) <= {Refusal.WRONG_TYPE}
