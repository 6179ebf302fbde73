"""Kernels that were told by a file how to be reached: each way that such a file may be written."""

import asyncio
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import pytest

from support.recorder import Recorder
from support.subjects import READY_S, joined
from vitrail.kernel.attaching import way_to_existing
from vitrail.kernel.client import KernelClient
from vitrail.kernel.interrupt import interrupt
from vitrail.kernel.ports import free_ports
from vitrail.kernel.process import KernelProcess
from vitrail.kernel.reach import until_listening
from vitrail.options import AttachOptions
from vitrail.protocol.broadcasts import CommMsg, ExecuteResult, Stream
from vitrail.protocol.connection import (
    ConnectionInfo,
    parse_connection,
    read_connection_file,
    write_connection_file,
)
from vitrail.protocol.exchange import ExchangeState
from vitrail.protocol.requests import CompleteRequest

pytestmark = pytest.mark.kernel

COMPLETE = CompleteRequest(code="al", cursor_pos=2)
KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84"
PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
IPC_PORTS = dict(zip(PORTS, range(1, 6), strict=True))
SCHEMES = ("md5", "sha1", "sha224", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")

Serve = Callable[..., Path]


@pytest.fixture
def directory() -> Iterator[Path]:
    """Give a directory whose path leaves room for a socket's name."""
    with tempfile.TemporaryDirectory(prefix="vt-") as name:
        yield Path(name)


@pytest.fixture
def serve(directory: Path) -> Iterator[Serve]:
    """Return a function that starts the default kernel on a file with the given fields."""
    with ExitStack() as stack:

        def start(*, told: Path | None = None, **changes: Any) -> Path:
            file = told or directory / f"kernel-{len(list(directory.iterdir()))}.json"
            if told is None:
                fields: dict[str, Any] = dict(zip(PORTS, free_ports(5), strict=True))
                fields |= {"ip": "127.0.0.1", "key": KEY, "transport": "tcp"} | changes
                kept = {name: value for name, value in fields.items() if value is not ...}
                file.write_text(json.dumps(kept))
            process = subprocess.Popen(
                [sys.executable, "-m", "ipykernel_launcher", "-f", str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return file

        yield start


@pytest.fixture
async def attached() -> AsyncIterator[Callable[..., Any]]:
    """Return a function that makes a ready client, and what it hears, from a file."""
    async with AsyncExitStack() as stack:

        async def client_of(info: ConnectionInfo) -> tuple[KernelClient, Recorder]:
            return await joined(info, stack)

        yield client_of


async def computes(client: KernelClient, heard: Recorder) -> bool:
    exchange = client.execute("6*7")
    await client.settled(exchange)
    [result] = heard.of(ExecuteResult, exchange)
    return bool(result.data["text/plain"] == "42") and not client.counters


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
async def test_the_file_that_we_write_serves_kernel_and_jupyter_client_alike(
    serve: Serve, attached: Any, directory: Path, transport: str
) -> None:
    file = directory / "ours.json"
    numbers = free_ports(5) if transport == "tcp" else [1, 2, 3, 4, 5]
    ports = dict(zip(PORTS, numbers, strict=True))
    ip = "127.0.0.1" if transport == "tcp" else str(directory / "ours-ipc")
    told = {**ports, "ip": ip, "transport": transport, "key": KEY}
    write_connection_file(file, parse_connection(json.dumps(told)))
    serve(told=file)
    assert await computes(*await attached(read_connection_file(file)))
    assert await jupyter_client_computes(file)


async def test_a_key_in_a_file_of_its_own_takes_the_place_of_the_connection_files(
    serve: Serve, attached: Any, directory: Path
) -> None:
    """Also of one that is signed otherwise, or not at all."""
    told = serve(signature_scheme="hmac-sha512")
    key_file = directory / "key"
    key_file.write_text(f"  {KEY}\n")
    for fields in ({"key": ""}, {"key": "another"}):
        keyless = directory / "told.json"
        keyless.write_text(json.dumps(json.loads(told.read_text()) | fields))
        options = AttachOptions(existing=str(keyless), key_file=key_file)
        info = way_to_existing(options)
        assert isinstance(info, ConnectionInfo)
        assert await computes(*await attached(info))


JUPYTER_CLIENT = (
    "import sys\n"
    "from jupyter_client.blocking.client import BlockingKernelClient\n"
    "client = BlockingKernelClient(connection_file=sys.argv[1])\n"
    "client.load_connection_file()\n"
    "client.start_channels()\n"
    "client.wait_for_ready(timeout=30)\n"
    "reply = client.execute('6*7', reply=True, timeout=30)\n"
    "assert reply['content']['status'] == 'ok'\n"
    "client.stop_channels()\n"
)


async def jupyter_client_computes(file: Path) -> bool:
    """Let jupyter_client do the same, in a process of its own: it leaves event loops behind."""
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", JUPYTER_CLIENT, file)
    return await program.wait() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_messages_are_signed_as_the_file_says(
    serve: Serve, attached: Any, scheme: str
) -> None:
    info = read_connection_file(serve(signature_scheme=f"hmac-{scheme}"))
    assert await computes(*await attached(info))


@pytest.mark.parametrize(
    "changes",
    [
        {"signature_scheme": ...},
        {"key": ""},
        {"key": "schlüssel-鍵"},
        {"transport": "TCP"},
        {"transport": ...},
        {"ip": ...},
        {"ip": "0.0.0.0"},
        {"kernel_name": "python3", "curve_publickey": None, "unheard_of": [1]},
    ],
    ids=str,
)
async def test_a_kernel_is_reached_however_its_file_is_written(
    serve: Serve, attached: Any, changes: dict[str, Any]
) -> None:
    info = read_connection_file(serve(**changes))
    assert info.signed is (changes.get("key") != "")
    assert await computes(*await attached(info))


async def test_an_empty_scheme_is_the_usual_one(serve: Serve, attached: Any) -> None:
    """IPython 1.x writes one; the kernel of today would not start with it."""
    file = serve(signature_scheme="hmac-sha256")
    await until_listening(read_connection_file(file), READY_S)  # it has read the file
    file.write_text(json.dumps(json.loads(file.read_text()) | {"signature_scheme": ""}))
    assert await computes(*await attached(read_connection_file(file)))


async def test_a_file_without_a_key_means_unsigned_and_a_kernel_with_one_stays_silent(
    serve: Serve,
) -> None:
    """ipykernel takes a random key then: nobody can talk to it."""
    info = read_connection_file(serve(key=...))
    assert not info.signed
    client = KernelClient(info)
    await client.connect()
    with pytest.raises(TimeoutError, match="did not answer"):
        await client.ready(3)
    client.close()


async def test_a_kernel_without_a_control_channel_runs_and_is_asked_aside(
    serve: Serve, attached: Any
) -> None:
    """Engines of 2013 have none."""
    file = serve()
    await until_listening(read_connection_file(file), READY_S)
    fields = json.loads(file.read_text())
    del fields["control_port"]
    file.write_text(json.dumps(fields))
    client, heard = await attached(read_connection_file(file))
    assert await computes(client, heard)
    exchange = client.execute("print('started', flush=True); import time; time.sleep(1)")
    await heard.until(lambda: heard.of(Stream, exchange))
    await client.aside(COMPLETE, READY_S)
    await interrupt(client, None)  # by message it cannot be
    await client.settled(exchange)
    assert exchange.state is ExchangeState.DONE


async def test_what_we_attached_to_is_left_as_it_was(
    serve: Serve, attached: Any, directory: Path
) -> None:
    file = serve(transport="ipc", ip=str(directory / "theirs"), **IPC_PORTS)
    before = file.read_bytes()
    client, heard = await attached(read_connection_file(file))
    assert await computes(client, heard)
    client.close()
    assert file.read_bytes() == before
    assert {path.name for path in directory.iterdir()} == {
        file.name,
        *(f"theirs-{number}" for number in range(1, 6)),
    }


async def test_the_file_of_a_kernel_of_ours_is_for_this_user_only() -> None:
    process = await KernelProcess.launch("python3")
    try:
        file = process.connection_file
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
        assert file.stat().st_uid == os.getuid()
    finally:
        await process.terminate()
    assert not file.exists()


async def test_buffers_of_comms_arrive_as_they_were_sent(serve: Serve, attached: Any) -> None:
    client, heard = await attached(read_connection_file(serve()))
    code = (
        "from comm import create_comm\n"
        "it = create_comm(target_name='buffers')\n"
        "it.send({'n': 2}, buffers=[b'\\x00\\xff', memoryview(bytearray(100_000))])"
    )
    exchange = client.execute(code)
    await client.settled(exchange)
    [message] = [m for m in heard.messages if isinstance(m.content, CommMsg)]
    assert [bytes(buffer) for buffer in message.buffers] == [b"\x00\xff", bytes(100_000)]
    assert message.parent_id == exchange.request.msg_id


async def test_a_result_of_twenty_megabytes_arrives(serve: Serve, attached: Any) -> None:
    client, heard = await attached(read_connection_file(serve()))
    exchange = client.execute("'x' * 20_000_000")
    await client.settled(exchange)
    assert len(heard.of(ExecuteResult, exchange)[0].data["text/plain"]) == 20_000_002
    assert max(len(entry.content) for entry in client.log.entries()) < 10_000


async def test_each_part_of_a_kernels_wire_is_verified_as_it_came(
    serve: Serve, attached: Any
) -> None:
    client, heard = await attached(read_connection_file(serve()))
    code = "print('\\u00e9\\u2028\\U0001f600 \\\\u00e9'); {'nan': float('nan')}"
    exchange = client.execute(code)
    await client.settled(exchange)
    assert "".join(text.text for text in heard.of(Stream, exchange)) == "é\u2028😀 \\u00e9\n"
    assert not client.counters
