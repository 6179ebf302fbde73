"""Whether somebody listens where a connection file says."""

import asyncio
import socket
import tempfile
from contextlib import closing
from errno import EHOSTUNREACH
from pathlib import Path

import pytest
import zmq
from PySide6.QtWidgets import QApplication

from support.fake_kernel import FakeKernel
from vitrail.bootstrap import qt_loop
from vitrail.kernel.client import KernelClient
from vitrail.kernel.ports import free_ports
from vitrail.kernel.reach import Presence, is_refused, presence, until_listening
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


async def test_socket_of_another_kind_is_asked_in_vain() -> None:
    """As on a port that somebody took: ZeroMQ gives the way up, and takes no more questions."""
    with zmq.Context() as context, context.socket(zmq.PUB) as stranger:
        client = KernelClient(connection(stranger.bind_to_random_port("tcp://127.0.0.1")))
        try:
            await client.connect()
            with pytest.raises(TimeoutError, match="The kernel did not answer"):
                await client.ready(1.5)
        finally:
            client.close()


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
@pytest.mark.parametrize("on_qt", [False, True])
def test_kernel_greets_until_it_is_gone(transport: str, on_qt: bool, qapp: QApplication) -> None:
    new_loop = qt_loop(qapp) if on_qt else closing(asyncio.new_event_loop())
    with tempfile.TemporaryDirectory(prefix="vt-") as name, new_loop as loop:
        with FakeKernel(ipc_directory=Path(name) if transport == "ipc" else None) as kernel:
            kernel.stall(0.3)  # as one that computes in its only thread
            assert loop.run_until_complete(presence(kernel.connection)) is Presence.GREETS
        assert loop.run_until_complete(presence(kernel.connection)) is Presence.REFUSES


async def test_name_is_looked_up_without_the_executor_of_the_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That of qasync are QThreads, which abort a program that ends without closing its loop."""

    def no_executor(*_: object) -> None:
        pytest.fail("the executor is used")

    monkeypatch.setattr(asyncio.get_running_loop(), "run_in_executor", no_executor)
    [port] = free_ports(1)
    assert await presence(connection(port, "localhost"), timeout_s=60) is Presence.REFUSES


async def test_listener_that_says_nothing_accepts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = connection(server.getsockname()[1])
        assert await presence(there, timeout_s=1) is Presence.ACCEPTS


async def test_tunnel_to_nowhere_refuses() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        there = connection(server.sockets[0].getsockname()[1])
        assert await presence(there) is Presence.REFUSES


async def test_path_that_is_too_long_for_a_socket_is_told() -> None:
    near = ConnectionInfo(
        shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, transport="ipc", ip="/" + 200 * "k"
    )
    client = KernelClient(near)
    with pytest.raises(
        UsageError, match=r"Nobody can connect to ipc:///k+-1: File name too long\."
    ):
        await client.connect()
    client.close()


async def test_name_that_no_domain_can_have_is_unreachable() -> None:
    far = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, ip=63 * "ü")
    assert await presence(far) is Presence.UNREACHABLE


async def test_machine_that_is_nowhere_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    async def in_vain(*_: object) -> None:
        raise OSError(EHOSTUNREACH, "No route to host")

    monkeypatch.setattr(asyncio, "open_connection", in_vain)
    assert await presence(connection(1, "192.0.2.1")) is Presence.UNREACHABLE
