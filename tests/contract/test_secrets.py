"""The key of a connection stays where it is needed: nothing that is shown or written holds it."""

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.fake_kernel import FakeKernel, script_result
from support.recorder import Recorder
from support.subjects import READY_S
from vitrail.headless.main import run
from vitrail.kernel.client import KernelClient
from vitrail.kernel.live import LiveKernel
from vitrail.kernel.process import KernelProcess, LaunchError
from vitrail.options import RunOptions
from vitrail.protocol.connection import write_connection_file
from vitrail.protocol.session import Session

KEY = "5ecret-5ecret-5ecret"


def words(thing: object, depth: int = 3) -> Iterator[str]:
    """Give the ``repr`` of a thing of ours and of what it holds."""
    yield repr(thing)
    if depth and type(thing).__module__.startswith("vitrail."):
        names = {*getattr(thing, "__dict__", ()), *getattr(type(thing), "__slots__", ())}
        for name in names - {"key", "curve_publickey", "curve_secretkey", "_secrets", "_kept"}:
            yield from words(getattr(thing, name, None), depth - 1)


async def test_no_representation_holds_the_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeKernel({"1": script_result("1")}, key=KEY.encode()) as kernel:
        client = KernelClient(kernel.connection, listener=Recorder())
        live = LiveKernel(kernel.connection)
        await client.connect()
        await client.ready(READY_S)
        exchange = client.execute("1")
        await client.settled(exchange)
        texts = [*words(client), *words(live), *words(exchange), str(client.log.entries())]
        assert len(texts) > 20
        assert not [text for text in texts if KEY in text]
        client.close()
        await live.close()
    assert KEY not in caplog.text


def test_no_error_about_a_session_holds_the_key() -> None:
    with pytest.raises(Exception, match="signature_scheme") as raised:
        Session(now=lambda: pytest.fail("not asked"), key=KEY.encode(), signature_scheme="x")
    assert KEY not in f"{raised.value!r}"


@pytest.mark.kernel
def test_no_export_and_no_log_of_a_run_holds_the_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """With everything logged, as --debug does; jupyter_client logs what it launches."""
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    launched = KernelProcess.launch

    async def launch(*args: Any, **options: Any) -> KernelProcess:
        process = await launched(*args, **options)
        told.append(json.loads(process.connection_file.read_text())["key"])
        return process

    targets = tuple(tmp_path / f"out.{end}" for end in ("ipynb", "html", "md", "py", "txt"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KernelProcess, "launch", launch)
        assert run(RunOptions(code=("6*7", "print('hi')"), to=targets)) == 0
    [key] = told
    assert len(key) > 20
    written = [path.read_text() for path in targets]
    assert "42" in written[0]
    assert not [text for text in (*written, caplog.text, *capsys.readouterr()) if key in text]


async def test_the_last_words_of_a_kernel_do_not_hold_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback may show the connection file's content."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    directory = tmp_path / "kernels" / "chatty"
    directory.mkdir(parents=True)
    code = "import sys; raise SystemExit(open(sys.argv[1]).read())"
    argv = [sys.executable, "-S", "-c", code, "{connection_file}"]
    spec = {"argv": argv, "display_name": "Chatty", "language": "none"}
    (directory / "kernel.json").write_text(json.dumps(spec))
    process = await KernelProcess.launch("chatty")
    kernel = LiveKernel(process)
    with pytest.raises(LaunchError) as raised:
        await kernel.open()
    await kernel.close()
    assert '"key": "[removed]"' in str(raised.value)
    assert process.connection.key.decode() not in str(raised.value)


def test_what_is_said_about_a_bad_connection_file_does_not_hold_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "k.json"
    with FakeKernel(key=KEY.encode()) as kernel:
        write_connection_file(file, kernel.connection)
    for spoil in spoilt(json.loads(file.read_text())):
        file.write_text(spoil)
        assert run(RunOptions(code=("1",), existing=str(file))) == 2
        assert KEY not in "".join(capsys.readouterr())


def spoilt(fields: dict[str, Any]) -> Iterator[str]:
    for name in ("shell_port", "signature_scheme", "transport", "curve_publickey", "ip"):
        yield json.dumps(fields | {name: {"no": KEY} if name != "transport" else "udp"})
    yield json.dumps(fields)[:-1]
    yield json.dumps([fields])
