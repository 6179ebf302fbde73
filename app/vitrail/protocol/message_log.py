"""The latest messages of one connection, for people who look for a fault.

Made for a flood: what is received costs an append to a ring, and a look at its size at the end of
the loop's turn; reading and the removal of secrets wait until somebody looks.
Answers to an input_request are not kept in the first place, and code that asks for a password is
never shown.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast

from vitrail.protocol import lenient
from vitrail.protocol.channel import Channel
from vitrail.protocol.redaction import HIDDEN, removed, spellings

KEPT_MESSAGES: Final = 256
"""Of each channel, and of what we sent: a flood of output pushes no reply out."""

LARGE_BYTES: Final = 32_768
"""Contents above this are cut at once, so that a channel holds 9 MB at worst, 1 MB as a rule."""

KEPT_PART_BYTES: Final = 4096
"""How much of a large message is kept, and of any is shown."""

_HIDDEN_JSON: Final = f'"{HIDDEN}"'.encode()

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


class _Cut(NamedTuple):
    """A message of which only the beginning is kept."""

    frames: list[bytes]
    size_bytes: int


class _Mark(NamedTuple):
    """Stands behind what came in one turn of the loop: the clock is not asked for each."""

    turn: int
    at: float


_last_frame: Final = itemgetter(-1)


class _Sent(NamedTuple):
    """A message of ours."""

    mark: _Mark
    channel: Channel
    message: _Cut


_Ring = deque["list[bytes] | _Cut | _Mark"]


class MessageLog:
    """Rings of the latest messages, oldest dropped first."""

    def __init__(self, secrets: Iterable[bytes] = (), *, limit: int = KEPT_MESSAGES) -> None:
        """Prepare.

        Args:
            secrets: Taken out of whatever is shown; `redaction.secrets_of` names a connection's.
            limit: Messages kept of each channel, and turns of the loop; 0 keeps none.
        """
        self._secrets = spellings(secrets)
        self._limit = limit
        self._arriving: dict[Channel, list[list[bytes]]] = {}
        self._rings: dict[Channel, _Ring] = {}
        self._sent: deque[_Sent] = deque(maxlen=limit)
        self._turn = 0
        self._last_at = 0.0

    def __len__(self) -> int:
        return len(self._sent) + sum(1 for channel in self._rings for _ in self._came(channel))

    def __repr__(self) -> str:
        return f"<MessageLog of {len(self)} messages>"

    def taker(self, channel: Channel) -> Callable[[list[bytes]], None]:
        """Return what keeps a message that came, good or bad; its frames must not be changed.

        `end_turn` is due soon after it: until then what is large is kept whole.
        """
        self._rings.setdefault(channel, deque(maxlen=self._limit))
        return self._arriving.setdefault(channel, []).append

    def end_turn(self, at: float) -> None:
        """Take note that what the takers got since the last turn came at about this time."""
        self._turn += 1
        self._last_at = at
        for channel, arrived in self._arriving.items():
            if arrived:
                ring = self._rings[channel]
                ring.extend(_cut_where_large(arrived))
                ring.append(_Mark(self._turn, at))
                arrived.clear()

    def sent(self, channel: Channel, frames: list[bytes], at: float) -> None:
        """Keep what is being sent, without what the user alone may know."""
        self.end_turn(at)
        kept = _cut(frames)
        if channel is Channel.STDIN:
            kept.frames[-1] = _HIDDEN_JSON
        self._sent.append(_Sent(_Mark(self._turn, at), channel, kept))

    def entries(self) -> tuple[LogEntry, ...]:
        """Return what is kept, oldest first."""
        present = _Mark(self._turn + 1, self._last_at)
        found = [
            (mark or present, Direction.RECEIVED, channel, message)
            for channel in self._rings
            for mark, message in reversed([*self._came(channel)])
        ]
        found += [(mark, Direction.SENT, channel, cut) for mark, channel, cut in self._sent]
        found.sort(key=lambda each: each[0].turn)
        return tuple(self._entry(*each) for each in found)

    def clear(self) -> None:
        """Forget everything."""
        self._sent.clear()
        for channel, ring in self._rings.items():
            ring.clear()
            self._arriving[channel].clear()

    def _came(self, channel: Channel) -> Iterator[tuple[_Mark | None, "list[bytes] | _Cut"]]:
        """Give what is kept of a channel and when it came, latest first; None is just now."""
        mark: _Mark | None = None
        latest = chain(reversed(self._arriving[channel]), reversed(self._rings[channel]))
        for kept in islice(latest, self._limit):
            if isinstance(kept, _Mark):
                mark = kept
            else:
                yield mark, kept

    def _entry(
        self, mark: _Mark, direction: Direction, channel: Channel, message: "list[bytes] | _Cut"
    ) -> LogEntry:
        frames = message.frames if isinstance(message, _Cut) else message
        start = _start_of(frames)
        header, parent = (_fields(frames[start + i : start + i + 1]) for i in (0, 1))
        content = frames[start + 3] if len(frames) > start + 3 else b""
        return LogEntry(
            at=mark.at,
            direction=direction,
            channel=channel,
            msg_type=self._clean(header.get("msg_type")),
            msg_id=self._clean(header.get("msg_id")),
            parent_id=self._clean(parent.get("msg_id")),
            size_bytes=message.size_bytes if isinstance(message, _Cut) else sum(map(len, frames)),
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
        return removed(value if isinstance(value, str) else "", self._secrets)


def _start_of(frames: Sequence[bytes]) -> int:
    """Return where the header is, or would be."""
    return frames.index(_DELIMITER) + 2 if _DELIMITER in frames else len(frames)


def _cut(frames: Sequence[bytes]) -> _Cut:
    kept = [frame[:KEPT_PART_BYTES] for frame in frames[:_KEPT_FRAMES]]
    return _Cut(kept, sum(map(len, frames)))


def _cut_where_large(messages: list[list[bytes]]) -> "Sequence[list[bytes] | _Cut]":
    """Return messages of which the large ones are cut; of a flood of small ones none is."""
    most_frames = max(map(len, messages))
    if most_frames <= _ORDINARY_FRAMES and max(map(len, map(_last_frame, messages))) <= LARGE_BYTES:
        return messages
    return [_cut(frames) if _is_large(frames) else frames for frames in messages]


def _is_large(frames: Sequence[bytes]) -> bool:
    return len(frames) > _ORDINARY_FRAMES or len(frames[-1]) > LARGE_BYTES


def _fields(frame: Sequence[bytes]) -> dict[str, Any]:
    try:
        fields = lenient.loads(b"".join(frame))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}
