"""`vitrail doctor` against kernels that are well, ill and gone."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support.fake_kernel import FakeKernel, Manners
from support.patience import PATIENCE_S
from support.recorder import Recorder
from support.subjects import SLEEP, launched
from vitrail.doctor.main import examine
from vitrail.doctor.probe import CHANNELS_S
from vitrail.kernel.client import KernelClient
from vitrail.kernel.discovery import runtime_dir
from vitrail.options import DoctorOptions
from vitrail.protocol.broadcasts import Stream
from vitrail.protocol.connection import ConnectionInfo, write_connection_file

Examine = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what other tests left running out of the report."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    runtime_dir().mkdir()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that installs a kernelspec."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def kernelspec(name: str, *argv: str, **fields: Any) -> str:
        directory = tmp_path / "kernels" / name
        directory.mkdir(parents=True)
        spec = {"argv": argv, "display_name": name, "language": "none", **fields}
        (directory / "kernel.json").write_text(json.dumps(spec))
        return name

    return kernelspec


@pytest.fixture
def examined(capsys: pytest.CaptureFixture[str]) -> Examine:
    """Return a function that examines and gives the exit status and the report."""

    def run(**options: Any) -> tuple[int, dict[str, Any]]:
        status = examine(DoctorOptions(json=True, **options))
        return status, json.loads(capsys.readouterr().out)

    return run


def connection_file(connection: ConnectionInfo) -> str:
    file = runtime_dir() / "kernel-x.json"
    write_connection_file(file, connection)
    return str(file)


def kernel_of(report: dict[str, Any]) -> dict[str, Any]:
    [facts] = [facts for title, facts in report.items() if title.startswith("kernel of")]
    return dict(facts)


def test_a_sound_kernel_that_runs_is_well_and_left_alone(examined: Examine) -> None:
    with FakeKernel() as kernel:
        file = connection_file(kernel.connection)
        status, report = examined(existing=file)
        assert (status, report["faults"], report["ok"]) == (0, [], True)
        facts = kernel_of(report)
        channels = [facts[name] for name in ("heartbeat", "shell", "control", "iopub")]
        assert all(answer.startswith("answers in") for answer in channels)
        assert facts["protocol"] == "5.5"
        assert report["running kernels"]["kernel-x.json"].startswith("answers in")
        for harmful in ("shutdown_request", "interrupt_request", "execute_request"):
            assert kernel.received(harmful) == []
        assert len(kernel.received("create_subshell_request")) == 1
        assert len(kernel.received("delete_subshell_request")) == 1
    assert Path(file).exists()


@pytest.mark.parametrize("as_json", [False, True])
def test_no_key_is_printed(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with FakeKernel(key=b"a-very-secret-key", curve=True) as kernel:
        file = connection_file(kernel.connection)
        examine(DoctorOptions(existing=file, json=as_json))
        told = "".join(capsys.readouterr())
        assert "CurveZMQ" in told
        assert "a-very-secret-key" not in told
        assert kernel.connection.curve_secretkey is not None
        assert kernel.connection.curve_secretkey.decode() not in told


@pytest.mark.parametrize(
    ("manners", "fault"),
    [
        (Manners(deaf=frozenset({"kernel_info_request"})), "answers no question"),
        (Manners(statusless=frozenset({"kernel_info_request"})), "Nothing comes on iopub"),
        (Manners(mute=frozenset({"create_subshell_request"})), "did not make one"),
    ],
)
def test_what_is_wrong_is_told(examined: Examine, manners: Manners, fault: str) -> None:
    with FakeKernel({}, manners) as kernel:
        status, report = examined(existing=connection_file(kernel.connection))
    assert status == 1
    assert any(fault in sentence for sentence in report["faults"])


@pytest.mark.kernel
def test_another_key_is_told(examined: Examine) -> None:
    with contextlib.closing(launched("ipykernel", "python3")) as kernels:
        kernel = next(kernels)
        wrong = connection_file(replace(kernel.connection, key=b"another"))
        status, report = examined(existing=wrong)
    assert status == 1
    # Its first words betray it, if they are not over yet.
    assert re.search("signed with another key|key is not its own", report["faults"][0])


@pytest.mark.kernel
def test_a_stopped_kernel_and_a_busy_one_are_told(examined: Examine) -> None:
    with contextlib.closing(launched("ipykernel", "python3")) as kernels:
        kernel = next(kernels)
        assert kernel.process is not None
        file = connection_file(kernel.connection)
        assert examined(existing=file)[0] == 0
        asyncio.run(occupy(kernel.connection))
        status, report = examined(existing=file)
        assert (status, report["faults"]) == (0, [])
        assert "runs a cell" in report["notes"][0]
        os.kill(kernel.process.pid, signal.SIGSTOP)
        status, report = examined(existing=file)
        os.kill(kernel.process.pid, signal.SIGCONT)
    assert status == 1
    assert "it is stopped" in report["faults"][0]


async def occupy(connection: ConnectionInfo) -> None:
    client = KernelClient(connection, listener=(heard := Recorder()))
    await client.connect()
    await client.ready(PATIENCE_S)
    exchange = client.execute(SLEEP)
    await heard.until(lambda: heard.of(Stream, exchange))
    client.close()


def test_a_listener_that_is_no_kernel_is_told_in_time(examined: Examine) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        connection = ConnectionInfo(shell_port=port, iopub_port=port, stdin_port=port, hb_port=port)
        status, report = examined(existing=connection_file(connection))
    assert status == 1
    assert "answers nothing" in report["faults"][0]
    assert report["running kernels"]["kernel-x.json"] == "no answer"
    assert CHANNELS_S <= 5


def test_a_kernel_that_has_ended_is_told(examined: Examine) -> None:
    with FakeKernel() as kernel:
        file = connection_file(kernel.connection)
    os.utime(file, (0, 0))  # a new file's kernel is waited for
    status, report = examined(existing=file)
    assert status == 1
    assert "has probably ended" in report["faults"][0]
    assert report["running kernels"]["kernel-x.json"] == "ended"
    assert "left behind" in report["notes"][0]


def test_an_unreadable_connection_file_is_told_and_the_rest_examined(examined: Examine) -> None:
    (runtime_dir() / "kernel-bad.json").write_text("{")
    status, report = examined()
    assert "is not JSON" in report["running kernels"]["kernel-bad.json"]
    assert status == 0


@pytest.mark.kernel
def test_a_kernel_is_launched_examined_and_ended(examined: Examine) -> None:
    status, report = examined(kernel="python3")
    facts = report["kernel python3"]
    assert (status, report["faults"]) == (0, [])
    assert facts["subshells"] == "yes"
    assert facts["interrupt request"] == "taken"
    assert facts["interrupt mode"] == "signal (kernelspec)"
    assert facts["traffic"] == "encrypted (CurveZMQ)"
    assert list(runtime_dir().iterdir()) == []


def test_a_kernel_that_dies_at_start_is_told(
    examined: Examine, install: Callable[..., str]
) -> None:
    name = install("mortal", sys.executable, "-c", "raise SystemExit('no luck')")
    status, report = examined(kernel=name)
    assert status == 1
    assert "died while starting (exit code 1)" in report["faults"][0]
    assert report["kernel mortal"]["its last words"] == "no luck"


def test_broken_kernelspecs_are_named_with_the_reason(
    examined: Examine, install: Callable[..., str], tmp_path: Path
) -> None:
    install("good", sys.executable)
    install("gone", "/no/such/program")
    (tmp_path / "kernels" / "bad").mkdir()
    (tmp_path / "kernels" / "bad" / "kernel.json").write_text("{")
    status, report = examined()
    assert status == 1
    assert report["kernelspecs"]["good"].startswith("good (none), ")
    assert [report["kernelspecs"][name] for name in ("bad", "gone")] == ["broken", "broken"]
    assert any("'/no/such/program' was not found" in fault for fault in report["faults"])
    assert any("'bad' cannot be used" in fault for fault in report["faults"])
    status, again = examined(kernel="gone")
    assert (status, len(again["faults"])) == (1, len(report["faults"]) + 1)


@pytest.mark.parametrize(
    "options", [DoctorOptions(kernel="no-such-kernel"), DoctorOptions(existing="no-such-file")]
)
def test_a_wrong_call_is_refused_in_one_line(
    options: DoctorOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    assert examine(options) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("vitrail doctor: ")
    assert err.count("\n") == 1


def test_versions_are_told_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert examine(DoctorOptions()) == 0
    told = capsys.readouterr().out
    for word in ("Python", "Qt", "pyzmq", "jupyter_client", "ipykernel", "python3"):
        assert word in told
    assert told.endswith("All is well.\n")
