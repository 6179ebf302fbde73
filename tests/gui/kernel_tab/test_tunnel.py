"""A window whose kernel lies behind ssh: what it says when the way breaks and opens again."""

import asyncio
import os

import pytest

from support.ssh_server import NAME, ssh_host, ssh_missing
from support.subjects import answering
from support.window import window_on
from vitrail.kernel import tunnel as tunnel_module
from vitrail.kernel.tunnel import Tunnel
from vitrail.options import SshServer
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.qasync,
    pytest.mark.skipif(ssh_missing() is not None, reason=ssh_missing() or ""),
]


async def test_broken_tunnel_is_told_once_and_so_is_its_return(
    qt_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tunnel_module, "PAUSES_S", (0.01,))
    process = await answering("python3", "tcp")
    try:
        with ssh_host() as host:
            monkeypatch.setenv("PATH", f"{host.home / 'bin'}:{os.environ['PATH']}")
            async with window_on(Tunnel(process.connection, SshServer(NAME))) as session:
                await session.ready()
                assert (await session.run("x = 6*7")).status is CellStatus.DONE
                host.end()
                await session.until(lambda: "Trying again." in session.text())
                assert session.tab.state == "disconnected"
                host.begin()
                await session.until(lambda: "is open again" in session.text())
                await session.ready()
                assert (await session.run("x")).status is CellStatus.DONE
                assert session.text().count("Trying again.") == 1
                assert session.text().count("is open again") == 1
        assert process.exit_code is None
    finally:
        await process.terminate()


async def test_window_opens_though_there_is_no_way(qt_loop: asyncio.AbstractEventLoop) -> None:
    """It says why, and a restart tries once more."""
    with ssh_host() as host, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{host.home / 'bin'}:{os.environ['PATH']}")
        far = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4)
        begun: list[Tunnel] = []

        async def again() -> Tunnel | UsageError:
            begun.append(Tunnel(far, SshServer(NAME, 1)))
            return begun[-1]

        async with window_on(await again(), again) as session:
            await session.until(lambda: "Connection refused" in session.text())
            assert session.tab.state == "dead"
            assert session.tab.kernel.can_restart
            session.tab.restart()
            await session.until(lambda: session.text().count("Connection refused") == 2)
            assert len(begun) == 2
