"""Telling a kernel that it is to outlive the program that launched it."""

import contextlib
from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.protocol.errors import ProtocolError
from vitrail.protocol.requests import ExecuteRequest

_ANSWER_S: Final = 2.0

# ipykernel (5 to 7) ends itself a second after its parent process is another one; the thread that
# looks cannot be stopped. So its module gets an `os` in which the parent never changes. It is an
# expression, not code: nothing appears in the user's namespace or history.
_KEEP_PARENT: Final = (
    "(lambda poller, os: poller and setattr(poller, 'os', __import__('types').SimpleNamespace("
    "getppid=lambda parent=os.getppid(): parent, _exit=os._exit)))("
    "__import__('sys').modules.get('ipykernel.parentpoller'), __import__('os'))"
)


async def set_free(client: KernelClient) -> None:
    """Let the kernel live on without its parent; others than Python's need not be told."""
    info = client.kernel_info
    if info is None or info.language_info.name != "python":
        return
    request = ExecuteRequest(
        code="",
        silent=True,
        store_history=False,
        allow_stdin=False,
        user_expressions={"": _KEEP_PARENT},
    )
    with contextlib.suppress(TimeoutError, ProtocolError):
        await client.ask(request, timeout_s=_ANSWER_S)
