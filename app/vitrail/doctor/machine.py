"""What is installed here: versions, kernelspecs, and kernels that run."""

import asyncio
import importlib
import platform
import shutil
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from vitrail import __version__
from vitrail.doctor.probe import heartbeat_s
from vitrail.doctor.report import Report, Value, milliseconds
from vitrail.kernel.channels import HAS_CURVE, HAS_IPC, LIBZMQ
from vitrail.kernel.discovery import runtime_dir, spec_manager
from vitrail.kernel.launcher import LaunchError, described_transport, find_spec
from vitrail.kernel.reach import is_refused
from vitrail.protocol.connection import read_connection_file
from vitrail.protocol.errors import UsageError

PACKAGES = ("jupyter_client", "jupyter_core", "ipykernel", "msgspec")
AT_ONCE = 10
MOST_FILES = 100
"""Connection files looked at, the newest first; years of dead kernels may lie there."""


def describe_versions(report: Report) -> None:
    """Say what Vitrail is made of here."""
    facts: dict[str, Value] = {
        "Python": f"{platform.python_version()} ({sys.executable})",
        "System": f"{platform.system()} {platform.machine()}",
        "Qt": _qt(report),
        "pyzmq": f"{_version('pyzmq')} (libzmq {LIBZMQ}{_with(HAS_CURVE, HAS_IPC)})",
    }
    facts |= {name: _version(name) for name in PACKAGES}
    report.add(f"Vitrail {__version__}", facts)
    if not HAS_CURVE:
        report.notes.append("This pyzmq has no CurveZMQ: traffic cannot be encrypted.")


def describe_kernelspecs(report: Report) -> None:
    """Name every kernel that could be launched, and say what is broken about the others."""
    found: dict[str, Value] = {}
    for name in sorted(spec_manager().find_kernel_specs()):
        try:
            found[name] = _spec(name)
        except LaunchError as error:
            found[name] = "broken"
            report.wrong(error.sentence)
    report.add("Kernelspecs", found)
    if not found:
        report.faults.append('No kernel is installed; "pip install ipykernel" brings one.')


async def describe_running(report: Report) -> None:
    """Look at every connection file in the runtime directory: does its kernel answer?"""
    directory = runtime_dir()
    files = sorted(directory.glob("kernel-*.json"), key=_written, reverse=True)[:MOST_FILES]
    limit = asyncio.Semaphore(AT_ONCE)
    states = await asyncio.gather(*(_state(path, limit) for path in files))
    facts: dict[str, Value] = {"directory": str(directory)}
    facts |= {path.name: state for path, state in zip(files, states, strict=True)}
    report.add("Running kernels", facts)
    stale = sum(state == _STALE for state in states)
    if stale:
        what = "connection file was" if stale == 1 else "connection files were"
        report.notes.append(
            f"{stale} {what} left behind by kernels that have ended; they can be deleted."
        )


_STALE = "ended"


async def _state(path: Path, limit: asyncio.Semaphore) -> str:
    try:
        connection = read_connection_file(path)
    except UsageError as error:
        return str(error)
    if is_refused(connection):
        return _STALE
    async with limit:
        return milliseconds(await heartbeat_s(connection))


def _spec(name: str) -> str:
    """Describe a kernelspec.

    Raises:
        LaunchError: It cannot be launched; says why.
    """
    spec = find_spec(name)
    program = spec.argv[0] if spec.argv else ""
    environment: Mapping[str, str] = spec.env
    if not shutil.which(Path(program).expanduser(), path=environment.get("PATH")):
        raise LaunchError(
            f"The kernelspec {name!r} cannot be used: its program {program!r} was not found or "
            "is not executable."
        )
    return f"{spec.display_name} ({spec.language or 'no language'}), {described_transport(spec)}"


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _qt(report: Report) -> str:
    """Load Qt as the window would, without opening a display."""
    try:
        importlib.import_module("PySide6.QtWidgets")
        core: Any = importlib.import_module("PySide6.QtCore")
    except ImportError as error:
        report.faults.append(f"Qt cannot be loaded, so no window can be opened: {error}.")
        return "cannot be loaded"
    return f"{core.qVersion()} (PySide6 {core.__version__})"


def _with(has_curve: bool, has_ipc: bool) -> str:
    curve, ipc = ("with" if has else "without" for has in (has_curve, has_ipc))
    return f", {curve} CurveZMQ, {ipc} ipc"
