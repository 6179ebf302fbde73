"""Wire frames made by hand, with json and hmac alone: the oracle that the codec is held to."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from vitrail.protocol.session import Session

KEY = b"a0436f6c-1916-498b-8eb9-e81ab9368e84"
NOW = datetime(2026, 11, 20, 10, 40, 0, 123456, tzinfo=UTC)
DELIMITER = b"<IDS|MSG>"


def session(key: bytes = KEY, **options: Any) -> Session:
    """Make a Session whose clock stands still."""
    return Session(key=key, now=lambda: NOW, **options)


def header(msg_type: str = "stream", **fields: Any) -> dict[str, Any]:
    """Make a header as ipykernel writes it; ``fields`` add and override."""
    return {
        "msg_id": "8f2c_1",
        "msg_type": msg_type,
        "username": "username",
        "session": "8f2c",
        "date": "2026-11-20T10:40:00.123456Z",
        "version": "5.4",
        **fields,
    }


def frames(
    *parts: Any,
    key: bytes = KEY,
    scheme: str = "hmac-sha256",
    identities: Sequence[bytes] = (),
    buffers: Sequence[bytes] = (),
) -> list[bytes]:
    """Frame and sign parts: bytes as they are, anything else as JSON."""
    encoded = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
    return [*identities, DELIMITER, sign(encoded, key, scheme), *encoded, *buffers]


def message(
    msg_type: str = "stream",
    content: Any = None,
    *,
    parent: Any = None,
    metadata: Any = None,
    key: bytes = KEY,
    identities: Sequence[bytes] = (),
    buffers: Sequence[bytes] = (),
) -> list[bytes]:
    """Frame and sign a whole message; the default is a valid stream."""
    content = {"name": "stdout", "text": "hello\n"} if content is None else content
    parts: tuple[Any, ...] = (header(msg_type), parent or {}, metadata or {}, content)
    return frames(*parts, key=key, identities=identities, buffers=buffers)


def sign(parts: Sequence[bytes], key: bytes = KEY, scheme: str = "hmac-sha256") -> bytes:
    """Sign as RFC 2104 says, over the parts one after the other; empty without a key."""
    if not key:
        return b""
    digest = getattr(hashlib, scheme.removeprefix("hmac-"))
    return hmac.new(key, b"".join(parts), digest).hexdigest().encode()
