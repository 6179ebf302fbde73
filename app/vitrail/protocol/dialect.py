"""The generations of the protocol, each as one value: how its kernels are asked and understood.

Everything above the wire knows the messages of protocol 5 alone. Which dialect a kernel speaks is
told by its answer to our first question (`dialect_of`), and by nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from vitrail.protocol import old_answers, old_requests
from vitrail.protocol.content import Content, Reply, Unknown
from vitrail.protocol.messages import Message, msg_type_of
from vitrail.protocol.replies import KernelInfoReply

Fields = dict[str, Any]

_COMPLAINT: Final = "ERROR:IPKernelApp:Invalid Message\n"


def _today(content: Content) -> tuple[str, Fields]:
    if isinstance(content, Unknown):
        return content.msg_type, content.fields
    return msg_type_of(content), msgspec.to_builtins(content)


def _as_it_is(msg_type: str, fields: Fields, request: Content | None) -> tuple[str, Fields]:
    del request
    return msg_type, fields


def _of_0_13(msg_type: str, fields: Fields, request: Content | None) -> tuple[str, Fields]:
    """Set apart, as a type that nobody knows, what the kernel says of our first question.

    It logs on the stderr that it shares with the user's code, and when it flushes that is chance.
    """
    if msg_type == "stream" and str(fields.get("data")).startswith(_COMPLAINT):
        return "log", fields
    return old_answers.translated(msg_type, fields, request)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Dialect:
    """One generation of the protocol.

    Attributes:
        name: For people.
        encode: From one of our contents to the type and the fields that are sent.
        decode: From the type and the fields that came, and the content of the request that they
            answer if it is known, to type and fields of protocol 5.
        translates: Whether `encode` is more than the identity.
        lacks: Types of requests that its kernels do not know and do not answer.
        parts: How many JSON parts a message has, all of them signed.
        signature_scheme: What its kernels sign with whatever the connection file says.
        announced: Types of requests that a busy and an idle surround; None means all.
    """

    name: str
    encode: Callable[[Content], tuple[str, Fields]]
    decode: Callable[[str, Fields, Content | None], tuple[str, Fields]]
    translates: bool = False
    lacks: frozenset[str] = frozenset()
    parts: int = 4
    signature_scheme: str | None = None
    announced: frozenset[str] | None = None

    def __repr__(self) -> str:
        return f"<Dialect {self.name}>"

    def will_be_idle(self, request_type: str, reply: Content) -> bool:
        """Tell whether an idle follows, or precedes, a reply.

        Kernels of protocol 4 announce nothing for what they throw out of their queue.
        """
        if self.announced is None:
            return True
        is_aborted = isinstance(reply, Reply) and reply.is_aborted
        return request_type in self.announced and not is_aborted


V5: Final = Dialect(name="5", encode=_today, decode=_as_it_is)
"""Jupyter messaging 5.0 to 5.6; what a kernel can beyond 5.0 is found out by asking it."""

V4: Final = Dialect(
    name="4",
    encode=old_requests.spoken,
    decode=old_answers.translated,
    translates=True,
    lacks=old_requests.NEWER,
    announced=frozenset({"execute_request"}),
)
"""Protocol 4.0 (IPython 1) and 4.1 (IPython 2, and bridges)."""

IPYTHON_0_13: Final = Dialect(
    name="IPython 0.13",
    encode=old_requests.spoken,
    decode=_of_0_13,
    translates=True,
    lacks=old_requests.NEWER | {"kernel_info_request"},
    parts=3,
    signature_scheme="hmac-md5",
    announced=frozenset({"execute_request"}),
)
"""IPython 0.12 and 0.13: no metadata part, no control channel, no kernel_info."""

OPENING: Final = Dialect(name="not known yet", encode=_today, decode=old_answers.translated)
"""Until the first answer: the words of protocol 5, an ear for both generations."""


def dialect_of(info: KernelInfoReply) -> Dialect:
    """Return the dialect of the kernel that described itself so."""
    return V4 if info.generation == 4 else V5


def in_dialect(message: Message, dialect: Dialect) -> Message:
    """Return one of our messages as it is sent: its type and content those of the dialect."""
    msg_type, fields = dialect.encode(message.content)
    return msgspec.structs.replace(
        message,
        header=msgspec.structs.replace(message.header, msg_type=msg_type),
        content=Unknown(msg_type=msg_type, fields=fields),
    )
