"""Kernels under test, and the code that all of them understand."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from support.fake_kernel import (
    Script,
    script_await,
    script_error,
    script_flood,
    script_input,
    script_late,
    script_result,
    script_sleep,
    script_stream,
)
from support.recorder import Recorder
from vitrail.kernel.client import KernelClient
from vitrail.kernel.interrupt import interrupt
from vitrail.kernel.launcher import Transport
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.connection import ConnectionInfo

READY_S = 60.0

SLEEP = "import time; print('started', flush=True); time.sleep(60)"
AWAIT = "import asyncio; print('started', flush=True); await asyncio.sleep(60)"
FLOOD = "for i in range(20_000): print(i, flush=True)"
# A task, not a thread: ipykernel 7.4 gives a thread's output to the cell that runs just then.
LATE = (
    "import asyncio\n"
    "done = False\n"
    "async def shout():\n"
    "    while not done: await asyncio.sleep(0.005)\n"
    "    print('late', flush=True)\n"
    "task = asyncio.get_running_loop().create_task(shout())"
)
FREE = "done = True"

PYTHON: dict[str, Script] = {
    "6*7": script_result("42"),
    "print('hello')": script_stream("hello\n"),
    "1/0": script_error("ZeroDivisionError", "division by zero"),
    SLEEP: script_sleep,
    AWAIT: script_await,
    FLOOD: script_flood(20_000),
    LATE: script_late("late\n"),
    FREE: script_stream(),
    "input('name? ')": script_input("name? "),
    "import getpass; getpass.getpass('pass? ')": script_input("pass? ", password=True),
}


@dataclass
class Subject:
    """One kernel under test.

    Attributes:
        process: The process when it is a real kernel.
    """

    name: str
    connection: ConnectionInfo
    process: KernelProcess | None = None

    async def interrupt(self, client: KernelClient) -> None:
        await interrupt(client, self.process)


async def joined(
    connection: ConnectionInfo, stack: AsyncExitStack
) -> tuple[KernelClient, Recorder]:
    """Make a ready client, and what it hears; the stack closes it."""
    heard = Recorder()
    client = KernelClient(connection, listener=heard, activity_changed=heard.poke)
    stack.callback(client.close)
    await client.connect()
    await client.ready(READY_S)
    return client, heard


async def answering(kernel_name: str, transport: Transport = "auto") -> KernelProcess:
    """Launch a kernel and wait until it answers, again on other ports if somebody took one."""
    live = LiveKernel(await KernelProcess.launch(kernel_name, transport=transport))
    try:
        await live.open(READY_S)
        process = live.release()
        assert process is not None
        return process
    finally:
        await live.close()


def launched(name: str, kernel_name: str) -> Generator[Subject]:
    """Launch a real kernel, outside of any event loop as the application does, and end it."""
    process = asyncio.run(answering(kernel_name))
    try:
        yield Subject(name, process.connection, process)
    finally:
        asyncio.run(process.terminate())


Attach = Callable[[], Awaitable[tuple[KernelClient, Recorder]]]
