"""The kernels that `make kernels` builds, run for a test, and the code that each understands."""

import asyncio
import json
import os
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import psutil
import pytest

from support.patience import PATIENCE_S
from support.sources import ROOT
from support.subjects import READY_S, answering
from vitrail.kernel.client import KernelClient
from vitrail.kernel.discovery import runtime_dir
from vitrail.kernel.ports import free_ports
from vitrail.protocol.connection import ConnectionInfo, read_connection_file

HOME: Final = ROOT / ".kernels"

TODAYS: Final = "python3"
"""The kernelspec of this environment: the ipykernel that Vitrail depends on."""

BUILT: Final = (
    "ipython-0.13.2",
    "ipython-1.0.0",
    "ipython-1.2.1",
    "ipython-2.4.1",
    "ipython-3.2.3",
    "ipykernel-5.5.6",
    "ipykernel-6.29.5",
    "xeus-python-0.19.0",
    "bash",
)

OTHER_LANGUAGES: Final = {"bash": "bash", "deno": "typescript", "irkernel": "R"}


class Owner(Protocol):
    """Who may end a kernel and send it signals."""

    @property
    def pid(self) -> int: ...

    async def interrupt(self) -> None: ...

    async def wait_exit(self) -> int: ...


@dataclass(frozen=True)
class Built:
    """A running kernel."""

    name: str
    connection: ConnectionInfo
    connection_file: Path
    owner: Owner

    @property
    def language(self) -> str:
        """What kernel_info calls it."""
        return OTHER_LANGUAGES.get(self.name, "python")

    @property
    def is_python(self) -> bool:
        return self.language == "python"


def missing(name: str) -> str | None:
    """Say why a kernel cannot be run, None when it can."""
    if name == TODAYS or (HOME / "kernels" / name / "kernel.json").exists():
        return None
    return f"{name} is not built here; `make kernels` builds it where it can"


def skip_if_missing(name: str) -> None:
    """Skip the test where a kernel cannot be run."""
    if reason := missing(name):
        pytest.skip(reason)


def asked_for(request: pytest.FixtureRequest) -> Iterator[Built]:
    """Run the kernel that the parameter of a fixture names; `pytest.fixture` takes this."""
    skip_if_missing(request.param)
    with running(request.param) as built:
        yield built


@contextmanager
def running(name: str) -> Iterator[Built]:
    """Run a kernel for the body."""
    about: dict[str, Any] = {"transport": "auto"} if name == TODAYS else _spec(name)["metadata"]
    if about.get("attach_only"):
        with _run_by_hand(name) as built:
            yield built
        return
    with kernelspecs_found():
        process = asyncio.run(answering(name, about["transport"]))
    try:
        with _children_ended(process.pid):
            yield Built(name, process.connection, process.connection_file, process)
            asyncio.run(process.terminate())
    finally:
        asyncio.run(process.terminate())


@contextmanager
def _children_ended(pid: int) -> Iterator[None]:
    """Wait for what a kernel runs in sessions of its own: bash ends when its terminal closes."""
    children = psutil.Process(pid).children(recursive=True)
    yield
    _, alive = psutil.wait_procs(children, timeout=PATIENCE_S)
    for child in alive:
        child.kill()


@contextmanager
def kernelspecs_found() -> Iterator[None]:
    """Let Jupyter find the built kernels by name, in this process and those it starts."""
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = jupyter_path()
    try:
        yield
    finally:
        del os.environ["JUPYTER_PATH"]
        if before is not None:
            os.environ["JUPYTER_PATH"] = before


@cache
def jupyter_path() -> str:
    """Copy the kernelspecs into this session's home, each with an IPython profile of its own there.

    Else all that test at the same time would read each other's history in it.
    """
    home = Path(os.environ["JUPYTER_DATA_DIR"], "built")
    for file in HOME.glob("kernels/*/kernel.json"):
        name = file.parent.name
        profile, copy = home / "profiles" / name, home / "kernels" / name / file.name
        for directory in (profile, copy.parent):
            directory.mkdir(parents=True)
        spec = json.loads(file.read_text("utf-8"))
        spec["env"] = {**spec.get("env", {}), "IPYTHONDIR": str(profile)}
        copy.write_text(json.dumps(spec))
    return str(home)


@contextmanager
def connection_file_of_2012() -> Iterator[Path]:
    """Write a connection file as IPython 0.13 did; remove it afterwards."""
    names = ("shell_port", "iopub_port", "stdin_port", "hb_port")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    path = runtime_dir() / f"kernel-{uuid.uuid4()}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"ip": "127.0.0.1", "key": str(uuid.uuid4()), **ports}))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


class _Process:
    """A kernel started without jupyter_client."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    async def interrupt(self) -> None:
        os.killpg(self._process.pid, signal.SIGINT)

    async def wait_exit(self) -> int:
        return self._process.wait(PATIENCE_S)  # the request leaves by a thread of ZeroMQ's


@contextmanager
def _run_by_hand(name: str) -> Iterator[Built]:
    spec = _spec(name)
    with connection_file_of_2012() as path:
        process = subprocess.Popen(
            [part.replace("{connection_file}", str(path)) for part in spec["argv"]],
            env={**os.environ, **spec["env"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            connection = read_connection_file(path)
            asyncio.run(_answer(connection))
            yield Built(name, connection, path, _Process(process))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE_S)


async def _answer(connection: ConnectionInfo) -> None:
    """Wait until a kernel has answered, and so started what it needs."""
    client = KernelClient(connection)
    try:
        await client.connect()
        await client.ready(READY_S)
    finally:
        client.close()


@cache
def _spec(name: str) -> dict[str, Any]:
    file = Path(jupyter_path(), "kernels", name, "kernel.json")
    spec: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return spec
