"""Frames to Message and back: delimiter, signature, four JSON objects, buffers.

Frames, in order: identities (any number), ``<IDS|MSG>``, signature, header, parent header,
metadata, content, buffers (any number). Jupyter messaging 5.5, "The wire protocol".
"""

import hmac
import re
from collections.abc import Generator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar, cast

import msgspec

from vitrail.protocol import large_json, lenient, quirks
from vitrail.protocol.dialect import V5, Dialect, in_dialect
from vitrail.protocol.errors import ProtocolError, Refusal, UsageError
from vitrail.protocol.messages import (
    CONTENT_TYPES,
    Channel,
    Content,
    Header,
    Message,
    Unknown,
)
from vitrail.protocol.old_answers import NAMES
from vitrail.protocol.replay import ReplayGuard
from vitrail.protocol.signing import Signer

DELIMITER = b"<IDS|MSG>"
LONGEST_JSON = 8_000_000
"""Characters of JSON in a bundle that become objects; what is longer stays text, a `RawJson`."""

_EMPTY = b"{}"
_WITH_BUNDLES = frozenset(("display_data", "execute_result", "update_display_data"))
_PARTS = 4
_NO_REQUESTS: Mapping[str, Content] = {}

StructT = TypeVar("StructT", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder()
_header_decoder = msgspec.json.Decoder(Header)
_object_decoder = msgspec.json.Decoder(dict[str, Any])
_content_decoders: Mapping[str, msgspec.json.Decoder[Content]] = {
    name: msgspec.json.Decoder(kind) for name, kind in CONTENT_TYPES.items()
}
_REFUSED_BY_MSGSPEC = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def encode(message: Message, signer: Signer, dialect: Dialect = V5) -> list[bytes]:
    """Encode and sign a message.

    Raises:
        UsageError: A part holds what JSON cannot say.
    """
    if dialect.translates:
        message = in_dialect(message, dialect)
    content = message.content
    parts = [
        _encode_part("header", message.header),
        _EMPTY if message.parent is None else _encode_part("parent_header", message.parent),
        _encode_part("metadata", message.metadata),
        _encode_part("content", content.fields if isinstance(content, Unknown) else content),
    ]
    if dialect.parts < _PARTS:
        del parts[2]
    buffers = [bytes(buffer) for buffer in message.buffers]
    return [*message.identities, DELIMITER, signer.sign(parts), *parts, *buffers]


def decode(
    channel: Channel,
    frames: Sequence[bytes],
    signer: Signer,
    guard: ReplayGuard,
    dialect: Dialect = V5,
    requests: Mapping[str, Content] = _NO_REQUESTS,
) -> Message:
    """Check and decode one multipart message.

    The signature is verified over the bytes as received, and before it is remembered, so a
    tampered copy does not turn the genuine message into a replay.

    Args:
        channel: Where it came from.
        frames: All of them.
        signer: Of the connection.
        guard: Of the connection.
        dialect: How to read the content.
        requests: What we asked, by message id, for dialects whose answers depend on it.

    Raises:
        ProtocolError: The frames are not a message of this connection; says why.
    """
    start, parts = _split(channel, frames, dialect.parts)
    if signer.signs:
        signature = frames[start - 1]
        _authenticate(channel, signature, signer.matches(signature, parts), guard)
    header = _decode_header(channel, parts[0])
    if dialect is not V5:
        return _decode_old(channel, frames, start, header, dialect, requests)
    return _message(
        channel, frames, start, header, _decode_content(channel, header.msg_type, parts[3])
    )


def decode_in_steps(
    channel: Channel, frames: Sequence[bytes], signer: Signer, guard: ReplayGuard
) -> Generator[None, None, Message]:
    """Do the same with a large message of protocol 5, a millisecond or two in each step.

    Raises:
        ProtocolError: The frames are not a message of this connection; says why.
    """
    start, parts = _split(channel, frames, _PARTS)
    if signer.signs:
        own = yield from signer.sign_in_steps(parts)
        signature = frames[start - 1]
        _authenticate(channel, signature, hmac.compare_digest(signature, own), guard)
    header = _decode_header(channel, parts[0])
    text = parts[3].decode("utf-8", "replace")
    yield
    try:
        longest = LONGEST_JSON if header.msg_type in _WITH_BUNDLES else None
        value = yield from large_json.steps(text, longest)
    except (ValueError, RecursionError) as error:
        _refuse_json(channel, error, "content")
    fields = _object(channel, value, "content")
    return _message(channel, frames, start, header, _content(channel, header.msg_type, fields))


def _message(
    channel: Channel, frames: Sequence[bytes], start: int, header: Header, content: Content
) -> Message:
    return Message(
        channel=channel,
        header=header,
        content=content,
        parent=_decode_parent(channel, frames[start + 1]),
        metadata=_decode_metadata(channel, frames[start + 2]),
        buffers=tuple(frames[start + 4 :]),
        identities=tuple(frames[: start - 2]),
    )


def _decode_old(
    channel: Channel,
    frames: Sequence[bytes],
    start: int,
    header: Header,
    dialect: Dialect,
    requests: Mapping[str, Content],
) -> Message:
    """Decode what is not, or not certainly, of protocol 5, into what it would be there."""
    end = start + dialect.parts
    parent = _decode_parent(channel, frames[start + 1])
    fields = _read_object(channel, frames[end - 1], "content")
    request = None if parent is None else requests.get(parent.msg_id)
    try:
        msg_type, fields = dialect.decode(header.msg_type, fields, request)
    except msgspec.ValidationError as error:
        _refuse_type(channel, error, "content", header.msg_type)
    return Message(
        channel=channel,
        header=_renamed(header, msg_type),
        content=_content(channel, msg_type, fields),
        parent=None if parent is None else _renamed(parent, NAMES.get(parent.msg_type)),
        metadata=_decode_metadata(channel, frames[start + 2]) if dialect.parts == _PARTS else {},
        buffers=tuple(frames[end:]),
        identities=tuple(frames[: start - 2]),
    )


def _renamed(header: Header, msg_type: str | None) -> Header:
    if msg_type is None or msg_type == header.msg_type:
        return header
    return msgspec.structs.replace(header, msg_type=msg_type)


def _split(channel: Channel, frames: Sequence[bytes], count: int) -> tuple[int, Sequence[bytes]]:
    try:
        start = frames.index(DELIMITER) + 2
    except ValueError:
        raise ProtocolError(
            f"A message on {channel} has no delimiter among its {len(frames)} frames.",
            refusal=Refusal.NO_DELIMITER,
        ) from None
    parts = frames[start : start + count]
    if len(parts) < count:
        raise ProtocolError(
            f"A message on {channel} is too short: {len(frames) - start + 1} frames follow the "
            f"delimiter, at least {count + 1} are needed.",
            refusal=Refusal.SHORT,
        )
    return start, parts


def _authenticate(channel: Channel, signature: bytes, is_right: bool, guard: ReplayGuard) -> None:
    if not signature:
        raise ProtocolError(f"A message on {channel} is unsigned.", refusal=Refusal.UNSIGNED)
    if not is_right:
        raise ProtocolError(
            f"A message on {channel} has a wrong signature: {signature[:64]!r}.",
            refusal=Refusal.BAD_SIGNATURE,
        )
    if not guard.remember(signature):
        raise ProtocolError(
            f"A message on {channel} came a second time.",
            refusal=Refusal.DUPLICATE,
        )


def _decode_header(channel: Channel, frame: bytes) -> Header:
    try:
        return _header_decoder.decode(frame)
    except _REFUSED_BY_MSGSPEC:
        fields = _read_object(channel, frame, "header")
        return _convert(channel, quirks.drop_empties(Header, fields), Header, "header")


def _decode_parent(channel: Channel, frame: bytes) -> Header | None:
    if frame == _EMPTY:
        return None
    try:
        return _header_decoder.decode(frame)
    except _REFUSED_BY_MSGSPEC:
        fields = _read_object(channel, frame, "parent_header")
        if not fields.get("msg_id"):
            return None
        fields = {"msg_type": "", **quirks.drop_empties(Header, fields)}
        return _convert(channel, fields, Header, "parent_header")


def _decode_metadata(channel: Channel, frame: bytes) -> dict[str, Any]:
    if frame == _EMPTY:
        return {}
    try:
        return _object_decoder.decode(frame)
    except _REFUSED_BY_MSGSPEC:
        return _read_object(channel, frame, "metadata")


def _decode_content(channel: Channel, msg_type: str, frame: bytes) -> Content:
    decoder = _content_decoders.get(msg_type)
    try:
        if decoder is None:
            return Unknown(msg_type=msg_type, fields=_object_decoder.decode(frame))
        return decoder.decode(frame)
    except _REFUSED_BY_MSGSPEC:
        fields = _read_object(channel, frame, "content")
        if decoder is None:
            return Unknown(msg_type=msg_type, fields=fields)
        kind = CONTENT_TYPES[msg_type]
        return _convert(channel, quirks.mend(msg_type, kind, fields), kind, "content", msg_type)


def _content(channel: Channel, msg_type: str, fields: dict[str, Any]) -> Content:
    """Make the content of a message out of its fields, strictly first."""
    kind = CONTENT_TYPES.get(msg_type)
    if kind is None:
        return Unknown(msg_type=msg_type, fields=fields)
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError:
        return _convert(channel, quirks.mend(msg_type, kind, fields), kind, "content", msg_type)


def _read_object(channel: Channel, frame: bytes, part: str) -> dict[str, Any]:
    try:
        value = lenient.loads(frame)
    except (ValueError, RecursionError) as error:
        _refuse_json(channel, error, part)
    return _object(channel, value, part)


def _object(channel: Channel, value: object, part: str) -> dict[str, Any]:
    if value is None and part in ("parent_header", "metadata"):
        return {}  # iopub_welcome of xeus-python 0.19
    if not isinstance(value, dict):
        raise ProtocolError(
            f"The {part} of a message on {channel} is not an object.",
            refusal=Refusal.NOT_AN_OBJECT,
            field=part,
        )
    return cast("dict[str, Any]", value)


def _refuse_json(channel: Channel, error: Exception, part: str) -> NoReturn:
    raise ProtocolError(
        f"The {part} of a message on {channel} is not JSON ({_reason(error)}).",
        refusal=Refusal.NOT_JSON,
        field=part,
    ) from error


def _convert(
    channel: Channel, fields: dict[str, Any], kind: type[StructT], part: str, msg_type: str = ""
) -> StructT:
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        _refuse_type(channel, error, part, msg_type)


_AT = re.compile(r" - at `\$(.*)`$")
_MISSING = re.compile(r"missing required field `([^`]+)`")


def _refuse_type(
    channel: Channel, error: msgspec.ValidationError, part: str, msg_type: str
) -> NoReturn:
    text = str(error)
    found = _AT.search(text)
    field = part + (found[1] if found else "")
    reason = _AT.sub("", text)
    missing = _MISSING.search(reason)
    if missing:
        field, reason = f"{field}.{missing[1]}", "missing"
    kind = f"{msg_type} message" if msg_type else "message"
    raise ProtocolError(
        f"A {kind} on {channel} has a wrong {field}: {reason}.",
        refusal=Refusal.WRONG_TYPE,
        field=field,
    ) from error


def _encode_part(part: str, value: Any) -> bytes:
    try:
        try:
            return _encoder.encode(value)
        except UnicodeEncodeError:  # a lone surrogate
            return _encoder.encode(lenient.tidy(msgspec.to_builtins(value)))
    except (TypeError, RecursionError) as error:
        raise UsageError(f"The {part} cannot be sent as JSON: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).rstrip(".")
