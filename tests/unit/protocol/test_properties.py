"""Invariants: encode and decode undo each other; no frames do anything but decode or refuse."""

import types
import typing
from typing import Any, Literal, cast

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.wire import KEY, frames, header, session
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import CONTENT_TYPES, Channel, Content, Message, Unknown

quick = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(max_size=20)
surrogate_texts = st.text(st.characters(), max_size=20)
numbers = st.integers(-(2**63), 2**64 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False)


def json_values(text: st.SearchStrategy[str], leaf: st.SearchStrategy[Any]) -> Any:
    leaves = st.none() | st.booleans() | numbers | floats | text | leaf
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
        max_leaves=5,
    )


values = json_values(texts, st.nothing())
objects = st.dictionaries(texts, values, max_size=3)

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: numbers,
    float: floats,
    bool: st.booleans(),
    type(None): st.none(),
    msgspec.UnsetType: st.just(msgspec.UNSET),
    Any: values,
}


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Draw values of an annotation that contents use."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([of_type(arg) for arg in args])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is list:
        return st.lists(of_type(args[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(of_type(args[0]), of_type(args[1]), max_size=3)
    if origin is tuple:
        return st.tuples(*(of_type(arg) for arg in args))
    return of_struct(kind)


def of_struct(kind: type[Any]) -> st.SearchStrategy[Any]:
    fields = {field.name: of_type(field.type) for field in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


unknowns = st.builds(
    Unknown, msg_type=texts.filter(lambda name: name not in CONTENT_TYPES), fields=objects
)
contents: st.SearchStrategy[Content] = st.one_of(
    *(of_struct(kind) for kind in CONTENT_TYPES.values()), unknowns
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    ours = session(username=draw(texts), session_id=draw(texts) or None)
    parent = ours.new_message(Channel.SHELL, draw(contents)) if draw(st.booleans()) else None
    made = ours.new_message(
        draw(st.sampled_from(list(Channel))),
        draw(contents),
        parent=parent,
        metadata=draw(objects),
        buffers=draw(st.lists(st.binary(max_size=9), max_size=2)),
        subshell_id=draw(st.none() | texts.filter(bool)),
    )
    # An identity may hold anything but the delimiter itself.
    identities = tuple(draw(st.lists(st.binary(max_size=8), max_size=2)))
    return msgspec.structs.replace(made, identities=identities)


keys = st.sampled_from([KEY, b"", b"\x00"])


@quick
@given(messages(), keys)
def test_decoding_undoes_encoding(message: Message, key: bytes) -> None:
    ours = session(key)

    assert ours.decode(message.channel, ours.encode(message)) == message


@quick
@given(messages(), keys)
def test_encoding_undoes_decoding(message: Message, key: bytes) -> None:
    raw = session(key).encode(message)

    assert session(key).encode(session(key).decode(message.channel, raw)) == raw


# -- mutation ------------------------------------------------------------------------------


@st.composite
def mutated(draw: st.DrawFn) -> list[bytes]:
    """Frames of a good message with one to three accidents."""
    raw = session().encode(draw(messages()))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        match draw(st.sampled_from(["drop", "double", "insert", "flip", "cut", "swap"])):
            case "drop" if raw:
                del raw[at]
            case "double" if raw:
                raw.insert(at, raw[at])
            case "insert":
                raw.insert(at, draw(st.binary(max_size=20)))
            case "flip" if raw and raw[at]:
                byte = draw(st.integers(0, len(raw[at]) - 1))
                flipped = bytes([raw[at][byte] ^ draw(st.integers(1, 255))])
                raw[at] = raw[at][:byte] + flipped + raw[at][byte + 1 :]
            case "cut" if raw:
                raw[at] = raw[at][: draw(st.integers(0, len(raw[at])))]
            case "swap" if raw:
                raw[at], raw[-1] = raw[-1], raw[at]
            case _:
                pass
    return raw


def decode_or_refuse(raw: list[bytes], key: bytes) -> Message | None:
    """Decode; any exception but ProtocolError fails the test."""
    try:
        return session(key).decode(Channel.IOPUB, raw)
    except ProtocolError:
        return None


@quick
@given(mutated())
def test_accidents_on_the_way_cause_nothing_but_protocol_errors(raw: list[bytes]) -> None:
    decode_or_refuse(raw, KEY)
    decode_or_refuse(raw, b"")


@quick
@given(st.lists(st.binary(max_size=30) | st.just(b"<IDS|MSG>") | st.just(b"{}"), max_size=9))
def test_any_frames_cause_nothing_but_protocol_errors(raw: list[bytes]) -> None:
    decode_or_refuse(raw, KEY)
    decode_or_refuse(raw, b"")


wild = json_values(surrogate_texts, st.floats())
wild_parts = wild | st.dictionaries(surrogate_texts, wild, max_size=3)


@st.composite
def wild_contents(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a type and a content with that type's field names and any values."""
    msg_type = draw(st.sampled_from([*CONTENT_TYPES, "hologram"]))
    kind = CONTENT_TYPES.get(msg_type, Unknown)
    names = [field.name for field in msgspec.structs.fields(kind)]
    fields = st.dictionaries(st.sampled_from([*names, "other"]), wild, max_size=4)
    return msg_type, draw(fields | wild_parts)


@quick
@given(wild_contents(), wild_parts, wild_parts, st.booleans())
def test_well_signed_nonsense_causes_nothing_but_protocol_errors(
    content: tuple[str, Any], parent: Any, metadata: Any, plain: bool
) -> None:
    """And whatever is accepted can be sent on: no lone surrogate, NaN or infinity comes through."""
    msg_type, fields = content
    parts: tuple[Any, Any] = ({}, {}) if plain else (parent, metadata)

    got = decode_or_refuse(frames(header(msg_type), *parts, fields), KEY)

    if got is not None:
        raw = session().encode(got)
        for part in raw[2:6]:
            assert msgspec.json.decode(part) is not None
        assert no_surrogates(msgspec.to_builtins(got.content))


def no_surrogates(value: Any) -> bool:
    match value:
        case str():
            return value.isascii() or value.encode("utf-8", "ignore").decode() == value
        case dict():
            items = cast("dict[object, object]", value).items()
            return all(no_surrogates(key) and no_surrogates(item) for key, item in items)
        case list() | tuple():
            return all(map(no_surrogates, cast("list[object]", value)))
        case _:
            return True
