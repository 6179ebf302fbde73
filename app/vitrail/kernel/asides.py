"""Silent questions on the way that is open while the kernel runs a cell.

The ladder, best first: a private subshell where the kernel advertises them; the control channel
where a kernel_info_request is answered there while the kernel is busy (ipykernel 6);
the main shell, where the question waits for the cell to end. A kernel that can bear one request at
a time (see `vitrail.kernel.one_by_one`) is asked there, and not while it runs a cell.

Kernels of other languages are asked on the main shell alone. Many are a few lines on top of
ipykernel, whose ways they inherit without knowing of threads: bash_kernel 0.10 on ipykernel 7
advertises subshells, and a completion asked for there while a cell runs makes that cell fail.
"""

import asyncio
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from vitrail.kernel.exchanges import RequestLostError
from vitrail.protocol.content import Content, Reply
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.messages import Channel, Message
from vitrail.protocol.replies import CreateSubshellReply
from vitrail.protocol.requests import CreateSubshellRequest, ExecuteRequest, KernelInfoRequest

if TYPE_CHECKING:
    from vitrail.kernel.client import KernelClient

SUBSHELLS: Final = "kernel subshells"

_CREATE_S: Final = 2.0
_PROBE_S: Final = 0.25
_PROBE_AGAIN_S: Final = 10.0


class Asides:
    """Chooses the way for silent questions, and remembers what works with this kernel.

    The subshell is never deleted: ipykernel 7.4 blocks its shell thread when it is busy.
    """

    def __init__(self, client: "KernelClient", *, is_quick: bool = False) -> None:
        """Begin without a way; the first question finds it.

        Args:
            client: Sends and receives.
            is_quick: These questions are answered in a few milliseconds and wait for no other: they
                have a subshell of their own, or control also while the kernel is idle.
        """
        self._client = client
        self._is_quick = is_quick
        self._subshell: asyncio.Task[str | None] | None = None
        self._forget()

    def reset(self) -> None:
        """Forget what was found out: the kernel was restarted, and its subshells with it."""
        if self._subshell is not None:
            self._subshell.cancel()
        self._forget()

    def _forget(self) -> None:
        self._subshell = None
        self._control_answers = False
        self._probe_due_s = 0.0

    async def ask(self, content: Content, timeout_s: float) -> Message:
        """Ask on the best way; errors as `KernelClient.ask`."""
        if isinstance(content, ExecuteRequest):
            # False would be remembered for the running cell too, whose input() then
            # raises (ipykernel 7.4). The client answers with end of file.
            content = replace(content, silent=True, store_history=False, allow_stdin=True)
        if self._client.one_by_one.is_on:
            return await self._ask_between(content, timeout_s)
        if not self._is_threaded:
            return await self._client.ask(content, timeout_s=timeout_s)
        deadline_s = asyncio.get_running_loop().time() + timeout_s
        subshell_id = await self._subshell_id(timeout_s)
        if subshell_id is None:
            return await self._ask_without_subshell(content, deadline_s)
        reply = await self._client.ask(
            content, timeout_s=_left(deadline_s), subshell_id=subshell_id
        )
        if isinstance(reply.content, Reply) and reply.content.ename == "UnknownSubshellError":
            self._subshell = None  # somebody deleted it
            return await self._ask_without_subshell(content, deadline_s)
        return reply

    @property
    def _is_threaded(self) -> bool:
        """Whether the kernel may answer beside a running cell."""
        info = self._client.kernel_info
        return info is None or info.language_info.name == "python"

    async def _ask_between(self, content: Content, timeout_s: float) -> Message:
        """Ask a kernel that can bear one request at a time, unless the user keeps it busy."""
        if self._client.is_busy or self._client.running():
            raise RequestLostError("The kernel must not be asked anything while it runs a cell.")
        return await self._client.ask(content, timeout_s=timeout_s)

    async def _ask_without_subshell(self, content: Content, deadline_s: float) -> Message:
        is_open = await self._is_control_open(_left(deadline_s))
        channel = Channel.CONTROL if is_open else Channel.SHELL
        return await self._client.ask(content, channel=channel, timeout_s=_left(deadline_s))

    async def _subshell_id(self, timeout_s: float) -> str | None:
        """Return the subshell, made once for all; None without one, or when it takes too long.

        An impatient or cancelled question leaves the making to the next one: what a kernel makes
        after its request was given up, nobody could delete.
        """
        info = self._client.kernel_info
        if info is None or SUBSHELLS not in info.supported_features:
            return None
        if self._client.connection.control_port is None:
            return None  # where they are made
        if self._subshell is None:
            self._subshell = asyncio.get_running_loop().create_task(self._create())
        making = self._subshell
        await asyncio.wait((making,), timeout=min(timeout_s, _CREATE_S))
        return making.result() if making.done() and not making.cancelled() else None

    async def _create(self) -> str | None:
        try:
            reply = await self._client.ask(
                CreateSubshellRequest(), channel=Channel.CONTROL, timeout_s=_CREATE_S
            )
        except (TimeoutError, ProtocolError):
            return None
        content = reply.content
        return (content.subshell_id or None) if isinstance(content, CreateSubshellReply) else None

    async def _is_control_open(self, timeout_s: float) -> bool:
        """Whether to use control: the kernel is busy, and answers there nevertheless."""
        client = self._client
        is_called_for = self._is_quick or client.is_busy or client.running()
        if not is_called_for or client.connection.control_port is None:
            return False
        loop = asyncio.get_running_loop()
        if not self._control_answers and loop.time() >= self._probe_due_s:
            self._probe_due_s = loop.time() + _PROBE_AGAIN_S
            try:
                await client.ask(
                    KernelInfoRequest(),
                    channel=Channel.CONTROL,
                    timeout_s=min(timeout_s, _PROBE_S),
                )
                self._control_answers = True
            except (TimeoutError, ProtocolError):
                self._control_answers = False
        return self._control_answers


def _left(deadline_s: float) -> float:
    return max(deadline_s - asyncio.get_running_loop().time(), 0.0)
