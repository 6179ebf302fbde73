"""The settings file: TOML, which the user may edit too; what they wrote around a setting stays."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import platformdirs

from vitrail.settings.model import VERSION, Settings
from vitrail.settings.parsing import TooNewError, parse

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

HEADER = "Settings of Vitrail. A line can be deleted: then the default holds."


class BrokenFileError(Exception):
    """The file cannot be understood as a whole; the sentence says why."""


def settings_path() -> Path:
    """Return where the settings of this user stand."""
    return platformdirs.user_config_path("vitrail", appauthor=False) / "settings.toml"


def read(path: Path) -> tuple[Settings, list[str]]:
    """Return a file's settings, and a sentence for each entry in it that is of no use.

    Without a file there are the defaults, and nothing to say.

    Raises:
        BrokenFileError: Nothing of it can be used.
    """
    if not path.exists():
        return Settings(), []
    import tomllib

    try:
        return parse(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TooNewError) as error:
        raise BrokenFileError(f"{path.name} cannot be used: {_reason(error)}.") from error


def write(path: Path, changes: Mapping[tuple[str, str], Any]) -> None:
    """Set entries of the file and leave all others, and the comments, as they are.

    Args:
        path: Made, with its directory, when there is none.
        changes: Values by section and name; None removes an entry, so that its default holds.

    Raises:
        BrokenFileError: The file that is there cannot be understood; it is left alone.
        OSError: It cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    read(path)  # what we do not understand we do not touch
    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else _empty()
    except TOMLKitError as error:
        raise BrokenFileError(f"{path.name} cannot be used: {_reason(error)}.") from error
    for (section, name), value in changes.items():
        _set(document, section, name, value)
    _replace(path, tomlkit.dumps(document))


def _empty() -> "TOMLDocument":
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment(HEADER))
    document.add("version", tomlkit.item(VERSION))
    return document


def _set(document: "TOMLDocument", section: str, name: str, value: Any) -> None:
    import tomlkit

    if section not in document:
        if value is None:
            return
        document.add(tomlkit.nl())
        document.add(section, tomlkit.table())
    table = cast("dict[str, Any]", document[section])
    if value is None:
        table.pop(name, None)
    else:
        table[name] = msgspec.to_builtins(value)  # tuples become lists


def _replace(path: Path, text: str) -> None:
    """Write so that a reader, or a crash, sees the old file or the new one."""
    target = path.resolve()  # may be a link into somebody's dotfiles
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".settings-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return str(error).rstrip(".")
