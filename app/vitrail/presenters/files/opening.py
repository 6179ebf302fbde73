"""A notebook or a script, read to have its cells run."""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.presenters.files.script_reading import reading_cells
from vitrail.protocol.errors import UsageError
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.transcript import Transcript

SUFFIXES: Final = (".ipynb", ".py")
LARGEST: Final = 100_000_000
"""Bytes; all of it is in memory while it is read."""

PIECE: Final = 1_000_000
"""Bytes that are read from the disk in one go."""


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


class FileReading:
    """Reads a file, a few milliseconds at a time.

    Attributes:
        path: The file.
        opened: Its cells, once all steps are taken.
    """

    def __init__(self, path: Path, language: str = "python") -> None:
        """Prepare.

        Args:
            path: A notebook, or a script; with `# %%` lines it has several cells.
            language: Of the kernel, in lower case.
        """
        self.opened: OpenedFile | None = None
        self.path = path
        self._language = language

    def steps(self) -> Iterator[int]:
        """Read; each step says how many characters were gone through.

        Raises:
            UsageError: It cannot be read, or is not what its name says; a sentence.
        """
        path, transcript, pieces = self.path, Transcript(), list[str]()
        for piece in _read(path):
            pieces.append(piece)
            yield 0
        text = "".join(pieces)
        del pieces
        if path.suffix.lower() == ".ipynb":
            from vitrail.presenters.files.notebook_reading import reading_notebook  # 50 ms

            yield from reading_notebook(text, path.name, transcript)
        else:
            yield from _reading_script(text.replace("\r\n", "\n"), self._language, transcript)
        self.opened = OpenedFile(path, transcript)


def open_file(path: Path, language: str = "python") -> OpenedFile:
    """Read a file at once; the rest as `FileReading`."""
    reading = FileReading(path, language)
    for _ in reading.steps():
        pass
    assert reading.opened is not None, "all steps are taken"
    return reading.opened


def _reading_script(text: str, language: str, transcript: Transcript) -> Iterator[int]:
    for number, code in enumerate(reading_cells(text, language)):
        cell_id = f"cell-{number}"
        transcript.append_cell(cell_id, code, status=CellStatus.DONE, at=0.0)
        transcript.set_status(cell_id, CellStatus.DONE, None)
        yield len(code)


def _read(path: Path) -> Iterator[str]:
    if not can_be_opened(path):
        raise UsageError(
            tr("{name} is neither a notebook (.ipynb) nor a script (.py).", name=path.name)
        )
    decoder = getincrementaldecoder("utf-8-sig")()
    done = 0
    try:
        size = path.stat().st_size
        if size > LARGEST:
            told = tr(
                "{size} MB are more than the {most} MB that are opened",
                size=f"{size / 1e6:.0f}",
                most=f"{LARGEST / 1e6:.0f}",
            )
            raise UsageError(tr("{name} is too large: {told}.", name=path.name, told=told))
        with path.open("rb") as file:
            while content := file.read(PIECE):
                yield decoder.decode(content)
                done += len(content)
        yield decoder.decode(b"", final=True)
    except OSError as error:
        raise UsageError(
            tr("{name} cannot be read: {reason}", name=path.name, reason=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        reason = tr("byte {place} is not UTF-8", place=done + error.start)
        raise UsageError(
            tr("{name} cannot be read: {reason}", name=path.name, reason=reason)
        ) from error
