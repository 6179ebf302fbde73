"""Launching what cannot be launched, and ending what is only just starting."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zmq

from support.patience import PATIENCE_S
from support.subjects import answering
from vitrail.kernel.client import KernelClient
from vitrail.kernel.discovery import kernelspecs, runtime_dir
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.ports import PORTS, free_ports
from vitrail.kernel.process import AddressError, KernelProcess, LaunchError
from vitrail.kernel.spare import Spare
from vitrail.kernel.watch import ProcessWatch
from vitrail.protocol.errors import UsageError
from vitrail.protocol.exchange import ExchangeState

Install = Callable[..., str]

SLEEPER = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, sys, time\n"
    "for sig in (signal.SIGINT, signal.SIGTERM): signal.signal(sig, signal.SIG_IGN)\n"
    "print('deaf', flush=True)\n"
    "time.sleep(600)"
)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that installs a kernelspec, for this test alone."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def kernelspec(name: str, *argv: str, **fields: Any) -> str:
        directory = tmp_path / "kernels" / name
        directory.mkdir(parents=True)
        spec = {"argv": argv, "display_name": name.title(), "language": "none", **fields}
        (directory / "kernel.json").write_text(json.dumps(spec))
        return name

    return kernelspec


def connection_files() -> list[Path]:
    return sorted(runtime_dir().glob("*"))


async def printed(kernel: KernelProcess, text: str) -> None:
    """Wait until a process said so; its output has no event of its own."""
    async with asyncio.timeout(PATIENCE_S):
        while text not in kernel.output_tail():
            await asyncio.sleep(0.005)


async def test_unknown_kernel_is_told_with_the_nearest_name(install: Install) -> None:
    install("snake", sys.executable, "-c", "")
    with pytest.raises(LaunchError) as caught:
        await KernelProcess.launch("snaek")
    assert "no kernel named 'snaek'" in str(caught.value)
    assert "Did you mean 'snake'?" in str(caught.value)
    assert "python3, snake" in str(caught.value)


@pytest.mark.kernel
async def test_without_any_kernelspec_our_own_python_is_launched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *_: [str(tmp_path)])
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    assert [spec.name for spec in kernelspecs()] == ["python3"]
    with pytest.raises(LaunchError, match=r"no kernel named 'ir'\. Installed: python3\."):
        await KernelProcess.launch("ir")
    process = await answering("python3")
    await process.terminate()


async def test_missing_program_is_told(install: Install) -> None:
    name = install("ghost", "/no/such/program", "{connection_file}")
    with pytest.raises(LaunchError, match="its program '/no/such/program' was not found"):
        await KernelProcess.launch(name)
    assert connection_files() == []


async def test_program_that_is_no_program_is_told(
    install: Install, tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("Failed to run command")  # jupyter_client's launcher says it too
    text = tmp_path / "text"
    text.write_text("not a program")
    text.chmod(0o700)
    name = install("text", str(text), "{connection_file}")
    with pytest.raises(LaunchError, match=r"cannot be run: .*format error"):
        await KernelProcess.launch(name)
    assert connection_files() == []


async def test_broken_kernelspec_is_told(install: Install, tmp_path: Path) -> None:
    name = install("broken", sys.executable)
    (tmp_path / "kernels" / name / "kernel.json").write_text("{")
    with pytest.raises(LaunchError, match="'broken' cannot be used"):
        await KernelProcess.launch(name)


async def test_missing_directory_is_told(install: Install, tmp_path: Path) -> None:
    name = install("sleeper", sys.executable, "-c", SLEEPER)
    with pytest.raises(LaunchError, match="no directory"):
        await KernelProcess.launch(name, cwd=tmp_path / "nowhere")
    assert connection_files() == []


async def test_kernel_that_dies_at_start_is_told_with_its_last_words(install: Install) -> None:
    code = "import sys; print('one'); sys.exit('No module named spam')"
    process = await KernelProcess.launch(install("dying", sys.executable, "-c", code))
    kernel = LiveKernel(process)
    with pytest.raises(LaunchError) as caught:
        await kernel.open(60)
    assert caught.value.sentence == "The kernel 'dying' died while starting (exit code 1)."
    assert str(caught.value).startswith(caught.value.sentence)
    assert "No module named spam" in caught.value.output
    assert kernel.state is KernelState.DEAD
    assert kernel.exit_code == 1
    await kernel.close()
    assert connection_files() == []


async def test_death_while_starting_is_told_of_the_run_that_died(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who else hears of it may have started the kernel again already."""
    code = "import os; print('run of', os.getpid(), flush=True); os._exit(3)"
    process = await KernelProcess.launch(
        install("dying", sys.executable, "-c", code), transport="tcp"
    )
    first, heard, plain = process.pid, asyncio.Event(), ProcessWatch.wait

    async def late(watch: ProcessWatch) -> int:
        exit_code = await plain(watch)
        await heard.wait()
        return exit_code

    with monkeypatch.context() as patch:
        patch.setattr(ProcessWatch, "wait", late)
        guarding = asyncio.ensure_future(process.guard(asyncio.Event().wait()))
        for _ in range(2):
            await asyncio.sleep(0)  # it waits
    await process.wait_exit()
    await process.restart()
    heard.set()
    with pytest.raises(LaunchError, match="exit code 3") as told:
        await guarding
    assert f"run of {first}" in told.value.output
    await process.terminate()


async def test_only_the_last_lines_of_a_talkative_kernel_are_kept(install: Install) -> None:
    code = "for i in range(100_000): print('line', i)"
    process = await KernelProcess.launch(install("talker", sys.executable, "-c", code))
    assert await process.wait_exit() == 0
    assert process.output_tail(2) == "line 99998\nline 99999"
    assert len(process.output_tail(1000).splitlines()) == 200
    await process.terminate()


async def test_kernel_that_never_answers_is_ended_while_starting(install: Install) -> None:
    process = await KernelProcess.launch(install("sleeper", sys.executable, "-c", SLEEPER))
    assert process.connection_file.stat().st_mode & 0o777 == 0o600
    kernel = LiveKernel(process)
    opening = asyncio.ensure_future(kernel.open(60))
    await asyncio.sleep(0)
    await kernel.close()
    with pytest.raises(Exception, match=r"died while starting|closed before"):
        await opening
    assert process.exit_code == -signal.SIGKILL  # it has nothing to save
    assert connection_files() == []


async def test_close_that_is_cancelled_at_once_ends_the_kernel(install: Install) -> None:
    process = await KernelProcess.launch(install("sleeper", sys.executable, "-c", SLEEPER))
    kernel = LiveKernel(process)
    opening = asyncio.ensure_future(kernel.open(60))
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(kernel.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert process.exit_code == -signal.SIGKILL
    assert connection_files() == []
    with pytest.raises(Exception, match=r"died while starting|closed before"):
        await opening


async def test_kernel_that_ignores_everything_is_killed(install: Install) -> None:
    process = await KernelProcess.launch(install("deaf", sys.executable, "-c", STUBBORN))
    await printed(process, "deaf")
    await process.guard(answered())
    await process.terminate()
    assert process.exit_code == -signal.SIGKILL
    assert connection_files() == []


async def answered() -> None:
    """Stand for the answer of a kernel."""


async def test_children_end_with_the_kernel(install: Install) -> None:
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}])\n"
        "print('child', child.pid, flush=True)\n"
        "time.sleep(600)"
    )
    process = await KernelProcess.launch(install("parent", sys.executable, "-c", code))
    await printed(process, "deaf")
    child = int(process.output_tail().split("child ")[1].split()[0])
    await process.terminate()
    async with asyncio.timeout(PATIENCE_S):
        while _is_alive(child):
            await asyncio.sleep(0.005)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


async def test_terminate_may_be_called_again_and_at_once_twice(install: Install) -> None:
    process = await KernelProcess.launch(install("sleeper", sys.executable, "-c", SLEEPER))
    await asyncio.gather(process.terminate(), process.terminate())
    await process.terminate()
    with pytest.raises(LaunchError, match="has been terminated"):
        await process.restart()


async def test_cancelled_terminate_returns_when_the_kernel_is_gone(install: Install) -> None:
    process = await KernelProcess.launch(install("deaf", sys.executable, "-c", STUBBORN))
    await printed(process, "deaf")
    await process.guard(answered())
    ending = asyncio.ensure_future(process.terminate())
    await asyncio.sleep(0)
    ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ending
    assert process.exit_code == -signal.SIGKILL
    assert connection_files() == []


async def test_interrupt_of_a_dead_kernel_is_no_error(install: Install) -> None:
    process = await KernelProcess.launch(install("quick", sys.executable, "-c", ""))
    await process.wait_exit()
    await process.interrupt()
    await process.terminate()


async def test_kernel_without_curve_gets_ipc_sockets(install: Install) -> None:
    process = await KernelProcess.launch(install("plain", sys.executable, "-c", SLEEPER))
    assert process.connection.transport == "ipc"
    assert not process.connection.encrypted
    await process.terminate()


async def test_long_path_makes_it_loopback_tcp(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / ("long" * 25)))
    process = await KernelProcess.launch(install("plain", sys.executable, "-c", SLEEPER))
    assert (process.connection.transport, process.connection.ip) == ("tcp", "127.0.0.1")
    await process.terminate()


async def test_kernel_with_curve_gets_keys(install: Install) -> None:
    metadata = {"supported_encryption": "curve"}
    name = install("safe", sys.executable, "-c", SLEEPER, metadata=metadata)
    process = await KernelProcess.launch(name)
    assert process.connection.transport == "tcp"
    assert process.connection.encrypted
    told = json.loads(process.connection_file.read_text())
    assert all(told[f"{name}_port"] in PORTS for name in ("shell", "iopub", "stdin", "hb"))
    assert process.connection.control_port in PORTS
    await process.terminate()


async def test_kernel_runs_where_it_is_told_to(install: Install, tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), flush=True)"
    process = await KernelProcess.launch(install("where", sys.executable, "-c", code), cwd=tmp_path)
    await process.wait_exit()
    assert process.output_tail() == str(tmp_path.resolve())
    await process.terminate()


async def test_guard_hands_on_what_it_waits_for(install: Install) -> None:
    process = await KernelProcess.launch(install("sleeper", sys.executable, "-c", SLEEPER))
    assert await process.guard(asyncio.sleep(0, "ready")) == "ready"
    client = KernelClient(process.connection)
    await client.connect()
    with pytest.raises(TimeoutError, match="did not answer"):
        await process.guard(client.ready(0.1))
    client.close()
    await process.terminate()


async def test_exit_is_noticed_without_pidfd(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS, and on Linux before 5.3."""
    monkeypatch.delattr(os, "pidfd_open")
    code = "import os, time; print('said', flush=True); os.close(1); os.close(2); time.sleep(0.1)"
    process = await KernelProcess.launch(install("plain", sys.executable, "-c", code))
    assert await process.wait_exit() == 0
    assert process.output_tail() == "said"
    await process.terminate()


async def test_kernel_that_closes_its_output_is_still_watched(install: Install) -> None:
    code = "import os, time; os.close(1); os.close(2); time.sleep(0.1); os._exit(7)"
    process = await KernelProcess.launch(install("quiet", sys.executable, "-c", code))
    assert await process.wait_exit() == 7
    await process.terminate()


async def test_restart_that_fails_leaves_a_dead_kernel(install: Install, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!{sys.executable}\nimport time; time.sleep(600)")
    program.chmod(0o700)
    process = await KernelProcess.launch(install("fragile", str(program)))
    kernel = LiveKernel(process)
    program.unlink()
    with pytest.raises(LaunchError, match="was not found"):
        await kernel.restart()
    assert kernel.state is KernelState.DEAD
    await kernel.close()
    assert connection_files() == []


LISTENER = (
    "import json, socket, sys, time\n"
    "told = json.load(open(sys.argv[1]))\n"
    "held = [socket.socket() for name in told if name.endswith('_port')]\n"
    "ports = [told[name] for name in told if name.endswith('_port')]\n"
    "for each, port in zip(held, ports): each.bind((told['ip'], port)), each.listen()\n"
    "print('listens', flush=True)\n"
    "time.sleep(600)"
)


async def test_twenty_kernels_at_once_have_a_hundred_ports(install: Install) -> None:
    name = install("listener", sys.executable, "-S", "-c", LISTENER, "{connection_file}")
    launches = (KernelProcess.launch(name, transport="tcp") for _ in range(20))
    kernels = await asyncio.gather(*launches)
    await asyncio.gather(*(printed(kernel, "listens") for kernel in kernels))
    assert [kernel.exit_code for kernel in kernels] == [None] * 20
    assert len({port for kernel in kernels for port in ports_of(kernel)}) == 100
    await asyncio.gather(*(kernel.terminate() for kernel in kernels))


def ports_of(kernel: KernelProcess) -> tuple[int, ...]:
    to = kernel.connection
    optional = (to.stdin_port, to.hb_port, to.control_port)
    return (to.shell_port, to.iopub_port, *(port or 0 for port in optional))


@pytest.fixture
def thief(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that takes the n-th port of the first kernels, after they got it.

    The thief is any program, or another kernel that listens there with its iopub channel.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        zmq.Context() as context,
        context.socket(zmq.PUB) as iopub,
    ):
        ports_taken = (taken.getsockname()[1], iopub.bind_to_random_port("tcp://127.0.0.1"))

        def steal(nth: int, times: int, *, is_kernel: bool = False) -> None:
            victims = iter(range(times))

            def ports(count: int, ip: str) -> list[int]:
                found = free_ports(count, ip)
                if next(victims, None) is not None:
                    found[nth] = ports_taken[is_kernel]
                return found

            monkeypatch.setattr("vitrail.kernel.launcher.free_ports", ports)

        yield steal


# ipykernel 7.4 dies without its shell, hangs without its iopub, lives without its heartbeat.
@pytest.mark.kernel
@pytest.mark.parametrize(
    ("nth", "times", "is_kernel"),
    [(0, 2, False), (0, 1, True), (1, 1, False), (3, 1, False)],
    ids=["shell", "shell by a kernel", "iopub", "hb"],
)
async def test_kernel_whose_port_was_taken_is_started_on_other_ones(
    thief: Callable[..., None], nth: int, times: int, is_kernel: bool
) -> None:
    thief(nth, times, is_kernel=is_kernel)
    process = await KernelProcess.launch("python3", transport="tcp")
    before = ports_of(process)
    states: list[KernelState] = []
    kernel = LiveKernel(process, changed=lambda: states.append(kernel.state))
    file = process.connection_file
    try:
        await kernel.open()
        assert set(ports_of(process)).isdisjoint(before)
        assert kernel.client.connection == process.connection
        assert states == [KernelState.IDLE]
        exchange = kernel.client.execute("6*7")
        await kernel.client.settled(exchange)
        assert exchange.state is ExchangeState.DONE
        assert ports_of(process)[0] == json.loads(file.read_text())["shell_port"]
    finally:
        await kernel.close()
    assert not file.exists()


@pytest.mark.kernel
async def test_a_kernel_under_test_is_started_on_other_ports_as_well(
    thief: Callable[..., None],
) -> None:
    thief(0, 1)
    process = await answering("python3", "tcp")
    try:
        assert process.exit_code is None
    finally:
        await process.terminate()


async def test_a_spare_kernel_is_started_on_other_ports_as_well(
    thief: Callable[..., None],
) -> None:
    thief(0, 1)
    spare = Spare()
    spare.prepare("python3")
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not spare.is_ready:
                await asyncio.sleep(0.01)
    finally:
        await spare.close()


@pytest.mark.parametrize("end", ["sys.exit(1)", "time.sleep(600)"])
async def test_kernel_that_never_gets_its_ports_is_told_and_ended(
    install: Install, end: str
) -> None:
    words = "OSError: [Errno 98] Address already in use"
    code = f"import sys, time; print({words!r}, file=sys.stderr, flush=True); {end}"
    process = await KernelProcess.launch(
        install("late", sys.executable, "-S", "-c", code), transport="tcp"
    )
    kernel = LiveKernel(process)
    with pytest.raises(AddressError, match="found one of its ports taken") as raised:
        await kernel.open()
    assert raised.value.output == words
    assert process.exit_code is not None
    assert kernel.state is KernelState.DEAD
    await kernel.close()


NOT_ON_IPC = """
import json, sys
if json.load(open(sys.argv[1]))["transport"] == "ipc":
    sys.exit("Invalid argument")
sys.argv = ["kernel", "-f", sys.argv[1]]
from ipykernel.kernelapp import main
main()
"""


@pytest.mark.kernel
async def test_a_kernel_that_cannot_do_ipc_is_started_on_loopback_tcp(install: Install) -> None:
    """As xeus-python 0.19."""
    name = install("tcp-only", sys.executable, "-c", NOT_ON_IPC, "{connection_file}")
    process = await KernelProcess.launch(name)
    assert process.connection.transport == "ipc"
    live = LiveKernel(process)
    try:
        await live.open(PATIENCE_S)
        assert live.client.connection.transport == "tcp"
        assert live.client.connection.ip == "127.0.0.1"
    finally:
        await live.close()
    assert not process.connection_file.exists()


async def test_a_death_is_told_as_such_where_the_client_hears_of_it_first(
    install: Install,
) -> None:
    name = install("dead", sys.executable, "-c", "raise SystemExit('no luck')", "{connection_file}")
    process = await KernelProcess.launch(name)

    async def lost() -> None:
        await process.wait_exit()
        raise UsageError("The connection was closed before the kernel was ready.")

    try:
        with pytest.raises(LaunchError):
            await process.guard(lost())
    finally:
        await process.terminate()


async def test_a_kernel_that_dies_on_any_transport_is_said_dead(install: Install) -> None:
    name = install("dead", sys.executable, "-c", "raise SystemExit('no luck')", "{connection_file}")
    live = LiveKernel(await KernelProcess.launch(name))
    try:
        with pytest.raises(LaunchError, match="no luck"):
            await live.open(PATIENCE_S)
    finally:
        await live.close()


async def test_directory_of_connection_files_that_cannot_be_made_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "file" / "runtime"))
    with pytest.raises(LaunchError, match=r"'python3' cannot be run: .*Not a directory"):
        await KernelProcess.launch("python3")
