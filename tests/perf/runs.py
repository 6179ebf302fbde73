"""Processes: each measurement in a fresh one, the peer in an environment of its own."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from perf.cases import Case

ROOT = Path(__file__).resolve().parents[2]
PEER_DIRECTORY = ROOT / ".venv-perf"
QTCONSOLE = "5.7.2"
SHARED = ("PySide6-Essentials", "ipykernel", "ipython", "jupyter_client", "pyzmq", "psutil")
"""Packages that the peer gets in the version that Vitrail has."""

MODULES = {
    "vitrail": "perf.subject_vitrail",
    "qtconsole": "perf.subject_qtconsole",
    "floor": "perf.subject_floor",
    "codec": "perf.codec",
}


def versions() -> dict[str, str]:
    """Return what is compared, by name."""
    names = (*SHARED, "qasync", "msgspec")
    return {"qtconsole": QTCONSOLE} | {name: version(name) for name in names}


def make_peer_environment() -> Path:
    """Return the interpreter of an environment with qtconsole; make it when there is none."""
    python = PEER_DIRECTORY / "bin/python"
    wanted = [f"qtconsole=={QTCONSOLE}", *(f"{name}=={version(name)}" for name in SHARED)]
    stamp = PEER_DIRECTORY / "wanted.json"
    if stamp.exists() and json.loads(stamp.read_text()) == wanted:
        return python
    print(f"installing {', '.join(wanted)} into {PEER_DIRECTORY.name}", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEER_DIRECTORY)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, *wanted], check=True)
    stamp.write_text(json.dumps(wanted))
    return python


@contextlib.contextmanager
def quiet_home() -> Iterator[dict[str, str]]:
    """Give the environment of the measured processes: no display, no history, no configuration."""
    with tempfile.TemporaryDirectory(prefix="vitrail-perf-") as home:
        # Users' Pythons keep what they compiled; ours may have been told not to.
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        yield {
            **inherited,
            **{name: f"{home}/{name.lower()}" for name in names},
            "QT_QPA_PLATFORM": "offscreen",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            "PYTHONPATH": str(ROOT / "tests"),
        }


def measure(
    subject: str, case: Case, python: Path, environment: dict[str, str], cap_s: float
) -> dict[str, Any]:
    """Run one case once; the result has `over_s` alone when it took longer than `cap_s`."""
    command = [str(python), "-m", MODULES[subject], case.name]
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        spawned_at = {"PERF_SPAWNED_AT": repr(time.time())}
        process = subprocess.Popen(
            command, env=environment | spawned_at, stdout=output, stderr=errors
        )
        try:
            process.wait(cap_s)
        except subprocess.TimeoutExpired:
            return {"over_s": cap_s}
        finally:
            end(process)
        output.seek(0)
        errors.seek(0)
        return result_in(output.read(), errors.read(), command)


def result_in(output: str, errors: str, command: list[str]) -> dict[str, Any]:
    """Return the result that a process printed.

    Raises:
        RuntimeError: It printed none; with what it said instead.
    """
    for line in reversed(output.splitlines()):
        if line.startswith("PERF "):
            found: dict[str, Any] = json.loads(line[5:])
            return found
    raise RuntimeError(f"{' '.join(command[1:])} measured nothing:\n{errors[-3000:]}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that is late, and the kernel that it started."""
    if process.poll() is None:
        family = [*psutil.Process(process.pid).children(recursive=True)]
        process.kill()
        process.wait()
        for child in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
