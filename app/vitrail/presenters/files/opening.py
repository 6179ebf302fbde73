"""A notebook or a script, read to have its cells run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.presenters.files.script_reading import cells_of
from vitrail.protocol.errors import UsageError
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.transcript import Transcript

SUFFIXES: Final = (".ipynb", ".py")
LARGEST: Final = 100_000_000
"""Bytes; to read more would keep the window from answering for seconds."""


@dataclass(frozen=True)
class OpenedFile:
    """Cells out of a file.

    Attributes:
        path: The file.
        transcript: Its cells, with the outputs that were saved; texts are notices.
    """

    path: Path
    transcript: Transcript


def can_be_opened(path: Path) -> bool:
    """Say whether a file's name is that of a notebook or a script."""
    return path.suffix.lower() in SUFFIXES


def open_file(path: Path, language: str = "python") -> OpenedFile:
    """Read a file.

    Args:
        path: A notebook, or a script; with `# %%` lines it has several cells.
        language: Of the kernel, in lower case.

    Raises:
        UsageError: It cannot be read, or is not what its name says; a sentence.
    """
    text = _read(path)
    if path.suffix.lower() == ".ipynb":
        from vitrail.presenters.files.notebook_reading import read_notebook  # nbformat: 50 ms

        return OpenedFile(path, read_notebook(text, path.name))
    transcript = Transcript()
    for number, code in enumerate(cells_of(text, language)):
        cell_id = f"cell-{number}"
        transcript.append_cell(cell_id, code, status=CellStatus.DONE, at=0.0)
        transcript.set_status(cell_id, CellStatus.DONE, None)
    return OpenedFile(path, transcript)


def _read(path: Path) -> str:
    if not can_be_opened(path):
        raise UsageError(f"{path.name} is neither a notebook (.ipynb) nor a script (.py).")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            told = f"{size / 1e6:.0f} MB are more than the {LARGEST / 1e6:.0f} MB that are opened"
            raise UsageError(f"{path.name} is too large: {told}.")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror or error}") from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
        raise UsageError(f"{path.name} cannot be read: {reason}") from error
