"""What a text means that was typed where a kernel is chosen: one that runs, or an environment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.kernel.discovery import connection_files_like, runtime_dir
from vitrail.kernel.environments import Environment, Places, environment_at
from vitrail.protocol.connection import ConnectionInfo, read_connection_file
from vitrail.protocol.errors import UsageError

GLOB: Final = "*?["
LONGEST: Final = 200
"""So much of a text is said back."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means; one of the first two, or a problem, or nothing at all.

    Attributes:
        file: The connection file of a kernel.
        environment: In the directory that was typed.
        connection: What stands in the file.
        others: How many more files match; this one was used last.
        problem: Why it means nothing, a sentence; empty where something else may be meant.
    """

    file: Path | None = None
    environment: Environment | None = None
    connection: ConnectionInfo | None = None
    others: int = 0
    problem: str = ""


def is_place(text: str) -> bool:
    """Whether a text can be nothing but a path, the name of a file, or a glob."""
    return any(mark in text for mark in ("/", "~", *GLOB)) or text.endswith(".json")


def meant_by(text: str, places: Places, directory: Path | None = None) -> Meant:
    """Find what a text means; reads directories and files, so call it in a thread.

    Args:
        text: A path, a part of a connection file's name or a glob, as ``--existing`` takes them;
            or the directory of a Python environment, as ``--kernel`` does.
        places: Where environments are, to know what made one.
        directory: The runtime directory of Jupyter when None.
    """
    directory_typed = _directory(text) if is_place(text) else None
    if directory_typed is not None:
        return _in_directory(directory_typed, text, places)
    where = directory or runtime_dir()
    files = connection_files_like(text, where)
    if not files:
        lacking = f"No connection file matches “{text[:LONGEST]}”, here or in {where}."
        return Meant(problem=lacking if is_place(text) else "")
    try:
        connection = read_connection_file(files[0])
    except UsageError as error:
        return Meant(problem=str(error))
    return Meant(files[0], connection=connection, others=len(files) - 1)


def _directory(text: str) -> Path | None:
    """Return the directory that a path leads to, None where there is none."""
    try:
        path = Path(text).expanduser()
        return path.absolute() if path.is_dir() else None
    except (OSError, RuntimeError):  # too long for a path; nobody has that home
        return None


def _in_directory(path: Path, text: str, places: Places) -> Meant:
    try:
        environment = environment_at(path, places)
    except OSError as error:
        return Meant(problem=f"{text} cannot be read: {error.strerror}.")
    if environment is None:
        return Meant(problem=f"{text} is a directory, and no Python environment.")
    return Meant(environment=environment)
