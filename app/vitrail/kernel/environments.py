"""Python environments on this machine that no kernelspec names, and what each of them needs.

Everything is read from files: nothing of an environment is run, however strange it may be. Each
tool leaves a mark: venv, virtualenv, uv and poetry a ``pyvenv.cfg``, conda a ``conda-meta``.
"""

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from vitrail.kernel.discovery import OUR_PYTHON, KernelSpec
from vitrail.kernel.prefix import Prefix

MOST: Final = 200
"""Environments that are looked at; what comes later is left out."""

CONNECTION: Final = "{connection_file}"
"""Stands for the connection file in the command of a kernelspec."""

_PARENTS: Final = 8
_IN_PROJECT: Final = (".venv", "venv", "env", ".env", ".conda")


class Maker(StrEnum):
    """What made an environment, and so how something is installed there."""

    VENV = "venv"
    UV = "uv"
    CONDA = "conda"
    PYENV = "pyenv"
    POETRY = "poetry"
    PIPX = "pipx"


@dataclass(frozen=True, slots=True)
class Environment:
    """A Python that could be a kernel.

    Attributes:
        path: Its directory, which `KernelProcess.launch` takes in a kernelspec's place.
        name: For people: ``.venv of project``, ``base``, ``pyenv``.
        maker: What made it.
        version: Python's, ``3.12.1`` or ``3.12``; empty when no file tells.
        has_ipykernel: Whether it can be launched.
        is_active: Whether we were started in it.
        install: The command that adds ipykernel, program and arguments.
    """

    path: Path
    name: str
    maker: Maker
    version: str
    has_ipykernel: bool
    is_active: bool
    install: tuple[str, ...]

    @property
    def install_command(self) -> str:
        """The command that adds ipykernel, as one types it."""
        return shlex.join(self.install)

    @property
    def display_name(self) -> str:
        """What a kernel that runs in it is called: ``Python 3.12.1 (.venv of project)``."""
        return f"Python {self.version} ({self.name})".replace("Python  (", "Python (")


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look.

    Attributes:
        directory: The project's, and those above it; usually the working directory.
        home: The user's.
        variables: Of the process, for what is active and where tools keep their environments.
    """

    directory: Path
    home: Path
    variables: Mapping[str, str]


def here() -> Places:
    """Return the places of this process."""
    return Places(Path.cwd(), Path.home(), os.environ)


def environment_at(path: Path, places: Places) -> Environment | None:
    """Return the environment in a directory; None when it holds none that we can use."""
    prefix = Prefix(path)
    if prefix.python is None:
        return None
    maker = _maker(prefix, places)
    active = {places.variables.get("VIRTUAL_ENV"), places.variables.get("CONDA_PREFIX")}
    return Environment(
        path=path,
        name=_name(path, maker),
        maker=maker,
        version=prefix.version,
        has_ipykernel=prefix.has("ipykernel"),
        is_active=str(path) in active,
        install=_install(prefix, maker),
    )


def find_environments(places: Places) -> tuple[Environment, ...]:
    """Return every environment that is found, nearest first: active, project's, then the tools'.

    Reads directories, perhaps over a network: call it in a thread where a window waits.
    """
    seen: set[Path] = set()
    found: list[Environment] = []
    for path in islice(_candidates(places), MOST):
        try:
            real = path.resolve()
            environment = None if real in seen else environment_at(path, places)
        except (OSError, RuntimeError):  # not ours to read, or a circle of links
            continue
        seen.add(real)
        if environment is not None:
            found.append(environment)
    return tuple(found)


def _candidates(places: Places) -> Iterator[Path]:
    """Give the directories in which an environment may be."""
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if places.variables.get(variable):
            yield Path(places.variables[variable])
    for directory in (places.directory, *islice(places.directory.parents, _PARENTS)):
        if directory == places.home and directory != places.directory:
            break
        yield from (directory / name for name in _IN_PROJECT)
    yield from _of_tools(places)


def _of_tools(places: Places) -> Iterator[Path]:
    home, variables = places.home, places.variables
    data = Path(variables.get("XDG_DATA_HOME") or home / ".local/share")
    cache = Path(variables.get("XDG_CACHE_HOME") or home / ".cache")
    yield from _listed(home / ".conda/environments.txt")
    for root in ("miniforge3", "mambaforge", "miniconda3", "anaconda3", "micromamba"):
        yield home / root
        yield from _inside(home / root / "envs")
    if variables.get("MAMBA_ROOT_PREFIX"):
        yield from _inside(Path(variables["MAMBA_ROOT_PREFIX"]) / "envs")
    yield from _inside(Path(variables.get("WORKON_HOME") or home / ".virtualenvs"))
    yield from _inside(Path(variables.get("PYENV_ROOT") or home / ".pyenv") / "versions")
    yield from _inside(data / "uv/python")
    yield from _inside(cache / "pypoetry/virtualenvs")
    yield from _inside(data / "pipx/venvs")
    yield from _inside(home / ".local/pipx/venvs")


def _inside(directory: Path) -> Iterable[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.is_dir())
    except OSError:
        return ()


def _listed(file: Path) -> Iterable[Path]:
    """Read conda's list of its environments, a path a line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return [Path(line.strip()) for line in lines if Path(line.strip()).is_absolute()]


def _maker(prefix: Prefix, places: Places) -> Maker:
    path = prefix.path
    if prefix.is_conda:
        return Maker.CONDA
    parents = [part.lower() for part in path.parts[:-1]]
    if "pypoetry" in parents:
        return Maker.POETRY
    if "pipx" in parents:
        return Maker.PIPX
    if "uv" in prefix.config or parents[-2:] == ["uv", "python"]:
        return Maker.UV
    versions = Path(places.variables.get("PYENV_ROOT") or places.home / ".pyenv") / "versions"
    return Maker.PYENV if path.parent == versions else Maker.VENV


def _name(path: Path, maker: Maker) -> str:
    if path.name in _IN_PROJECT:
        return f"{path.name} of {path.parent.name or path.parent}"
    if maker is Maker.CONDA and path.parent.name != "envs":
        return "base"
    return maker if path.name[:1].isdigit() or maker is Maker.UV else path.name


def _install(prefix: Prefix, maker: Maker) -> tuple[str, ...]:
    python = str(prefix.python)
    if maker is Maker.CONDA:
        return ("conda", "install", "--prefix", str(prefix.path), "ipykernel")
    if maker is Maker.PIPX:
        return ("pipx", "inject", prefix.path.name, "ipykernel")
    if maker is Maker.UV:
        return ("uv", "pip", "install", "--python", python, "ipykernel")
    if prefix.has("pip"):
        return (python, "-m", "pip", "install", "ipykernel")
    return (sys.executable, "-m", "pip", "--python", python, "install", "ipykernel")


def unlisted(
    environments: Iterable[Environment], specs: Iterable[KernelSpec]
) -> tuple[Environment, ...]:
    """Return the environments whose interpreter no kernelspec names."""
    programs = [sys.executable if spec.program in OUR_PYTHON else spec.program for spec in specs]
    named = {Path(program).parent for program in programs if Path(program).is_absolute()}
    return tuple(each for each in environments if Prefix(each.path).programs not in named)


def kernel_json(environment: Environment) -> dict[str, Any]:
    """Return what a kernelspec of the environment's ipykernel would say.

    ipykernel leaves one in the environment, which knows what its version can do; its program is
    replaced by the environment's own interpreter. What the environment's programs are called
    comes first in the kernel's PATH, as when the environment is activated.
    """
    prefix = Prefix(environment.path)
    fields = _left_by_ipykernel(environment.path / "share/jupyter/kernels/python3/kernel.json")
    arguments = (fields.get("argv") or [None, "-m", "ipykernel_launcher", "-f", CONNECTION])[1:]
    variable = "CONDA_PREFIX" if environment.maker is Maker.CONDA else "VIRTUAL_ENV"
    own = {"PATH": f"{prefix.programs}:${{PATH}}", variable: str(environment.path)}
    return {
        "argv": [str(prefix.python), *arguments],
        "display_name": environment.display_name,
        "language": "python",
        "env": {**fields.get("env", {}), **own},
        "metadata": fields.get("metadata", {}),
    }


def _left_by_ipykernel(file: Path) -> dict[str, Any]:
    """Read a kernel.json; empty when there is none, or none that can be used."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_KernelJson)
    except (OSError, msgspec.DecodeError):
        return {}
    return {"argv": found.argv, "env": found.env, "metadata": found.metadata}


class _KernelJson(msgspec.Struct):
    argv: list[str] = []
    env: dict[str, str] = {}
    metadata: dict[str, Any] = {}
