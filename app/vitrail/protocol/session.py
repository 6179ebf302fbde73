"""Session: who we are to one kernel, and the way from typed messages to signed frames."""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from vitrail.protocol import wire
from vitrail.protocol.dialect import V5, Dialect
from vitrail.protocol.messages import Channel, Content, Header, Message, msg_type_of
from vitrail.protocol.replay import DEFAULT_LIMIT, ReplayGuard
from vitrail.protocol.requests import CompleteRequest
from vitrail.protocol.signing import DEFAULT_SCHEME, Signer

# 5.6 adds only the registration handshake, which we do not use. In every header: IPython 1 and 2
# do not mind it, and without it ipykernel 4 to 6 take us for protocol 4, ipykernel 7 is mute.
PROTOCOL_VERSION = "5.5"

_REMEMBERED_REQUESTS = 256


class Session:
    """Identity, key, message ids and replay guard of one connection to one kernel.

    Keep the session id when reconnecting to the same kernel, take a new one after a restart.
    Two clients of one kernel never share one: the kernel would answer the later one only.

    Args:
        key: Secret shared with the kernel; empty turns signing and checking off.
        signature_scheme: ``hmac-`` and a digest of hashlib; not looked at without a key.
        username: Goes into every header.
        session_id: Ours from earlier, when reconnecting; else a new one is made.
        now: The clock; must return aware datetimes.
        replay_limit: Signatures remembered; 0 accepts replays.
        dialect: What the kernel speaks; may imply another signature scheme.

    Attributes:
        dialect: May be replaced by one with the same parts and signatures, when the kernel has
            said what it is.

    Raises:
        UsageError: The signature scheme is not usable.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        key: bytes = b"",
        signature_scheme: str = DEFAULT_SCHEME,
        username: str = "username",
        session_id: str | None = None,
        replay_limit: int = DEFAULT_LIMIT,
        dialect: Dialect = V5,
    ) -> None:
        self.dialect = dialect
        self.session_id = session_id or uuid4().hex
        self._username = username
        self._now = now
        self._signer = Signer(key, dialect.signature_scheme or signature_scheme)
        self._guard = ReplayGuard(replay_limit)
        # A second Session with the same id (a reconnect) must not count from 1 again.
        self._id_prefix = f"{self.session_id}_{uuid4().hex[:8]}"
        self._count = count(1)
        self._requests: dict[str, Content] = {}  # whose answers cannot be read without them

    @property
    def signed(self) -> bool:
        """Tell whether messages are signed and checked."""
        return self._signer.signs

    def new_id(self) -> str:
        """Make a message id that is unique for ever."""
        return f"{self._id_prefix}_{next(self._count)}"

    def new_message(
        self,
        channel: Channel,
        content: Content,
        *,
        msg_id: str | None = None,
        parent: Header | Message | None = None,
        metadata: Mapping[str, Any] | None = None,
        buffers: Sequence[bytes | memoryview] = (),
        subshell_id: str | None = None,
    ) -> Message:
        """Make a message of ours; nothing is sent."""
        header = Header(
            msg_id=msg_id or self.new_id(),
            msg_type=msg_type_of(content),
            username=self._username,
            session=self.session_id,
            date=self._now().astimezone(UTC).isoformat().replace("+00:00", "Z"),
            version=PROTOCOL_VERSION,
            subshell_id=subshell_id,
        )
        return Message(
            channel=channel,
            header=header,
            content=content,
            parent=parent.header if isinstance(parent, Message) else parent,
            metadata=dict(metadata or {}),
            buffers=tuple(buffers),
        )

    def encode(self, message: Message) -> list[bytes]:
        """Encode and sign a message: the frames to send.

        Raises:
            UsageError: A part holds what JSON cannot say.
        """
        if self.dialect.translates:
            self._remember(message)
        return wire.encode(message, self._signer, self.dialect)

    def decode(self, channel: Channel, frames: Sequence[bytes]) -> Message:
        """Check and decode the frames of one received message.

        Raises:
            ProtocolError: The message must be dropped; says why.
        """
        return wire.decode(channel, frames, self._signer, self._guard, self.dialect, self._requests)

    def decode_in_steps(
        self, channel: Channel, frames: Sequence[bytes]
    ) -> Generator[None, None, Message]:
        """Check and decode a large message, of a kernel that speaks protocol 5.

        Raises:
            ProtocolError: The message must be dropped; says why.
        """
        return wire.decode_in_steps(channel, frames, self._signer, self._guard)

    def _remember(self, message: Message) -> None:
        if isinstance(message.content, CompleteRequest):
            self._requests[message.msg_id] = message.content
            if len(self._requests) > _REMEMBERED_REQUESTS:
                del self._requests[next(iter(self._requests))]
