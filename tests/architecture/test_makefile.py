"""What `make run` says on a machine that cannot run it; nothing is installed for that."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.sources import ROOT

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")


def make(*arguments: str) -> tuple[int, list[str]]:
    """Run make without a display; return its exit code and the lines that Vitrail says."""
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in outer}
    command = ["make", "-C", str(ROOT), *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    said = (done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in said if line.startswith("vitrail: ")]


@needs_make
@on_linux
def test_run_without_a_display_says_so_and_stops() -> None:
    code, said = make("run", f"PYTHON={sys.executable}")
    assert code != 0
    assert "vitrail run" in said[0]


@needs_make
def test_interpreter_that_is_not_there_is_named() -> None:
    code, [line] = make("test", "PYTHON=python3.99")
    assert code != 0
    assert "there is no python3.99; Vitrail needs Python >= 3.11" in line
    assert "apt-get install" in line


@needs_make
def test_old_interpreter_stops_before_anything_is_made(tmp_path: Path) -> None:
    """Played by this interpreter, whose version is made old before the script runs."""
    old = tmp_path / "python3.9"
    lie = (
        "import sys; sys.version_info = (3, 9, 18); path = sys.argv[1]; sys.argv = sys.argv[1:]; "
        "exec(compile(open(path).read(), path, 'exec'), {'__name__': '__main__'})"
    )
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -W ignore -c "{lie}" "$@"\n')
    old.chmod(0o755)
    code, [line] = make("test", f"PYTHON={old}")
    assert code != 0
    assert "is Python 3.9" in line
    assert not (ROOT / ".venv-python3.9").exists()
