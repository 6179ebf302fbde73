"""A kernel of 2012, launched by its kernelspec with a connection file of today."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from support.built_kernels import kernelspecs_found, skip_if_missing
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.kernel import elder as elder_module
from vitrail.kernel.elder import as_of_2012, lacks_control
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.ports import free_ports
from vitrail.kernel.process import KernelProcess
from vitrail.protocol.broadcasts import ExecuteResult, Stream
from vitrail.protocol.connection import ConnectionInfo

OLD = "ipython-0.13.2"


@pytest.mark.kernel
@pytest.mark.parametrize("transport", ["auto", "tcp"])
async def test_kernel_of_2012_is_launched_interrupted_and_restarted(transport: str) -> None:
    skip_if_missing(OLD)
    with kernelspecs_found():
        process = await KernelProcess.launch(OLD, transport=transport)  # type: ignore[arg-type]  # str
    heard = Recorder()
    live = LiveKernel(process, listener=heard)
    try:
        info = await live.open(READY_S)
        assert info.implementation_version == "0.13.2"
        assert live.client.connection.control_port is None
        sleeping = live.client.execute(
            "import sys, time; print 1; sys.stdout.flush(); time.sleep(60)"
        )
        await heard.until(lambda: heard.of(Stream, sleeping))
        await live.interrupt()
        await live.client.settled(sleeping)
        await live.restart(READY_S)
        exchange = live.client.execute("6*7")
        await live.client.settled(exchange)
        assert heard.of(ExecuteResult, exchange)[0].data["text/plain"] == "42"
        assert live.state is KernelState.IDLE
    finally:
        await live.close()
    assert process.exit_code is not None
    assert not process.connection_file.exists()


@pytest.fixture
def listening() -> Iterator[ConnectionInfo]:
    """Give a connection on whose shell and control somebody listens."""
    with ExitStack() as stack:
        servers = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
        shell, control = (each.getsockname()[1] for each in servers)
        yield ConnectionInfo(
            shell_port=shell, iopub_port=1, stdin_port=1, hb_port=1, control_port=control
        )


def test_kernel_is_an_old_one_when_its_shell_alone_listens(listening: ConnectionInfo) -> None:
    [nobody] = free_ports(1)
    deaf = replace(listening, control_port=nobody)
    assert lacks_control(deaf)
    assert not lacks_control(listening)
    assert not lacks_control(replace(deaf, shell_port=nobody))
    assert not lacks_control(replace(deaf, control_port=None))
    assert not lacks_control(replace(deaf, curve_publickey=b"p", curve_secretkey=b"s"))
    assert not lacks_control(replace(deaf, transport="ipc", ip="/nowhere"))


def test_old_kernel_took_neither_scheme_nor_control_from_its_file(
    listening: ConnectionInfo,
) -> None:
    old = as_of_2012(listening)
    assert old.control_port is None
    assert not old.is_scheme_named
    assert old.shell_port == listening.shell_port


@pytest.mark.kernel
async def test_kernel_of_today_that_is_slow_is_not_taken_for_an_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However often it is looked at while it starts."""
    monkeypatch.setattr(elder_module, "LOOK_S", 0.01)
    monkeypatch.setattr(elder_module, "LOOKS", 50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vitrail.kernel.channels.HAS_CURVE", False)
        process = await KernelProcess.launch("python3", transport="tcp")
    live = LiveKernel(process)
    try:
        assert (await live.open(READY_S)).implementation == "ipython"
        assert live.client.connection.control_port is not None
        assert live.client.connection.is_scheme_named
    finally:
        await live.close()
