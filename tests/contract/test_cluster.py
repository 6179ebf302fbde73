"""Engines of a real ipyparallel cluster, through its controller."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from support.cluster import Cluster, running_cluster
from support.patience import PATIENCE_S
from support.program import private_home, until
from support.recorder import Recorder
from support.subjects import READY_S, SLEEP
from support.window import window_on
from vitrail.bootstrap import _kernel
from vitrail.kernel.cluster import Nanny, find_engine, is_here, roll
from vitrail.kernel.lifecycle import KernelState
from vitrail.kernel.live import LiveKernel, obituary
from vitrail.options import WindowOptions
from vitrail.protocol.broadcasts import CommOpen, DisplayData, Error, ExecuteResult, Stream
from vitrail.protocol.cluster import EngineConnection, read_cluster_file
from vitrail.protocol.connection import read_connection_file
from vitrail.protocol.errors import UsageError
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import CompleteReply, InputRequest, InspectReply
from vitrail.protocol.requests import CompleteRequest, InspectRequest
from vitrail_widgets.transcript.cells import CellStatus, StreamOutput

pytestmark = pytest.mark.kernel

PID = "import os; os.getpid()"
COUNT = "for i in range(2000): print(i, flush=True)"
ENGINES = 2

Attach = Callable[[int], Awaitable[tuple[LiveKernel, Recorder]]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run one cluster for the tests below."""
    with running_cluster(ENGINES) as cluster:
        yield cluster


@pytest.fixture
def doomed(cluster: Cluster) -> Iterator[int]:
    """Run one engine more, for a test that kills it; return its number."""

    def numbers() -> list[int]:
        return list(asyncio.run(roll(read_cluster_file(cluster.file, is_here))))

    with cluster.another_engine():
        yield until(lambda: next((number for number in numbers() if number >= ENGINES), 0))
    until(lambda: numbers() == list(range(ENGINES)))


@pytest.fixture
async def attach(cluster: Cluster) -> AsyncIterator[Attach]:
    """Return a function that opens an engine, and gives what it is heard to say."""
    async with AsyncExitStack() as stack:

        async def opened(number: int) -> tuple[LiveKernel, Recorder]:
            return await open_engine(cluster, number, stack)

        yield opened


async def open_engine(
    cluster: Cluster, number: int, stack: AsyncExitStack
) -> tuple[LiveKernel, Recorder]:
    heard = Recorder()
    engine = await find_engine(cluster.file, number)
    kernel = LiveKernel(engine, listener=heard, changed=heard.poke)
    stack.push_async_callback(kernel.close)
    await kernel.open(READY_S)
    return kernel, heard


async def value_of(kernel: LiveKernel, heard: Recorder, code: str) -> str:
    exchange = kernel.client.execute(code)
    await asyncio.wait_for(kernel.client.settled(exchange), READY_S)
    [result] = heard.of(ExecuteResult, exchange)
    return str(result.data["text/plain"])


# Finding one


async def test_engines_are_listed(cluster: Cluster) -> None:
    engines = await roll(read_cluster_file(cluster.file, is_here))
    assert list(engines) == list(range(ENGINES))
    assert len(set(engines.values())) == ENGINES


async def test_wrong_number_says_which_there_are(cluster: Cluster) -> None:
    with pytest.raises(UsageError, match=r"no engine 7, only 0, 1\."):
        await find_engine(cluster.file, 7)
    with pytest.raises(UsageError, match=r"has the engines 0, 1: say which with --engine N\."):
        await find_engine(cluster.file, None)


async def test_key_of_another_run_ends_in_a_sentence(cluster: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "client.json"
    file.write_text(json.dumps({**json.loads(cluster.file.read_text()), "key": "of another run"}))
    with pytest.raises(UsageError) as caught:
        await find_engine(file, 0, timeout_s=0.5)
    assert "did not answer within 0.5 s" in str(caught.value)
    assert "of another run" not in str(caught.value)


@pytest.mark.parametrize("is_deaf", [True, False])
async def test_absent_and_deaf_controllers_end_in_a_sentence(
    cluster: Cluster, tmp_path: Path, is_deaf: bool
) -> None:
    file = tmp_path / "client.json"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if is_deaf:
            other.listen()
        fields = {**json.loads(cluster.file.read_text()), "registration": other.getsockname()[1]}
        file.write_text(json.dumps(fields))
        with pytest.raises(UsageError) as caught:
            await find_engine(file, 0, timeout_s=0.3)
    expected = "did not answer within 0.3 s" if is_deaf else "No controller listens at tcp://127"
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("location", "is_ours"),
    [
        (socket.gethostname(), True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("192.0.2.1", False),
        ("no-such-host.invalid", False),
        ("1", False),
    ],
)
def test_this_machine_is_recognised(location: str, is_ours: bool) -> None:
    assert is_here(location) is is_ours


# Talking to one


async def test_each_engine_runs_code_in_a_process_of_its_own(attach: Attach) -> None:
    (first, heard_first), (second, heard_second) = await asyncio.gather(attach(0), attach(1))
    pids = await asyncio.gather(
        value_of(first, heard_first, PID), value_of(second, heard_second, PID)
    )
    assert len(set(pids)) == 2
    assert all(psutil.pid_exists(int(pid)) for pid in pids)
    assert first.client.kernel_info is not None
    assert first.client.kernel_info.implementation == "ipython"
    assert first.state is KernelState.IDLE


async def test_nothing_of_another_engine_is_heard(attach: Attach) -> None:
    (first, heard_first), (second, heard_second) = await asyncio.gather(attach(0), attach(1))
    talk = "import comm; comm.create_comm(target_name='x'); display('shown')\n" + COUNT
    exchange = second.client.execute(talk)
    await value_of(first, heard_first, "6*7")
    await second.client.settled(exchange)
    await value_of(first, heard_first, "6*7")
    text = "".join(stream.text for stream in heard_second.of(Stream, exchange))
    assert text == "".join(f"{i}\n" for i in range(2000))
    assert len(heard_second.of(CommOpen)) == len(heard_second.of(DisplayData)) == 1
    assert not heard_first.of(Stream) + heard_first.of(CommOpen)
    assert len(heard_first.of(DisplayData)) == len(heard_first.of(ExecuteResult)) == 2
    assert not heard_first.refusals + heard_second.refusals


async def test_print_and_errors_belong_to_their_cell(attach: Attach) -> None:
    kernel, heard = await attach(0)
    printing, failing = kernel.client.execute("print('hi')"), kernel.client.execute("1/0")
    await kernel.client.settled(printing)
    await kernel.client.settled(failing)
    assert [stream.text for stream in heard.of(Stream, printing)] == ["hi\n"]
    assert [error.ename for error in heard.of(Error, failing)] == ["ZeroDivisionError"]
    assert kernel.state is KernelState.IDLE


async def test_engine_completes_and_inspects(attach: Attach) -> None:
    kernel, _ = await attach(1)
    completed = await kernel.client.ask(
        CompleteRequest(code="impo", cursor_pos=4), timeout_s=PATIENCE_S
    )
    assert isinstance(completed.content, CompleteReply)
    assert "import" in completed.content.matches
    inspected = await kernel.client.ask(
        InspectRequest(code="len", cursor_pos=3), timeout_s=PATIENCE_S
    )
    assert isinstance(inspected.content, InspectReply)
    assert inspected.content.found


async def test_engine_answers_while_it_computes_and_can_be_interrupted(attach: Attach) -> None:
    kernel, heard = await attach(0)
    exchange = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream, exchange))
    assert kernel.client.is_busy
    reply = await kernel.client.aside(CompleteRequest(code="impo", cursor_pos=4), 20)
    assert isinstance(reply.content, CompleteReply)
    await kernel.interrupt()
    await kernel.client.settled(exchange)
    assert [error.ename for error in heard.of(Error, exchange)] == ["KeyboardInterrupt"]
    assert kernel.state is KernelState.IDLE


async def test_nanny_interrupts_too(attach: Attach) -> None:
    kernel, heard = await attach(0)
    exchange = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream, exchange))
    await Nanny(kernel.client).interrupt()
    await kernel.client.settled(exchange)
    assert [error.ename for error in heard.of(Error, exchange)] == ["KeyboardInterrupt"]


async def test_input_is_refused_instead_of_waited_for(attach: Attach) -> None:
    kernel, heard = await attach(0)
    exchange = kernel.client.execute("input('name? ')", allow_stdin=True)
    await kernel.client.settled(exchange)
    assert [error.ename for error in heard.of(Error, exchange)] == ["StdinNotImplementedError"]
    assert not heard.of(InputRequest)


async def test_bound_engine_is_an_ordinary_kernel(attach: Attach) -> None:
    kernel, heard = await attach(1)
    pid = await value_of(kernel, heard, PID)
    bind = (
        "import ipyparallel, ipykernel; ipyparallel.bind_kernel(); ipykernel.get_connection_file()"
    )
    file = await value_of(kernel, heard, bind)
    direct_heard = Recorder()
    direct = LiveKernel(read_connection_file(file.strip("'")), listener=direct_heard)
    try:
        await direct.open(READY_S)
        assert await value_of(direct, direct_heard, PID) == pid
        asking = direct.client.execute("input('name? ')")
        await direct_heard.until(lambda: direct_heard.of(InputRequest))
        request = next(m for m in direct_heard.messages if isinstance(m.content, InputRequest))
        direct.client.answer_input("Ada", request)
        await direct.client.settled(asking)
        assert direct_heard.of(ExecuteResult, asking)[0].data["text/plain"] == "'Ada'"
    finally:
        await direct.close()
    assert await value_of(kernel, heard, PID) == pid


async def test_key_shows_nowhere(attach: Attach, cluster: Cluster) -> None:
    kernel, heard = await attach(0)
    await value_of(kernel, heard, "6*7")
    connection = kernel.client.connection
    shown = f"{connection!r} {kernel.client.log.entries()} {connection.url(Channel.SHELL)}"
    assert "execute_request" in shown
    assert cluster.key not in shown


async def test_killed_engine_is_noticed_at_once_and_loses_its_cell(
    attach: Attach, cluster: Cluster, doomed: int
) -> None:
    kernel, heard = await attach(doomed)
    pid = int(await value_of(kernel, heard, PID))
    exchange = kernel.client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream, exchange))
    os.kill(pid, signal.SIGKILL)
    await heard.until(lambda: kernel.state is KernelState.DEAD)
    assert exchange.state is ExchangeState.LOST
    assert obituary(kernel) == "The engine has left its cluster: it was ended, or died."
    with pytest.raises(UsageError, match=rf"no engine {doomed}, only 0, 1\."):
        await find_engine(cluster.file, doomed)
    late = LiveKernel(kernel.client.connection)
    try:
        with pytest.raises(UsageError, match="The engine has left its cluster"):
            await late.open(READY_S)
    finally:
        await late.close()


# The program


@pytest.mark.qasync
async def test_window_opens_on_an_engine_and_says_when_it_ends(
    cluster: Cluster, doomed: int, qt_loop: asyncio.AbstractEventLoop
) -> None:
    engine = await find_engine(cluster.file, doomed)
    async with window_on(engine) as session:
        await session.ready()
        assert session.window.windowTitle() == f"Engine {doomed}"
        pid = (await session.run("import os; print(os.getpid())")).outputs[0]
        assert isinstance(pid, StreamOutput)
        asked = await session.run("input('name? ')")
        assert asked.status is CellStatus.FAILED
        os.kill(int("".join(line.text for line in pid.text.buffer)), signal.SIGKILL)
        await session.until(lambda: session.tab.state is KernelState.DEAD)
        assert "The engine has left its cluster: it was ended, or died." in session.text()
        assert "Restart" not in session.text()


async def test_window_is_told_why_there_is_no_engine(cluster: Cluster) -> None:
    found = await _kernel(WindowOptions(cluster=cluster.file, engine=0))
    assert isinstance(found, EngineConnection)
    assert found.number == 0
    reason = await _kernel(WindowOptions(cluster=cluster.file, engine=7))
    assert isinstance(reason, UsageError)


def test_run_works_on_an_engine_and_leaves_it_alone(cluster: Cluster) -> None:
    options = ("--cluster", str(cluster.file))
    with private_home() as home:
        runs = [home.run(*options, "--engine", number, "-c", PID) for number in "010"]
        wrong = home.run(*options, "--engine", "7", "-c", "1")
        slow = home.run(*options, "--engine", "1", "--timeout", "3", "-c", SLEEP)
    assert [run.status for run in runs] == [0, 0, 0]
    pids = [run.stdout.rpartition(": ")[2] for run in runs]
    assert pids[0] == pids[2] != pids[1]
    assert (wrong.status, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("vitrail run: The cluster has no engine 7, only 0, 1")
    assert slow.status == 2
    assert slow.stderr == "vitrail run: Not finished after 3 s.\n"
    assert all(cluster.key not in run.stdout + run.stderr for run in (*runs, wrong, slow))


async def test_encrypted_cluster_and_the_end_of_its_controller() -> None:
    with running_cluster(1, has_curve=True) as cluster, private_home() as home:
        async with AsyncExitStack() as stack:
            kernel, heard = await open_engine(cluster, 0, stack)
            assert kernel.client.connection.encrypted
            assert await value_of(kernel, heard, "6*7") == "42"
            options = ("run", "--cluster", str(cluster.file), "-c", SLEEP)
            with home.start(*options) as program:
                await heard.until(lambda: heard.of(Stream))  # of the other client's cell
                cluster.kill("ipyparallel.controller")
                finished = program.finish()
            await heard.until(lambda: kernel.state is KernelState.DISCONNECTED)
        assert finished.status == 2
        assert finished.stderr == (
            "vitrail run: The kernel is gone: nobody listens there any more.\n"
        )
