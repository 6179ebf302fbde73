"""A kernel that is to outlive who launched it."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from support.program import until
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel.client import KernelClient
from vitrail.kernel.discovery import find_connection_file, runtime_dir
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.broadcasts import ExecuteResult
from vitrail.protocol.connection import read_connection_file
from vitrail.protocol.messages import Channel
from vitrail.protocol.requests import ShutdownRequest

pytestmark = pytest.mark.kernel

KEEPER = """
import asyncio
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess

async def main():
    kernel = LiveKernel(await KernelProcess.launch("python3"))
    await kernel.open()
    await kernel.close(keeps_kernel=True)
    print(kernel.process.pid, kernel.process.connection_file)

asyncio.run(main())
"""


@asynccontextmanager
async def attached(file: Path) -> AsyncIterator[tuple[KernelClient, Recorder]]:
    """Attach to a kernel, and end it."""
    heard = Recorder()
    client = KernelClient(read_connection_file(file), listener=heard)
    await client.connect()
    try:
        await client.ready(READY_S)
        yield client, heard
        await client.ask(ShutdownRequest(restart=False), channel=Channel.CONTROL, timeout_s=READY_S)
    finally:
        client.close()
        for left in runtime_dir().glob("kernel-*"):
            left.unlink()


async def test_kernel_that_is_kept_outlives_its_program() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", KEEPER], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    pid, file = done.stdout.split()
    process = psutil.Process(int(pid))
    async with attached(Path(file)) as (client, heard):
        # ipykernel looks every second whether its parent is still there.
        code = "import os, time; time.sleep(2.5); os.system('echo still there'); 'alive'"
        exchange = client.execute(code)
        await client.settled(exchange)
        assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "'alive'"
    until(lambda: not process.is_running())


async def test_kernel_that_is_kept_is_terminated_no_more() -> None:
    process = await KernelProcess.launch("python3")
    kernel = LiveKernel(process)
    await kernel.open()
    await kernel.close(keeps_kernel=True)
    await process.terminate()
    await kernel.close()
    assert find_connection_file(process.connection_file.name) == process.connection_file
    async with attached(process.connection_file):
        assert psutil.pid_exists(process.pid)
    os.waitpid(process.pid, 0)


async def test_kernel_that_has_ended_cannot_be_kept() -> None:
    process = await KernelProcess.launch("python3")
    kernel = LiveKernel(process)
    await kernel.open()
    await process.kill()
    await kernel.close(keeps_kernel=True)
    assert list(runtime_dir().iterdir()) == []
