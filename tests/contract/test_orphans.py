"""Kernels whose launcher crashed: they live on, are found, and are taken over or ended."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.patience import PATIENCE_S
from support.program import until
from support.recorder import Recorder
from support.subjects import SLEEP
from vitrail.kernel.discovery import runtime_dir
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel, obituary
from vitrail.kernel.orphans import adopted, end
from vitrail.kernel.process import KernelProcess, LaunchError
from vitrail.kernel.registry import Entry, Registry
from vitrail.protocol.broadcasts import ExecuteResult, Stream

pytestmark = pytest.mark.kernel

PRINT = (
    "(lambda text: __import__('os').write(__import__('sys').stdout._original_stdstream_copy, text))"
)
"""Writes where the kernel was told to print, below what ipykernel puts there."""

LAUNCHER = """
import asyncio, sys
from pathlib import Path
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.orphans import adopted, end
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.registry import Registry

async def main():
    process = await KernelProcess.launch("python3", is_lasting=True)
    process.enlist(Registry(Path(sys.argv[1])))
    kernel = LiveKernel(process)
    await kernel.open()
    await kernel.client.settled(kernel.client.execute("left = 6 * 7"))
    if sys.argv[2]:
        kernel.client.execute(sys.argv[2])
        while not kernel.client.is_busy:
            await asyncio.sleep(0.01)
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """Give a registry, and end what is listed there."""
    registry = Registry(tmp_path / "state" / "kernels")
    yield registry
    for entry in registry.entries():
        os.killpg(entry.kernel.pid, signal.SIGKILL)


def orphaned(registry: Registry, last_code: str = "") -> Entry:
    """Launch a kernel in another process, which crashes; `left` is then 42 in it."""
    command = [sys.executable, "-c", LAUNCHER, str(registry._directory), last_code]
    # In pytest ipykernel leaves its streams alone, so the launcher is not told that it is.
    variables = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=variables) as launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "ready\n"
        launcher.kill()
    [orphan] = registry.judgement().orphans
    return orphan


async def value(kernel: LiveKernel, heard: Recorder, code: str) -> str:
    exchange = kernel.client.execute(code)
    await kernel.client.settled(exchange)
    return str(heard.of(ExecuteResult, exchange)[0].data["text/plain"])


async def test_orphan_outlives_its_launcher_and_is_adopted_whole(registry: Registry) -> None:
    orphan = orphaned(registry)
    heard = Recorder()
    kernel = LiveKernel(KernelProcess.adopt(orphan, registry), listener=heard)
    try:
        await kernel.open()
        # ipykernel looks every second whether its parent is still there.
        code = "import os, time; time.sleep(2.5); os.system('echo still there'); left"
        assert await value(kernel, heard, code) == "42"
        assert registry.judgement() == ((), ())
        [entry] = registry.entries()
        assert entry.owner.pid == os.getpid()
    finally:
        await kernel.close()
    until(lambda: not orphan.kernel.is_alive)
    assert registry.entries() == []
    assert list(runtime_dir().glob("kernel-*")) == []


async def test_adopted_kernel_is_interrupted_restarted_and_its_death_is_told(
    registry: Registry,
) -> None:
    orphan = orphaned(registry)
    heard = Recorder()
    kernel = LiveKernel(KernelProcess.adopt(orphan, registry), listener=heard)
    try:
        await kernel.open()
        running = kernel.client.execute(SLEEP)
        await heard.until(lambda: heard.of(Stream, running))
        await kernel.interrupt()
        await kernel.client.settled(running)
        await kernel.restart()
        assert kernel.process is not None
        assert not kernel.process.is_adopted
        assert kernel.process.connection_file == orphan.connection_file
        assert await value(kernel, heard, "'left' in globals()") == "False"
        [entry] = registry.entries()
        assert entry.kernel.pid == kernel.process.pid
    finally:
        await kernel.close()


async def test_death_of_an_adopted_kernel_is_noticed_with_its_last_words(
    registry: Registry,
) -> None:
    orphan = orphaned(registry)
    kernel = LiveKernel(KernelProcess.adopt(orphan, registry))
    try:
        await kernel.open()
        kernel.client.execute(f"import os; {PRINT}(b'last words\\n'); os._exit(3)")
        async with asyncio.timeout(PATIENCE_S):
            while kernel.state is not KernelState.DEAD:
                await asyncio.sleep(0.01)
        told = obituary(kernel)
        assert "exit code unknown" in told
        assert "last words" in told
    finally:
        await kernel.close()


async def test_orphan_that_computes_is_adopted_and_goes_on(registry: Registry) -> None:
    code = "import time\nfor n in range(40): time.sleep(0.1); done = n"
    orphan = orphaned(registry, code)
    heard = Recorder()
    kernel = LiveKernel(KernelProcess.adopt(orphan, registry), listener=heard)
    try:
        await kernel.open()
        assert await value(kernel, heard, "done") == "39"
    finally:
        await kernel.close()


async def test_orphan_that_prints_much_is_not_ended_by_it(registry: Registry) -> None:
    """Nobody reads the pipe that is its stderr; writing there must neither fail nor block."""
    code = (
        "import time; time.sleep(1)\n"
        f"for _ in range(100): {PRINT}(b'x' * 999 + b'\\n')\n"
        "printed = True"
    )
    orphan = orphaned(registry, code)
    heard = Recorder()
    process = KernelProcess.adopt(orphan, registry)
    kernel = LiveKernel(process, listener=heard)
    try:
        await kernel.open()
        assert await value(kernel, heard, "printed") == "True"
    finally:
        await kernel.close()


async def test_only_one_window_adopts(registry: Registry) -> None:
    orphan = orphaned(registry)
    process = KernelProcess.adopt(orphan, registry)
    try:
        with pytest.raises(LaunchError, match="another window's"):
            KernelProcess.adopt(orphan, Registry(registry._directory.parent / "none"))
    finally:
        await process.terminate()


def test_kernel_that_ended_leaves_nothing_once_somebody_looks(registry: Registry) -> None:
    orphan = orphaned(registry)
    os.killpg(orphan.kernel.pid, signal.SIGKILL)
    until(lambda: not orphan.kernel.is_alive)
    assert orphan.connection_file.exists()
    assert registry.judgement().orphans == ()
    assert not orphan.connection_file.exists()
    assert registry.entries() == []


async def test_list_is_private_and_holds_no_key(registry: Registry) -> None:
    process = await KernelProcess.launch("python3", is_lasting=True)
    try:
        process.enlist(registry)
        [path] = registry._directory.iterdir()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(registry._directory.stat().st_mode) == 0o700
        assert process.connection.key.decode() not in path.read_text()
    finally:
        await process.terminate()
    assert list(registry._directory.iterdir()) == []


@pytest.mark.parametrize("is_file_there", [True, False])
async def test_orphan_is_ended_on_request(registry: Registry, is_file_there: bool) -> None:
    orphan = orphaned(registry)
    if not is_file_there:
        orphan.connection_file.unlink()
    await end(orphan, registry)
    until(lambda: not orphan.kernel.is_alive)
    assert registry.entries() == []
    assert list(runtime_dir().glob("kernel-*")) == []


async def test_only_orphans_are_adopted_by_their_file(registry: Registry) -> None:
    orphan = orphaned(registry)
    assert adopted(orphan.connection_file.with_name("kernel-0.json"), registry) is None
    process = adopted(orphan.connection_file, registry)
    assert process is not None
    assert adopted(orphan.connection_file, registry) is None
    await process.terminate()
