"""The latest messages of one connection, for people who look for a fault.

Made for a flood: what is received costs a bounded append; reading, shortening and the removal of
secrets wait until somebody looks. Answers to an input_request are not kept in the first place,
and code that asks for a password is never shown.
"""

import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, cast

from vitrail.protocol import lenient
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.messages import Channel

KEPT_MESSAGES: Final = 512
LARGE_BYTES: Final = 32_768
"""Contents above this are cut at once, so that the log holds 17 MB at worst, 1 MB as a rule."""

KEPT_PART_BYTES: Final = 4096
"""How much of a large message is kept, and of any is shown."""

HIDDEN: Final = "[removed]"
_HIDDEN_JSON: Final = b'"[removed]"'

_DELIMITER: Final = b"<IDS|MSG>"
_ORDINARY_FRAMES: Final = 7  # topic, delimiter, signature, four parts
_KEPT_FRAMES: Final = 16
_ASKS_FOR_PASSWORD: Final = (b"getpass", b"password=True")


class Direction(StrEnum):
    """Which way a message went."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One message, as much of it as may be shown.

    Attributes:
        at: Seconds on the clock of whoever wrote the log down.
        msg_type: Empty when it cannot be read.
        parent_id: Of the message that caused it, empty when none did.
        size_bytes: Of all frames.
        content: JSON text, perhaps cut short; without secrets.
    """

    at: float
    direction: Direction
    channel: Channel
    msg_type: str
    msg_id: str
    parent_id: str
    size_bytes: int
    content: str


class _Kept(NamedTuple):
    """One message as it is kept."""

    at: float
    channel: Channel
    frames: list[bytes]
    size_bytes: int | None = None
    """None when the frames are whole."""
    direction: Direction = Direction.RECEIVED


class MessageLog:
    """A ring of the latest messages, oldest dropped first."""

    def __init__(self, secrets: Iterable[bytes] = (), *, limit: int = KEPT_MESSAGES) -> None:
        """Prepare.

        Args:
            secrets: Taken out of whatever is shown; `secrets_of` names those of a connection.
            limit: Messages kept; 0 keeps none.
        """
        self._secrets = _spellings(secrets)
        # A plain tuple costs half of a _Kept to make.
        self._kept: deque[_Kept | tuple[float, Channel, list[bytes]]] = deque(maxlen=limit)
        self._append = self._kept.append

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"<MessageLog of {len(self)} messages>"

    def received(self, channel: Channel, frames: list[bytes], at: float) -> None:
        """Keep what came, good or bad; the frames must not be changed afterwards."""
        if len(frames) > _ORDINARY_FRAMES or len(frames[-1]) > LARGE_BYTES:
            self._append(_Kept(at, channel, _cut(frames), sum(map(len, frames))))
        else:
            self._append((at, channel, frames))

    def sent(self, channel: Channel, frames: list[bytes], at: float) -> None:
        """Keep what is being sent, without what the user alone may know."""
        kept = _cut(frames)
        if channel is Channel.STDIN:
            kept[-1] = _HIDDEN_JSON
        self._append(_Kept(at, channel, kept, sum(map(len, frames)), Direction.SENT))

    def entries(self) -> tuple[LogEntry, ...]:
        """Return what is kept, oldest first."""
        return tuple(
            self._entry(kept if isinstance(kept, _Kept) else _Kept(*kept)) for kept in self._kept
        )

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _entry(self, kept: _Kept) -> LogEntry:
        frames = kept.frames
        start = _start_of(frames)
        header, parent = (_fields(frames[start + i : start + i + 1]) for i in (0, 1))
        content = frames[start + 3] if len(frames) > start + 3 else b""
        return LogEntry(
            at=kept.at,
            direction=kept.direction,
            channel=kept.channel,
            msg_type=self._clean(header.get("msg_type")),
            msg_id=self._clean(header.get("msg_id")),
            parent_id=self._clean(parent.get("msg_id")),
            size_bytes=sum(map(len, frames)) if kept.size_bytes is None else kept.size_bytes,
            content=self._shown(content),
        )

    def _shown(self, content: bytes) -> str:
        """Decode a content without secrets, not even the first half of one at a cut."""
        if any(mark in content for mark in _ASKS_FOR_PASSWORD):
            return _HIDDEN_JSON.decode()
        is_cut = len(content) >= KEPT_PART_BYTES
        text = self._clean(
            content[:KEPT_PART_BYTES].decode("utf-8", "ignore" if is_cut else "replace")
        )
        if not is_cut:
            return text
        longest = max(map(len, self._secrets), default=1)
        for length in range(min(longest, len(text)), 0, -1):
            if any(secret.startswith(text[-length:]) for secret in self._secrets):
                text = text[:-length]
                break
        return f"{text}…"

    def _clean(self, value: object) -> str:
        return _removed(value if isinstance(value, str) else "", self._secrets)


def secrets_of(connection: ConnectionInfo) -> tuple[bytes, ...]:
    """Name what must never be shown of a connection."""
    candidates = (connection.key, connection.curve_secretkey)
    return tuple(secret for secret in candidates if secret)


def without_secrets(text: str, secrets: Iterable[bytes]) -> str:
    """Take secrets out of a text, however often they are quoted."""
    return _removed(text, _spellings(secrets))


def _removed(text: str, spellings: Iterable[str]) -> str:
    for secret in spellings:
        text = text.replace(secret, HIDDEN)
    return text


def _spellings(secrets: Iterable[bytes]) -> tuple[str, ...]:
    """Return each secret as it is, in JSON, and in JSON inside of JSON; longest first."""
    found: set[str] = set()
    for secret in secrets:
        spelling = secret.decode("utf-8", "replace")
        for _ in range(3):
            found.add(spelling)
            found.add(json.dumps(spelling, ensure_ascii=False)[1:-1])
            spelling = json.dumps(spelling)[1:-1]
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def _start_of(frames: Sequence[bytes]) -> int:
    """Return where the header is, or would be."""
    return frames.index(_DELIMITER) + 2 if _DELIMITER in frames else len(frames)


def _cut(frames: Sequence[bytes]) -> list[bytes]:
    return [frame[:KEPT_PART_BYTES] for frame in frames[:_KEPT_FRAMES]]


def _fields(frame: Sequence[bytes]) -> dict[str, Any]:
    try:
        fields = lenient.loads(b"".join(frame))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}
