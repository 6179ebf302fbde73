"""What there is to connect to: kernelspecs, and connection files of running kernels."""

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.protocol.errors import UsageError

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager

OUR_PYTHON: Final = frozenset(("python", "python3", "python{}.{}".format(*sys.version_info)))
"""What jupyter_client takes our own interpreter for."""

_ICONS: Final = ("logo-svg.svg", "logo-64x64.png", "logo-32x32.png")


@dataclass(frozen=True, slots=True)
class KernelSpec:
    """A kernel that is installed.

    Attributes:
        name: What ``--kernel`` takes, the directory's name.
        display_name: For people, ``Python 3 (ipykernel)``.
        language: The kernel's language in lower case as its spec says, may be empty.
        resource_dir: The directory of its kernel.json and pictures; None where it has none.
        icon: Its picture, an SVG where there is one; None without.
        program: What its kernel.json runs, a path or a name; may be empty.
        problem: Why it cannot be launched, a sentence; empty when it can.
    """

    name: str
    display_name: str
    language: str
    resource_dir: Path | None = None
    icon: Path | None = None
    program: str = ""
    problem: str = ""


def kernelspecs() -> tuple[KernelSpec, ...]:
    """Return every kernel installed for this user, ordered by name; also those with a problem."""
    manager = spec_manager()
    found = sorted(manager.find_kernel_specs().items())
    return tuple(_kernelspec(manager, name, Path(directory)) for name, directory in found)


def _kernelspec(manager: "KernelSpecManager", name: str, directory: Path) -> KernelSpec:
    icon = next((path for each in _ICONS if (path := directory / each).is_file()), None)
    try:
        spec: Any = manager.get_kernel_spec(name)
    except Exception as error:  # noqa: BLE001 # whatever is in a kernel.json, or in its provisioner
        problem = f"The kernelspec {name!r} cannot be used: {str(error) or type(error).__name__}."
        return KernelSpec(name, name, "", directory, icon, problem=problem)
    return KernelSpec(
        name=name,
        display_name=spec.display_name or name,
        language=spec.language,
        resource_dir=directory,
        icon=icon,
        program=spec.argv[0] if spec.argv else "",
        problem=missing_program(name, spec),
    )


def missing_program(name: str, spec: Any) -> str:
    """Say that the program of jupyter_client's *spec* is not there; empty when it is.

    Args:
        name: Of the kernelspec.
        spec: As its kernel.json says.
    """
    program = spec.argv[0] if spec.argv else ""
    path = os.path.expandvars(spec.env["PATH"]) if "PATH" in spec.env else None
    if program in OUR_PYTHON or shutil.which(Path(program).expanduser(), path=path):
        return ""
    return (
        f"The kernelspec {name!r} cannot be used: its program {program!r} was not found or is "
        "not executable."
    )


def spec_manager() -> "KernelSpecManager":
    """Return what finds kernelspecs, in the directories of jupyter_client 8.10.

    Left to itself it imports IPython, 30 ms of every start, to learn where ``~/.ipython`` is.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_core.paths import jupyter_path

    from vitrail.kernel.provisioning import look_for_little

    look_for_little()
    ipython = os.environ.get("IPYTHONDIR") or "~/.ipython"
    directories = [*jupyter_path("kernels"), str(Path(ipython).expanduser() / "kernels")]
    if getattr(sys, "frozen", False):  # PyInstaller's
        from vitrail.kernel.folder_specs import FolderSpecManager

        return FolderSpecManager(kernel_dirs=directories)
    return KernelSpecManager(kernel_dirs=directories)


def unknown_kernel(name: str, known: Iterable[str]) -> str:
    """Say that no kernel is called *name*, which one was perhaps meant, and what there is."""
    from difflib import get_close_matches  # a launch does without

    names = sorted(known)
    nearest = get_close_matches(name.lower(), names, n=1)
    meant = f" Did you mean {nearest[0]!r}?" if nearest else ""
    there = f" Installed: {', '.join(names)}." if names else " No kernel is installed."
    return f"There is no kernel named {name!r}.{meant}{there}"


def runtime_dir() -> Path:
    """Return the directory in which kernels of this user leave their connection files."""
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())


def find_connection_file(target: str, *, directory: Path | None = None) -> Path:
    """Find the connection file that *target* means.

    Args:
        target: A path, else a file name, a glob or a part of a name in *directory*; among
            several the one that was read last (by its kernel at the latest).
        directory: The runtime directory of Jupyter when None.

    Raises:
        UsageError: Nothing matches; says where was looked and what there is.
    """
    where = runtime_dir() if directory is None else directory
    matches = connection_files_like(target, where)
    if not matches:
        raise UsageError(_no_connection_file(target, where))
    return matches[0]


def connection_files_like(target: str, where: Path) -> list[Path]:
    """Return the connection files that *target* may mean, as above; the one read last first."""
    try:
        path = Path(target).expanduser()
        if path.is_file():
            return [path.absolute()]
        if (where / target).is_file():
            return [where / target]
    except (OSError, RuntimeError):  # too long for a path; nobody has that home
        return []
    part = f"*{target.removesuffix('.json')}*.json".replace("**", "*")
    pattern = target if any(mark in target for mark in "*?[") else part
    matches = [] if path.is_absolute() else _matching(where, pattern)
    return sorted(matches, key=_last_read, reverse=True)


def _last_read(path: Path) -> tuple[int, int]:
    """Order files by access as IPython has done since 2013; by writing where none is kept."""
    try:
        found = path.stat()
    except OSError:  # its kernel ended just now
        return (0, 0)
    return (found.st_atime_ns, found.st_mtime_ns)


def _matching(directory: Path, pattern: str) -> list[Path]:
    try:
        return [match for match in directory.glob(pattern) if match.is_file()]
    except (ValueError, NotImplementedError):  # an empty or absolute pattern
        return []


def _no_connection_file(target: str, directory: Path) -> str:
    names = sorted(path.name for path in _matching(directory, "*.json"))
    there = f"there are {', '.join(names)}" if names else "there is none at all"
    return f"No connection file matches {target!r}; in {directory} {there}."
