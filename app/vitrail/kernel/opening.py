"""The first words to a kernel, out of which it shows which dialect it speaks.

The first question is a kernel_info_request of protocol 5, which kernels of protocol 4 answer too.
IPython 0.13 does not: it reads three parts where we send four, and knows no kernel_info. Its
connection file names no signature scheme; so where none is named, every other question is one that
it understands. What it says unasked, which is that it starts, is understood in any case: a launcher
may have named a scheme that it does not read.
"""

from collections.abc import Mapping
from typing import Any, Final

from vitrail.kernel.identity import new_session
from vitrail.protocol.channel import Channel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.content import Content
from vitrail.protocol.dialect import IPYTHON_0_13, OPENING, dialect_of
from vitrail.protocol.errors import ProtocolError, Refusal
from vitrail.protocol.messages import Message
from vitrail.protocol.replies import ExecuteReply, KernelInfoReply, LanguageInfo
from vitrail.protocol.requests import ExecuteRequest, KernelInfoRequest
from vitrail.protocol.session import Session

_VERSIONS: Final = {
    "python": "__import__('sys').version.split()[0]",
    "ipython": "__import__('IPython').__version__",
}


class Opening:
    """Chooses the questions and reads the answers, until the dialect is known.

    Attributes:
        session: The one to speak with; another one once IPython 0.13 has answered.
    """

    def __init__(self, connection: ConnectionInfo, session: Session) -> None:
        self.session = session
        session.dialect = OPENING
        self._is_old_asked = not connection.is_scheme_named
        self._elder: Session | None = None
        if not connection.encrypted:
            self._elder = new_session(
                connection, dialect=IPYTHON_0_13, session_id=session.session_id
            )
        self._asked = 0

    def question(self, *, is_known: bool) -> tuple[Session, Content]:
        """Return what to ask next, and in whose words.

        Args:
            is_known: Whether it is asked for the sake of asking: the kernel has said what it is.
                Then protocol 4 is asked to run nothing, for which alone it publishes a status.
        """
        self._asked += 1
        if self._elder is not None and self._is_old_asked and self._asked % 2 == 0:
            return self._elder, _silent(_VERSIONS)
        dialect = self.session.dialect
        if "kernel_info_request" in dialect.lacks or (is_known and dialect.translates):
            return self.session, _silent({} if is_known else _VERSIONS)
        return self.session, KernelInfoRequest()

    def heed(self, reply: Message) -> None:
        """Speak as a reply says."""
        if isinstance(reply.content, KernelInfoReply):
            self.session.dialect = dialect_of(reply.content)
            self._elder = None

    def decode_again(self, channel: Channel, frames: list[bytes]) -> Message | None:
        """Read a message that was refused as one of IPython 0.13, which then is the kernel.

        Returns:
            The message; None for what is not to be shown: on iopub, without a parent, its
            complaint about the question that it could not read.

        Raises:
            ProtocolError: It is no such message either.
        """
        assert self._elder is not None
        message = self._elder.decode(channel, frames)
        if message.parent is None:
            return None
        if not self._is_old_asked:
            sentence = "A message in the words of IPython 0.13 answers what nobody asked in them."
            raise ProtocolError(sentence, refusal=Refusal.SHORT)
        self.session, self._elder = self._elder, None
        return message

    @property
    def may_be_old(self) -> bool:
        """Whether the kernel can still turn out to be IPython 0.13, and is asked as such."""
        return self._elder is not None and self._is_old_asked

    @property
    def is_open(self) -> bool:
        """Whether the kernel has not said yet what it is."""
        return self._elder is not None


def described(reply: Message) -> KernelInfoReply | None:
    """Return what a kernel said about itself in answer to one of the questions."""
    content = reply.content
    if isinstance(content, KernelInfoReply):
        return content
    if not isinstance(content, ExecuteReply):
        return None
    python, ipython = (_shown(content, name) for name in _VERSIONS)
    language = LanguageInfo(
        name="python",
        version=python,
        mimetype="text/x-python",
        file_extension=".py",
        pygments_lexer=f"ipython{python[:1] or 2}",
    )
    return KernelInfoReply(
        implementation="ipython",
        implementation_version=ipython,
        language_info=language,
        generation=4,
    )


def _silent(expressions: Mapping[str, str]) -> ExecuteRequest:
    return ExecuteRequest(
        code="",
        silent=True,
        store_history=False,
        allow_stdin=False,
        user_expressions=dict(expressions),
    )


def _shown(reply: ExecuteReply, name: str) -> str:
    """Return the text of an expression, without the quotes of its repr."""
    value: Any = (reply.user_expressions or {}).get(name)
    try:
        return str(value["data"]["text/plain"]).strip("u'\"")
    except (KeyError, TypeError):
        return ""
