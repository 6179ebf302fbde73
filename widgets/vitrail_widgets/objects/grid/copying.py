"""Selected cells as text: for spreadsheets, for documents, as code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from vitrail_widgets.objects.grid.table import MISSING, Cell, Column
from vitrail_widgets.tables.table import Table, TableCell, as_csv, as_markdown, as_tsv

MOST_CELLS: Final = 500_000
"""That are copied at once: each has to come from the kernel."""


@dataclass(frozen=True)
class Excerpt:
    """Some cells of a table.

    Attributes:
        library: Of the table.
        columns: Which, in their order.
        cells: A list for each column.
        origin: Code of the plane that they are of, of an array with more than two axes.
    """

    library: str
    columns: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    origin: str = ""

    @property
    def rows(self) -> list[list[str]]:
        """The texts, row by row; what is missing is empty."""
        return [[_text(cell) for cell in row] for row in zip(*self.cells, strict=True)]

    def table(self, *, named: bool = True) -> Table:
        """Return it as a table of texts, with the names of the columns above if wished."""
        head = [[TableCell(each.name, is_header=True) for each in self.columns]] if named else []
        return Table(head, [[TableCell(text) for text in row] for row in self.rows])


def tsv(excerpt: Excerpt) -> str:
    """Return what spreadsheets take; a single cell as its text alone."""
    is_single = len(excerpt.columns) == 1 and len(excerpt.cells[0]) == 1
    return as_tsv(excerpt.table(named=not is_single))


def csv(excerpt: Excerpt) -> str:
    """Return comma separated values, the names first."""
    return as_csv(excerpt.table())


def markdown(excerpt: Excerpt) -> str:
    """Return a table in Markdown."""
    return as_markdown(excerpt.table())


def code(excerpt: Excerpt) -> str:
    """Return code that makes the cells again: a frame, or a dict of lists, and says of what."""
    lines = [
        f"    {column.code or repr(column.name)}: [{', '.join(_literals(column, cells))}],\n"
        for column, cells in zip(excerpt.columns, excerpt.cells, strict=True)
    ]
    inner = "{\n" + "".join(lines) + "}"
    maker = {"pandas": "pd.DataFrame", "polars": "pl.DataFrame"}.get(excerpt.library)
    made = f"{maker}({inner})" if maker else inner
    return f"# {excerpt.origin}\n{made}" if excerpt.origin else made


FORMS: Final[dict[str, Callable[[Excerpt], str]]] = {
    "TSV": tsv,
    "CSV": csv,
    "Markdown": markdown,
    "code": code,
}


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return "" if isinstance(cell, int) else f"<{cell[0]}>"


def _literals(column: Column, cells: Sequence[Cell]) -> list[str]:
    return [_literal(column, cell) for cell in cells]


def _literal(column: Column, cell: Cell) -> str:
    if isinstance(cell, int):
        return 'float("nan")' if MISSING[cell] == "NaN" and column.is_numeric else "None"
    if not isinstance(cell, str):
        return repr(f"<{cell[0]}>")
    if column.is_numeric:
        return f'float("{cell}")' if cell.lstrip("-") in ("inf", "nan") else cell
    return cell if column.kind in ("boolean", "complex") else repr(cell)
