"""Opening files in the user's editor, at a line."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from vitrail_resources.translation import tr

TEXTS = frozenset(
    (
        *(".c", ".cc", ".cfg", ".cpp", ".css", ".csv", ".f90", ".h", ".hpp", ".html", ".ini"),
        *(".ipynb", ".java", ".jl", ".json", ".lua", ".m", ".md", ".pxd", ".py", ".pyi", ".pyx"),
        *(".qmd", ".r", ".rmd", ".rs", ".rst", ".sql", ".tex", ".toml", ".ts", ".txt", ".xml"),
        *(".yaml", ".yml"),
    )
)
"""What the desktop may be asked to open: a kernel may name any file, and some would be run."""


class CannotOpenError(Exception):
    """The file is not opened; the message is a sentence for the user."""


def open_in_editor(command: str, path: str, line: int = 0) -> None:
    """Open a file.

    Args:
        command: The template of the setting `editor.command`; empty for the desktop's choice.
        path: As a kernel names it; `~` is the user's home.
        line: Counted from 1; 0 if none is meant.

    Raises:
        CannotOpenError: It cannot be, or should not.
    """
    file = _file(path)
    if command.strip():
        _start(words_of(command, file, line))
    elif is_text(file):
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            raise CannotOpenError(tr("The desktop has nothing that opens {name}.", name=file.name))
    else:
        raise CannotOpenError(
            tr("{name} may be a program; set `editor.command` to open it.", name=file.name)
        )


def words_of(command: str, file: Path, line: int) -> list[str]:
    """Return the words of a command for a file; no shell ever reads them.

    Raises:
        CannotOpenError: The template is not one.
    """
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError as error:
        raise CannotOpenError(
            tr("`editor.command` cannot be read: {error}.", error=error)
        ) from error
    if not words:
        raise CannotOpenError(tr("`editor.command` is empty."))
    values = {"{file}": str(file), "{line}": str(max(1, line))}
    filled = [_filled(word, values) for word in words]
    return filled if any("{file}" in word for word in words) else [*filled, str(file)]


def is_text(file: Path) -> bool:
    """Tell whether a file may be opened by whatever the desktop has for it."""
    runs_scripts = sys.platform == "win32" and file.suffix.lower() in (".py", ".r")
    return file.suffix.lower() in TEXTS and not os.access(file, os.X_OK) and not runs_scripts


def _filled(word: str, values: dict[str, str]) -> str:
    """Replace in one pass: a file may be called `{line}`."""
    parts: list[str] = []
    while word:
        found = [(word.find(name), name) for name in values if name in word]
        if not found:
            return "".join([*parts, word])
        at, name = min(found)
        parts += (word[:at], values[name])
        word = word[at + len(name) :]
    return "".join(parts)


def _file(path: str) -> Path:
    try:
        file = Path(path).expanduser()
        if file.is_file():
            return file.resolve()
    except (OSError, RuntimeError, ValueError):  # a home of nobody, a NUL in the name
        pass
    raise CannotOpenError(tr("There is no file {path} on this machine.", path=path))


def _start(words: list[str], start: Callable[[str, list[str]], object] | None = None) -> None:
    started = (start or QProcess.startDetached)(words[0], words[1:])
    if not (started[0] if isinstance(started, tuple) else started):
        raise CannotOpenError(tr("The editor {name} could not be started.", name=words[0]))
