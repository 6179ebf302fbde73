"""`jupyter vitrail`, as it is found by the command that Jupyter's users know."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from support.desktop import Desktop
from support.program import Home, Program, until
from vitrail import __version__

BIN = Path(sys.executable).parent


def jupyter(home: Home, *arguments: str, **variables: str) -> Program:
    """Start `jupyter vitrail` with what is installed beside this interpreter alone."""
    path = os.pathsep.join((str(BIN), os.defpath))
    assert shutil.which("jupyter-vitrail", path=path), "the distribution is not installed here"
    environment = {**home.variables, "PATH": path, **variables}
    return Program([str(BIN / "jupyter"), "vitrail", *arguments], home.desk, environment)


def test_jupyter_knows_the_command(home: Home) -> None:
    with jupyter(home, "--version") as program:
        done = program.finish()
    assert (done.status, done.stdout.split(), done.stderr) == (0, ["vitrail", __version__], "")


@pytest.mark.xvfb
@pytest.mark.kernel
def test_jupyter_opens_a_window_in_which_code_runs(home: Home, desktop: Desktop) -> None:
    with jupyter(home, DISPLAY=desktop.server.display, QT_QPA_PLATFORM="xcb") as program:
        until(lambda: desktop.windows(program))
        desktop.focus(program)
        desktop.type("_ = open('out', 'w').write(str(6*7))")
        out = home.desk / "out"
        assert until(lambda: out.exists() and out.read_text()) == "42"
        desktop.quit(program)
        done = program.finish()
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
