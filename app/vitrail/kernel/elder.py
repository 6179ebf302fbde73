"""A kernel of 2012 that was launched with a connection file of today.

IPython 0.13 takes address, key and four ports from the file, and nothing else: it signs with MD5
whatever the file says, and listens on no control port. By that it is told: its shell accepts
connections, and its control port refuses them.
"""

import asyncio
from dataclasses import replace
from typing import Final

from vitrail.kernel.client import KernelClient
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.reach import is_refused
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.replies import KernelInfoReply

LOOK_S: Final = 1.0
"""Between looks at a kernel of ours that does not answer yet; most answer before the first."""

LOOKS: Final = 2
"""In a row: a kernel of today opens one channel after the other."""


async def answer_of_ours(
    client: KernelClient, process: KernelProcess, timeout_s: float
) -> KernelInfoReply:
    """Wait until a kernel of ours is ready; one without a control channel is asked in old words.

    Raises:
        TimeoutError: It is not, in time.
        UsageError: The connection was closed meanwhile.
    """
    answer = asyncio.ensure_future(client.ready(timeout_s))
    looking = asyncio.ensure_future(_until_told(client.connection))
    try:
        await asyncio.wait((answer, looking), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
    finally:
        for task in (answer, looking):
            task.cancel()
        await asyncio.gather(answer, looking, return_exceptions=True)
    client.connection = process.connection = as_of_2012(client.connection)
    await client.reconnect()
    return await client.ready(timeout_s)


def as_of_2012(connection: ConnectionInfo) -> ConnectionInfo:
    """Return what a kernel of 2012 took from its connection file."""
    return replace(connection, control_port=None, is_scheme_named=False)


def lacks_control(connection: ConnectionInfo) -> bool:
    """Whether a kernel listens on its shell port, and not on the control port of its file."""
    if connection.control_port is None or connection.transport != "tcp" or connection.encrypted:
        return False
    control = replace(connection, shell_port=connection.control_port)
    return not is_refused(connection) and is_refused(control)


async def _until_told(connection: ConnectionInfo) -> None:
    """Wait until a kernel shows that it is an old one; for ever if it is none."""
    looks = 0
    while looks < LOOKS:
        await asyncio.sleep(LOOK_S)
        looks = looks + 1 if lacks_control(connection) else 0
