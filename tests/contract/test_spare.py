"""The kernel that is started before it is asked for."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from support.program import until
from support.recorder import Recorder
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.spare import Spare
from vitrail.protocol.broadcasts import ExecuteResult

pytestmark = pytest.mark.kernel

PATIENCE_S = 30.0


async def ready(spare: Spare) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not spare.is_ready:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def warm() -> AsyncIterator[Spare]:
    """Give a spare kernel that has answered, and end what is left of it."""
    spare = Spare()
    spare.prepare("python3")
    try:
        await ready(spare)
        yield spare
    finally:
        await spare.close()


async def test_spare_kernel_is_like_a_new_one() -> None:
    heard = Recorder()
    async with warm() as spare:
        process = spare.take("python3")
        assert process is not None
        assert spare.take("python3") is None  # never more than one
        kernel = LiveKernel(process, listener=heard)
        try:
            await kernel.open()
            exchange = kernel.client.execute("import os; In[1:], os.getcwd()")
            await kernel.client.settled(exchange)
            told = heard.of(ExecuteResult, exchange)[0]
            assert told.execution_count == 1
            assert told.data["text/plain"].endswith(f"{str(Path.cwd())!r})")
        finally:
            await kernel.close()


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def another_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEW_SINCE", "1")


def another_startup(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    startup = Path(os.environ["IPYTHONDIR"]) / "profile_default/startup"
    startup.mkdir(parents=True, exist_ok=True)
    (startup / "new.py").write_text("")


@pytest.mark.parametrize("change", [elsewhere, another_variable, another_startup])
async def test_spare_kernel_is_not_given_away_when_a_new_one_would_be_another(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    change: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    async with warm() as spare:
        change(monkeypatch, tmp_path)
        assert spare.take("python3") is None
        assert not spare.is_ready


async def test_kernel_of_another_name_is_not_given() -> None:
    async with warm() as spare:
        assert spare.take("ir") is None


async def test_spare_kernel_that_died_is_not_given() -> None:
    async with warm() as spare:
        process = spare._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        await process.wait_exit()
        assert spare.take("python3") is None


async def test_spare_kernel_that_died_is_replaced() -> None:
    async with warm() as spare:
        former = spare._process
        assert former is not None
        os.kill(former.pid, signal.SIGKILL)
        await former.wait_exit()
        spare.prepare("python3")
        await ready(spare)
        assert spare._process is not former
    assert not former.connection_file.exists()


async def test_kernel_that_cannot_be_launched_is_no_spare_and_no_error() -> None:
    spare = Spare()
    spare.prepare("nonesuch")
    await spare.close()
    assert spare.take("nonesuch") is None


CRASHING = """
import asyncio, os, sys
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.spare import Spare

async def main():
    spare = Spare()
    spare.prepare("python3")
    while not spare.is_ready:
        await asyncio.sleep(0.01)
    process = spare._process
    if sys.argv[1] == "used":
        kernel = LiveKernel(spare.take("python3"))
        await kernel.open()
        while process.is_spare:
            await asyncio.sleep(0.01)
    print(process.pid, flush=True)
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


@pytest.mark.parametrize("use", ["unused", "used"])
def test_spare_kernel_outlives_a_crash_once_it_is_used(use: str, tmp_path: Path) -> None:
    variables = {
        **os.environ,
        "JUPYTER_RUNTIME_DIR": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, use], capture_output=True, text=True, env=variables
    )
    kernel = psutil.Process(int(done.stdout))
    if use == "used":  # ipykernel looks once a second
        with pytest.raises(psutil.TimeoutExpired):
            kernel.wait(2.5)
        kernel.kill()
    until(lambda: not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE)
