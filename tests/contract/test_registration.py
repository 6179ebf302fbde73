"""The handshake of protocol 5.6: a kernel chooses its ports, and tells them to us."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zmq

from support.built_kernels import HOME, skip_if_missing
from vitrail.kernel import registration
from vitrail.kernel.discovery import find_connection_file, runtime_dir
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.ports import PORTS as PORTS_OF_OURS
from vitrail.kernel.process import KernelProcess, LaunchError
from vitrail.kernel.registration import Registration, is_registering
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.signing import Signer

XEUS = "xeus-python-0.19.0"
PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
CONNECTION = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, key=b"a key")

Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that writes a kernelspec of protocol 5.6 and gives its name."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def written(argv: list[str], env: dict[str, str] | None = None) -> str:
        directory = tmp_path / "kernels" / "registering"
        directory.mkdir(parents=True)
        spec = {
            "argv": argv,
            "env": env or {},
            "display_name": "Registers",
            "language": "python",
            "kernel_protocol_version": "5.6",
        }
        (directory / "kernel.json").write_text(json.dumps(spec))
        return "registering"

    return written


@pytest.mark.kernel
async def test_a_kernel_that_registers_computes_restarts_and_ends_without_a_trace(
    install: Install,
) -> None:
    skip_if_missing(XEUS)
    spec = json.loads((HOME / "kernels" / XEUS / "kernel.json").read_text())
    process = await KernelProcess.launch(install(spec["argv"], spec["env"]))
    kernel = LiveKernel(process)
    try:
        first = process.connection
        assert first.transport == "tcp"
        assert first.shell_port not in PORTS_OF_OURS
        assert read_connection_file(find_connection_file(str(process.connection_file))) == first
        await kernel.open()
        await kernel.client.settled(kernel.client.execute("6*7"))
        await kernel.restart()
        assert process.connection.shell_port != first.shell_port
        assert read_connection_file(process.connection_file) == process.connection
        await kernel.client.settled(kernel.client.execute("6*7"))
    finally:
        await kernel.close()
    assert list(runtime_dir().iterdir()) == []


@pytest.mark.kernel
async def test_a_kernel_that_knows_no_registration_is_told_its_ports(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "PATIENCE_S", 0.5)
    argv = ["python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    process = await KernelProcess.launch(install(argv))
    kernel = LiveKernel(process)
    try:
        await kernel.open()
        await kernel.client.settled(kernel.client.execute("6*7"))
    finally:
        await kernel.close()
    assert list(runtime_dir().iterdir()) == []


async def test_a_kernel_that_dies_before_it_registers_says_why(install: Install) -> None:
    name = install(["python3", "-c", "raise SystemExit('no such thing')", "{connection_file}"])
    process = await KernelProcess.launch(name)
    kernel = LiveKernel(process)
    with pytest.raises(LaunchError, match="no such thing"):
        await kernel.open()
    await kernel.close()
    assert list(runtime_dir().iterdir()) == []


class Caller:
    """Somebody at the registration's address."""

    def __init__(self, file: Path) -> None:
        self.fields: dict[str, Any] = json.loads(file.read_text())
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.connect(f"tcp://127.0.0.1:{self.fields['registration_port']}")

    def say(self, word: object, key: bytes = CONNECTION.key) -> None:
        frame = json.dumps(word).encode()
        self.socket.send_multipart([b"<IDS|MSG>", Signer(key).sign((frame,)), frame])

    def ports(self, start: int) -> dict[str, str]:
        ports = {name: str(start + number) for number, name in enumerate(PORTS)}
        return {"kernel_id": self.fields["kernel_id"], **ports}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Registration, Caller]]:
    path = tmp_path / "registration.json"
    waiting = Registration(CONNECTION, path)
    assert path.stat().st_mode & 0o777 == 0o600
    caller = Caller(path)
    yield waiting, caller
    caller.socket.close(linger=0)
    caller.context.term()
    waiting.close()
    assert not path.exists()


async def test_only_the_signed_word_of_the_kernel_is_taken(
    pair: tuple[Registration, Caller],
) -> None:
    waiting, caller = pair
    caller.socket.send_multipart([b"anything"])
    caller.socket.send_multipart([b"<IDS|MSG>", b"", b"{}"])
    caller.say(caller.ports(20_000), key=b"another key")
    caller.say("no object")
    caller.say({**caller.ports(20_000), "kernel_id": "another"})
    caller.say({**caller.ports(20_000), "hb_port": "99999999"})
    caller.say(caller.ports(30_000))
    death: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    told = await waiting.told(death)
    assert told is not None
    assert [getattr(told, name) for name in PORTS] == [30_000 + number for number in range(5)]
    assert told.key == CONNECTION.key
    delimiter, signature, receipt = caller.socket.recv_multipart()
    assert delimiter == b"<IDS|MSG>"
    assert Signer(CONNECTION.key).matches(signature, (receipt,))


async def test_the_wait_ends_with_the_kernel(pair: tuple[Registration, Caller]) -> None:
    waiting, _ = pair
    death: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(death.set_result, 1)
    assert await waiting.told(death) is None


def test_the_kernelspec_says_who_registers() -> None:
    told = {version: is_registering(version) for version in ("", "5", "5.3", "5.5", "x.y")}
    assert not any(told.values())
    assert all(map(is_registering, ("5.6", "5.10", "6.0", "5.6.1")))
