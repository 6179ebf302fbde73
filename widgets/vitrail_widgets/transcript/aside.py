"""Cells that are kept out of sight, each with the place that it goes back to."""

from collections.abc import Iterable, Iterator

from vitrail_widgets.transcript.cells import Cell, Entry


class Aside:
    """Remembers cells by the entry that stands above them.

    Only cells that have been sent to the kernel are set aside, so that what stands above them does
    not move. It may go: one of ours that was not run after all.
    """

    def __init__(self) -> None:
        self._cells: dict[str, Cell] = {}
        self._below: dict[str, list[Cell]] = {}

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._cells.values())

    def get(self, cell_id: str) -> Cell | None:
        """Return the cell of that id, None when it is not here."""
        return self._cells.get(cell_id)

    def part(self, entries: Iterable[Entry]) -> list[Entry]:
        """Take in other clients' cells; return the rest, in their order."""
        rest: list[Entry] = []
        for entry in entries:
            if isinstance(entry, Cell) and entry.author:
                self.put(entry, rest[-1] if rest else None)
            else:
                rest.append(entry)
        return rest

    def put(self, cell: Cell, above: Entry | None) -> None:
        """Take in a cell that stands, or would, below an entry; None at the top."""
        self._cells[cell.id] = cell
        self._below.setdefault(above.id if above else "", []).append(cell)

    def let_go(self, gone: Entry, above: Entry | None) -> None:
        """Put what stands below an entry that goes below the one above it."""
        orphaned = self._below.pop(gone.id, None)
        if orphaned:
            self._below.setdefault(above.id if above else "", []).extend(orphaned)

    def join(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries with all cells back at their places, and forget them."""
        whole: list[Entry] = [*self._below.get("", ())]
        for entry in entries:
            whole += [entry, *self._below.get(entry.id, ())]
        self._cells.clear()
        self._below.clear()
        return whole
