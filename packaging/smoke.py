"""Use an installed `vitrail` command as somebody would who just got it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

LIMIT_S = 120
RECORD = "import os; open('environment', 'w').write(repr(dict(os.environ)))"


def smoke_problems(command: Path, version: str, directory: Path) -> list[str]:
    """Run the command from an unrelated directory; return what is wrong, a line each.

    Args:
        command: What was installed.
        version: What it is to say of itself.
        directory: Empty; gets what the command writes.
    """
    environ = private_environment(directory)
    return [
        *_version_problems(command, version, environ),
        *_run_problems(command, directory, environ),
        *_window_problems(command, directory, environ),
    ]


def private_environment(directory: Path) -> dict[str, str]:
    """Return an environment without settings, with one kernel: this Python's ipykernel."""
    spec = directory / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    told = {"argv": argv, "display_name": "Python 3", "language": "python"}
    spec.write_text(json.dumps(told), "utf-8")
    environ = {name: each for name, each in os.environ.items() if name != "PYTHONPATH"}
    return environ | {
        "HOME": str(directory),
        "XDG_CONFIG_HOME": str(directory / "config"),
        "XDG_DATA_HOME": str(directory / "data"),
        "JUPYTER_PATH": str(directory / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(directory / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def _version_problems(command: Path, version: str, environ: Mapping[str, str]) -> list[str]:
    told = subprocess.run([command, "--version"], capture_output=True, text=True, env=environ)
    if told.returncode or version not in told.stdout:
        return [f"{command} --version said {told.stdout!r} {told.stderr!r}"]
    return []


def _run_problems(command: Path, directory: Path, environ: Mapping[str, str]) -> list[str]:
    """Compute and paint, and look at what the kernel inherits."""
    out, picture = directory / "out.txt", directory / "out.png"
    run = [str(command), "run", "-c", "6*7", "-c", RECORD, "--to", str(out), "--to", str(picture)]
    done = subprocess.run(
        run, capture_output=True, text=True, cwd=directory, timeout=LIMIT_S, env=environ
    )
    if done.returncode or "42" not in (out.read_text("utf-8") if out.exists() else ""):
        return [f"{command} run -c 6*7 ended with {done.returncode}: {done.stderr!r}"]
    problems = [] if picture.stat().st_size > 1000 else [f"{command} painted nothing"]
    inherited = (directory / "environment").read_text("utf-8")
    if "_internal" in inherited or "_PYI" in inherited:
        problems.append(f"kernels of {command} inherit the bundle's environment: {inherited}")
    return problems


def _window_problems(command: Path, directory: Path, environ: Mapping[str, str]) -> list[str]:
    """Open a window, and end it once its kernel is there."""
    files = directory / "runtime"
    window = subprocess.Popen(
        [command], cwd=directory, env=environ, stderr=subprocess.PIPE, text=True
    )
    began = time.monotonic()
    try:
        while not list(files.glob("*.json")):
            if window.poll() is not None or time.monotonic() - began > LIMIT_S:
                return [f"{command} opened no window: {window.poll()}"]
            time.sleep(0.05)
        window.send_signal(signal.SIGTERM)
        said = window.communicate(timeout=LIMIT_S)[1]
    finally:
        window.kill()
        window.wait()
    left = [file.name for file in files.glob("*.json")]
    if window.returncode or left:
        return [f"{command} ended with {window.returncode}, left {left}: {said!r}"]
    return []
