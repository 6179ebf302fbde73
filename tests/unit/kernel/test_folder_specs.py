"""A folder build launches a kernel that says "python" with a Python, never with itself."""

import json
import sys
from pathlib import Path

import pytest

from vitrail.kernel.discovery import kernelspecs


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an environment with a kernelspec as ipykernel leaves it, seen by a folder build."""
    directory = tmp_path / "share/jupyter/kernels/mine"
    directory.mkdir(parents=True)
    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    told = {"argv": argv, "display_name": "Mine", "language": "python"}
    (directory / "kernel.json").write_text(json.dumps(told), "utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share/jupyter"))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return tmp_path


def _program(directory: Path, name: str) -> Path:
    directory.mkdir(exist_ok=True)
    program = directory / name
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    return program


def test_it_is_the_interpreter_of_the_environment_that_the_kernelspec_lies_in(
    prefix: Path,
) -> None:
    own = _program(prefix / "bin", "python")
    (spec,) = (each for each in kernelspecs() if each.name == "mine")
    assert (spec.program, spec.problem) == (str(own), "")


def test_it_is_the_users_where_the_kernelspec_lies_alone(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = _program(prefix / "elsewhere", "python3")
    monkeypatch.setenv("PATH", str(users.parent))
    (spec,) = (each for each in kernelspecs() if each.name == "mine")
    assert (spec.program, spec.problem) == (str(users), "")


def test_it_is_told_where_there_is_none(prefix: Path) -> None:
    (spec,) = (each for each in kernelspecs() if each.name == "mine")
    assert spec.program == str(prefix / "bin/python3")
    assert "was not found" in spec.problem
