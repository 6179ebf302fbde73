"""The refusal table, the exact bytes under the signature, and what is tolerated."""

import json
import math
from typing import Any

import pytest

from support.wire import DELIMITER, KEY, frames, header, message, session, sign
from vitrail.protocol.broadcasts import CommMsg, ExecuteInput, Status, Stream
from vitrail.protocol.errors import ProtocolError, Refusal, UsageError
from vitrail.protocol.messages import Channel, Message, Unknown
from vitrail.protocol.requests import CompleteRequest, ExecuteRequest

EMPTY = b"{}"
STREAM = {"name": "stdout", "text": "hello\n"}
DEEP = b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


def decode(raw: list[bytes], key: bytes = KEY) -> Message:
    return session(key).decode(Channel.IOPUB, raw)


def refused(raw: list[bytes], key: bytes = KEY) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        decode(raw, key)
    return caught.value


# -- shape ---------------------------------------------------------------------------------


def test_a_message_is_taken_apart() -> None:
    raw = message(
        parent=header("execute_request", msg_id="parent"),
        metadata={"engine": 1},
        identities=[b"stream.stdout"],
        buffers=[b"\x00\xff", b""],
    )

    got = decode(raw)

    assert got.channel is Channel.IOPUB
    assert (got.msg_id, got.msg_type, got.parent_id) == ("8f2c_1", "stream", "parent")
    assert got.content == Stream(name="stdout", text="hello\n")
    assert got.metadata == {"engine": 1}
    assert got.identities == (b"stream.stdout",)
    assert got.buffers == (b"\x00\xff", b"")


@pytest.mark.parametrize("identities", [[], [b""], [b"topic"], [b"a", b"b", b"\x00c"]])
def test_any_number_of_frames_may_stand_before_the_delimiter(identities: list[bytes]) -> None:
    assert decode(message(identities=identities)).identities == tuple(identities)


@pytest.mark.parametrize("raw", [[], [b""], [b"topic"], message()[1:]])
def test_frames_without_a_delimiter_are_refused(raw: list[bytes]) -> None:
    assert refused(raw).refusal is Refusal.NO_DELIMITER


@pytest.mark.parametrize("kept", range(1, 6))
@pytest.mark.parametrize("key", [KEY, b""])
def test_fewer_than_five_frames_after_the_delimiter_are_refused(kept: int, key: bytes) -> None:
    error = refused([b"topic", *message(key=key)[:kept]], key)

    assert error.refusal is Refusal.SHORT
    assert f"{kept - 1} frames" in str(error)


# -- signature -----------------------------------------------------------------------------


def test_an_unsigned_message_is_refused_when_there_is_a_key() -> None:
    assert refused(message(key=b"")).refusal is Refusal.UNSIGNED


@pytest.mark.parametrize("tampered", [sign([]), b"0" * 64, b"x", b"\xff", sign([])[:-1]])
def test_a_wrong_signature_is_refused(tampered: bytes) -> None:
    raw = message()
    raw[1] = tampered

    assert refused(raw).refusal is Refusal.BAD_SIGNATURE


def test_a_signature_in_upper_case_is_refused_as_kernels_do() -> None:
    raw = message()
    raw[1] = raw[1].upper()

    assert refused(raw).refusal is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize("part", range(2, 6))
def test_a_change_in_any_part_breaks_the_signature(part: int) -> None:
    raw = message()
    raw[part] += b" "

    assert refused(raw).refusal is Refusal.BAD_SIGNATURE


def test_another_key_is_refused() -> None:
    assert refused(message(key=b"other")).refusal is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize("key", [b"", "clé 𝒳".encode(), b"k" * 500])
def test_any_bytes_can_be_the_key(key: bytes) -> None:
    assert decode(message(key=key), key).content == Stream(**STREAM)


def test_without_a_key_a_signature_is_not_looked_at() -> None:
    assert decode(message(key=b"other"), b"").content == Stream(**STREAM)


def test_a_replay_is_refused() -> None:
    ours, raw = session(), message()
    ours.decode(Channel.IOPUB, raw)

    with pytest.raises(ProtocolError) as caught:
        ours.decode(Channel.IOPUB, raw)

    assert caught.value.refusal is Refusal.DUPLICATE


def test_without_a_key_nothing_is_a_replay() -> None:
    ours, raw = session(b""), message(key=b"")

    assert ours.decode(Channel.IOPUB, raw) == ours.decode(Channel.IOPUB, raw)


def test_a_tampered_copy_does_not_make_the_genuine_message_a_replay() -> None:
    ours, genuine = session(), message()
    tampered = [*genuine[:5], genuine[5].replace(b"hello", b"hullo")]

    with pytest.raises(ProtocolError) as caught:
        ours.decode(Channel.IOPUB, tampered)

    assert caught.value.refusal is Refusal.BAD_SIGNATURE
    assert ours.decode(Channel.IOPUB, genuine).content == Stream(**STREAM)


def test_a_message_that_could_not_be_read_is_not_accepted_the_second_time_either() -> None:
    ours, raw = session(), frames(header(), EMPTY, EMPTY, b"nonsense")

    refusals: list[Refusal] = []
    for _ in range(2):
        with pytest.raises(ProtocolError) as caught:
            ours.decode(Channel.IOPUB, raw)
        refusals.append(caught.value.refusal)

    assert refusals == [Refusal.NOT_JSON, Refusal.DUPLICATE]


@pytest.mark.parametrize(
    "content",
    [
        b'{"text":"h\\u00e9","name":"stdout"}',
        b'{\n  "text" : "h\\u00E9",\r\n\t"name" : "stdout"\n}',
        '{"name":"stdout","text":"hé","extra":[1.0,2e3]}'.encode(),
        b'{"name":"stderr","name":"stdout","text":"h\\u00e9"}',
    ],
)
def test_the_signature_is_checked_over_the_bytes_as_they_came(content: bytes) -> None:
    """Key order, white space and escapes differ from kernel to kernel (xeus: nlohmann)."""
    raw = frames(json.dumps(header(), indent=1).encode(), b"{ }", b" {}", content)

    assert decode(raw).content == Stream(name="stdout", text="hé")


def test_the_signature_is_made_over_the_bytes_that_are_sent() -> None:
    ours = session()
    request = ours.new_message(Channel.SHELL, ExecuteRequest(code="é"), buffers=[b"unsigned"])

    raw = ours.encode(request)

    assert raw[0] == DELIMITER
    assert raw[1] == sign(raw[2:6])
    assert raw[6:] == [b"unsigned"]


# -- JSON ----------------------------------------------------------------------------------

PARTS = ["header", "parent_header", "metadata", "content"]


def with_part(name: str, part: Any) -> list[bytes]:
    parts: list[Any] = [header(), EMPTY, EMPTY, STREAM]
    parts[PARTS.index(name)] = part
    return frames(*parts)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("part", [b"", b"{", b"{]", b"nonsense", b"\xff\xfe", b"{}{}", DEEP])
def test_a_part_that_is_not_json_is_refused_by_name(name: str, part: bytes) -> None:
    error = refused(with_part(name, part))

    assert (error.refusal, error.field) == (Refusal.NOT_JSON, name)
    assert name in str(error)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("part", [[], [1], "text", 1, True, 1.5])
def test_a_part_that_is_not_an_object_is_refused_by_name(name: str, part: Any) -> None:
    error = refused(with_part(name, part))

    assert (error.refusal, error.field) == (Refusal.NOT_AN_OBJECT, name)
    assert name in str(error)


@pytest.mark.parametrize("name", ["header", "content"])
def test_null_is_no_object_where_one_is_needed(name: str) -> None:
    assert refused(with_part(name, None)).refusal is Refusal.NOT_AN_OBJECT


@pytest.mark.parametrize("missing", ["msg_id", "msg_type"])
def test_a_header_needs_an_id_and_a_type(missing: str) -> None:
    bare = header()
    del bare[missing]

    error = refused(with_part("header", bare))

    assert (error.refusal, error.field) == (Refusal.WRONG_TYPE, f"header.{missing}")
    assert f"header.{missing}: missing" in str(error)


@pytest.mark.parametrize(
    ("msg_type", "content", "field"),
    [
        ("stream", {"name": "stdout", "text": 5}, "content.text"),
        ("stream", {"name": "stdout", "text": None}, "content.text"),
        ("stream", {"name": "stdout"}, "content.text"),
        ("stream", {"name": ["stdout"], "text": ""}, "content.name"),
        ("status", {}, "content.execution_state"),
        ("status", {"execution_state": True}, "content.execution_state"),
        ("execute_input", {"code": "1", "execution_count": "1"}, "content.execution_count"),
        ("execute_reply", {"status": 0}, "content.status"),
        ("execute_reply", {"payload": [1]}, "content.payload[0]"),
        ("error", {"traceback": [1]}, "content.traceback[0]"),
        ("display_data", {"data": "text"}, "content.data"),
        ("display_data", {}, "content.data"),
        ("comm_msg", {"data": {}}, "content.comm_id"),
        ("kernel_info_reply", {"language_info": {"name": 1}}, "content.language_info.name"),
        ("history_reply", {"history": [[1, 2, 3]]}, "content.history[0][2]"),
    ],
)
def test_a_field_of_the_wrong_type_is_refused_by_name(
    msg_type: str, content: dict[str, Any], field: str
) -> None:
    error = refused(message(msg_type, content))

    assert (error.refusal, error.field) == (Refusal.WRONG_TYPE, field)
    assert f"A {msg_type} message on iopub has a wrong {field}: " in str(error)


@pytest.mark.parametrize(("name", "value"), [("msg_id", 1), ("session", {}), ("version", 5.3)])
def test_a_header_field_of_the_wrong_type_is_refused_by_name(name: str, value: Any) -> None:
    bad = header() | {name: value}

    for part in ("header", "parent_header"):
        error = refused(with_part(part, bad))

        assert (error.refusal, error.field) == (Refusal.WRONG_TYPE, f"{part}.{name}")


def test_every_refusal_is_one_sentence() -> None:
    for raw in ([], message(key=b""), with_part("content", b"{"), with_part("content", {})):
        text = str(refused(raw))

        assert text.endswith(".")
        assert "\n" not in text


def test_a_huge_signature_does_not_make_a_huge_sentence() -> None:
    raw = message()
    raw[1] = b"x" * 1_000_000

    assert len(str(refused(raw))) < 200


# -- tolerance -----------------------------------------------------------------------------


def test_a_type_that_is_in_no_table_is_kept_whole() -> None:
    got = decode(message("hologram", {"a": [1, None]}))

    assert got.content == Unknown(msg_type="hologram", fields={"a": [1, None]})


def test_fields_that_are_in_no_table_are_ignored() -> None:
    got = decode(frames(header(x=1), header(y=2), EMPTY, {**STREAM, "z": 3}))

    assert got.content == Stream(**STREAM)


@pytest.mark.parametrize("name", ["date", "version", "session", "username"])
def test_a_header_may_lack_all_but_id_and_type(name: str) -> None:
    """The date is missing from ijavascript's headers, the version from protocol 4's."""
    bare = header()
    del bare[name]

    assert decode(with_part("header", bare)).msg_id == "8f2c_1"
    assert decode(with_part("header", header() | {name: None})).msg_id == "8f2c_1"


@pytest.mark.parametrize("parent", [None, {}, b"{ }", {"msg_id": None}, {"session": "x"}])
def test_a_parent_without_an_id_is_no_parent(parent: Any) -> None:
    raw = with_part("parent_header", b"null" if parent is None else parent)

    assert decode(raw).parent is None


def test_a_parent_may_lack_its_type() -> None:
    assert decode(with_part("parent_header", {"msg_id": "p"})).parent_id == "p"


def test_null_metadata_is_empty() -> None:
    assert decode(with_part("metadata", b"null")).metadata == {}


def test_nan_and_infinity_are_read() -> None:
    got = decode(message("comm_msg", b'{"comm_id":"c","data":{"x":[NaN,-Infinity,1e999]}}'))

    assert isinstance(got.content, CommMsg)
    nan, low, high = got.content.data["x"]
    assert math.isnan(nan)
    assert (low, high) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b"\\ud800", "\ufffd"),
        (b"\\udc80x", "\ufffdx"),
        (b"\\udcff\\udc00", "\ufffd\ufffd"),
        (b"\\ud83d\\ude00", "😀"),
        (b"\xff", "\ufffd"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
        (b"\\u0000\\u001b[0m", "\x00\x1b[0m"),
    ],
)
def test_lone_surrogates_and_broken_utf_8_are_read_as_replacement_characters(
    text: bytes, shown: str
) -> None:
    got = decode(message("stream", b'{"name":"stdout","text":"' + text + b'"}'))

    assert got.content == Stream(name="stdout", text=shown)


def test_surrogates_are_replaced_in_every_part() -> None:
    bad = header("hologram", session="\ud800")

    got = decode(frames(bad, bad, {"\ud800": "\udc00"}, {"x": ["\ud800"]}))

    assert got.header.session == "\ufffd"
    assert got.parent is not None
    assert got.parent.session == "\ufffd"
    assert got.metadata == {"\ufffd": "\ufffd"}
    assert got.content == Unknown(msg_type="hologram", fields={"x": ["\ufffd"]})


def test_numbers_of_any_length_are_read() -> None:
    got = decode(message("hologram", b'{"n":[' + b"9" * 30 + b"," + b"9" * 6000 + b"]}"))

    assert isinstance(got.content, Unknown)
    assert got.content.fields["n"] == [int("9" * 30), math.inf]


# -- sending -------------------------------------------------------------------------------


def test_lone_surrogates_in_code_are_sent_as_replacement_characters() -> None:
    ours = session()

    raw = ours.encode(ours.new_message(Channel.SHELL, ExecuteRequest(code="a\ud800b\udc80c")))

    assert json.loads(raw[5])["code"] == "a\ufffdb\ufffdc"
    assert raw[1] == sign(raw[2:6])


def test_a_pair_of_surrogates_is_sent_as_its_character() -> None:
    ours = session()
    request = CompleteRequest(code="\ud83d\ude00", cursor_pos=1)

    raw = ours.encode(ours.new_message(Channel.SHELL, request, metadata={"\udc00": "\ud800"}))

    assert json.loads(raw[5]) == {"code": "😀", "cursor_pos": 1}
    assert json.loads(raw[4]) == {"\ufffd": "\ufffd"}


@pytest.mark.parametrize("text", ["ascii", "lone \ud800"])
def test_nan_and_infinity_are_never_sent(text: str) -> None:
    ours = session()
    data = {"x": [math.nan, math.inf, {"y": -math.inf}], "text": text}

    raw = ours.encode(ours.new_message(Channel.SHELL, CommMsg(comm_id="c", data=data)))

    assert json.loads(raw[5])["data"]["x"] == [None, None, {"y": None}]


@pytest.mark.parametrize("value", [object(), {object(): 1}, 1j])
def test_what_json_cannot_say_is_our_fault_and_named(value: Any) -> None:
    ours = session()
    content = CommMsg(comm_id="c", data={"x": value})

    with pytest.raises(UsageError, match=r"^The content cannot be sent as JSON: .+\.$"):
        ours.encode(ours.new_message(Channel.SHELL, content))


def test_what_is_its_own_part_is_our_fault_too() -> None:
    ours = session()
    loop: dict[str, Any] = {}
    loop["loop"] = loop

    with pytest.raises(UsageError, match="metadata cannot be sent as JSON: nested too deeply"):
        ours.encode(ours.new_message(Channel.SHELL, ExecuteRequest(code=""), metadata=loop))


def test_a_loop_with_a_lone_surrogate_in_it_is_our_fault_too() -> None:
    ours = session()
    loop: dict[str, Any] = {"text": "\ud800"}
    loop["loop"] = loop

    with pytest.raises(UsageError, match="nested too deeply"):
        ours.encode(ours.new_message(Channel.SHELL, ExecuteRequest(code=""), metadata=loop))


def test_identities_go_before_the_delimiter_and_memoryviews_become_frames() -> None:
    ours = session()
    status = ours.new_message(
        Channel.IOPUB, Status(execution_state="idle"), buffers=[memoryview(b"abc")]
    )
    published = Message(
        channel=status.channel,
        header=status.header,
        content=status.content,
        buffers=status.buffers,
        identities=(b"kernel.1.status",),
    )

    raw = ours.encode(published)

    assert raw[:2] == [b"kernel.1.status", DELIMITER]
    assert raw[-1] == b"abc"
    assert ours.decode(Channel.IOPUB, raw) == published


def test_an_unknown_content_is_sent_as_its_fields() -> None:
    ours = session()
    content = Unknown(msg_type="hologram", fields={"a": 1})

    raw = ours.encode(ours.new_message(Channel.SHELL, content))

    assert json.loads(raw[5]) == {"a": 1}
    assert ours.decode(Channel.SHELL, raw).content == content


def test_a_ten_megabyte_message_goes_through() -> None:
    text = "é" * 5_000_000

    assert decode(message("stream", {"name": "stdout", "text": text})).content == Stream(text=text)


def test_an_execute_input_without_a_count_is_taken() -> None:
    assert decode(message("execute_input", {"code": "1"})).content == ExecuteInput(code="1")
