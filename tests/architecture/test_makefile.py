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


@needs_make
def test_interpreter_that_pyenv_has_but_not_selected_is_taken(tmp_path: Path) -> None:
    """Played by programs that answer as pyenv 2.3 and its shims do."""
    shim, pyenv = tmp_path / "python3.99", tmp_path / "pyenv"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.99: command not found' >&2\nexit 127\n")
    pyenv.write_text(
        '#!/bin/sh\n[ "$1 $2" = "whence python3.99" ] && printf "3.99.0\\n3.99.1\\n" && exit\n'
        '[ "$PYENV_VERSION $1" = "3.99.1 which" ] && echo "/versions/3.99.1/$2"\n'
    )
    for program in (shim, pyenv):
        program.chmod(0o755)
    env = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    command = ["make", "-C", str(ROOT), "--dry-run", "test", "PYTHON=python3.99"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert "/versions/3.99.1/python3.99 packaging/make_env.py .venv-python3.99 test" in done.stdout
    assert ".venv-python3.99/bin/python -m pytest" in done.stdout
