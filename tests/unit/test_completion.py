"""What shells complete, asked of the shells themselves."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vitrail.command_line.completion import commands, script
from vitrail.command_line.table import SHELLS, parsers

PATIENCE_S = 20.0

CASES = [
    ("--sin", {"--single-instance"}),
    ("do", {"doctor"}),
    ("run --ti", {"--timeout"}),
    ("doctor --sin", set[str]()),
    ("--theme da", {"dark"}),
    ("run --theme con", {"contrast"}),
    ("--kernel sn", {"snake"}),
    ("completion z", {"zsh"}),
    ("kernels --js", {"--json"}),
]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Give variables with which `vitrail` is a program that knows one kernel."""
    program = tmp_path / "bin" / "vitrail"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\n[ "$*" = "kernels --names" ] && echo snake\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(tmp_path), "TERM": "dumb"}


def source(shell: str, tmp_path: Path) -> Path:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / f"vitrail.{shell}"
    path.write_text(script(shell))
    return path


@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_bash_completes(
    tmp_path: Path, home: dict[str, str], typed: str, offered: set[str]
) -> None:
    ask = (
        f". {source('bash', tmp_path)}; COMP_WORDS=(vitrail {typed});"
        ' COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _vitrail; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", ask],
        env=home,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (set(done.stdout.split()), done.stderr) == (offered, "")


@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_fish_completes(
    tmp_path: Path, home: dict[str, str], typed: str, offered: set[str]
) -> None:
    ask = f"source {source('fish', tmp_path)}; complete -C 'vitrail {typed}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", ask],
        env=home,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} == offered
    assert done.stderr == ""


@pytest.mark.parametrize(("typed", "offered"), [CASES[n] for n in (0, 1, 5, 6)])
def test_zsh_completes(tmp_path: Path, home: dict[str, str], typed: str, offered: set[str]) -> None:
    """It completes only what is typed, so it gets a terminal."""
    file = source("zsh", tmp_path)
    [word] = offered
    setup = f"autoload -U compinit; compinit -D -u; source {file}; PS1=; echo rea''dy"
    terminal = Terminal(["zsh", "-f", "-i"], home, tmp_path)
    try:
        terminal.say(f"{setup}\n")
        terminal.read_until("ready")
        terminal.say(f"vitrail {typed}\t")
        terminal.read_until(f"{typed.split()[-1]}{word[len(typed.split()[-1]) :]}")
    finally:
        terminal.close()


class Terminal:
    """A program that believes that somebody types."""

    def __init__(self, command: list[str], variables: dict[str, str], cwd: Path) -> None:
        self._end, other = pty.openpty()
        self._process = subprocess.Popen(
            command,
            stdin=other,
            stdout=other,
            stderr=other,
            env=variables,
            cwd=cwd,
            start_new_session=True,
        )
        os.close(other)

    def say(self, text: str) -> None:
        os.write(self._end, text.encode())

    def read_until(self, wanted: str) -> None:
        seen = ""
        deadline = time.monotonic() + PATIENCE_S
        while wanted not in seen.replace("\b", ""):
            left = deadline - time.monotonic()
            assert left > 0, seen
            if select.select([self._end], [], [], left)[0]:
                seen += os.read(self._end, 4096).decode(errors="replace")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._end)


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_of_every_command_is_in_the_script(shell: str) -> None:
    text = script(shell)
    for options in commands().values():
        for name in (name for option in options for name in option.names):
            shown = name if shell != "fish" else f"-l {name[2:]}" if name[:2] == "--" else "-s"
            assert shown in text


@pytest.mark.parametrize("shell", SHELLS)
def test_script_is_understood_to_its_end(shell: str, tmp_path: Path) -> None:
    check = [shell, "-n", str(source(shell, tmp_path))]
    done = subprocess.run(check, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [name for name in parsers() if name])
def test_commands_are_those_that_are_parsed(command: str) -> None:
    from vitrail.cli import COMMANDS

    assert command in COMMANDS
    assert len(COMMANDS) == len(parsers()) - 1


@pytest.mark.parametrize("command", parsers())
def test_help_fits_a_screen(command: str) -> None:
    lines = parsers()[command].format_help().splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_scripts_are_written_without_anything_heavy() -> None:
    code = (
        "import sys; from vitrail.cli import main; main(['completion', 'bash']);"
        "sys.exit('PySide6' in sys.modules or 'zmq' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
