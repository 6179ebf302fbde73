"""`vitrail kernels`: what is told of kernels, environments and those that run."""

import json
from pathlib import Path
from typing import Any

import pytest

from support.fake_kernel import FakeKernel
from vitrail.inventory.main import age, list_kernels
from vitrail.kernel.discovery import runtime_dir
from vitrail.options import KernelsOptions
from vitrail.protocol.connection import write_connection_file


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let there be one kernelspec of ours, one environment, and nothing that runs."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    runtime_dir().mkdir()
    spec = tmp_path / "kernels/abacus/kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text('{"argv": ["sh"], "display_name": "Aba\\u001bcus", "language": "beads"}')
    (tmp_path / "project/.venv/bin").mkdir(parents=True)
    (tmp_path / "project/.venv/bin/python").touch()
    (tmp_path / "project/.venv/pyvenv.cfg").write_text("version = 3.12.4\n")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    assert list_kernels(KernelsOptions(**options)) == 0
    return capsys.readouterr().out


def test_people_get_a_table_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = told(capsys)
    assert "abacus" in text
    assert "\x1b" not in text
    assert "~/project/.venv" in text
    assert "add ipykernel: " in text
    assert text.endswith("Running\n  none\n")


def test_running_kernels_are_told_without_their_keys(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeKernel() as fake:
        write_connection_file(runtime_dir() / "kernel-1.json", fake.connection)
        (runtime_dir() / "kernel-2.json").write_text("{")
        text, fields = told(capsys), json.loads(told(capsys, json=True))
    assert "kernel-1.json" in text
    assert "is not JSON" in text
    found = {Path(each["connection_file"]).name: each for each in fields["running"]}
    assert (found["kernel-1.json"]["state"], found["kernel-2.json"]["state"]) == ("alive", "broken")
    assert not found["kernel-1.json"]["is_orphan"]
    assert fake.connection.key.decode() not in text + json.dumps(fields)


def test_shells_get_what_can_be_launched(capsys: pytest.CaptureFixture[str]) -> None:
    names = told(capsys, names=True).splitlines()
    assert "abacus" in names
    assert "python3" in names
    assert not [name for name in names if name.endswith(".venv")]  # it has no ipykernel


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-1, "0 s"), (59, "59 s"), (60, "1 min"), (7300, "2 h"), (200_000, "2 d")],
)
def test_age_is_told_in_its_largest_unit(seconds: float, said: str) -> None:
    assert age(seconds) == said
