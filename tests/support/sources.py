"""The tracked files of the project, read once, for checks that look at source text."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("app", "widgets", "resources")


@dataclass(frozen=True)
class Source:
    """One Python module of the three packages.

    Attributes:
        path: Relative to the repository, with forward slashes.
        module: The dotted name.
    """

    path: str
    module: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Return `path:line` of a node, for a message that an editor can follow."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Yield every call with the dotted name of what it calls, as written."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node


@cache
def sources() -> tuple[Source, ...]:
    """Return the modules of the three packages."""
    found = []
    for root in SOURCE_ROOTS:
        for file in sorted((ROOT / root).rglob("*.py")):
            parts = file.relative_to(ROOT / root).with_suffix("").parts
            text = file.read_text("utf-8")
            module = ".".join(part for part in parts if part != "__init__")
            path = file.relative_to(ROOT).as_posix()
            found.append(Source(path, module, text, ast.parse(text)))
    return tuple(found)


def in_package(package: str) -> tuple[Source, ...]:
    """Return the modules of a package and of those below it."""
    return tuple(
        source
        for source in sources()
        if source.module == package or source.module.startswith(f"{package}.")
    )


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return what git tracks, or everything but hidden and built files outside a checkout."""
    command = ["git", "ls-files", "-z", "--cached"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not _is_built(path.relative_to(ROOT))]
    return tuple(path for path in paths if path.is_file())


def _is_built(path: Path) -> bool:
    return any(p.startswith(".venv") or p in ("dist", "build", "__pycache__") for p in path.parts)
