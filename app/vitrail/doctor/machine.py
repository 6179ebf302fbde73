"""What is installed here: versions, kernelspecs, and kernels that run."""

import importlib
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from vitrail import __version__
from vitrail.doctor.report import Report, Value, milliseconds
from vitrail.kernel.channels import HAS_CURVE, HAS_IPC, LIBZMQ
from vitrail.kernel.discovery import missing_program, runtime_dir, spec_manager
from vitrail.kernel.launcher import LaunchError, described_transport, find_spec
from vitrail.kernel.running import Life, RunningKernel, running_kernels

PACKAGES = ("jupyter_client", "jupyter_core", "ipykernel", "msgspec")


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
    """Look at every connection file: does its kernel answer?"""
    facts: dict[str, Value] = {"directory": str(runtime_dir())}
    kernels = await running_kernels()
    facts |= {kernel.file.name: _state(kernel) for kernel in kernels}
    report.add("Running kernels", facts)
    stale = sum(kernel.life is Life.ENDED for kernel in kernels)
    if stale:
        what = "connection file was" if stale == 1 else "connection files were"
        report.notes.append(
            f"{stale} {what} left behind by kernels that have ended; they can be deleted."
        )


def _state(kernel: RunningKernel) -> str:
    if kernel.life is Life.BROKEN:
        return kernel.problem
    return "ended" if kernel.life is Life.ENDED else milliseconds(kernel.answer_s)


def _spec(name: str) -> str:
    """Describe a kernelspec.

    Raises:
        LaunchError: It cannot be launched; says why.
    """
    spec = find_spec(name)
    problem = missing_program(name, spec)
    if problem:
        raise LaunchError(problem)
    return f"{spec.display_name} ({spec.language or 'no language'}), {described_transport(spec)}"


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
