r"""What the files of a Python installation tell of it, without running it.

A prefix is the directory that holds ``bin/python`` and ``lib/python3.12`` (sys.prefix); on Windows
``Scripts\python.exe`` or ``python.exe`` and ``Lib``.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

_VERSION: Final = re.compile(r"\d+\.\d+(\.\d+)?")
_LIBRARY: Final = re.compile(r"(?:python|pypy)(\d+\.\d+)t?")
_UV_NAME: Final = re.compile(r"\w+-(\d+\.\d+\.\d+)")
_INTERPRETERS: Final = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe")
_LONGEST_CONFIG: Final = 65_536


class Prefix:
    """An installation of Python, perhaps one on top of another.

    Attributes:
        path: Its directory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def python(self) -> Path | None:
        """The interpreter; None when the directory is no installation, or a broken one."""
        if not self.config and not self.is_conda and not self._libraries:
            return None
        paths = (self.path / each for each in _INTERPRETERS)
        return next((path for path in paths if path.is_file()), None)  # follows links

    @property
    def programs(self) -> Path:
        """The directory of its programs."""
        return self.path / "bin" if self.python is None else self.python.parent

    @cached_property
    def is_conda(self) -> bool:
        """Whether conda keeps it."""
        return (self.path / "conda-meta").is_dir()

    @cached_property
    def config(self) -> dict[str, str]:
        """What pyvenv.cfg says, by lower-case name; empty without one (PEP 405)."""
        try:
            with (self.path / "pyvenv.cfg").open(encoding="utf-8", errors="replace") as file:
                lines = file.read(_LONGEST_CONFIG).splitlines()
        except OSError:
            return {}
        pairs = (line.partition("=") for line in lines if "=" in line)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}

    @property
    def version(self) -> str:
        """Python's version as exactly as some file tells it; may be empty."""
        named = (self.config.get(name, "") for name in ("version_info", "version"))
        told = next((found for text in named if (found := _VERSION.match(text))), None)
        if told is not None:
            return told[0]
        if self.is_conda and (by_conda := self._conda_version()):
            return by_conda
        if (by_name := _VERSION.fullmatch(self.path.name)) is not None:  # pyenv's directories
            return by_name[0]
        if (by_uv := _UV_NAME.match(self.path.name)) is not None:
            return by_uv[1]
        return next((found[1] for path in self._libraries if (found := _numbered(path))), "")

    def has(self, module: str) -> bool:
        """Whether it can import a module that was installed there, or below it."""
        return any((directory / module).is_dir() for directory in self._site_directories())

    def _site_directories(self) -> Iterator[Path]:
        for library in self._libraries:
            yield library / "site-packages"
            yield library / "dist-packages"
        if self.config.get("include-system-site-packages", "").lower() == "true":
            base = self._base
            if base is not None:
                yield from base._site_directories()
                yield base.path / "lib/python3/dist-packages"  # Debian's
                yield base.path / "local/lib/python3/dist-packages"

    @property
    def _base(self) -> "Prefix | None":
        """What a virtual environment was made from."""
        home = self.config.get("home")
        return Prefix(Path(home).parent) if home and Path(home).parent != self.path else None

    @cached_property
    def _libraries(self) -> list[Path]:
        """The directories of libraries, the newest Python's first."""
        found = [
            path
            for name in ("lib", "lib64")
            for path in (self.path / name).glob("*")
            if _numbered(path) is not None
        ]
        if self.config and (self.path / "Lib/site-packages").is_dir():
            found.append(self.path / "Lib")
        return sorted(found, key=_order, reverse=True)

    def _conda_version(self) -> str:
        for file in (self.path / "conda-meta").glob("python-[0-9]*.json"):
            if (found := _VERSION.match(file.name.removeprefix("python-"))) is not None:
                return found[0]
        return ""


def _numbered(path: Path) -> re.Match[str] | None:
    return _LIBRARY.fullmatch(path.name)


def _order(path: Path) -> tuple[int, ...]:
    found = _numbered(path)
    return tuple(int(part) for part in found[1].split(".")) if found else ()
