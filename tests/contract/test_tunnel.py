"""A real kernel behind a real sshd, reached by its connection file and the name of the machine."""

import asyncio
import json
import os
import signal
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from support.program import Home, private_home, until
from support.recorder import Recorder
from support.ssh_server import NAME, SshHost, ssh_host, ssh_missing
from support.subjects import READY_S, answering
from vitrail.headless.main import run
from vitrail.kernel import tunnel as tunnel_module
from vitrail.kernel.attaching import way_to_existing
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.reach import Presence, presence
from vitrail.kernel.tunnel import Tunnel
from vitrail.options import AttachOptions, RunOptions, SshServer
from vitrail.protocol.broadcasts import ExecuteResult, Stream
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.errors import UsageError
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import InputRequest

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(ssh_missing() is not None, reason=ssh_missing() or ""),
]

BOX = SshServer(NAME)


@pytest.fixture(scope="module")
def host() -> Iterator[SshHost]:
    with ssh_host() as host:
        yield host


@pytest.fixture(autouse=True)
def _path(host: SshHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{host.home / 'bin'}:{os.environ['PATH']}")


@pytest.fixture(scope="module", params=["tcp", "curve"])
def far(request: pytest.FixtureRequest) -> Iterator[KernelProcess]:
    """Run a kernel on the ports of the far machine, with and without CurveZMQ."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "tcp":
            patch.setattr("vitrail.kernel.channels.HAS_CURVE", False)
        process = asyncio.run(answering("python3", "tcp"))
    try:
        assert process.connection.encrypted is (request.param == "curve")
        yield process
    finally:
        asyncio.run(process.terminate())


def near(far: KernelProcess, server: SshServer = BOX) -> Tunnel:
    way = way_to_existing(AttachOptions(existing=str(far.connection_file), ssh=server))
    assert isinstance(way, Tunnel)
    return way


@asynccontextmanager
async def opened(way: Tunnel) -> AsyncIterator[tuple[LiveKernel, Recorder]]:
    heard = Recorder()
    live = LiveKernel(way, listener=heard, changed=heard.poke)
    try:
        await live.open(READY_S)
        yield live, heard
    finally:
        await live.close()


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children(recursive=True) if each.name() == "ssh"]


async def test_kernel_behind_ssh_computes_on_every_channel(far: KernelProcess) -> None:
    way = near(far)
    assert {way.connection.key, way.connection.signature_scheme} == {
        far.connection.key,
        far.connection.signature_scheme,
    }
    assert way.connection.curve_secretkey == far.connection.curve_secretkey
    async with opened(way) as (live, heard):
        client = live.client
        exchange = client.execute("6*7")
        await client.settled(exchange)
        [result] = heard.of(ExecuteResult, exchange)
        assert result.data["text/plain"] == "42"
        asking = client.execute("print(input('name? '))")
        await heard.until(lambda: heard.of(InputRequest, asking))
        request = next(m for m in heard.messages if isinstance(m.content, InputRequest))
        client.answer_input("Ada", request)
        await client.settled(asking)
        assert "".join(each.text for each in heard.of(Stream, asking)) == "Ada\n"
        sleeping = client.execute("import time; print('on', flush=True); time.sleep(60)")
        await heard.until(lambda: heard.of(Stream, sleeping))
        await live.interrupt()  # on control: there is no process of ours to signal
        await client.settled(sleeping)
        assert sleeping.state is ExchangeState.DONE
        assert client.heartbeat.is_beating
        assert not client.counters
        assert len(children()) == 1
    assert children() == []
    assert not Path(way.connection.ip).parent.exists()
    assert far.exit_code is None


@pytest.mark.parametrize("name", ["with:colon", "with%token", "x" * 100, "none"])
async def test_directory_whose_path_ssh_cannot_take_is_avoided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    odd = tmp_path / name
    if name != "none":
        odd.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(odd))
    far = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4)
    async with Tunnel(far, BOX) as way:
        await way.ready()
        assert not way.connection.ip.startswith(str(odd))


async def test_near_ends_are_for_this_user_only(far: KernelProcess) -> None:
    async with near(far) as way:
        await way.ready()
        directory = Path(way.connection.ip).parent
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert len(way.connection.forwards()) == 5
        assert all(stat.S_ISSOCK(Path(end).stat().st_mode) for end, _ in way.connection.forwards())


async def test_tunnel_that_breaks_is_dug_again_and_told(
    far: KernelProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tunnel_module, "PAUSES_S", (0.01,))
    with ssh_host() as host:
        monkeypatch.setenv("PATH", f"{host.home / 'bin'}:{os.environ['PATH']}")
        await survives(far, host)


async def survives(far: KernelProcess, host: SshHost) -> None:
    async with opened(near(far)) as (live, heard):
        host.end()
        await heard.until(lambda: live.state is KernelState.DISCONNECTED)
        assert f"ssh to {NAME} failed: " in live.trouble
        assert await presence(live.client.connection) is Presence.UNREACHABLE
        host.begin()
        await heard.until(lambda: live.state is KernelState.IDLE and not live.trouble)
        while not heard.of(ExecuteResult):  # ZeroMQ connects each channel when it likes
            await live.client.settled(live.client.execute("6*7"))


async def test_kernel_that_ended_behind_a_tunnel_is_missed() -> None:
    process = await answering("python3", "tcp")
    try:
        async with opened(near(process)) as (live, _):
            connection = live.client.connection
            assert await presence(connection) is Presence.GREETS
            await process.kill()
            assert await presence(connection) is Presence.REFUSES
        url = process.connection.url(Channel.SHELL)
        async with near(process) as way:
            assert way.connection.place == f"{url} behind {NAME}"
    finally:
        await process.terminate()


@pytest.mark.parametrize(
    ("server", "said"),
    [
        (SshServer("nobody.invalid"), "ssh to nobody.invalid failed: "),
        (SshServer(NAME, key_file=Path("stranger")), "Permission denied"),
        (SshServer("localhost"), "Log in once by hand, to see its key: ssh localhost"),
        (SshServer(NAME, 1), "Connection refused"),
    ],
)
async def test_last_words_of_ssh_are_told(
    far: KernelProcess, host: SshHost, server: SshServer, said: str
) -> None:
    if server.key_file is not None:
        server = replace(server, key_file=host.home / server.key_file)
        server = replace(server, host="127.0.0.1", port=host.port)
        with (host.home / "known").open("a") as known:
            known.write(f"[127.0.0.1]:{host.port} {(host.home / 'host.pub').read_text()}")
    elif server.host == "localhost":
        server = replace(server, port=host.port)
    way = near(far, server)
    with pytest.raises(UsageError) as caught:
        async with opened(way):
            pytest.fail("there is no such way")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert children() == []


async def test_machine_of_the_connection_file_is_meant_by_a_key_alone(host: SshHost) -> None:
    far = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, ip="192.0.2.9")
    key = SshServer("", key_file=host.home / "user")
    async with Tunnel(far, key) as way:
        assert way.connection.server == "192.0.2.9"
    with pytest.raises(UsageError, match=r"names no other machine, but 127\.0\.0\.1"):
        Tunnel(replace(far, ip="127.0.0.1"), key)


def test_what_a_tunnel_does_not_reach_is_refused(tmp_path: Path) -> None:
    ipc = ConnectionInfo(
        shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, transport="ipc", ip="/x"
    )
    with pytest.raises(UsageError, match="listens on ipc sockets"):
        Tunnel(ipc, BOX)
    tcp = replace(ipc, transport="tcp", ip="127.0.0.1")
    with pytest.raises(UsageError, match=r"There is no key '.*/none' for ssh"):
        Tunnel(tcp, SshServer(NAME, key_file=tmp_path / "none"))


def test_machine_without_ssh_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    far = ConnectionInfo(shell_port=1, iopub_port=2, stdin_port=3, hb_port=4)
    with pytest.raises(UsageError, match="ssh was not found"):
        Tunnel(far, BOX)


def test_run_through_ssh_leaves_kernel_and_file(
    far: KernelProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    options = RunOptions(code=("print('hi')",), existing=str(far.connection_file), ssh=BOX)
    assert run(options) == 0
    assert "hi" in capsys.readouterr().out
    assert far.connection_file.exists()
    assert far.exit_code is None


@pytest.fixture
def home() -> Iterator[Home]:
    with private_home() as home:
        yield home


def test_doctor_looks_through_a_tunnel(far: KernelProcess, home: Home) -> None:
    done = home.start("doctor", "--existing", str(far.connection_file), "--ssh", NAME, "--json")
    with done as program:
        found = program.finish()
    assert found.status == 0, found
    kernel = json.loads(found.stdout)[f"kernel of {far.connection_file.name}"]
    assert kernel["address"].endswith(f" behind {NAME}")
    assert kernel["traffic"].startswith(f"through ssh to {NAME}")
    assert kernel["heartbeat"].startswith("answers in")


@pytest.mark.skipif(not tunnel_module._dying_with_us(), reason="there is no setpriv to tie ssh")
def test_ssh_ends_with_a_program_that_is_killed(far: KernelProcess, home: Home) -> None:
    code = "import time; time.sleep(60)"
    argv = ("run", "--existing", str(far.connection_file), "--ssh", NAME, "-c", code)
    with home.start(*argv) as program:
        until(lambda: [each for each in home.processes() if each.name() == "ssh"])
        program.signal(signal.SIGKILL)
        program.finish()
        until(lambda: home.processes() == [])
