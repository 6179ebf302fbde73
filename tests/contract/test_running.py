"""Which kernels run, as their connection files and their answers tell."""

import asyncio
import os
import platform
import signal
import sysconfig
import venv
from errno import EHOSTUNREACH
from pathlib import Path

import psutil
import pytest

from support.fake_kernel import FakeKernel
from support.recorder import Recorder
from support.subjects import READY_S, launched
from vitrail.kernel import running as running_module
from vitrail.kernel.client import KernelClient
from vitrail.kernel.environments import Places, environment_at
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.ports import free_ports
from vitrail.kernel.process import KernelProcess, LaunchError
from vitrail.kernel.running import Life, connection_files, running_kernels
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.connection import ConnectionInfo, write_connection_file


def nowhere(ip: str = "127.0.0.1") -> ConnectionInfo:
    """Return where no kernel listens."""
    shell, iopub, stdin, hb = free_ports(4)
    return ConnectionInfo(shell_port=shell, iopub_port=iopub, stdin_port=stdin, hb_port=hb, ip=ip)


def written(tmp_path: Path, connection: ConnectionInfo, name: str = "kernel-1.json") -> Path:
    path = tmp_path / name
    write_connection_file(path, connection)
    return path


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a kernel the time that it may need on a busy machine."""
    monkeypatch.setattr(running_module, "ANSWER_S", READY_S)


@pytest.mark.usefixtures("patient")
async def test_living_kernel_is_alive(tmp_path: Path) -> None:
    with FakeKernel() as fake:
        [found] = await running_kernels([written(tmp_path, fake.connection)])
    assert (found.life, found.host, found.problem) == (Life.ALIVE, "", "")
    assert found.answer_s is not None


async def test_dead_kernel_has_ended(tmp_path: Path) -> None:
    [found] = await running_kernels([written(tmp_path, nowhere())])
    assert (found.life, found.answer_s) == (Life.ENDED, None)


async def test_listener_that_is_no_kernel_is_silent(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        accepting = ConnectionInfo(shell_port=port, iopub_port=1, stdin_port=1, hb_port=port)
        [found] = await running_kernels([written(tmp_path, accepting)])
    assert found.life in (Life.SILENT, Life.ENDED)


@pytest.fixture
def no_route(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no packet reach another machine, and none come back."""

    async def in_vain(*_: object) -> None:
        await asyncio.Future()

    monkeypatch.setattr(asyncio, "open_connection", in_vain)


@pytest.mark.usefixtures("no_route")
async def test_other_machine_is_named_and_not_waited_for(tmp_path: Path) -> None:
    [found] = await running_kernels([written(tmp_path, nowhere("192.0.2.1"))])
    assert (found.life, found.host) == (Life.UNREACHABLE, "192.0.2.1")


async def test_file_that_is_none_says_why(tmp_path: Path) -> None:
    (tmp_path / "kernel-1.json").write_text("{")
    [found] = await running_kernels(
        [
            tmp_path / "kernel-1.json",
        ]
    )
    assert found.life is Life.BROKEN
    assert "is not JSON" in found.problem
    [gone] = await running_kernels([tmp_path / "kernel-2.json"])
    assert gone.problem.endswith("does not exist.")


async def test_file_that_names_no_machine_hides_no_other_kernel(tmp_path: Path) -> None:
    odd = written(tmp_path, nowhere("a:b"))
    ended = written(tmp_path, nowhere(), "kernel-2.json")
    assert [each.life for each in await running_kernels([odd, ended])] == [Life.BROKEN, Life.ENDED]


@pytest.mark.usefixtures("patient")
async def test_many_are_asked_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = asyncio.Barrier(10)

    async def in_vain(*_: object) -> None:
        await together.wait()
        raise OSError(EHOSTUNREACH, "No route to host")

    monkeypatch.setattr(asyncio, "open_connection", in_vain)
    files = [written(tmp_path, nowhere("192.0.2.1"), f"kernel-{n}.json") for n in range(10)]
    found = await running_kernels(files)
    assert [each.life for each in found] == [Life.UNREACHABLE] * 10


def test_the_newest_files_are_first_and_the_oldest_programs_ones_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "run"))
    old = tmp_path / "ipython/profile_default/security/kernel-9.json"
    new = tmp_path / "run/kernel-1.json"
    for age, path in enumerate((new, old)):
        path.parent.mkdir(parents=True)
        path.write_text("{}")
        os.utime(path, (1000 - age, 1000 - age))
    (tmp_path / "run/notes.json").write_text("{}")
    assert connection_files({"IPYTHONDIR": str(tmp_path / "ipython")}) == [new, old]


@pytest.mark.kernel
def test_real_kernel_is_alive_while_it_computes_and_silent_while_it_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for subject in launched("ipykernel", "python3"):
        assert subject.process is not None
        file = subject.process.connection_file
        process = psutil.Process(subject.process.pid)
        asyncio.run(ready(subject.process))
        with monkeypatch.context() as patience:
            patience.setattr(running_module, "ANSWER_S", READY_S)
            [found] = asyncio.run(running_kernels([file]))
        assert (found.life, found.kernel_name) == (Life.ALIVE, "python3")
        process.send_signal(signal.SIGSTOP)
        try:
            [found] = asyncio.run(running_kernels([file]))
            assert found.life is Life.SILENT
        finally:
            process.send_signal(signal.SIGCONT)


async def ready(process: KernelProcess) -> None:
    """Wait until a kernel answers."""
    client = KernelClient(process.connection)
    await client.connect()
    try:
        await client.ready(READY_S)
    finally:
        client.close()


@pytest.mark.kernel
async def test_environment_without_a_kernelspec_is_launched(tmp_path: Path) -> None:
    """A real one, made by venv, that is lent the packages of the one we run in."""
    path = tmp_path / ".venv"
    venv.create(path, symlinks=True)
    with pytest.raises(LaunchError, match=r"has no ipykernel\. This installs it: "):
        await KernelProcess.launch(str(path))
    [packages] = path.glob("lib/python*/site-packages")
    packages.rmdir()
    packages.symlink_to(sysconfig.get_path("purelib"))
    environment = environment_at(path, Places(tmp_path, tmp_path, {}))
    assert environment is not None
    assert environment.version == platform.python_version()
    heard = Recorder()
    kernel = LiveKernel(await KernelProcess.launch(str(path)), listener=heard)
    try:
        await kernel.open()
        assert kernel.process is not None
        assert kernel.process.spec.display_name == environment.display_name
        names = "sys.prefix, shutil.which('python'), os.environ['VIRTUAL_ENV']"
        exchange = kernel.client.execute(f"import os, shutil, sys; print({names}, sep='\\n')")
        await kernel.client.settled(exchange)
        told = "".join(stream.text for stream in heard.of(Stream, exchange))
        assert told.splitlines() == [str(path), str(path / "bin/python"), str(path)]
    finally:
        await kernel.close()


async def test_directory_that_is_no_environment_is_no_kernel(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="is no Python environment"):
        await KernelProcess.launch(str(tmp_path))
