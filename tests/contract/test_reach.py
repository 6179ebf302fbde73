"""Whether somebody listens where a connection file says."""

import socket
import tempfile
from pathlib import Path

import pytest

from support.fake_kernel import FakeKernel
from vitrail.kernel.ports import free_ports
from vitrail.kernel.reach import is_refused, until_listening
from vitrail.protocol.connection import ConnectionInfo, parse_connection
from vitrail.protocol.errors import UsageError


def connection(port: int, ip: str = "127.0.0.1") -> ConnectionInfo:
    ports = ", ".join(f'"{name}_port": {port}' for name in ("shell", "iopub", "stdin", "hb"))
    return parse_connection(f'{{"transport": "tcp", "ip": "{ip}", "key": "", {ports}}}')


def test_port_where_nobody_listens_refuses() -> None:
    [port] = free_ports(1)
    assert is_refused(connection(port))
    assert is_refused(connection(port, "localhost"))
    assert is_refused(connection(port, "0.0.0.0"))


def test_listener_does_not_refuse() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not is_refused(connection(server.getsockname()[1]))


def test_other_machines_are_trusted() -> None:
    assert not is_refused(connection(1, "192.0.2.1"))


async def test_dead_kernel_is_given_up() -> None:
    [port] = free_ports(1)
    with pytest.raises(UsageError, match=f"No kernel listens at tcp://127.0.0.1:{port}"):
        await until_listening(connection(port), patience_s=0.0)


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
async def test_living_kernel_is_found(transport: str) -> None:
    with tempfile.TemporaryDirectory(prefix="vt-") as name:
        with FakeKernel(ipc_directory=Path(name) if transport == "ipc" else None) as kernel:
            await until_listening(kernel.connection, patience_s=0.0)
        assert is_refused(kernel.connection)
