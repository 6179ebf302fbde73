"""One session, the same for every kernel since 2012, with the same expectations.

Runs on the kernels that are there: ipykernel always, others where `make kernels` built them. What
a kernel cannot do by its nature is in LACKS, with the reason; `make test-kernels` prints a table.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

import psutil
import pytest

from support.built_kernels import BUILT, TODAYS, Built, asked_for, running
from support.patience import until
from support.recorder import Recorder
from support.subjects import Attach, joined
from vitrail.kernel.client import END_OF_FILE, KernelClient, RequestLostError
from vitrail.kernel.interrupt import interrupt
from vitrail.protocol.broadcasts import (
    ClearOutput,
    DisplayData,
    Error,
    ExecuteInput,
    ExecuteResult,
    Status,
    Stream,
)
from vitrail.protocol.exchange import Exchange, ExchangeState
from vitrail.protocol.messages import Channel
from vitrail.protocol.replies import (
    CompleteReply,
    ConnectReply,
    ExecuteReply,
    HistoryReply,
    InputRequest,
    InspectReply,
    IsCompleteReply,
)
from vitrail.protocol.requests import (
    CompleteRequest,
    ConnectRequest,
    ExecuteRequest,
    HistoryRequest,
    InspectRequest,
    IsCompleteRequest,
    ShutdownRequest,
)

pytestmark = pytest.mark.kernel

ANSWER_S = 60.0
"""The first completion of a fresh ipykernel took 20 s on a busy machine."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
NO_PORTS = "answers no connect_request"
V4 = ("ipython-0.13.2", "ipython-1.0.0", "ipython-1.2.1", "ipython-2.4.1")
PYTHON_ONLY = "speaks no Python"

# IPython 1 makes another raw_input for each request, so it is looked up when it is called.
PRELUDE = """\
import sys
def ask(prompt):
    return (input if sys.version_info[0] > 2 else raw_input)(prompt)
from IPython.display import display, HTML
def conform(first, second=2):
    "Say how."
    return first
alphabetagamma = 1
"""


@dataclass(frozen=True)
class Words:
    """What is said to a kernel, in its language.

    Attributes:
        failing: Ends with an error.
        hello: Prints a line.
        sleep: Prints a line and waits for a minute.
        display: Displays HTML.
        clear: Prints 1, clears, prints 2.
        page: Asks for help.
        paged: What the help says.
        begun: The beginning of a name, after characters of two UTF-16 units in the second line.
        match: The name.
        ask: Asks for a line and prints it.
        incomplete: What it says of code that goes on.
    """

    failing: str = "1/0"
    hello: str = "print('hello')"
    sleep: str = "import sys, time; print('started'); sys.stdout.flush(); time.sleep(60)"
    display: str = "display(HTML('<b>x</b>'))"
    clear: str = "from IPython.display import clear_output; print(1); clear_output(); print(2)"
    page: str = "conform?"
    paged: str = "Say how."
    begun: str = "1\nu'𨭎𨭎'; alphabetag"
    match: str = "alphabetagamma"
    ask: str = "print('<%s>' % ask('name? '))"
    incomplete: str = "incomplete"


WORDS = {
    "python": Words(),
    "bash": Words(
        hello="echo hello",
        sleep="echo started; sleep 1; sleep 60",
        begun="echo 𨭎𨭎; unali",
        match="unalias",
        incomplete="unknown",
    ),
    "typescript": Words(
        failing="throw new Error('no')",
        hello="console.log('hello')",
        sleep="console.log('started'); await new Promise((r) => setTimeout(r, 60000))",
        display="await Deno.jupyter.display({'text/html': '<b>x</b>'}, {raw: true})",
        clear="console.log(1); await Deno.jupyter.broadcast('clear_output', {wait: false});"
        " console.log(2)",
        begun="1\n'𨭎𨭎'; decodeURIComp",
        match="decodeURIComponent",
        ask="console.log(`<${prompt('name? ')}>`)",
    ),
    "R": Words(
        failing="stop('no')",
        hello="cat('hello\\n')",
        sleep="cat('started\\n'); flush.console(); Sys.sleep(60)",
        display="IRdisplay::display_html('<b>x</b>')",
        clear="cat('1\\n'); IRdisplay::clear_output(FALSE); cat('2\\n')",
        page="?print",
        paged="package:base",
        begun="1\nx <- '𨭎𨭎'; nchar(x); Sys.setloca",
        match="Sys.setlocale",
        ask="cat(sprintf('<%s>\\n', readline('name? ')))",
    ),
}

LACKS: dict[str, dict[str, str]] = {
    "bash": dict.fromkeys(
        ("result", "display", "page", "next_input", "clear", "expressions", "inspection"),
        PYTHON_ONLY,
    )
    | {
        "history": "keeps none",
        "input": "`read` hangs its shell for good",
        "end_of_file": "`read` hangs its shell for good",
    },
    "deno": {
        "page": "has no help",
        "next_input": "has no word for it",
        "expressions": "evaluates none",
        "inspection": "finds nothing",
        "history": "keeps none",
        "end_of_file": "goes on waiting",
        "interrupt": "does not end what is awaited",
        "ports": NO_PORTS,
    },
    "irkernel": {
        "silence": "says that silent code which fails is well",
        "result": "shows results as displays",
        "next_input": "has no word for it",
        "expressions": "evaluates none",
        "inspection": "finds whatever it is asked for",
        "history": "keeps none",
        "end_of_file": "knows none where a line is asked for",
        "ports": NO_PORTS,
    },
    "xeus-python-0.19.0": {
        "interrupt": "SIGINT ends it, interrupt_request does nothing",
        "next_input": "sends no such payload",
        "end_of_file": "takes U+0004 for a text",
        "ports": NO_PORTS,
    },
}


kernel = pytest.fixture(scope="module", params=[TODAYS, *BUILT, "deno", "irkernel"])(asked_for)


@pytest.fixture(autouse=True)
def _capable(request: pytest.FixtureRequest, kernel: Built) -> None:
    capability = request.node.originalname.removeprefix("test_")
    reason = LACKS.get(kernel.name, {}).get(capability)
    if reason is not None:
        pytest.skip(f"{kernel.name}: {reason}")


@pytest.fixture
async def attach(kernel: Built) -> AsyncIterator[Attach]:
    """Return a function that makes a client by `prepared`."""
    async with AsyncExitStack() as stack:

        async def new_client() -> tuple[KernelClient, Recorder]:
            return await prepared(kernel, stack)

        yield new_client


async def prepared(kernel: Built, stack: AsyncExitStack) -> tuple[KernelClient, Recorder]:
    """Make a ready client whose names are there, and what it hears; the stack closes it."""
    client, heard = await joined(kernel.connection, stack)
    if kernel.is_python:
        await client.settled(client.execute(PRELUDE, silent=True))
    assert heard.refusals == []
    return client, heard


async def run(client: KernelClient, code: str) -> tuple[Exchange, ExecuteReply]:
    """Run code to its end."""
    exchange = client.execute(code)
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    return exchange, exchange.reply.content


def told(heard: Recorder, exchange: Exchange) -> list[str]:
    """Return what iopub said of an execution, in order; busy and idle by their names."""
    own = [m for m in heard.messages if m.parent_id == exchange.request.msg_id]
    return [
        m.content.execution_state if isinstance(m.content, Status) else m.msg_type
        for m in own
        if m.channel is Channel.IOPUB
    ]


def plain(bundle: dict[str, object]) -> str:
    return COLOURS.sub("", str(bundle["text/plain"]))


async def count_of(client: KernelClient) -> int:
    probe = ExecuteRequest(code="", silent=True, store_history=False, allow_stdin=False)
    reply = await client.ask(probe, timeout_s=ANSWER_S)
    assert isinstance(reply.content, ExecuteReply)
    return reply.content.execution_count or 0


async def test_kernel_info(attach: Attach, kernel: Built) -> None:
    client, _ = await attach()
    info = client.kernel_info
    assert info is not None
    assert info.generation == (4 if kernel.name in V4 else 5)
    assert info.language_info.name == kernel.language
    assert info.language_info.version or not kernel.is_python
    assert info.implementation_version
    number = re.search(r"ipython-(.*)", kernel.name)
    assert number is None or info.implementation_version == number[1]


async def test_silence(attach: Attach, kernel: Built) -> None:
    """Silent code keeps the count, and nothing of it is shown, errors neither."""
    client, heard = await attach()
    before = await count_of(client)
    request = ExecuteRequest(code=WORDS[kernel.language].failing, silent=True)
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, ExecuteReply)
    assert reply.content.status == "error"
    assert await count_of(client) == before
    assert heard.of(Error) == []


async def test_result(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    before = await count_of(client)
    exchange, reply = await run(client, "6*7")
    await heard.until(lambda: heard.of(ExecuteResult, exchange))  # deno may be idle before
    said = told(heard, exchange)
    assert (sorted(said) if kernel.name == "deno" else said) == [
        "busy",
        "execute_input",
        "execute_result",
        "idle",
    ]
    [started], [result] = heard.of(ExecuteInput, exchange), heard.of(ExecuteResult, exchange)
    shown = (
        result.data["text/plain"] if kernel.is_python else plain(result.data)
    )  # deno's is yellow
    assert shown == "42"
    assert {started.execution_count, result.execution_count, reply.execution_count} == {before + 1}
    assert started.code == "6*7"
    assert reply.is_ok


async def test_error(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    exchange, reply = await run(client, WORDS[kernel.language].failing)
    [error] = heard.of(Error, exchange)
    assert reply.status == "error"
    if kernel.is_python:  # xeus-python says <class 'ZeroDivisionError'>
        assert "ZeroDivisionError" in error.ename
        assert "ZeroDivisionError" in COLOURS.sub("", "\n".join(error.traceback))
        assert (reply.ename, reply.evalue) == (error.ename, error.evalue)


async def test_output(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    exchange, reply = await run(client, WORDS[kernel.language].hello)
    assert reply.is_ok
    assert "".join(s.text for s in heard.of(Stream, exchange)) == "hello\n"
    assert {s.name for s in heard.of(Stream, exchange)} == {"stdout"}


async def test_display(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    exchange, _ = await run(client, WORDS[kernel.language].display)
    [shown] = heard.of(DisplayData, exchange)
    assert shown.data["text/html"] == "<b>x</b>"
    assert "text/plain" in shown.data or not kernel.is_python


async def test_clear(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    exchange, _ = await run(client, WORDS[kernel.language].clear)
    assert heard.of(ClearOutput, exchange) == [ClearOutput(wait=False)]
    kinds = [m.content for m in heard.messages if isinstance(m.content, Stream | ClearOutput)]
    after = kinds[kinds.index(ClearOutput(wait=False)) + 1 :]
    assert "".join(s.text for s in after if isinstance(s, Stream)) == "2\n"


async def test_page(attach: Attach, kernel: Built) -> None:
    client, _ = await attach()
    _, reply = await run(client, WORDS[kernel.language].page)
    [page] = reply.payload
    assert page["source"] == "page"
    assert WORDS[kernel.language].paged in plain(page["data"])


async def test_next_input(attach: Attach) -> None:
    client, _ = await attach()
    _, reply = await run(client, "get_ipython().set_next_input('x = 1')")
    [payload] = reply.payload
    assert (payload["source"], payload["text"]) == ("set_next_input", "x = 1")


async def test_expressions(attach: Attach) -> None:
    client, _ = await attach()
    exchange = client.execute("", silent=True, user_expressions={"a": "6*7", "b": "no_such"})
    await client.settled(exchange)
    assert exchange.reply is not None
    assert isinstance(exchange.reply.content, ExecuteReply)
    values = exchange.reply.content.user_expressions
    assert values is not None
    assert (values["a"]["status"], values["a"]["data"]["text/plain"]) == ("ok", "42")
    assert values["b"]["status"] == "error"
    assert "NameError" in values["b"]["ename"]


async def test_completion(attach: Attach, kernel: Built) -> None:
    """In the second line, behind characters that take two UTF-16 units each."""
    client, _ = await attach()
    code, match = WORDS[kernel.language].begun, WORDS[kernel.language].match
    request = CompleteRequest(code=code + "\nx", cursor_pos=len(code))
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, CompleteReply)
    assert match in reply.content.matches
    start, end = reply.content.cursor_start, reply.content.cursor_end
    assert start is not None
    assert code[:start] + match + code[end:] == code[: code.rindex(";") + 2] + match


async def test_no_completion(attach: Attach) -> None:
    client, _ = await attach()
    request = CompleteRequest(code="zzqqxx", cursor_pos=6)
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, CompleteReply)
    assert reply.content.matches == []


async def test_inspection(attach: Attach) -> None:
    client, _ = await attach()
    request = InspectRequest(code="x = conform(1, ", cursor_pos=15)
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, InspectReply)
    assert reply.content.found
    page = plain(reply.content.data)
    assert "conform(first, second=2)" in page
    assert "Say how." in page
    request = InspectRequest(code="no_such_name", cursor_pos=12)
    reply = await client.ask(request, timeout_s=ANSWER_S)
    assert isinstance(reply.content, InspectReply)
    assert (reply.content.found, reply.content.data) == (False, {})


async def test_history(attach: Attach) -> None:
    client, _ = await attach()
    await run(client, "'é 1'")
    await run(client, "'é 2'")
    reply = await client.ask(HistoryRequest(n=2), timeout_s=ANSWER_S)
    assert isinstance(reply.content, HistoryReply)
    assert reply.content.sources == ["'é 1'", "'é 2'"]


async def test_input(attach: Attach, kernel: Built) -> None:
    client, heard = await attach()
    exchange = client.execute(WORDS[kernel.language].ask)
    await heard.until(lambda: heard.of(InputRequest))
    assert heard.of(InputRequest) == [InputRequest(prompt="name? ", password=False)]
    client.answer_input("Ada", heard.messages[-1])
    await client.settled(exchange)
    assert "".join(s.text for s in heard.of(Stream, exchange)) == "<Ada>\n"


async def test_end_of_file(attach: Attach) -> None:
    client, heard = await attach()
    exchange = client.execute("ask('name? ')")
    await heard.until(lambda: heard.of(InputRequest))
    client.answer_input(END_OF_FILE, heard.messages[-1])
    await client.settled(exchange)
    assert ["EOFError" in error.ename for error in heard.of(Error, exchange)] == [True]


async def test_interrupt(own: Built) -> None:
    """In a kernel of its own: bash_kernel may have begun another shell after it."""
    async with AsyncExitStack() as stack:
        client, heard = await prepared(own, stack)
        # Only once it runs: IPython before 4 goes deaf for good when SIGINT comes between its
        # announcing of code and the code (tornado closes the shell socket).
        exchange = client.execute(WORDS[own.language].sleep)
        await heard.until(lambda: heard.of(Stream, exchange))
        if own.name == "bash":  # it may lose its shell when SIGINT comes while it reads a line
            await until(lambda: runs(own.owner.pid, "sleep", "60"))
        await interrupt(client, own.owner)
        await client.settled(exchange)
        assert exchange.state is ExchangeState.DONE
        if own.is_python:
            assert [error.ename for error in heard.of(Error, exchange)] == ["KeyboardInterrupt"]


def runs(pid: int, *command: str) -> bool:
    """Return whether a process below another one runs a command."""
    for process in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.Error):
            if process.cmdline() == list(command):
                return True
    return False


async def test_two_clients(attach: Attach) -> None:
    (one, heard_one), (two, heard_two) = await attach(), await attach()
    first, _ = await run(one, "1")
    second, _ = await run(two, "2")
    await heard_one.until(lambda: "idle" in told(heard_one, second))
    await heard_two.until(lambda: "idle" in told(heard_two, first))
    [theirs], [ours] = heard_two.of(ExecuteInput, first), heard_one.of(ExecuteInput, second)
    assert (theirs.code, ours.code) == ("1", "2")
    assert theirs.execution_count is not None
    assert ours.execution_count == theirs.execution_count + 1
    assert (heard_one.settled[-1], heard_two.settled[-1]) == (first, second)
    assert (one.is_busy, two.is_busy) == (False, False)


async def test_ports(attach: Attach, kernel: Built) -> None:
    """Deprecated, and not answered by everybody."""
    client, _ = await attach()
    reply = await client.ask(ConnectRequest(), timeout_s=ANSWER_S)
    assert isinstance(reply.content, ConnectReply)
    assert reply.content.shell_port == kernel.connection.shell_port


async def test_completeness(attach: Attach, kernel: Built) -> None:
    client, _ = await attach()
    try:
        reply = await client.ask(IsCompleteRequest(code="x = ("), timeout_s=ANSWER_S)
    except RequestLostError:
        assert kernel.name in V4
        pytest.skip(f"{kernel.name}: protocol 4 has no such question")
    assert isinstance(reply.content, IsCompleteReply)
    assert reply.content.status == WORDS[kernel.language].incomplete


@pytest.fixture
def own(kernel: Built) -> Iterator[Built]:
    """Run another one, for a test after which it is another or none."""
    with running(kernel.name) as built:
        yield built


async def test_shutdown(own: Built) -> None:
    async with AsyncExitStack() as stack:
        client, _ = await prepared(own, stack)
        has_control = own.connection.control_port is not None
        client.send(Channel.CONTROL if has_control else Channel.SHELL, ShutdownRequest())
        assert await own.owner.wait_exit() == 0
