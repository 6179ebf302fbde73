"""The script behind `make run` and `make test`, with venv and pip played by a stand-in."""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from support.sources import ROOT


class Workshop:
    """The script, an environment directory, and a record of what would have been run."""

    def __init__(self, script: ModuleType, directory: Path) -> None:
        self.script = script
        self.directory = directory
        self.commands: list[list[str]] = []
        self.fails_at: str | None = None
        self.error: BaseException = KeyboardInterrupt()

    def run(self, command: list[str]) -> None:
        """Stand in for the script's `run`."""
        self.commands.append(command)
        if "venv" in command:
            assert "--clear" not in command, "it would remove the mark"
            (self.directory / "bin").mkdir()
            (self.directory / "bin" / "python").symlink_to(sys.executable)
        if self.fails_at in command:
            raise self.error

    def make(self, extra: str = "test") -> int:
        """Run the script; return its exit code and forget earlier commands."""
        self.commands.clear()
        code: int = self.script.main([str(self.directory), extra])
        return code

    @property
    def made(self) -> list[str]:
        """What was done, in a word each."""
        return ["venv" if "venv" in command else command[-1] for command in self.commands]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    spec = spec_from_file_location("make_env", ROOT / "packaging" / "make_env.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    workshop = Workshop(script, tmp_path / "environment")
    monkeypatch.setattr(script, "run", workshop.run)
    return workshop


def test_first_time_makes_and_installs(workshop: Workshop) -> None:
    assert workshop.make() == 0
    assert workshop.made == ["venv", f"{ROOT}[test]"]


def test_second_time_does_nothing(workshop: Workshop) -> None:
    workshop.make()
    assert workshop.make() == 0
    assert workshop.made == []


def test_another_extra_keeps_those_there_were(workshop: Workshop) -> None:
    workshop.make("test")
    workshop.make("dev")
    assert workshop.made == [f"{ROOT}[dev,test]"]
    workshop.make("")
    assert workshop.made == [f"{ROOT}[dev,test]"]


def test_changed_project_file_is_installed_again(workshop: Workshop) -> None:
    workshop.make()
    change_stamp(workshop, project="of yesterday")
    workshop.make()
    assert workshop.made == [f"{ROOT}[test]"]


def test_changed_interpreter_makes_the_environment_anew(workshop: Workshop) -> None:
    workshop.make()
    change_stamp(workshop, interpreter="Python 3.10")
    workshop.make()
    assert workshop.made == ["venv", f"{ROOT}[test]"]


@pytest.mark.parametrize("step", ["venv", "install"])
def test_interrupted_environment_is_made_anew(workshop: Workshop, step: str) -> None:
    workshop.fails_at = step
    assert workshop.make() == 130
    workshop.fails_at = None
    assert workshop.make() == 0
    assert workshop.made == ["venv", f"{ROOT}[test]"]


def test_failure_of_pip_is_the_exit_code_and_not_a_traceback(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    workshop.fails_at = "install"
    workshop.error = subprocess.CalledProcessError(23, "pip")
    assert workshop.make() == 23
    assert "the lines above say why" in capsys.readouterr().err
    assert workshop.make() == 23
    assert workshop.made[0] == "venv"


def change_stamp(workshop: Workshop, **values: str) -> None:
    """Pretend that the environment was made from something else."""
    file = workshop.directory / workshop.script.STAMP
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def test_what_somebody_else_made_is_never_deleted(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    (workshop.directory / "bin").mkdir(parents=True)
    (workshop.directory / "bin" / "python").symlink_to("/bin/false")  # an environment without pip
    (workshop.directory / "precious").touch()
    assert workshop.make() == 1
    assert (workshop.directory / "precious").exists()
    assert "was not made by make" in capsys.readouterr().err
