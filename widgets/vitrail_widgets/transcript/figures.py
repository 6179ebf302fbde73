"""The figures of a session: every output that came as a picture, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vitrail_widgets.transcript.cells import Cell, RichOutput
from vitrail_widgets.transcript.changes import (
    Change,
    OutputAppended,
    OutputChanged,
    OutputsCleared,
)
from vitrail_widgets.transcript.mime import MimeBundle, choose
from vitrail_widgets.transcript.transcript import Transcript

RANKS: Final = {
    "image/svg+xml": 0,
    "image/gif": 1,
    "image/png": 2,
    "image/webp": 3,
    "image/jpeg": 4,
    "image/bmp": 5,
}
"""The forms that are pictures, best first."""


class FigureKey(NamedTuple):
    """Names a figure; one that replaces it has the same key."""

    cell_id: str
    output_index: int


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A picture that a cell made. Another one of the same key is what it became.

    Attributes:
        mime: Its best form.
        count: The number of the cell; None while unknown.
    """

    key: FigureKey
    bundle: MimeBundle
    mime: str
    count: int | None


class Figures:
    """Follows a transcript. It holds what the transcript holds, compressed, and nothing more."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._by_cell: dict[str, dict[int, Figure]] = {}
        self._all: list[Figure] = []
        for entry in transcript.entries:
            if isinstance(entry, Cell):
                for index in range(len(entry.outputs)):
                    self._read(entry.id, index)
        self._list()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._all)

    def __getitem__(self, index: int) -> Figure:
        return self._all[index]

    @property
    def all(self) -> Sequence[Figure]:
        """All of them, the oldest cell's first; not to be modified."""
        return self._all

    def position(self, key: FigureKey | None) -> int | None:
        """Return where a figure stands; None if it is none any more."""
        return next((at for at, figure in enumerate(self._all) if figure.key == key), None)

    def follow(self, changes: Iterable[Change]) -> bool:
        """Follow what happened to the transcript; say whether any figure did."""
        before = list(self._all)
        for change in changes:
            match change:
                case OutputAppended(entry_id=cell_id, output_index=index):
                    self._read(cell_id, index)
                case OutputChanged(entry_id=cell_id, output_index=index):
                    self._read(cell_id, index)
                case OutputsCleared(entry_id=cell_id):
                    if cell_id in self._by_cell:  # it keeps its place for what comes
                        self._by_cell[cell_id] = {}
                case _:
                    pass
        self._list()
        return before != self._all

    def _read(self, cell_id: str, index: int) -> None:
        cell = self._transcript.cell(cell_id)
        output = cell.outputs[index] if cell and index < len(cell.outputs) else None
        found = choose(output.bundle, RANKS) if isinstance(output, RichOutput) else None
        known = self._by_cell.get(cell_id)
        if cell is None or not isinstance(output, RichOutput) or found is None:
            if known is not None:
                known.pop(index, None)
            return
        if known is None:
            known = self._by_cell[cell_id] = {}
        was = known.get(index)
        if was is None or was.bundle is not output.bundle:
            key = FigureKey(cell_id, index)
            known[index] = Figure(key, output.bundle, found, cell.count)

    def _list(self) -> None:
        self._all = [
            figure for figures in self._by_cell.values() for _, figure in sorted(figures.items())
        ]
